import Recommendation
import Testing

struct ExpectedGapClosureTests {
  private let oracle: PlanOracle

  init() throws {
    oracle = try PlanOracle.read()
  }

  @Test(arguments: 0..<4)
  func `the expected gap is that of the independent implementation`(number: Int) {
    let known = oracle.unit.psi[number]
    let gap = ExpectedGapClosure.expectedGap(below: known.t, mean: known.m, standardError: known.s)
    #expect(abs(gap - known.out) < 1e-14)
  }

  @Test(arguments: 0..<3)
  func `the fit of a level is that of the independent implementation`(number: Int) {
    let known = oracle.unit.fit[number]
    let fit = ExpectedGapClosure.fit(
      ofLocation: known.level, width: known.width, mean: known.mean,
      standardError: known.standardError)
    #expect(abs(fit - known.out) < 1e-14)
  }

  @Test(arguments: [0.05, 0.5, 1.2], [-2.0, 0.2, 1.5])
  func `a gain is worth less the more has been gained, and never more than the gap`(
    standardError: Double, mean: Double
  ) {
    let closure = ExpectedGapClosure(
      mean: mean, standardError: standardError, target: 0.4, weight: 2)
    let values = (0...40).map { closure.value(ofGain: 0.1 * Double($0)) }
    let rises = zip(values.dropFirst(), values).map { $0 - $1 }
    let bends = zip(rises.dropFirst(), rises).map { $0 - $1 }
    #expect(values[0] == 0)
    #expect((rises.min() ?? -1) >= -1e-15)
    #expect((bends.max() ?? 1) <= 1e-14)
    #expect((values.last ?? .infinity) <= 2 * closure.expectedGap + 1e-15)
  }

  @Test(arguments: [0, 0.3, 1.1])
  func `the marginal value is the slope of the value`(gain: Double) {
    let closure = ExpectedGapClosure(mean: -0.3, standardError: 0.5, target: 0.4, weight: 1.5)
    let slope = (closure.value(ofGain: gain + 1e-5) - closure.value(ofGain: gain - 1e-5)) / 2e-5
    // A central difference over 2e-5 is good to about 1e-10.
    #expect(abs(closure.marginalValue(atGain: gain) - slope) < 1e-9)
  }
}
