import Competency
public import ItemBank
public import Psychometrics

/// Two diagnoses of one teacher as the learning of gains needs them: what was believed after the
/// first, and the answers of the second.
public struct RetestMeasurement: Hashable, Sendable {
  /// An answer of the second diagnosis.
  public struct Answer: Hashable, Sendable {
    /// The answer with its item's parameters; its loadings name places of the framework's points.
    public var response: ScoredResponse
    /// η̂: the item's predictor at the most probable abilities.
    public var predictor: Double
  }

  /// The expected abilities before, in the framework's order of points, in logits.
  public var mean: [Double]
  /// Their covariance, row after row.
  public var covariance: [Double]
  /// The answers after.
  public var answers: [Answer]
  /// The variance of the effect of what items share.
  public var testletVariance: Double

  /// Takes two diagnoses together; nil where a difference would say something else than growth, as
  /// ``GrowthComparison/Obstacle`` says, or where a bank lacks the test.
  ///
  /// - Parameters:
  ///   - before: the first, finished, with the bank it is pinned to.
  ///   - after: the second.
  public init?(
    before: (session: TestSession, bank: Bank), after: (session: TestSession, bank: Bank)
  ) {
    guard let blueprint = before.bank.blueprint(of: before.session.start.test),
      let framework = before.bank.framework(blueprint.framework),
      let first = before.session.result(bank: before.bank),
      let second = after.session.result(bank: after.bank)
    else { return nil }
    do throws(GrowthComparison.Obstacle) {
      _ = try GrowthComparison(
        before: (first, before.session.start, Self.items(of: before.session)),
        after: (second, after.session.start, Self.items(of: after.session)))
    } catch {
      return nil
    }
    let known = SessionEvidence(
      session: before.session, bank: before.bank, framework: framework
    ).posterior
    let evidence = SessionEvidence(
      session: after.session, bank: after.bank, framework: framework)
    let mode = evidence.posterior.mode
    mean = known.mean
    covariance = known.covariance
    testletVariance = framework.measurement.testletVariance
    answers = evidence.responses.map { response in
      Answer(
        response: response,
        predictor: response.loadings.reduce(0) { $0 + $1.weight * mode[$1.point] })
    }
  }

  private static func items(of session: TestSession) -> Set<AssessmentItem.ID> {
    Set(session.givenStages.flatMap(\.items))
  }
}
