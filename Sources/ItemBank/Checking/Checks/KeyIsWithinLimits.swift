import Diagnostics

/// The right answer does not take more than the interaction lets a candidate take.
struct KeyIsWithinLimits: ItemRule {
  func check(_ item: AssessmentItem) -> [Diagnostic] {
    item.interactions.compactMap { interaction in
      guard let declaration = item.responseDeclaration(interaction.responseIdentifier) else {
        return nil
      }
      let key = Set(declaration.correctResponse)
      let most = interaction.largestResponse
      if most > 0, key.count > most { return fault("max-choices", most, interaction, item) }
      var uses: [String: Int] = [:]
      for identifier in key.flatMap(\.identifiers) { uses[identifier, default: 0] += 1 }
      let overused = interaction.associables.first {
        $0.matchMax > 0 && uses[$0.id.rawValue, default: 0] > $0.matchMax
      }
      return overused.map { fault("match-max", $0.matchMax, interaction, item) }
    }
  }

  private func fault(
    _ code: String, _ most: Int, _ interaction: Interaction, _ item: AssessmentItem
  ) -> Diagnostic {
    .warning(
      code, item, line: interaction.line,
      Text(
        "正确答案超过了允许的次数 \(most)，没有人能答对。",
        "The right answer needs more than the limit of \(most); nobody can give it."),
      remedy: Text(
        "请放宽 max-choices、max-associations 或 match-max。",
        "Raise max-choices, max-associations or match-max."))
  }
}
