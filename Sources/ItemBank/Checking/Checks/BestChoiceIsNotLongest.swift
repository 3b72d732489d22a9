import Diagnostics

/// The best choice is not the longest: a teacher should not find it by its length.
struct BestChoiceIsNotLongest: ItemRule {
  func check(_ item: AssessmentItem) -> [Diagnostic] {
    guard let interaction = item.choiceInteractions.first, let best = item.bestChoice,
      interaction.choices.count > 1
    else { return [] }
    let others = interaction.choices.filter { $0.id != best.id }
    let longest = others.map(\.length).max() ?? 0
    guard best.length >= longest else { return [] }
    return [
      .warning(
        "best-is-longest", item, line: best.line,
        Text(
          "最佳选项 \(best.id.rawValue) 是最长的，容易被看出来。",
          "The best choice \(best.id.rawValue) is the longest and easy to spot."),
        remedy: Text("请缩短它，或把另一个选项写得更长。", "Shorten it, or lengthen another."))
    ]
  }
}
