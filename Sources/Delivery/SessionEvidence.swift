import Competency
import ItemBank
import Psychometrics

/// What the answers of a session so far are evidence of, those of the sessions it goes on from first.
struct SessionEvidence {
  /// An item that was answered, with its score.
  struct Scored {
    var item: BankItem
    var parameters: PartialCreditParameters
    var category: Int
    var isUnsure: Bool
    var misconceptions: [String]
  }

  /// The answered items, in the order in which they were shown.
  ///
  /// An item without an answer is left out, and one that is only tried out (试测) or retired since;
  /// 我不确定 is the lowest category.
  let scored: [Scored]

  /// Scores the answers.
  ///
  /// - Parameters:
  ///   - session: the session.
  ///   - bank: the bank of the version the session is pinned to.
  init(session: TestSession, bank: Bank) {
    let answers = session.givenAnswers
    scored = session.givenStages.flatMap(\.items).compactMap { id in
      guard let answer = answers[id], let item = bank.item(id), item.state == .live,
        let parameters = item.parameters
      else { return nil }
      switch answer {
      case .unsure:
        return Scored(
          item: item, parameters: parameters, category: 0, isUnsure: true, misconceptions: [])
      case .response(let responses):
        guard
          let category = item.category(of: answer, highest: parameters.stepLocations.count)
        else { return nil }
        return Scored(
          item: item, parameters: parameters, category: category, isUnsure: false,
          misconceptions: item.item.takenChoices(in: responses).compactMap {
            item.misconceptions[$0]
          })
      }
    }
  }

  /// What is believed of the abilities of a framework's points, in its order.
  func posterior(in framework: Framework) -> AbilityPosterior {
    AbilityPosterior.laplace(
      prior: Self.prior(of: framework), responses: responses(in: framework),
      testletVariance: framework.measurement.testletVariance)
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
  func responses(in framework: Framework) -> [ScoredResponse] {
    var testlets: [AssessmentStimulus.ID: Int] = [:]
    return scored.compactMap { entry in
      let loadings = entry.parameters.loadings(in: framework)
      guard !loadings.isEmpty else { return nil }
      var testlet: Int?
      if let stimulus = entry.item.scenario {
        testlet = testlets[stimulus, default: testlets.count]
        testlets[stimulus] = testlet
      }
      return ScoredResponse(
        loadings: loadings,
        model: PartialCreditItem(cumulative: entry.parameters.cumulative),
        testlet: testlet, score: entry.category)
    }
  }
}
