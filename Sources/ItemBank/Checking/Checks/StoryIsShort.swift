import Diagnostics

/// A story of an item's own has at most 120 characters: reading must not be the test.
struct StoryIsShort: ItemRule {
  private static let most = 120
  /// In QTI 2 a scenario that items share, of up to 200 characters, stands in each of them.
  private static let mostWithScenario = 320

  func check(_ item: AssessmentItem) -> [Diagnostic] {
    let most = item.version == .v3p0 ? Self.most : Self.mostWithScenario
    guard item.isChinese, item.storyLength > most else { return [] }
    return [
      .warning(
        "story-too-long", item, line: 0,
        Text(
          "情境有 \(item.storyLength) 字，不宜超过 \(most) 字。",
          "The story has \(item.storyLength) characters; \(most) are enough."),
        remedy: Text("请删去与决定无关的话。", "Take out what the decision does not need."))
    ]
  }
}
