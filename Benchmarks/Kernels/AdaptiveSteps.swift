import Psychometrics

/// Adaptive tests on a bank of 500 items: estimate and choose, 30 times a test.
struct AdaptiveSteps {
  private let bank: AdaptiveBank
  private let answers: [[Int]]

  /// Makes the bank and the answers of some persons from a seed.
  ///
  /// - Throws: ``ItemParameterError`` never, for the parameters drawn here.
  init(persons: Int) throws(ItemParameterError) {
    var world = SeededWorld(seed: 3)
    var items: [AdaptiveItem] = []
    for _ in 0..<500 {
      let model = try LogisticItem(
        discrimination: 0.5 + 1.5 * world.uniform(), difficulty: 6 * world.uniform() - 3)
      items.append(AdaptiveItem(model: .logistic(model)))
    }
    bank = AdaptiveBank(items: items, quadrature: .standardNormalTrapezoid())
    answers = (0..<persons).map { _ in
      let ability = 4 * world.uniform() - 2
      return items.map {
        world.uniform() < $0.model.categoryProbabilities(at: ability)[1] ? 1 : 0
      }
    }
  }

  /// The time of one step, and the sum of the abilities to check runs against.
  func timed() -> (step: Duration, check: Double) {
    let design = AdaptiveDesign(
      rule: .maximumInformation, stopping: StoppingRule(maximumLength: 30))
    var generator = SeededGenerator(seed: 1)
    var sum = 0.0
    let time = ContinuousClock().measure {
      for person in answers {
        var test = AdaptiveTest(bank: bank)
        while let chosen = test.next(design, bank: bank, using: &generator) {
          test.present(chosen, bank: bank)
          for item in chosen { test.record(item: item, score: person[item], bank: bank) }
        }
        sum += test.ability
      }
    }
    return (time / (30 * answers.count), sum)
  }
}
