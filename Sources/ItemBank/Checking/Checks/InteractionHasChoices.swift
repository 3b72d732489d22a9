import Diagnostics

/// A choice interaction has choices, and not more than a person can read.
struct InteractionHasChoices: ItemRule {
  private static let most = 500

  func check(_ item: AssessmentItem) -> [Diagnostic] {
    item.choiceInteractions.compactMap { interaction in
      if interaction.choices.isEmpty { return noChoices(interaction, in: item) }
      return interaction.choices.count > Self.most ? tooMany(interaction, in: item) : nil
    }
  }

  private func noChoices(_ interaction: ChoiceInteraction, in item: AssessmentItem) -> Diagnostic {
    .error(
      "no-choices", item, line: interaction.line,
      Text("选择题没有选项。", "The choice interaction has no choices."),
      remedy: Text("请加入至少两个 qti-simple-choice。", "Add at least two qti-simple-choice."))
  }

  private func tooMany(_ interaction: ChoiceInteraction, in item: AssessmentItem) -> Diagnostic {
    .error(
      "too-many-choices", item, line: interaction.line,
      Text(
        "选择题有 \(interaction.choices.count) 个选项，上限是 \(Self.most)。",
        "There are \(interaction.choices.count) choices; the limit is \(Self.most)."),
      remedy: Text("请拆成几道题。", "Make several items of it."))
  }
}
