import Competency
public import ItemBank
import Psychometrics

extension TestSession {
  /// What was asked and answered in the sessions that one goes on from.
  public struct Base: Hashable, Sendable {
    /// The stages, in the order they were given; their numbers are those of their own sessions.
    public let stages: [Stage]
    /// The answers that count, by item.
    public let answers: [AssessmentItem.ID: Answer]
    /// How many of the stages were further ones.
    public let furtherStages: Int

    /// What a session leaves to the one that goes on from it.
    public init(_ session: TestSession) {
      stages = session.givenStages
      answers = session.givenAnswers
      furtherStages = session.furtherStages
    }
  }

  /// How many stages a teacher may take on top of a finished test.
  ///
  /// Two already make half as many items again; who wants to know more is better served by the whole
  /// test later.
  public static let furtherStageLimit = 2

  /// All stages that were given: those of the sessions it goes on from, then its own.
  public var givenStages: [Stage] { (base?.stages ?? []) + stages }

  /// All answers that count, those of the sessions it goes on from included.
  public var givenAnswers: [AssessmentItem.ID: Answer] {
    // No item is given twice, so nothing is overwritten.
    (base?.answers ?? [:]).merging(answers) { $1 }
  }

  /// How many further stages are in it and in the sessions it goes on from.
  public var furtherStages: Int { base.map { $0.furtherStages + 1 } ?? 0 }

  /// A session of one stage that goes on from a finished one.
  ///
  /// What is known of the teacher, the bank and the seed are the same; the result will be one of
  /// both together, while that of the finished session stays.
  ///
  /// - Parameters:
  ///   - session: the finished session.
  ///   - stage: the stage, as ``furtherStage(bank:exposure:avoiding:)`` chose it.
  public init(continuing session: TestSession, with stage: Stage) {
    self.init(start: session.start, stages: [stage], base: Base(session))
  }

  /// One stage more than the finished session had, chosen by what its items are expected to tell.
  ///
  /// - Parameters:
  ///   - bank: the bank of the version the session is pinned to.
  ///   - exposure: how often items may be offered.
  ///   - seen: the items of the teacher's earlier sessions, none of which comes again.
  /// - Returns: the stage with what it is expected to bring; nil when the session is not finished,
  ///   its test chooses no stages, the limit is reached or too few items are left.
  public func furtherStage(
    bank: Bank, exposure: ItemExposure, avoiding seen: Set<AssessmentItem.ID>
  ) -> FurtherStage? {
    guard state == .closed, furtherStages < Self.furtherStageLimit,
      let blueprint = bank.blueprint(of: start.test), let selection = blueprint.selection,
      let framework = bank.framework(blueprint.framework), let result = result(bank: bank)
    else { return nil }
    do throws(BlueprintError) {
      let pool = try FormPool(start, bank: bank, seen: seen).extended(by: furtherStages + 1)
      let choice = InformativeStage(
        pool: pool, selection: selection, bank: bank, framework: framework)
      let evidence = SessionEvidence(session: self, bank: bank, framework: framework)
      let posterior = evidence.posterior
      guard
        let (stage, expected) = choice.further(
          after: givenStages, posterior: posterior, exposure: exposure, seed: start.seed)
      else { return nil }
      let asked = Set(
        (evidence.scored.map(\.measured.parameters)
          + stage.items.compactMap { bank.item($0)?.parameters })
          .flatMap(\.loadingShares.keys))
      let forecast = ClarityForecast(
        posterior: posterior, expected: expected, framework: framework,
        isProvisional: result.isProvisional)
      return FurtherStage(
        stage: stage, before: result.unclearPoints,
        expectedUnclear: forecast.unclearCount(
          among: result.points.filter(\.isInScope).map(\.point), asked: asked))
    } catch {
      // A bank that has no form for the teacher any more has no further stage either.
      return nil
    }
  }
}

/// A stage on top of a finished test, with what it is expected to bring.
public struct FurtherStage: Hashable, Sendable {
  /// The stage.
  public var stage: Stage
  /// Of which points nothing clear can be said before it.
  public var before: UnclearPoints
  /// Of how many points nothing clear will be said after it, as far as can be expected.
  public var expectedUnclear: Double

  /// What was expected, without the stage.
  public var expectation: Expectation {
    Expectation(before: before, unclear: expectedUnclear)
  }

  /// What was expected of a stage before it was taken.
  public struct Expectation: Hashable, Sendable {
    /// Of which points nothing clear could be said before it.
    public var before: UnclearPoints
    /// Of how many it was expected to remain so.
    public var unclear: Double

    /// Creates an expectation that was told before.
    public init(before: UnclearPoints, unclear: Double) {
      self.before = before
      self.unclear = unclear
    }
  }
}

/// How many points of the teacher's environments nothing clear can be said of.
public struct UnclearPoints: Hashable, Sendable {
  /// Points that were asked about without a clear answer (证据不足).
  public var uncertain: Int
  /// Points that were not asked about (未测).
  public var untested: Int

  /// Creates a count.
  public init(uncertain: Int, untested: Int) {
    self.uncertain = uncertain
    self.untested = untested
  }

  /// Both together.
  public var count: Int { uncertain + untested }
}

extension TestResult {
  /// How many points of the teacher's environments nothing clear can be said of.
  public var unclearPoints: UnclearPoints {
    let inScope = points.filter(\.isInScope)
    return UnclearPoints(
      uncertain: inScope.count { $0.verdict == .uncertain },
      untested: inScope.count { $0.verdict == nil })
  }
}
