import Diagnostics

/// An item scored by a mapping has one with entries: otherwise every answer would score the same.
struct MappingIsGiven: ItemRule {
  func check(_ item: AssessmentItem) -> [Diagnostic] {
    declarations(of: item).filter { $0.mapping?.entries.isEmpty ?? true }.map { declaration in
      .error(
        "missing-mapping", item, line: declaration.line,
        Text("按分值表计分，却没有给出分值表。", "It is scored by a mapping, but none is given."),
        remedy: Text(
          "请加入 qti-mapping，写明每个选项的分值。", "Add a qti-mapping with the worth of each choice."))
    }
  }

  /// The variables whose mapping decides.
  private func declarations(of item: AssessmentItem) -> [ResponseDeclaration] {
    switch item.responseProcessing {
    case .template(let template):
      return template.usesCorrectResponse
        ? [] : item.responseDeclaration("RESPONSE").map { [$0] } ?? []
    case .rules(let rules):
      let places = rules.expressions.compactMap { expression in
        if case .mapResponse(let place) = expression { place } else { nil }
      }
      return Set(places).sorted().map { item.responseDeclarations[$0] }
    }
  }
}
