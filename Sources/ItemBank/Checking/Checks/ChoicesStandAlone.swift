import Diagnostics

/// No choice is about the others (以上都对): it is found without knowing anything.
struct ChoicesStandAlone: ItemRule {
  /// Without one of these nothing can match.
  private static let signs = WordSearch(["以上", "上述", "of the above"])

  func check(_ item: AssessmentItem) -> [Diagnostic] {
    let doubtful = item.interactions.flatMap(\.choices)
      .filter { Self.signs.finds(in: $0.content.text) }
    guard !doubtful.isEmpty else { return [] }
    let about = #/以上(?:都|均|皆|全)|上述(?:都|均|皆|全)|(?i:\b(?:all|none) of the above\b)/#
    return doubtful.compactMap { choice -> Diagnostic? in
      choice.content.text.firstMatch(of: about).map { _ in
        .warning(
          "all-of-the-above", item, line: choice.line,
          Text(
            "选项 \(choice.id.rawValue) 说的是别的选项。", "Choice \(choice.id.rawValue) is about the others."
          ),
          remedy: Text("请换成一个具体的做法。", "Put something that can be done in its place."))
      }
    }
  }
}
