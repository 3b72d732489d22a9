import Diagnostics

/// A choice interaction sets one identifier or several without order, as its variable is declared.
struct InteractionFitsDeclaration: ItemRule {
  func check(_ item: AssessmentItem) -> [Diagnostic] {
    item.choiceInteractions.flatMap { interaction -> [Diagnostic] in
      guard let declaration = item.responseDeclaration(interaction.responseIdentifier) else {
        return []
      }
      return check(interaction, declaration, in: item)
    }
  }

  private func check(
    _ interaction: ChoiceInteraction, _ declaration: ResponseDeclaration, in item: AssessmentItem
  ) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    if declaration.baseType != .identifier {
      diagnostics.append(
        .error(
          "base-type", item, line: declaration.line,
          Text(
            "选择题的作答变量应为 identifier 类型，而不是 \(declaration.baseType.rawValue)。",
            "A choice sets identifiers, but the variable is of type"
              + " \(declaration.baseType.rawValue)."),
          remedy: Text("请写 base-type=\"identifier\"。", "Write base-type=\"identifier\".")))
    }
    if declaration.cardinality != .single, declaration.cardinality != .multiple {
      diagnostics.append(
        .error(
          "cardinality", item, line: declaration.line,
          Text(
            "选择题的作答变量应为 single 或 multiple，而不是 \(declaration.cardinality.rawValue)。",
            "A choice needs cardinality single or multiple, not"
              + " \(declaration.cardinality.rawValue)."),
          remedy: Text("请改正 cardinality。", "Correct the cardinality.")))
    }
    if declaration.cardinality == .single, interaction.maxChoices != 1 {
      diagnostics.append(
        .warning(
          "max-choices", item, line: interaction.line,
          Text(
            "作答变量只容一个值，max-choices 却是 \(interaction.maxChoices)。",
            "The variable holds one value, but max-choices is \(interaction.maxChoices)."),
          remedy: Text("请写 max-choices=\"1\"，或改为 multiple。", "Write 1, or declare multiple.")))
    }
    return diagnostics
  }
}
