import ItemBank
import Psychometrics

/// The choices of an item that asks for one, and the ability of those who take each.
struct OptionExamination {
  let observed: ItemObservations

  /// 我不确定 is no choice and does not count here.
  func options() -> [ItemStatistics.Option] {
    guard let interaction = observed.item.item.choiceInteractions.first else { return [] }
    let chosen = observed.answers.filter { $0.option >= 0 }
      .sorted { ($0.mean, $0.sheet) < ($1.mean, $1.sheet) }
    guard chosen.count >= AnalysisRules.classicalCount else { return [] }
    let centre = chosen.reduce(0) { $0 + $1.mean } / Double(chosen.count)
    let spread =
      (chosen.reduce(0) { $0 + ($1.mean - centre) * ($1.mean - centre) } / Double(chosen.count))
      .squareRoot()
    return interaction.choices.enumerated().compactMap { place, choice in
      guard
        let category = observed.item.item.score(ofChoice: choice.id).flatMap({ Int(exactly: $0) })
      else { return nil }
      let own = chosen.filter { $0.option == place }
      guard let share = Estimate.proportion(own.count, of: chosen.count) else { return nil }
      return ItemStatistics.Option(
        choice: choice.id, category: category, share: share,
        ability: ability(own, centre: centre, spread: spread),
        curve: (0..<5).map { fifth in
          let group = chosen[(chosen.count * fifth / 5)..<(chosen.count * (fifth + 1) / 5)]
          return .proportion(group.count { $0.option == place }, of: group.count)
        })
    }
  }

  private func ability(_ own: [Observation], centre: Double, spread: Double) -> Estimate? {
    guard own.count >= AnalysisRules.optionCount, spread > 0 else { return nil }
    let count = Double(own.count)
    let mean = own.reduce(0) { $0 + $1.mean } / count
    let variance = own.reduce(0) { $0 + ($1.mean - mean) * ($1.mean - mean) } / (count - 1)
    return Estimate(
      (mean - centre) / spread, standardError: (variance / count).squareRoot() / spread,
      count: own.count)
  }
}
