import Diagnostics

/// An interpolation table is searched from its first entry on, so greater source values come first.
struct LookupEntriesAreReachable: ItemRule {
  func check(_ item: AssessmentItem) -> [Diagnostic] {
    item.outcomeDeclarations.filter { declaration in
      guard let table = declaration.lookupTable, table.kind == .interpolation else { return false }
      let sources = table.entries.map(\.source)
      return zip(sources, sources.dropFirst()).contains { $0 < $1 }
    }.map { declaration in
      .warning(
        "unreachable-entry", item, line: declaration.line,
        Text(
          "查找表 \(declaration.identifier) 没有从大到小排列，后面的条目永远用不到。",
          "The table of \(declaration.identifier) does not descend; later entries are never reached."
        ),
        remedy: Text("请按 source-value 从大到小排列。", "Order it by source-value, greatest first."))
    }
  }
}
