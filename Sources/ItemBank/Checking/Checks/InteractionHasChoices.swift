import Diagnostics

/// An interaction has choices, of both sets where there are two, and not more than a person can
/// read.
struct InteractionHasChoices: ItemRule {
  private static let most = 500

  func check(_ item: AssessmentItem) -> [Diagnostic] {
    item.interactions.compactMap { interaction in
      if interaction.lacksChoices { return noChoices(interaction, in: item) }
      return interaction.choices.count > Self.most ? tooMany(interaction, in: item) : nil
    }
  }

  private func noChoices(_ interaction: Interaction, in item: AssessmentItem) -> Diagnostic {
    .error(
      "no-choices", item, line: interaction.line,
      Text("交互没有选项。", "The interaction has no choices."),
      remedy: Text("请加入至少两个选项；填空还要有空。", "Add at least two choices, and the gaps they go into."))
  }

  private func tooMany(_ interaction: Interaction, in item: AssessmentItem) -> Diagnostic {
    .error(
      "too-many-choices", item, line: interaction.line,
      Text(
        "交互有 \(interaction.choices.count) 个选项，上限是 \(Self.most)。",
        "There are \(interaction.choices.count) choices; the limit is \(Self.most)."),
      remedy: Text("请拆成几道题。", "Make several items of it."))
  }
}

extension Interaction {
  fileprivate var lacksChoices: Bool {
    switch self {
    case .textEntry: false
    case .match(let interaction): interaction.sources.isEmpty || interaction.targets.isEmpty
    case .gapMatch: choices.isEmpty || gaps.isEmpty
    case .choice, .order, .associate, .hottext, .inlineChoice: choices.isEmpty
    }
  }
}
