import Psychometrics
import Testing

struct PartialCreditItemTests {
  private let oracle: DiagnosisOracle

  init() throws {
    oracle = try DiagnosisOracle.read()
  }

  /// Relative to numbers beyond 1; tiny moments are held to their own size.
  private func relativeDifference(_ value: Double, _ known: Double) -> Double {
    (value - known).magnitude / known.magnitude
  }

  @Test(arguments: 0..<5)
  func `the moments of a score are those of the independent implementation`(number: Int) {
    let known = oracle.unit.gpcm[number]
    let moments = PartialCreditItem(cumulative: known.cumulative).moments(at: known.eta)
    // The known numbers at ±30 were formed with an absolute error of about 1e-16 of 1e-13, and the
    // ones near 3 and 88 to the last digit.
    #expect(relativeDifference(moments.logNormalizer, known.logZ) < 0.005)
    #expect(abs(moments.logNormalizer - known.logZ) < 1e-13)
    #expect(relativeDifference(moments.mean, known.mean) < 1e-9)
    #expect(relativeDifference(moments.variance, known.var) < 1e-9)
    #expect(relativeDifference(moments.thirdCentralMoment, known.k3) < 1e-9)
  }

  @Test(arguments: [-700.0, 700.0, -1e6, 1e6])
  func `moments at an extreme predictor are those of a certain score`(eta: Double) {
    let item = PartialCreditItem(cumulative: [0, 0.3, 0.9, 2.1])
    let moments = item.moments(at: eta)
    #expect(abs(moments.mean - (eta < 0 ? 0 : 3)) < 1e-300)
    #expect(moments.variance >= 0 && moments.variance < 1e-300)
    #expect(moments.thirdCentralMoment.magnitude < 1e-300)
    #expect(abs(moments.logNormalizer - (eta < 0 ? 0 : 3 * eta - 2.1)) < 1e-300)
  }

  @Test(arguments: [-40.0, -1, 0, 2, 40])
  func `the probabilities of all scores sum to one`(eta: Double) {
    let item = PartialCreditItem(slope: 1.4, stepLocations: [-0.8, 0.1, 1.2])
    let probabilities = item.categoryProbabilities(at: eta)
    #expect(probabilities.count == 4)
    #expect(abs(probabilities.reduce(0, +) - 1) < 1e-14)
  }

  @Test func `steps are cumulated with the slope`() {
    let item = PartialCreditItem(slope: 2, stepLocations: [-0.5, 0.25, 1])
    #expect(item.cumulative == [0, -1, -0.5, 1.5])
    #expect(item.maximumScore == 3)
  }

  @Test func `a step lies where two neighbouring scores are equally probable`() {
    let item = PartialCreditItem(slope: 2, stepLocations: [-0.5, 0.25])
    let atStep = item.categoryProbabilities(at: 2 * 0.25)
    #expect(abs(atStep[1] - atStep[2]) < 1e-15)
  }
}
