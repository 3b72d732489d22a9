import Competency
import Delivery
import ItemBank
import Psychometrics
import Simulation

/// A teacher who does not exist: abilities drawn from the framework's own prior, answers drawn from
/// the items' own parameters.
struct SimulatedTeacher {
  private let abilities: [CompetencyPoint.ID: Double]
  private var dice: NormalDice
  private var testlets: [AssessmentStimulus.ID: Double] = [:]
  private let testletDeviation: Double

  /// Draws a teacher.
  ///
  /// - Parameters:
  ///   - framework: the framework whose prior is drawn from.
  ///   - shift: what the school adds to every ability, in logits.
  ///   - seed: of this teacher.
  init(framework: Framework, shift: Double, seed: UInt64) {
    dice = NormalDice(seed: seed, purpose: "simulated teacher")
    abilities = [CompetencyPoint.ID: Double](
      uniqueKeysWithValues: zip(framework.points.map(\.id), dice.abilities(in: framework)).map {
        ($0, $1 + shift)
      })
    testletDeviation = framework.measurement.testletVariance.squareRoot()
  }

  /// Draws an answer to an item; one in twenty-five is 我不确定.
  ///
  /// - Parameters:
  ///   - item: the item.
  ///   - responses: what is answered in each category.
  ///   - plants: what is wrong with which item.
  ///   - device: what the teacher holds.
  ///   - isLate: whether it is the second half of the time.
  /// - Returns: the answer.
  mutating func answer(
    _ item: BankItem, from responses: ResponsesByCategory, plants: DemoPlants,
    device: DeviceClass, isLate: Bool
  ) -> TestSession.Answer {
    guard let parameters = item.parameters, dice.number(below: 25) > 0 else { return .unsure }
    var eta = parameters.loadings.reduce(0) { $0 + $1.value * (abilities[$1.key] ?? 0) }
    if let scenario = item.scenario {
      let shared = testlets[scenario] ?? testletDeviation * dice.normal()
      testlets[scenario] = shared
      eta += shared
    }
    eta += plants.addition(to: item, device: device, isLate: isLate)
    let probabilities = PartialCreditItem(cumulative: parameters.cumulative)
      .categoryProbabilities(at: eta)
    var rest = dice.uniform()
    var category = 0
    while category < probabilities.count - 1, rest > probabilities[category] {
      rest -= probabilities[category]
      category += 1
    }
    let taken = plants.category(category, of: item, highest: probabilities.count - 1)
    return responses.answer(to: item, category: taken, using: &dice)
  }
}
