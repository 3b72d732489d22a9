import Diagnostics

/// The response variable of an interaction is declared.
struct InteractionIsDeclared: ItemRule {
  func check(_ item: AssessmentItem) -> [Diagnostic] {
    item.interactions.filter {
      item.responseDeclaration($0.responseIdentifier) == nil
    }.map { interaction in
      .error(
        "undeclared-response", item, line: interaction.line,
        Text(
          "作答变量 \(interaction.responseIdentifier) 没有声明。",
          "The response variable \(interaction.responseIdentifier) is not declared."),
        remedy: Text("请加入对应的 qti-response-declaration。", "Add its qti-response-declaration."))
    }
  }
}
