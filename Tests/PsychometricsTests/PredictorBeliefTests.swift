import Psychometrics
import Testing

/// What the other responses say of an item, against estimating once more without it.
struct PredictorBeliefTests {
  @Test(arguments: 0..<3)
  func `an item's belief is that of the other responses alone`(number: Int) throws {
    let request = try DiagnosisOracle.read().diagnosis[number].request
    let prior = request.abilityPrior
    let (posterior, beliefs) = AbilityPosterior.laplaceLeavingOut(
      prior: prior, responses: request.responses, testletVariance: request.testletVariance)
    #expect(
      posterior
        == AbilityPosterior.laplace(
          prior: prior, responses: request.responses, testletVariance: request.testletVariance))
    #expect(beliefs.count == request.responses.count)
    for (place, response) in request.responses.enumerated() where response.testlet == nil {
      var others = request.responses
      others.remove(at: place)
      let without = AbilityPosterior.laplace(
        prior: prior, responses: others, testletVariance: request.testletVariance)
      var (mean, variance) = (0.0, 0.0)
      for first in response.loadings {
        mean += first.weight * without.mode[first.point]
        for second in response.loadings {
          variance +=
            first.weight * second.weight
            * without.covariance[first.point * without.count + second.point]
        }
      }
      // One step of the approximation lies between the two: far below what an answer tells.
      #expect((beliefs[place].mean - mean).magnitude < 0.12, "\(place)")
      #expect((beliefs[place].variance / variance - 1).magnitude < 0.06, "\(place)")
    }
  }

  @Test func `a single response leaves its item with the prior`() throws {
    let prior = AbilityPrior(mean: [0.3], covariance: [0.8])
    let response = ScoredResponse(
      loadings: [Loading(point: 0, weight: 1.2)],
      model: PartialCreditItem(slope: 1.2, stepLocations: [-0.5, 0.4]), testlet: nil, score: 2)
    let beliefs = AbilityPosterior.laplaceLeavingOut(
      prior: prior, responses: [response], testletVariance: 0
    ).predictors
    #expect((beliefs[0].mean - 0.36).magnitude < 1e-9)
    #expect((beliefs[0].variance - 1.44 * 0.8).magnitude < 1e-9)
  }
}
