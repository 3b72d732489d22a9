public import Competency
public import Delivery
public import ItemBank
import Psychometrics
import RealModule

/// Teachers who do not exist, answering the items of a bank as its response model says.
public struct SimulatedTeachers: Sendable {
  /// How far the parameters that the bank knows are from those that the teachers answer by.
  public enum ParameterError: String, CaseIterable, Sendable {
    /// They are the same.
    case none
    /// Slopes are wrong by a factor of about e^±.25, locations by about ±.3.
    case moderate
    /// Slopes are wrong by a factor of about e^±.4, locations by about ±.6.
    case large

    var spread: (logSlope: Double, location: Double) {
      switch self {
      case .none: (0, 0)
      case .moderate: (0.25, 0.3)
      case .large: (0.4, 0.6)
      }
    }
  }

  /// What responses score, and what an item is like in truth.
  private struct TrueItem {
    var points: [(place: Int, share: Double)]
    var slope: Double
    var cumulative: [Double]
    var responsesOfCategory: [Int: [String: ResponseValue]]
    var scenario: AssessmentStimulus.ID?
  }

  /// The bank whose items they answer.
  public let bank: Bank
  /// The framework whose prior their abilities are drawn from.
  public let framework: Framework
  private var items: [AssessmentItem.ID: TrueItem] = [:]
  private var dice: NormalDice

  /// Draws what the items are like in truth.
  ///
  /// - Parameters:
  ///   - bank: the bank.
  ///   - framework: the framework of the test.
  ///   - error: how far the bank's parameters are from the truth.
  ///   - seed: what everything follows from.
  public init(bank: Bank, framework: Framework, error: ParameterError, seed: UInt64) {
    self.bank = bank
    self.framework = framework
    dice = NormalDice(seed: seed, purpose: "teachers")
    var parameterDice = NormalDice(seed: seed, purpose: "parameters")
    let responses = ResponsesByCategory(bank)
    for item in bank.items {
      guard let parameters = item.parameters else { continue }
      let slope =
        parameters.slope * Double.exp(error.spread.logSlope * parameterDice.normal())
      let shift = error.spread.location * parameterDice.normal()
      var cumulative = [0.0]
      for step in parameters.stepLocations {
        cumulative.append((cumulative.last ?? 0) + slope * (step + shift))
      }
      items[item.id] = TrueItem(
        points: parameters.loadingShares.compactMap { point, share in
          framework.index(of: point).map { ($0, share) }
        }.sorted { $0.0 < $1.0 },
        slope: slope, cumulative: cumulative,
        responsesOfCategory: responses.firstByCategory(of: item.id), scenario: item.scenario)
    }
  }

  /// The abilities of the next teacher, in the order of the framework's points.
  public mutating func nextAbilities() -> [Double] { dice.abilities(in: framework) }

  /// Answers every item of a session and submits its stages, each chosen as in the service.
  ///
  /// - Parameters:
  ///   - session: the session, just begun.
  ///   - abilities: the teacher's, in the order of the framework's points.
  ///   - exposure: how often items may be offered.
  ///   - seen: the items of the teacher's earlier session.
  ///   - clock: the time in milliseconds from whenever.
  /// - Returns: how long each choice of a stage took, in milliseconds.
  /// - Throws: ``SessionError`` if the session refuses an answer, which it has no reason to.
  public mutating func answer(
    _ session: inout TestSession, abilities: [Double], exposure: ItemExposure,
    seen: Set<AssessmentItem.ID>, clock: () -> Double = { 0 }
  ) throws(SessionError) -> [Double] {
    var milliseconds: [Double] = []
    var effects: [AssessmentStimulus.ID: Double] = [:]
    while let stage = session.currentStage {
      for id in stage.items {
        guard let item = items[id] else { continue }
        if let scenario = item.scenario, effects[scenario] == nil {
          effects[scenario] = framework.measurement.testletVariance.squareRoot() * dice.normal()
        }
        let effect = item.scenario.flatMap { effects[$0] } ?? 0
        guard let responses = responses(to: item, abilities: abilities, effect: effect) else {
          continue
        }
        try session.apply(
          .responded(item: id, answer: .response(responses), sequence: 1),
          bank: bank)
      }
      try session.apply(.stageSubmitted(stage.number), bank: bank)
      let began = clock()
      guard let selected = session.selectedStages(bank: bank, exposure: exposure, avoiding: seen)
      else { continue }
      milliseconds.append(clock() - began)
      try session.apply(.stagesSelected(selected), bank: bank)
    }
    return milliseconds
  }

  /// Responses with the probability of their category; a category that none scores is not drawn.
  private mutating func responses(
    to item: TrueItem, abilities: [Double], effect: Double
  ) -> [String: ResponseValue]? {
    let ability = item.points.reduce(0) { $0 + $1.share * abilities[$1.place] }
    let probabilities = PartialCreditItem(cumulative: item.cumulative)
      .categoryProbabilities(at: item.slope * (ability + effect))
    let offered = probabilities.indices.filter { item.responsesOfCategory[$0] != nil }
    var rest = dice.uniform() * offered.reduce(0) { $0 + probabilities[$1] }
    for category in offered {
      rest -= probabilities[category]
      if rest < 0 { return item.responsesOfCategory[category] }
    }
    return offered.last.flatMap { item.responsesOfCategory[$0] }
  }
}
