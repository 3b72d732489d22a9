import Psychometrics
import Testing

struct AbilityPosteriorTests {
  private let oracle: DiagnosisOracle

  init() throws {
    oracle = try DiagnosisOracle.read()
  }

  private func largestDifference(_ left: [Double], _ right: [Double]) -> Double {
    guard left.count == right.count else { return .infinity }
    return zip(left, right).map { ($0 - $1).magnitude }.max() ?? 0
  }

  @Test(arguments: 0..<3)
  func `the posterior is that of the independent implementation`(number: Int) throws {
    let known = oracle.diagnosis[number]
    let expected = known.expected
    let posterior = AbilityPosterior.laplace(
      prior: known.request.abilityPrior, responses: known.request.responses,
      testletVariance: known.request.testletVariance)

    let errors = (0..<posterior.count).map { posterior.standardError(ofPoint: $0) }
    let mastery = (0..<posterior.count).map {
      1 - posterior.probability(ofPoint: $0, below: known.request.cuts[$0])
    }
    #expect(largestDifference(posterior.mode, expected.mode) < 1e-9)
    #expect(largestDifference(posterior.mean, expected.eap) < 1e-9)
    #expect(largestDifference(errors, expected.sd) < 1e-9)
    #expect(largestDifference(mastery, expected.mastery) < 1e-9)
    #expect(abs(posterior.logEvidence - expected.logEvidence) < 1e-9)
    #expect(
      largestDifference(
        Array(posterior.covariance.prefix(posterior.count)), expected.covarianceRow0) < 1e-9)
    #expect(posterior.iterations == expected.newtonIterations)
    #expect(posterior.convergence == .converged)
  }

  @Test func `no responses return the prior`() {
    let prior = oracle.diagnosis[0].request.abilityPrior
    let posterior = AbilityPosterior.laplace(prior: prior, responses: [], testletVariance: 0.16)
    #expect(posterior.mean == prior.mean)
    #expect(posterior.mode == prior.mean)
    #expect(posterior.covariance == prior.covariance)
    #expect(posterior.logEvidence == 0)
    #expect(posterior.iterations == 0)
  }

  @Test(arguments: [7, 11, 13])
  func `the order of the responses does not matter`(stride: Int) {
    let request = oracle.diagnosis[0].request
    let responses = request.responses
    let reordered = responses.indices.map { responses[($0 * stride + 3) % responses.count] }
    let posteriors = [responses, reordered].map {
      AbilityPosterior.laplace(
        prior: request.abilityPrior, responses: $0, testletVariance: request.testletVariance)
    }
    #expect(largestDifference(posteriors[0].mean, posteriors[1].mean) < 1e-12)
    #expect(largestDifference(posteriors[0].covariance, posteriors[1].covariance) < 1e-12)
    #expect(abs(posteriors[0].logEvidence - posteriors[1].logEvidence) < 1e-12)
  }

  @Test func `items of one scenario say less together than items of several`() {
    let request = oracle.diagnosis[0].request
    let weights = [Double](repeating: 1 / 30, count: 30)
    let errors = [0, 0.5].map { variance in
      AbilityPosterior.laplace(
        prior: request.abilityPrior, responses: request.responses, testletVariance: variance
      ).composite(weights: weights).standardError
    }
    #expect(errors[1] > errors[0] + 0.01)
  }

  @Test(arguments: [0, 3], [1.0, 40.0])
  func `the lowest and the highest pattern have a finite posterior`(score: Int, slope: Double) {
    let prior = oracle.diagnosis[0].request.abilityPrior
    let item = PartialCreditItem(slope: slope, stepLocations: [-0.5, 0, 0.5])
    let responses = (0..<30).map {
      ScoredResponse(
        loadings: [Loading(point: $0, weight: slope)], model: item, testlet: nil, score: score)
    }
    let posterior = AbilityPosterior.laplace(
      prior: prior, responses: responses, testletVariance: 0)
    let numbers = posterior.mean + posterior.covariance + [posterior.logEvidence]
    let isFinite = numbers.allSatisfy { $0.isFinite }
    let smallestVariance = (0..<30).map { posterior.variance(ofPoint: $0) }.min() ?? 0
    #expect(isFinite)
    #expect(smallestVariance > 0)
    #expect(posterior.convergence == .converged)
    #expect((posterior.mean[0] < prior.mean[0]) == (score == 0))
  }
}
