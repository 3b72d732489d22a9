import Competency
public import ItemBank
import Psychometrics

extension TestSession {
  /// Works out what the answers say.
  ///
  /// - Parameter bank: the bank of the version the session is pinned to.
  /// - Returns: the result; nil if the test or its framework is not in that bank.
  public func result(bank: Bank) -> TestResult? {
    guard let blueprint = bank.blueprint(of: start.test),
      let framework = bank.framework(blueprint.framework)
    else { return nil }
    var scoring = SessionScoring(bank: bank, framework: framework)
    return result(scoring: &scoring)
  }

  /// Measures the session with what is known already of the bank; see ``result(bank:)``.
  ///
  /// - Parameter scoring: that of the bank and the framework of the test.
  /// - Returns: the result; nil if the framework does not know the session's environment.
  func result(scoring: inout SessionScoring) -> TestResult? {
    let calibration = scoring.calibration()
    return computation(scoring: &scoring)?.result(calibration: calibration)
  }

  /// The composites of the result alone, the whole before the dimensions; see
  /// ``result(scoring:)``.
  func composites(scoring: inout SessionScoring) -> [TestResult.Composite]? {
    computation(scoring: &scoring)?.composites()
  }

  private func computation(scoring: inout SessionScoring) -> ResultComputation? {
    guard let scope = scoring.scope(of: start.environment) else { return nil }
    return ResultComputation(
      evidence: SessionEvidence(session: self, scoring: &scoring), bank: scoring.bank.version,
      framework: scoring.framework, scope: scope)
  }
}

extension TestResult {
  /// All composites: that of the whole, then those of the dimensions.
  var composites: [Composite] { [overall] + dimensions.map(\.composite) }
}

/// The way from answers to a result.
private struct ResultComputation {
  let evidence: SessionEvidence
  let bank: Bank.Version
  let framework: Framework
  let scope: SessionScoring.Scope

  func result(calibration: String) -> TestResult {
    let scored = evidence.scored
    let posterior = posterior
    let composites = composites(of: posterior)
    let points = points(posterior: posterior, scored: scored)
    let (priorities, unordered) = priorities(among: points, posterior: posterior)
    return TestResult(
      points: points,
      dimensions: zip(framework.dimensions, composites.dropFirst()).map { dimension, composite in
        TestResult.DimensionResult(id: dimension.id, composite: composite)
      },
      overall: composites[0],
      evidence: scored.map { evidence in
        TestResult.ItemEvidence(
          item: evidence.measured.item.id, category: evidence.category,
          maximumCategory: evidence.measured.parameters.stepLocations.count,
          isUnsure: evidence.isUnsure)
      },
      isProvisional: isProvisional,
      versions: TestResult.Versions(
        bank: bank.rawValue, calibration: calibration,
        measurement: framework.measurement.version, engine: TestResult.engineVersion),
      priorities: priorities, unorderedPriorityCount: unordered)
  }

  func composites() -> [TestResult.Composite] { composites(of: posterior) }

  private var isProvisional: Bool {
    evidence.scored.contains { $0.measured.parameters.isProvisional }
  }

  /// What is believed, with what provisional parameters leave open.
  private var posterior: AbilityPosterior {
    let measured = evidence.posterior
    return isProvisional
      ? measured.adding(variance: framework.measurement.provisionalVariance) : measured
  }

  private func composites(of posterior: AbilityPosterior) -> [TestResult.Composite] {
    ([scope.isInScope] + scope.dimensions).map {
      composite(of: posterior, scored: evidence.scored, over: $0)
    }
  }

  private func points(
    posterior: AbilityPosterior, scored: [SessionEvidence.Scored]
  ) -> [TestResult.Point] {
    var evidence = [[SessionEvidence.Scored]](repeating: [], count: framework.points.count)
    for entry in scored {
      for point in entry.measured.points { evidence[point].append(entry) }
    }
    let constants = framework.measurement
    return framework.points.indices.map { index in
      TestResult.Point(
        point: framework.points[index].id,
        ability: posterior.mean[index],
        standardError: posterior.standardError(ofPoint: index),
        probabilityBelowTarget: posterior.probability(
          ofPoint: index, below: constants.target,
          cutStandardError: constants.targetStandardError),
        evidenceCount: evidence[index].count,
        unsureCount: evidence[index].count { $0.isUnsure },
        misconceptions: Self.mostFrequentFirst(evidence[index].flatMap(\.misconceptions)),
        isInScope: scope.isInScope[index])
    }
  }

  private static func mostFrequentFirst(_ tags: [String]) -> [String] {
    let counts = tags.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
    return counts.keys.sorted { (counts[$1] ?? 0, $0) < (counts[$0] ?? 0, $1) }
  }

  private func composite(
    of posterior: AbilityPosterior, scored: [SessionEvidence.Scored], over included: [Bool]
  ) -> TestResult.Composite {
    let count = included.count { $0 }
    let weights = included.map { $0 ? 1 / Double(count) : 0 }
    let composite = posterior.composite(weights: weights)
    let constants = framework.measurement
    let cuts = constants.levels.compactMap(\.cutScore)
    return TestResult.Composite(
      ability: composite.mean,
      standardError: composite.standardError,
      probabilityBelowTarget: composite.probability(
        below: constants.target, cutStandardError: constants.targetStandardError),
      levelProbabilities: composite.levelProbabilities(
        cuts: cuts.map(\.location), cutStandardErrors: cuts.map(\.standardError)),
      evidenceCount: scored.count { $0.measured.points.contains { included[$0] } })
  }

  /// The points to work on, and how many of the first of them cannot be told apart.
  private func priorities(
    among points: [TestResult.Point], posterior: AbilityPosterior
  ) -> ([CompetencyPoint.ID], Int) {
    let candidates = points.indices
      .filter { points[$0].verdict == .needed || points[$0].verdict == .likely }
      .sorted {
        (points[$1].probabilityBelowTarget, $0) < (points[$0].probabilityBelowTarget, $1)
      }
      .prefix(5)
    guard let first = candidates.first else { return ([], 0) }
    let unordered = candidates.prefix { other in
      posterior.probability(point: first, below: other) < GapVerdict.orderingProbability
    }
    return (candidates.map { points[$0].point }, unordered.count)
  }
}
