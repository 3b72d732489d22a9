import Competency
import Delivery
import ItemBank
import Psychometrics

/// One answer beside what the same teacher's other answers say.
struct Observation {
  /// The category, from 0.
  var category: Int
  /// The place of the choice taken; −1 when none counts.
  var option: Int
  /// Whether it was 我不确定.
  var isUnsure: Bool
  /// The item's predictor by the teacher's other answers: mean and variance.
  var mean: Double
  var variance: Double
  /// How long it took, in seconds; −1 when that is not known.
  var seconds: Int
  /// The place of the sheet among all.
  var sheet: Int
}

/// All that was observed of one item.
struct ItemObservations {
  let item: BankItem
  let parameters: PartialCreditParameters
  /// What it measures, and how, in the framework's order of points.
  let loadings: [Loading]
  let model: PartialCreditItem
  /// A number for the scenario it shares with others.
  let testlet: Int?
  /// The environment of its chief point.
  let environment: Environment.ID
  /// Sheets that had it.
  var presented = 0
  /// The answers that can be scored.
  var answers: [Observation] = []
}

/// How well one dimension of one teacher was measured.
struct DimensionMeasurement {
  /// The level the teacher most probably is at, from 0.
  var level: Int
  /// The share of the variance before the test that is left.
  var remaining: Double
}

/// The answers of all sheets of one framework's tests, scored, each beside the belief that the
/// teacher's other answers give.
struct AnswerEvidence {
  let framework: Framework
  /// The items that can be scored, in the order of the bank.
  private(set) var items: [ItemObservations] = []
  /// What is compared: the groups and the time of each sheet that was scored.
  private(set) var sheets: [(groups: AnswerGroups, finishedAt: Double)] = []
  /// In the order of the framework's dimensions, one value a sheet that was asked about it.
  private(set) var dimensions: [[DimensionMeasurement]]

  private let scoring: AnswerScoring
  private let prior: AbilityPrior
  private var places: [AssessmentItem.ID: Int] = [:]
  /// How many sheets there are of each test and environment.
  private var sheetCounts: [AssessmentTest.ID: [Environment.ID: Int]] = [:]
  /// Whether a version of an item in an older bank reads like the present one.
  private let readsAlike: (Bank.Version, AssessmentItem.ID) -> Bool

  /// Starts without answers.
  ///
  /// - Parameters:
  ///   - framework: the framework.
  ///   - bank: the bank in service, which scores.
  ///   - older: the banks that sheets are pinned to, as far as they can be had.
  init(framework: Framework, bank: Bank, older: [Bank.Version: Bank]) {
    self.framework = framework
    scoring = AnswerScoring(bank: bank)
    prior = framework.analysisPrior
    dimensions = framework.dimensions.map { _ in [] }
    var scenarios: [AssessmentStimulus.ID: Int] = [:]
    for item in bank.items {
      guard let point = item.points.first.flatMap(framework.point),
        let parameters = item.parameters ?? item.standIn(for: point.id)
      else { continue }
      let loadings = parameters.loadings(among: framework)
      guard !loadings.isEmpty else { continue }
      var testlet: Int?
      if let scenario = item.scenario {
        testlet = scenarios[scenario, default: scenarios.count]
        scenarios[scenario] = testlet
      }
      places[item.id] = items.count
      items.append(
        ItemObservations(
          item: item, parameters: parameters, loadings: loadings,
          model: PartialCreditItem(cumulative: parameters.cumulative), testlet: testlet,
          environment: point.environment))
    }
    let changed = older.filter { $0.key != bank.version }
      .mapValues(bank.itemsRewritten(since:))
    readsAlike = { version, item in
      version == bank.version || changed[version].map { !$0.contains(item) } ?? false
    }
  }

  /// Adds a sheet.
  mutating func add(_ sheet: AnswerSheet) {
    // A stage more is of the same teacher's test.
    if !sheet.isContinuation {
      sheetCounts[sheet.test, default: [:]][sheet.environment, default: 0] += 1
    }
    for entry in sheet.entries {
      if let place = places[entry.item] { items[place].presented += 1 }
    }
    let scored = sheet.entries.compactMap { self.scored($0, of: sheet) }
    let counted = scored.filter { items[$0.place].item.state == .live }
    guard !counted.isEmpty else { return }
    let responses = counted.map(\.response)
    let (posterior, beliefs) = AbilityPosterior.laplaceLeavingOut(
      prior: prior, responses: responses, testletVariance: framework.measurement.testletVariance)
    for (answered, belief) in zip(counted, beliefs) { observe(answered, belief) }
    // What is only tried out, or is retired by now, is held against the items that count.
    for answered in scored where items[answered.place].item.state != .live {
      observe(answered, belief(of: items[answered.place], under: posterior))
    }
    sheets.append((sheet.groups, sheet.finishedAt))
    measure(posterior, responses, environment: sheet.environment)
  }

  private mutating func observe(_ answered: Answered, _ belief: PredictorBelief) {
    items[answered.place].answers.append(
      Observation(
        category: answered.answer.category, option: answered.answer.option ?? -1,
        isUnsure: answered.answer.isUnsure, mean: belief.mean, variance: belief.variance,
        seconds: answered.seconds ?? -1, sheet: sheets.count))
  }

  /// What answers to other items say of an item's predictor.
  private func belief(
    of item: ItemObservations, under posterior: AbilityPosterior
  ) -> PredictorBelief {
    var belief = PredictorBelief(mean: 0, variance: 0)
    for first in item.loadings {
      belief.mean += first.weight * posterior.mode[first.point]
      for second in item.loadings {
        belief.variance +=
          first.weight * second.weight
          * posterior.covariance[first.point * posterior.count + second.point]
      }
    }
    if item.testlet != nil {
      let slope = item.parameters.slope
      belief.variance += framework.measurement.testletVariance * slope * slope
    }
    return belief
  }

  /// How many sheets of the tests that have an item could have had it.
  func eligibleCount(of item: ItemObservations, in tests: [AssessmentTest.ID]) -> Int {
    let including = framework.environments.filter { $0.includes.contains(item.environment) }
    return tests.reduce(0) { sum, test in
      sum + including.reduce(0) { $0 + (sheetCounts[test]?[$1.id] ?? 0) }
    }
  }

  private struct Answered {
    var place: Int
    var answer: AnswerScoring.Scored
    var seconds: Int?
    var response: ScoredResponse
  }

  private func scored(_ entry: AnswerSheet.Entry, of sheet: AnswerSheet) -> Answered? {
    guard let place = places[entry.item], let answer = entry.answer,
      readsAlike(sheet.bankVersion, entry.item),
      let scored = scoring.scored(
        answer, to: entry.item, highest: items[place].model.maximumScore)
    else { return nil }
    let item = items[place]
    return Answered(
      place: place, answer: scored, seconds: entry.seconds,
      response: ScoredResponse(
        loadings: item.loadings, model: item.model, testlet: item.testlet, score: scored.category))
  }

  private mutating func measure(
    _ posterior: AbilityPosterior, _ responses: [ScoredResponse], environment: Environment.ID
  ) {
    let scope = Set(framework.environment(environment)?.includes ?? [])
    let asked = Set(responses.flatMap { $0.loadings.map(\.point) })
    let cuts = framework.measurement.levels.compactMap(\.cutScore?.location)
    for (place, dimension) in framework.dimensions.enumerated() {
      let points = framework.points.indices.filter {
        framework.points[$0].dimension == dimension.id
          && scope.contains(framework.points[$0].environment)
      }
      guard !asked.isDisjoint(with: points) else { continue }
      var weights = [Double](repeating: 0, count: framework.points.count)
      for point in points { weights[point] = 1 / Double(points.count) }
      let composite = posterior.composite(weights: weights)
      var before = 0.0
      for row in points {
        for column in points {
          before += weights[row] * weights[column] * prior.covariance[row * prior.count + column]
        }
      }
      dimensions[place].append(
        DimensionMeasurement(
          level: cuts.count { composite.mean >= $0 },
          remaining: composite.standardError * composite.standardError / max(before, 1e-12)))
    }
  }
}

extension Framework {
  /// What is believed of a teacher's abilities before any answer.
  fileprivate var analysisPrior: AbilityPrior {
    AbilityPrior.structured(
      mean: [Double](repeating: measurement.priorMean, count: points.count),
      dimensions: points.map { point in
        dimensions.firstIndex { $0.id == point.dimension } ?? -1
      },
      environments: points.map { point in
        environments.firstIndex { $0.id == point.environment } ?? -1
      },
      general: measurement.generalVariance, dimension: measurement.dimensionVariance,
      environment: measurement.environmentVariance, specific: measurement.specificVariance)
  }
}

extension BankItem {
  /// Parameters that an item which nobody has judged yet is looked at with: as sharp as the usual
  /// judged item, its steps about the middle of the scale.
  ///
  /// Only the answers say where it really stands; see ``LocalRefit``.
  fileprivate func standIn(for point: CompetencyPoint.ID) -> PartialCreditParameters? {
    guard let highest = maximumCategory, highest >= 1 else { return nil }
    return PartialCreditParameters(
      slope: 0.8,
      stepLocations: (0..<highest).map { 0.6 * (Double($0) - Double(highest - 1) / 2) },
      loadingShares: [point: 1], calibration: "", isProvisional: true)
  }
}

extension PartialCreditParameters {
  /// The loadings in the framework's order of points.
  fileprivate func loadings(among framework: Framework) -> [Loading] {
    loadings.compactMap { point, weight in
      framework.index(of: point).map { Loading(point: $0, weight: weight) }
    }.sorted { $0.point < $1.point }
  }
}
