import Competency
import ItemBank
import Psychometrics

/// What the answers of a session so far are evidence of, those of the sessions it goes on from first.
struct SessionEvidence {
  /// An item that was answered, with its score.
  struct Scored {
    let measured: MeasuredItem
    var category: Int
    var isUnsure: Bool
    var misconceptions: [String]

    /// Scores an answer; 我不确定 is the lowest category.
    ///
    /// - Returns: nil when the answer does not fit the item any more.
    init?(_ answer: TestSession.Answer, to measured: MeasuredItem) {
      self.measured = measured
      switch answer {
      case .unsure:
        category = 0
        isUnsure = true
        misconceptions = []
      case .response(let responses):
        let item = measured.item
        guard
          let category = item.category(
            of: answer, highest: measured.parameters.stepLocations.count)
        else { return nil }
        self.category = category
        isUnsure = false
        misconceptions = item.item.takenChoices(in: responses).compactMap {
          item.misconceptions[$0]
        }
      }
    }
  }

  /// The answered items, in the order in which they were shown.
  ///
  /// An item without an answer is left out, and one that is only tried out (试测) or retired since.
  let scored: [Scored]
  private let framework: Framework
  private let prior: AbilityPrior

  /// Scores the answers.
  ///
  /// - Parameters:
  ///   - session: the session.
  ///   - bank: the bank of the version the session is pinned to.
  ///   - framework: the framework that the test is about.
  init(session: TestSession, bank: Bank, framework: Framework) {
    var scoring = SessionScoring(bank: bank, framework: framework)
    self.init(session: session, scoring: &scoring)
  }

  /// Scores the answers with what is known already.
  init(session: TestSession, scoring: inout SessionScoring) {
    framework = scoring.framework
    prior = scoring.prior
    let answers = session.givenAnswers
    var scored: [Scored] = []
    for stage in session.givenStages {
      for group in stage.groups {
        for id in group.items {
          if let answer = answers[id], let known = scoring.scored(answer, to: id) {
            scored.append(known)
          }
        }
      }
    }
    self.scored = scored
  }

  /// What is believed of the abilities of the framework's points, in its order.
  var posterior: AbilityPosterior {
    AbilityPosterior.laplace(
      prior: prior, responses: responses, testletVariance: framework.measurement.testletVariance)
  }

  /// The prior over the abilities of a framework's points, in its order.
  static func prior(of framework: Framework) -> AbilityPrior {
    let constants = framework.measurement
    let dimensions = framework.points.map { point in
      framework.dimensions.firstIndex { $0.id == point.dimension } ?? -1
    }
    let environments = framework.points.map { point in
      framework.environments.firstIndex { $0.id == point.environment } ?? -1
    }
    return AbilityPrior.structured(
      mean: [Double](repeating: constants.priorMean, count: framework.points.count),
      dimensions: dimensions, environments: environments, general: constants.generalVariance,
      dimension: constants.dimensionVariance, environment: constants.environmentVariance,
      specific: constants.specificVariance)
  }

  /// The answers with the parameters of their items; those of another framework are left out.
  var responses: [ScoredResponse] {
    var testlets: [AssessmentStimulus.ID: Int] = [:]
    return scored.compactMap { entry in
      let measured = entry.measured
      guard !measured.loadings.isEmpty else { return nil }
      var testlet: Int?
      if let stimulus = measured.item.scenario {
        testlet = testlets[stimulus, default: testlets.count]
        testlets[stimulus] = testlet
      }
      return ScoredResponse(
        loadings: measured.loadings, model: measured.model, testlet: testlet,
        score: entry.category)
    }
  }
}
