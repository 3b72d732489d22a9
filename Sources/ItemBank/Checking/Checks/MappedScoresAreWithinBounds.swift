import Diagnostics

/// A mapping of single answers gives no score that its own bounds cut off.
struct MappedScoresAreWithinBounds: ItemRule {
  func check(_ item: AssessmentItem) -> [Diagnostic] {
    item.responseDeclarations.filter { $0.cardinality == .single }.flatMap { declaration in
      cutOff(by: declaration).map { entry in
        .warning(
          "score-beyond-bounds", item, line: declaration.line,
          Text(
            "分值表给 \(entry.key.label) 的 \(entry.value) 分超出了上下限，永远得不到。",
            "The mapping's \(entry.value) for \(entry.key.label) is beyond its bounds and never given."
          ),
          remedy: Text(
            "请改正 mapped-value，或 lower-bound、upper-bound。",
            "Correct the mapped-value, or the lower-bound or upper-bound."))
      }
    }
  }

  private func cutOff(by declaration: ResponseDeclaration) -> [Mapping.Entry] {
    guard let mapping = declaration.mapping else { return [] }
    return mapping.entries.filter { entry in
      mapping.lowerBound.map { entry.value < $0 } ?? false
        || mapping.upperBound.map { entry.value > $0 } ?? false
    }
  }
}
