import Competency
import Delivery
import Foundation
import ItemBank
import Psychometrics

/// A teacher who does not exist: abilities drawn from the framework's own prior, answers drawn from
/// the items' own parameters.
struct SimulatedTeacher {
  private let abilities: [CompetencyPoint.ID: Double]
  private var generator: SeededGenerator
  private var testlets: [AssessmentStimulus.ID: Double] = [:]
  private let testletDeviation: Double

  /// Draws a teacher.
  ///
  /// - Parameters:
  ///   - framework: the framework whose prior is drawn from.
  ///   - shift: what the school adds to every ability, in logits.
  ///   - seed: of this teacher.
  init(framework: Framework, shift: Double, seed: UInt64) {
    var generator = SeededGenerator(seed: seed, purpose: "simulated teacher")
    let constants = framework.measurement
    let general = constants.generalVariance.squareRoot() * generator.normal()
    var dimensions: [Competency.Dimension.ID: Double] = [:]
    for dimension in framework.dimensions {
      dimensions[dimension.id] = constants.dimensionVariance.squareRoot() * generator.normal()
    }
    var environments: [Competency.Environment.ID: Double] = [:]
    for environment in framework.environments {
      environments[environment.id] =
        constants.environmentVariance.squareRoot() * generator.normal()
    }
    var abilities: [CompetencyPoint.ID: Double] = [:]
    for point in framework.points {
      let shared = general + (dimensions[point.dimension] ?? 0)
      let specific = constants.specificVariance.squareRoot() * generator.normal()
      let place = environments[point.environment] ?? 0
      abilities[point.id] = constants.priorMean + shift + shared + place + specific
    }
    self.abilities = abilities
    self.generator = generator
    testletDeviation = constants.testletVariance.squareRoot()
  }

  /// Draws an answer to an item; one in twenty-five is 我不确定.
  mutating func answer(
    _ item: BankItem, from responses: ResponsesByCategory
  ) -> TestSession.Answer {
    guard let parameters = item.parameters, generator.number(below: 25) > 0 else { return .unsure }
    var eta = parameters.loadings.reduce(0) { $0 + $1.value * (abilities[$1.key] ?? 0) }
    if let scenario = item.scenario {
      let shared = testlets[scenario] ?? testletDeviation * generator.normal()
      testlets[scenario] = shared
      eta += shared
    }
    let probabilities = PartialCreditItem(cumulative: parameters.cumulative)
      .categoryProbabilities(at: eta)
    var rest = generator.uniform()
    var category = 0
    while category < probabilities.count - 1, rest > probabilities[category] {
      rest -= probabilities[category]
      category += 1
    }
    return responses.answer(to: item, category: category, using: &generator)
  }
}

extension SeededGenerator {
  /// A number in 0..<1.
  mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number from the standard normal distribution (Box–Muller).
  mutating func normal() -> Double {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return radius * cos(2 * .pi * uniform())
  }
}
