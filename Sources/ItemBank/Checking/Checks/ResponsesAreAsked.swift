import Diagnostics

/// A response variable is set by an interaction: otherwise it is always empty.
struct ResponsesAreAsked: ItemRule {
  func check(_ item: AssessmentItem) -> [Diagnostic] {
    let asked = Set(item.interactions.map(\.responseIdentifier))
    return item.responseDeclarations.filter { !asked.contains($0.identifier) }.map { declaration in
      .warning(
        "unasked-response", item, line: declaration.line,
        Text(
          "没有交互使用作答变量 \(declaration.identifier)，它总是空的。",
          "No interaction sets the response \(declaration.identifier); it is always empty."),
        remedy: Text(
          "请改正 response-identifier，或删去声明。", "Correct a response-identifier, or delete it."))
    }
  }
}
