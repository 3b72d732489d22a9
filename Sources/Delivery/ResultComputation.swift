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
      let framework = bank.framework(blueprint.framework),
      let scope = framework.environment(start.environment)?.includes
    else { return nil }
    return ResultComputation(
      session: self, bank: bank, framework: framework, scope: Set(scope)
    ).result()
  }
}

/// The way from answers to a result.
private struct ResultComputation {
  let session: TestSession
  let bank: Bank
  let framework: Framework
  let scope: Set<Environment.ID>

  func result() -> TestResult {
    let evidence = SessionEvidence(session: session, bank: bank)
    let scored = evidence.scored
    let constants = framework.measurement
    let isProvisional = scored.contains { $0.parameters.isProvisional }
    let measured = evidence.posterior(in: framework)
    let posterior =
      isProvisional ? measured.adding(variance: constants.provisionalVariance) : measured
    let points = framework.points.indices.map {
      point(at: $0, posterior: posterior, scored: scored)
    }
    let (priorities, unordered) = priorities(among: points, posterior: posterior)
    return TestResult(
      points: points,
      dimensions: framework.dimensions.map { dimension in
        TestResult.DimensionResult(
          id: dimension.id,
          composite: composite(of: posterior, scored: scored) {
            $0.dimension == dimension.id && inScope($0)
          })
      },
      overall: composite(of: posterior, scored: scored, where: inScope),
      evidence: scored.map { evidence in
        TestResult.ItemEvidence(
          item: evidence.item.id, category: evidence.category,
          maximumCategory: evidence.parameters.stepLocations.count, isUnsure: evidence.isUnsure)
      },
      isProvisional: isProvisional,
      versions: TestResult.Versions(
        bank: bank.version.rawValue, calibration: scored.first?.parameters.calibration ?? "",
        measurement: constants.version, engine: TestResult.engineVersion),
      priorities: priorities, unorderedPriorityCount: unordered)
  }

  private func inScope(_ point: CompetencyPoint) -> Bool { scope.contains(point.environment) }

  private func point(
    at index: Int, posterior: AbilityPosterior, scored: [SessionEvidence.Scored]
  ) -> TestResult.Point {
    let point = framework.points[index]
    let evidence = scored.filter { $0.parameters.loadingShares[point.id] != nil }
    let constants = framework.measurement
    return TestResult.Point(
      point: point.id,
      ability: posterior.mean[index],
      standardError: posterior.standardError(ofPoint: index),
      probabilityBelowTarget: posterior.probability(
        ofPoint: index, below: constants.target, cutStandardError: constants.targetStandardError),
      evidenceCount: evidence.count,
      unsureCount: evidence.count { $0.isUnsure },
      misconceptions: Self.mostFrequentFirst(evidence.flatMap(\.misconceptions)),
      isInScope: inScope(point))
  }

  private static func mostFrequentFirst(_ tags: [String]) -> [String] {
    let counts = tags.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
    return counts.keys.sorted { (counts[$1] ?? 0, $0) < (counts[$0] ?? 0, $1) }
  }

  private func composite(
    of posterior: AbilityPosterior, scored: [SessionEvidence.Scored],
    where isIncluded: (CompetencyPoint) -> Bool
  ) -> TestResult.Composite {
    let included = framework.points.map(isIncluded)
    let count = included.count { $0 }
    let weights = included.map { $0 ? 1 / Double(count) : 0 }
    let composite = posterior.composite(weights: weights)
    let constants = framework.measurement
    let cuts = constants.levels.compactMap(\.cutScore)
    let ids = Set(zip(framework.points, included).filter(\.1).map(\.0.id))
    return TestResult.Composite(
      ability: composite.mean,
      standardError: composite.standardError,
      probabilityBelowTarget: composite.probability(
        below: constants.target, cutStandardError: constants.targetStandardError),
      levelProbabilities: composite.levelProbabilities(
        cuts: cuts.map(\.location), cutStandardErrors: cuts.map(\.standardError)),
      evidenceCount: scored.count { !ids.isDisjoint(with: $0.parameters.loadingShares.keys) })
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
