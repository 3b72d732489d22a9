/// The words for school stages and subjects: stored in Chinese, shown in the page's language.
struct TeachingWords {
  /// Where the words are.
  enum Kind: String {
    /// 学段.
    case stage
    /// 学科.
    case subject
  }

  let chinese: Phrases
  let phrases: Phrases

  /// The words of a kind in their order: the stored one and the shown one.
  func words(_ kind: Kind) -> [(stored: String, shown: String)] {
    phrases.order(of: "options.\(kind.rawValue)").map { name in
      (
        chinese("options.\(kind.rawValue).\(name)"), phrases("options.\(kind.rawValue).\(name)")
      )
    }
  }

  /// A stored word as the page shows it; one that no list has stays as it is.
  func shown(_ word: String) -> String {
    (words(.stage) + words(.subject)).first { $0.stored == word }?.shown ?? word
  }
}
