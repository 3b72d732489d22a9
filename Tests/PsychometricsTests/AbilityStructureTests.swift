import Psychometrics
import Testing

/// What abilities share, against the factors it comes from.
struct AbilityStructureTests {
  @Test func `the prior is what its factors make of it`() {
    let (dimensions, environments) = ([0, 0, 1, 1, 2], [0, 1, 0, 1, 1])
    let prior = AbilityPrior.structured(
      mean: [0.1, 0.2, 0.3, 0.4, 0.5], dimensions: dimensions, environments: environments,
      general: 0.5, dimension: 0.3, environment: 0.11, specific: 0.07)
    // Every ability is a sum of independent factors: the general one, its dimension's, its
    // environment's and its own. Two abilities share the variance of the factors in common.
    func factors(_ point: Int) -> [(name: String, variance: Double)] {
      [
        ("general", 0.5), ("dimension \(dimensions[point])", 0.3),
        ("environment \(environments[point])", 0.11), ("point \(point)", 0.07),
      ]
    }
    for row in 0..<5 {
      for column in 0..<5 {
        let other = Set(factors(column).map(\.name))
        let shared = factors(row).filter { other.contains($0.name) }.reduce(0) { $0 + $1.variance }
        #expect(abs(prior.covariance[row * 5 + column] - shared) < 1e-15, "\(row), \(column)")
      }
    }
    #expect(prior.mean == [0.1, 0.2, 0.3, 0.4, 0.5])
  }

  @Test func `a composite with unequal weights has the variance of the weighted sum`() {
    let posterior = AbilityPosterior.laplace(
      prior: AbilityPrior(mean: [0.2, -0.4], covariance: [0.5, 0.3, 0.3, 0.8]), responses: [],
      testletVariance: 0)
    let composite = posterior.composite(weights: [0.8, 0.2])
    // (a + b)² by hand: .64 · .5 + 2 · .16 · .3 + .04 · .8 = .448.
    #expect(abs(composite.mean - 0.08) < 1e-15)
    #expect(abs(composite.standardError - 0.448.squareRoot()) < 1e-15)
  }
}
