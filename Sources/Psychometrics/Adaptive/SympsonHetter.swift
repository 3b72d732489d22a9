/// Admission probabilities that keep every item's exposure below a rate.
///
/// Source: Sympson & Hetter (1985), *Controlling item-exposure rates in computerized adaptive testing*,
/// proceedings of the 27th conference of the Military Testing Association, 973–977.
public struct SympsonHetter: Hashable, Sendable {
  /// The probability with which each item is given once it is chosen.
  public var admission: [Double]
  /// The share of the last simulated tests each item was given in.
  public var exposure: [Double]

  /// Finds admission probabilities by repeated simulation.
  ///
  /// After each round of tests an item chosen with probability s above the rate r is admitted with
  /// probability r/s; the others freely.
  ///
  /// - Parameters:
  ///   - bank: the bank.
  ///   - design: the test's rules; its own admission probabilities are replaced.
  ///   - maximumRate: r, 0…1; above the mean share of the bank a test uses, or nothing can satisfy it.
  ///   - tests: how many tests a round simulates, of abilities from the quadrature's prior.
  ///   - rounds: how many rounds.
  ///   - seed: what the simulation draws from.
  public init(
    bank: AdaptiveBank, design: AdaptiveDesign, maximumRate: Double, tests: Int, rounds: Int,
    seed: UInt64
  ) {
    var design = design
    var generator = SeededGenerator(seed: seed, purpose: "Sympson-Hetter")
    admission = [Double](repeating: 1, count: bank.items.count)
    exposure = [Double](repeating: 0, count: bank.items.count)
    for _ in 0..<rounds {
      design.exposure.admission = admission
      exposure =
        AdaptiveSimulation.run(
          bank: bank, design: design, tests: tests, using: &generator
        ).exposure
      for item in bank.items.indices {
        // Given with probability chosen · admission; so chosen is exposure over admission.
        let chosen = exposure[item] / max(admission[item], 1e-6)
        admission[item] = chosen > maximumRate ? maximumRate / chosen : 1
      }
    }
  }
}

/// Adaptive tests taken by simulated persons.
public struct AdaptiveSimulation: Hashable, Sendable {
  /// The share of tests each item was given in.
  public var exposure: [Double]
  /// The mean number of scored items.
  public var meanLength: Double
  /// The root of the mean squared distance of estimate and truth, in logits.
  public var rootMeanSquareError: Double
  /// How many selections found nothing left within the rules.
  public var deadEnds: Int
  /// How many tests broke the blueprint.
  public var blueprintViolations: Int

  /// Simulates tests of persons whose abilities are drawn from the bank's prior.
  ///
  /// - Parameters:
  ///   - bank: the bank.
  ///   - design: the rules.
  ///   - tests: how many tests, at least 1.
  ///   - generator: the dice.
  /// - Returns: what the tests were like.
  public static func run(
    bank: AdaptiveBank, design: AdaptiveDesign, tests: Int,
    using generator: inout SeededGenerator
  ) -> AdaptiveSimulation {
    var given = [Int](repeating: 0, count: bank.items.count)
    var (length, squares, deadEnds, violations) = (0, 0.0, 0, 0)
    for _ in 0..<tests {
      let truth = drawn(bank.quadrature.nodes, bank.quadrature.weights, using: &generator)
      var test = AdaptiveTest(bank: bank)
      while let items = test.next(design, bank: bank, using: &generator) {
        test.present(items, bank: bank)
        for item in items {
          let probabilities = bank.items[item].model.categoryProbabilities(at: truth)
          let scores = probabilities.indices.map(Double.init)
          let score = drawn(scores, probabilities, using: &generator)
          test.record(item: item, score: Int(score), bank: bank)
        }
      }
      for item in bank.items.indices where test.isGiven[item] { given[item] += 1 }
      length += test.scoredItems.count
      squares += (test.ability - truth) * (test.ability - truth)
      deadEnds += test.deadEnds
      if let blueprint = design.blueprint, !blueprint.isSatisfied(by: test.scoredItems, bank: bank)
      {
        violations += 1
      }
    }
    return AdaptiveSimulation(
      exposure: given.map { Double($0) / Double(tests) },
      meanLength: Double(length) / Double(tests),
      rootMeanSquareError: (squares / Double(tests)).squareRoot(), deadEnds: deadEnds,
      blueprintViolations: violations)
  }

  /// One of some values, each with its probability.
  private static func drawn(
    _ values: [Double], _ probabilities: [Double], using generator: inout SeededGenerator
  ) -> Double {
    var rest = Double(generator.next() >> 11) * 0x1p-53
    for (value, probability) in zip(values, probabilities) {
      rest -= probability
      if rest < 0 { return value }
    }
    return values[values.count - 1]
  }
}

extension ContentBlueprint {
  /// Whether items are as many, and of the content, that the blueprint asks for.
  public func isSatisfied(by items: [Int], bank: AdaptiveBank) -> Bool {
    items.count == length
      && divisions.enumerated().allSatisfy { division, bounds in
        bounds.enumerated().allSatisfy { category, range in
          range.contains(items.count { bank.items[$0].categories[division] == category })
        }
      }
  }
}
