import Psychometrics
import Testing

struct CompositeAbilityTests {
  /// Two abilities that share .3 of their variance.
  private let posterior = AbilityPosterior.laplace(
    prior: AbilityPrior(mean: [0.2, -0.4], covariance: [0.5, 0.3, 0.3, 0.8]), responses: [],
    testletVariance: 0)

  @Test func `a composite carries what its abilities share`() {
    let composite = posterior.composite(weights: [0.5, 0.5])
    #expect(abs(composite.mean - -0.1) < 1e-15)
    #expect(abs(composite.standardError - (0.475).squareRoot()) < 1e-15)
  }

  @Test func `the order of two abilities takes their correlation into account`() {
    // mpmath, 30 digits: ncdf(-.6/sqrt(.7)).
    #expect(abs(posterior.probability(point: 0, below: 1) - 0.236644732690045) < 1e-14)
    let both = posterior.probability(point: 0, below: 1) + posterior.probability(point: 1, below: 0)
    #expect(abs(both - 1) < 1e-15)
    #expect(posterior.probability(point: 1, below: 1) == 0.5)
  }

  @Test func `an uncertain cut makes a verdict less certain`() {
    let sharp = posterior.probability(ofPoint: 0, below: 1)
    let blunt = posterior.probability(ofPoint: 0, below: 1, cutStandardError: 0.5)
    #expect(sharp > blunt)
    // mpmath, 30 digits: ncdf(.8/sqrt(.75)).
    #expect(abs(blunt - 0.822194469452380) < 1e-14)
  }

  @Test func `provisional parameters widen every ability and nothing else`() {
    let widened = posterior.adding(variance: 0.1)
    #expect(widened.covariance == [0.6, 0.3, 0.3, 0.9])
    #expect(widened.mean == posterior.mean)
  }

  @Test(arguments: [(0.1, 0.1), (0, 3), (3, 0)])
  func `level probabilities are never negative and sum to one`(first: Double, second: Double) {
    let composite = CompositeAbility(mean: 1.4, standardError: 0.2)
    let levels = composite.levelProbabilities(
      cuts: [-0.4, 0.6], cutStandardErrors: [first, second])
    #expect(levels.count == 3)
    #expect((levels.min() ?? -1) >= 0)
    #expect(abs(levels.reduce(0, +) - 1) < 1e-15)
  }

  @Test func `level probabilities are the parts of the normal curve`() {
    let composite = CompositeAbility(mean: 0, standardError: 1)
    let levels = composite.levelProbabilities(cuts: [-1, 1], cutStandardErrors: [0, 0])
    // mpmath, 30 digits: ncdf(-1) and ncdf(1) - ncdf(-1).
    #expect(abs(levels[0] - 0.158655253931457) < 1e-15)
    #expect(abs(levels[1] - 0.682689492137086) < 1e-15)
  }

  @Test func `the interval holds eighty percent`() {
    let interval = CompositeAbility(mean: 0.3, standardError: 0.7).eightyPercentInterval
    let composite = CompositeAbility(mean: 0.3, standardError: 0.7)
    #expect(abs(composite.probability(below: interval.lowerBound) - 0.1) < 1e-15)
    #expect(abs(composite.probability(below: interval.upperBound) - 0.9) < 1e-15)
  }

  @Test(arguments: [(-10.0, 7.619853024160526e-24), (-37.0, 5.725571222524577e-300)])
  func `the lower tail of the normal distribution keeps its digits`(z: Double, known: Double) {
    // mpmath, 30 digits: ncdf. An input's last bit moves the tail by z² bits.
    #expect((Normal.cumulative(z) / known - 1).magnitude < 1e-12)
  }

  @Test func `a quantity without variance lies below a bound or does not`() {
    #expect(Normal.probability(below: 1, mean: 0, variance: 0) == 1)
    #expect(Normal.probability(below: -1, mean: 0, variance: 0) == 0)
    #expect(Normal.probability(below: 0, mean: 0, variance: 0) == 0.5)
  }
}
