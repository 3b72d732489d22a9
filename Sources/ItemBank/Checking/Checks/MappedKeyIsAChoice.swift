import Diagnostics

/// What a mapping gives a worth to is a choice.
struct MappedKeyIsAChoice: ItemRule {
  func check(_ item: AssessmentItem) -> [Diagnostic] {
    item.interactions.flatMap { interaction -> [Diagnostic] in
      // Without choices that is the fault to name.
      guard let declaration = item.responseDeclaration(interaction.responseIdentifier),
        let offered = interaction.offeredIdentifiers
      else { return [] }
      let keys = declaration.mapping?.entries.map(\.key) ?? []
      return keys.filter { !offered.isSuperset(of: $0.identifiers) }.map { key in
        .error(
          "unknown-choice", item, line: declaration.line,
          Text("分值表中的 \(key.label) 不在选项中。", "The mapping's \(key.label) is no choice."),
          remedy: Text("请改正 map-key。", "Correct the map-key."))
      }
    }
  }
}
