import Diagnostics

/// No two choices of an interaction have one identifier, and no two interactions one variable.
struct ChoicesDiffer: ItemRule {
  func check(_ item: AssessmentItem) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    var variables: Set<String> = []
    for interaction in item.interactions {
      if !variables.insert(interaction.responseIdentifier).inserted {
        diagnostics.append(
          duplicate(interaction.responseIdentifier, in: item, line: interaction.line))
      }
      var choices: Set<SimpleChoice.ID> = []
      for choice in interaction.choices where !choices.insert(choice.id).inserted {
        diagnostics.append(duplicate(choice.id.rawValue, in: item, line: choice.line))
      }
      for gap in interaction.gaps where !choices.insert(gap).inserted {
        diagnostics.append(duplicate(gap.rawValue, in: item, line: interaction.line))
      }
    }
    return diagnostics
  }

  private func duplicate(_ identifier: String, in item: AssessmentItem, line: Int) -> Diagnostic {
    .error(
      "duplicate-identifier", item, line: line,
      Text("标识符 \(identifier) 用了两次。", "The identifier \(identifier) is used twice."),
      remedy: Text("请改掉其中一个。", "Change one of them."))
  }
}
