import Diagnostics

/// An item scored by a mapping has one with entries: otherwise every answer would score the same.
struct MappingIsGiven: ItemRule {
  func check(_ item: AssessmentItem) -> [Diagnostic] {
    guard !item.responseProcessing.usesCorrectResponse,
      let declaration = item.responseDeclaration("RESPONSE"),
      declaration.mapping?.entries.isEmpty ?? true
    else { return [] }
    return [
      .error(
        "missing-mapping", item, line: declaration.line,
        Text("按分值表计分，却没有给出分值表。", "It is scored by a mapping, but none is given."),
        remedy: Text(
          "请加入 qti-mapping，写明每个选项的分值。", "Add a qti-mapping with the worth of each choice."))
    ]
  }
}
