/// One choice of the next unit of an adaptive test.
struct UnitChoice {
  let test: AdaptiveTest
  let design: AdaptiveDesign
  let bank: AdaptiveBank

  /// The items of the unit chosen; nil when nothing is left.
  func chosen(using generator: inout SeededGenerator) -> [Int]? {
    if let blueprint = design.blueprint {
      return chosenFromShadowTest(blueprint, using: &generator)
    }
    if case .maximumInformation = design.rule, design.exposure.admission.isEmpty {
      return mostInformative()
    }
    let eligible = bank.units.indices.filter { isEligible(bank.units[$0]) }
    return pick(eligible, using: &generator)
  }

  /// Whether a unit may be given: scored, not given, not overexposed, no enemy of what was given.
  func isEligible(_ unit: AdaptiveBank.Unit) -> Bool {
    guard !unit.isPilot else { return false }
    for item in unit.items {
      if test.isGiven[item] || !design.exposure.allows(item) { return false }
      let enemies = bank.items[item].enemies
      if !enemies.isEmpty, enemies.contains(where: { test.isGiven[$0] }) { return false }
    }
    return true
  }

  /// The unit with the most information at the ability.
  ///
  /// Units stand by what they could inform at most near the ability; once that is less than the best
  /// found, no later one can be better. The result is exact.
  private func mostInformative() -> [Int]? {
    var best: (information: Double, unit: AdaptiveBank.Unit)?
    let stretch = bank.stretch(at: test.ability)
    for (place, bound) in zip(stretch.order, stretch.bounds) {
      if let best, bound < best.information { break }
      let unit = bank.units[place]
      guard isEligible(unit) else { continue }
      let information = bank.information(of: unit, at: test.ability)
      if let known = best {
        // Of equals the first in the bank.
        guard
          information > known.information
            || (information == known.information && unit.items[0] < known.unit.items[0])
        else { continue }
      }
      best = (information, unit)
    }
    return best?.unit.items
  }

  /// A unit from a full test that satisfies the blueprint and contains what was given.
  private func chosenFromShadowTest(
    _ blueprint: ContentBlueprint, using generator: inout SeededGenerator
  ) -> [Int]? {
    let values = bank.units.indices.map { value(ofUnitAt: $0) }
    // An item above its exposure limit stays out while a full test can be made without it.
    let shadow =
      ShadowTest(bank: bank, blueprint: blueprint, given: test.isGiven)
      .assembled(values: values, mayUse: { isEligible($0) })
      ?? ShadowTest(bank: bank, blueprint: blueprint, given: test.isGiven)
      .assembled(values: values, mayUse: { !$0.isPilot })
    guard let shadow else { return nil }
    return pick(shadow, using: &generator)
  }

  /// Picks by the rule among units that may all be given, by their places.
  private func pick(_ places: [Int], using generator: inout SeededGenerator) -> [Int]? {
    guard !places.isEmpty else { return nil }
    var values = places.map { value(ofUnitAt: $0) }
    if case .progressive(let length) = design.rule {
      let largest = values.max() ?? 0
      let weight = min(1, Double(test.scoredItems.count) / Double(max(1, length - 1)))
      for place in values.indices {
        let chance = Double(generator.next() >> 11) * 0x1p-53
        values[place] = weight * values[place] + (1 - weight) * chance * largest
      }
    }
    var count = 1
    if case .randomesque(let top) = design.rule { count = max(top, 1) }
    let isAdmitting = !design.exposure.admission.isEmpty
    var order = best(isAdmitting ? values.count : count, of: values, places: places)
    if count > 1, order.count > 1 {
      order.swapAt(0, generator.number(below: min(count, order.count)))
    }
    return admitted(order.map { bank.units[places[$0]] }, using: &generator)
  }

  /// The places of the largest values, largest first; of equals the first in the bank.
  private func best(_ count: Int, of values: [Double], places: [Int]) -> [Int] {
    func precedes(_ first: Int, _ second: Int) -> Bool {
      values[first] != values[second]
        ? values[first] > values[second]
        : bank.units[places[first]].items[0] < bank.units[places[second]].items[0]
    }
    if count > 8 { return Array(values.indices.sorted(by: precedes).prefix(count)) }
    var taken: [Int] = []
    while taken.count < min(count, values.count) {
      var largest: Int?
      for place in values.indices where !taken.contains(place) {
        if let known = largest, !precedes(place, known) { continue }
        largest = place
      }
      if let largest { taken.append(largest) }
    }
    return taken
  }

  /// The first unit that its admission probability lets through; the last when none does.
  private func admitted(
    _ units: [AdaptiveBank.Unit], using generator: inout SeededGenerator
  ) -> [Int]? {
    guard !design.exposure.admission.isEmpty else { return units.first?.items }
    for unit in units {
      let admission = unit.items.reduce(1) { min($0, design.exposure.admission[$1]) }
      if Double(generator.next() >> 11) * 0x1p-53 < admission { return unit.items }
    }
    return units.last?.items
  }

  /// What the rule makes of a unit: information at the ability, or over the posterior.
  private func value(ofUnitAt place: Int) -> Double {
    if case .posteriorWeighted = design.rule {
      return bank.information(ofUnitAt: place, over: test.posterior)
    }
    return bank.information(of: bank.units[place], at: test.ability)
  }
}
