/// Words that are looked for in texts, whatever their letter case.
///
/// A word of Latin letters is found as a whole word only: *excel* is not in *excellent*.
struct WordSearch: Sendable {
  private let words: [(text: String, bytes: [UInt8])]

  /// Creates a search.
  ///
  /// - Parameter words: the words, in small letters.
  init(_ words: [String]) { self.words = words.map { ($0, Array($0.utf8)) } }

  /// The words that a text has, in the order of the list.
  func found(in text: String) -> [String] {
    let bytes = Array(text.lowercased().utf8)
    return words.filter { Self.contains(bytes, $0.bytes) }.map(\.text)
  }

  /// Whether a text has one of the words.
  ///
  /// Cheap beside a pattern, so it says which texts are worth a pattern.
  func finds(in text: String) -> Bool {
    let bytes = Array(text.lowercased().utf8)
    return words.contains { Self.contains(bytes, $0.bytes) }
  }

  private static func contains(_ text: [UInt8], _ word: [UInt8]) -> Bool {
    guard let first = word.first, text.count >= word.count else { return false }
    return (0...(text.count - word.count)).contains { start in
      guard text[start] == first, text[start..<start + word.count].elementsEqual(word) else {
        return false
      }
      let end = start + word.count
      let isInside =
        start > 0 && joins(text[start - 1], text[start])
        || end < text.count && joins(text[end - 1], text[end])
      return !isInside
    }
  }

  /// Whether two bytes side by side are of one word: two Latin letters.
  private static func joins(_ first: UInt8, _ second: UInt8) -> Bool {
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    return letters.contains(first) && letters.contains(second)
  }
}
