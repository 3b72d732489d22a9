import Competency
public import ItemBank
public import Psychometrics

/// The answers of finished sessions as a calibration takes them: who answered which items with which
/// score.
///
/// 我不确定 is the lowest score, as it is when a teacher is scored: parameters and scores must mean
/// the same.
public struct CalibrationData: Sendable {
  /// The items that are calibrated, live ones and those tried out.
  public let items: [BankItem]
  /// For each teacher the answers, by the items' places.
  public private(set) var answers: [[ProvisionalCalibration.Answer]] = []
  /// How many answers each item has.
  public private(set) var answerCounts: [Int]
  private let bank: Bank
  private let framework: Framework
  private let places: [AssessmentItem.ID: Int]
  /// The items of older banks that read otherwise now.
  private var rewritten: [Bank.Version: Set<AssessmentItem.ID>] = [:]

  /// No answers yet.
  ///
  /// - Parameters:
  ///   - test: the test whose items are calibrated.
  ///   - bank: the bank that scores the answers.
  /// It is nil if the bank has no such test with a framework.
  public init?(test: AssessmentTest.ID, bank: Bank) {
    guard let blueprint = bank.blueprint(of: test),
      let framework = bank.framework(blueprint.framework)
    else { return nil }
    self.bank = bank
    self.framework = framework
    items = bank.items(of: test).filter {
      ($0.state == .live || $0.state == .pilot) && $0.maximumCategory ?? 0 > 0
    }
    places = [AssessmentItem.ID: Int](
      items.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    answerCounts = [Int](repeating: 0, count: items.count)
  }

  /// Adds the answers of a finished session.
  ///
  /// - Parameters:
  ///   - session: the session.
  ///   - former: the bank it was taken with. What was answered to an earlier wording of an item says
  ///     nothing of the present one.
  public mutating func add(_ session: TestSession, takenWith former: Bank) {
    let rewritten = rewritten(since: former)
    var answered: [ProvisionalCalibration.Answer] = []
    for id in session.stages.flatMap(\.items) {
      guard !rewritten.contains(id), let place = places[id], let answer = session.answers[id],
        let highest = items[place].maximumCategory,
        let score = items[place].category(of: answer, highest: highest)
      else { continue }
      answered.append((place, score))
      answerCounts[place] += 1
    }
    if !answered.isEmpty { answers.append(answered) }
  }

  private mutating func rewritten(since former: Bank) -> Set<AssessmentItem.ID> {
    guard former.version != bank.version else { return [] }
    if let known = rewritten[former.version] { return known }
    let found = bank.itemsRewritten(since: former)
    rewritten[former.version] = found
    return found
  }

  /// The items as they are judged before a calibration.
  ///
  /// - Parameter keepsCalibrated: whether items that were calibrated before hold the scale: their
  ///   parameters stay.
  /// - Returns: the items, in the order of ``items``.
  public func judged(keepsCalibrated: Bool) -> [ProvisionalItem] {
    var testlets: [AssessmentStimulus.ID: Int] = [:]
    return items.map { item in
      let parameters = startingParameters(of: item)
      let testlet = item.scenario.map { scenario in
        let number = testlets[scenario, default: testlets.count]
        testlets[scenario] = number
        return number
      }
      return ProvisionalItem(
        shares: parameters.loadingShares.compactMap { point, share in
          framework.index(of: point).map { Loading(point: $0, weight: share) }
        }.sorted { $0.point < $1.point },
        slope: parameters.slope, stepLocations: parameters.stepLocations, testlet: testlet,
        isAnchor: keepsCalibrated && !parameters.isProvisional)
    }
  }

  /// A calibration that has not begun, or goes on where it was interrupted.
  public func calibration(
    keepsCalibrated: Bool, goingOnFrom items: [ProvisionalItem]? = nil, after cycles: Int = 0
  ) -> ProvisionalCalibration {
    ProvisionalCalibration(
      judged(keepsCalibrated: keepsCalibrated), prior: SessionEvidence.prior(of: framework),
      testletVariance: framework.measurement.testletVariance, goingOnFrom: items, after: cycles)
  }

  /// What is believed of an item before any answer: its parameters, or else what its authors' word
  /// for its difficulty means.
  private func startingParameters(of item: BankItem) -> PartialCreditParameters {
    item.parameters ?? .judged(item)
  }
}
