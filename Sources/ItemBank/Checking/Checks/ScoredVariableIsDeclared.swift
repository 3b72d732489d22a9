import Diagnostics

/// The standard templates read the variable `RESPONSE`: it is declared and some interaction sets it.
///
/// Rules of an item's own say which variables they read.
struct ScoredVariableIsDeclared: ItemRule {
  func check(_ item: AssessmentItem) -> [Diagnostic] {
    guard item.responseProcessing.template != nil else { return [] }
    let line = item.responseDeclarations.first?.line ?? 0
    if item.responseDeclaration("RESPONSE") == nil {
      return [
        .error(
          "undeclared-response", item, line: line,
          Text("计分模板只看变量 RESPONSE，但它没有声明。", "The template scores RESPONSE, which is not declared."),
          remedy: Text("请把作答变量命名为 RESPONSE。", "Call the response variable RESPONSE."))
      ]
    }
    return item.interactions.filter { $0.responseIdentifier != "RESPONSE" }.map {
      .warning(
        "unscored-interaction", item, line: $0.line,
        Text(
          "计分模板只看 RESPONSE，变量 \($0.responseIdentifier) 不计分。",
          "The template scores RESPONSE only; \($0.responseIdentifier) does not count."),
        remedy: Text("请把它拆成另一道题。", "Make it an item of its own."))
    }
  }
}
