import Diagnostics

/// The longest choice is at most 1.3 times as long as the shortest.
struct ChoiceLengthsAreAlike: ItemRule {
  private static let largestRatio = 1.3

  func check(_ item: AssessmentItem) -> [Diagnostic] {
    item.choiceInteractions.flatMap { interaction -> [Diagnostic] in
      let lengths = interaction.choices.map(\.length)
      guard let longest = lengths.max(), let shortest = lengths.min(),
        Double(longest) > Self.largestRatio * Double(shortest)
      else { return [] }
      return [
        .warning(
          "choice-lengths", item, line: interaction.line,
          Text(
            "选项长短悬殊：最短 \(shortest) 字，最长 \(longest) 字。",
            "The choices differ in length: shortest \(shortest), longest \(longest) characters."),
          remedy: Text("请使最长不超过最短的 1.3 倍。", "Keep the longest within 1.3 times the shortest."))
      ]
    }
  }
}
