import Competency
import ItemBank
import Psychometrics

/// An item as the sessions of a framework are measured with it.
///
/// One object for all answers to it: an item is large, and evidence is copied often.
final class MeasuredItem: Sendable {
  let item: BankItem
  let parameters: PartialCreditParameters
  /// The places in the framework of the points it is evidence of.
  let points: [Int]
  /// What it measures; empty when it is about another framework's points alone.
  let loadings: [Loading]
  let model: PartialCreditItem

  init(_ item: BankItem, parameters: PartialCreditParameters, framework: Framework) {
    self.item = item
    self.parameters = parameters
    points = parameters.loadingShares.keys.compactMap(framework.index(of:)).sorted()
    loadings = parameters.loadings(in: framework)
    model = PartialCreditItem(cumulative: parameters.cumulative)
  }
}

/// Scores sessions with one bank, and remembers what it has looked up: thousands of teachers give the
/// same few answers to the same items.
struct SessionScoring: Sendable {
  /// The points of which teachers of one environment are told, and those of each dimension.
  struct Scope: Sendable {
    /// In the order of the framework's points.
    var isInScope: [Bool]
    /// In the order of the framework's dimensions, the points of each that are in scope.
    var dimensions: [[Bool]]
  }

  let bank: Bank
  let framework: Framework
  /// What is believed of the abilities before any answer.
  let prior: AbilityPrior
  private var items: [AssessmentItem.ID: MeasuredItem?] = [:]
  private var answers: [AssessmentItem.ID: [TestSession.Answer: SessionEvidence.Scored?]] = [:]
  private var scopes: [Environment.ID: Scope] = [:]
  private var knownCalibration: String?

  /// Prepares scoring, with nothing looked up yet.
  init(bank: Bank, framework: Framework) {
    self.bank = bank
    self.framework = framework
    prior = SessionEvidence.prior(of: framework)
  }

  /// What an answer is evidence of.
  ///
  /// - Returns: nil where the item is unknown, only tried out (试测) or retired since, has no
  ///   parameters, or the answer does not fit it any more.
  mutating func scored(
    _ answer: TestSession.Answer, to id: AssessmentItem.ID
  ) -> SessionEvidence.Scored? {
    if let known = answers[id]?[answer] { return known }
    let scored = measured(id).flatMap { SessionEvidence.Scored(answer, to: $0) }
    answers[id, default: [:]][answer] = .some(scored)
    return scored
  }

  /// The latest calibration of the bank's live items of the framework.
  ///
  /// Items that have had too few answers for it are as they were judged, and on its scale.
  mutating func calibration() -> String {
    if let knownCalibration { return knownCalibration }
    var latest: PartialCreditParameters?
    // Where they are, not copied: an item is large, and each result asks.
    for place in bank.items.indices
    where bank.items[place].state == .live && bank.items[place].framework == framework.id {
      guard let own = bank.items[place].calibrations.first else { continue }
      if latest.map({ own.comes(before: $0) }) ?? true { latest = own }
    }
    let found = latest?.calibration ?? ""
    knownCalibration = found
    return found
  }

  private mutating func measured(_ id: AssessmentItem.ID) -> MeasuredItem? {
    if let known = items[id] { return known }
    var measured: MeasuredItem?
    if let item = bank.item(id), item.state == .live, let parameters = item.parameters {
      measured = MeasuredItem(item, parameters: parameters, framework: framework)
    }
    items[id] = .some(measured)
    return measured
  }

  /// The points of which teachers of an environment are told.
  ///
  /// - Returns: nil if the framework has no such environment.
  mutating func scope(of environment: Environment.ID) -> Scope? {
    if let known = scopes[environment] { return known }
    guard let included = framework.environment(environment).map({ Set($0.includes) })
    else { return nil }
    let isInScope = framework.points.map { included.contains($0.environment) }
    let scope = Scope(
      isInScope: isInScope,
      dimensions: framework.dimensions.map { dimension in
        zip(framework.points, isInScope).map { $0.dimension == dimension.id && $1 }
      })
    scopes[environment] = scope
    return scope
  }
}
