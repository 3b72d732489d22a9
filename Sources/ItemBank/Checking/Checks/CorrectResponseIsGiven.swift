import Diagnostics

/// An item scored by its right answer has one: otherwise every answer would score 0.
struct CorrectResponseIsGiven: ItemRule {
  func check(_ item: AssessmentItem) -> [Diagnostic] {
    declarations(of: item).filter(\.correctResponse.isEmpty).map { declaration in
      .error(
        "missing-correct-response", item, line: declaration.line,
        Text(
          "按正确答案计分，却没有给出正确答案。", "It is scored by the right answer, but none is given."),
        remedy: Text("请加入 qti-correct-response。", "Add a qti-correct-response."))
    }
  }

  /// The variables whose right answer decides.
  private func declarations(of item: AssessmentItem) -> [ResponseDeclaration] {
    switch item.responseProcessing {
    case .template(let template):
      return template.usesCorrectResponse
        ? item.responseDeclaration("RESPONSE").map { [$0] } ?? [] : []
    case .rules(let rules):
      let places = rules.expressions.compactMap { expression in
        if case .correct(let place) = expression { place } else { nil }
      }
      return Set(places).sorted().map { item.responseDeclarations[$0] }
    }
  }
}
