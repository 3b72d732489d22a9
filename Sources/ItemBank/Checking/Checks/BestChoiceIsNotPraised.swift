import Diagnostics

/// The best choice has no word of praise that the others lack: a teacher should not find it by its
/// tone.
struct BestChoiceIsNotPraised: ItemRule {
  private static let praise = WordSearch([
    "以生为本", "因材施教", "全面发展", "立德树人", "关爱", "爱心", "耐心", "尊重", "公平", "科学地", "合理地", "充分", "积极",
    "认真", "真正", "切实", "以学生为中心",
  ])

  func check(_ item: AssessmentItem) -> [Diagnostic] {
    guard let interaction = item.choiceInteractions.first, let best = item.bestChoice else {
      return []
    }
    let others = interaction.choices.filter { $0.id != best.id }.map(\.content.text)
    return Self.praise.found(in: best.content.text).filter { word in
      !others.contains { $0.contains(word) }
    }.map { word in
      .warning(
        "moral-word", item, line: best.line,
        Text(
          "只有最佳选项里有“\(word)”，容易被看出来。",
          "Only the best choice has “\(word)”, which gives it away."),
        remedy: Text("请写做法，不写评价。", "Write what is done, not how good it is."))
    }
  }
}
