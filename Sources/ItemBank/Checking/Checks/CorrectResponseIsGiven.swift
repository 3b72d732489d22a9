import Diagnostics

/// An item scored by its right answer has one: otherwise every answer would score 0.
struct CorrectResponseIsGiven: ItemRule {
  func check(_ item: AssessmentItem) -> [Diagnostic] {
    guard item.responseProcessing.usesCorrectResponse,
      let declaration = item.responseDeclaration("RESPONSE"),
      declaration.correctResponse.isEmpty
    else { return [] }
    return [
      .error(
        "missing-correct-response", item, line: declaration.line,
        Text(
          "按正确答案计分，却没有给出正确答案。", "It is scored by the right answer, but none is given."),
        remedy: Text("请加入 qti-correct-response。", "Add a qti-correct-response."))
    ]
  }
}
