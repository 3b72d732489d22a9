import Diagnostics

/// Every choice has a message for after the test.
struct EveryChoiceHasFeedback: ItemRule {
  func check(_ item: AssessmentItem) -> [Diagnostic] {
    guard let interaction = item.choiceInteractions.first else { return [] }
    let missing = interaction.choices.filter { item.feedback(for: $0.id) == nil }
    guard let first = missing.first else { return [] }
    let list = missing.map(\.id.rawValue).joined(separator: ", ")
    return [
      .warning(
        "missing-feedback", item, line: first.line,
        Text("选项没有反馈：\(list)", "These choices have no feedback: \(list)"),
        remedy: Text("请为每个选项写一条 qti-modal-feedback。", "Write a qti-modal-feedback for each choice.")
      )
    ]
  }
}
