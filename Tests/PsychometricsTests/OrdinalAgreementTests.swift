import Psychometrics
import Testing

/// Agreement of several judges on ratings in order.
struct OrdinalAgreementTests {
  /// Four observers and twelve units with gaps: Krippendorff (2011), *Computing Krippendorff's
  /// Alpha-Reliability*, part C.
  private static let published: [[Int?]] = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, nil, nil, nil], [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, nil, 3],
    [nil, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, nil], [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, nil],
  ]

  @Test func `the published example has its published coefficient`() throws {
    let agreement = try #require(OrdinalAgreement(ratings: Self.published, grades: 6))
    // Printed as .815; the Python package krippendorff 0.8 has all the digits.
    #expect((agreement.alpha * 1000).rounded() == 815)
    #expect(abs(agreement.alpha - 0.8153875037548814) < 1e-12)
    #expect(agreement.judgeCount == 4)
    // The last unit was rated by one observer only.
    #expect(agreement.unitCount == 11)
  }

  /// numpy: the package's coefficients without one judge after the other, scipy 1.17's t quantile.
  @Test func `the interval leaves out one judge after the other`() throws {
    let panel = try #require(
      OrdinalAgreement(
        ratings: [
          [1, 4, 2, 3, 0], [1, 4, 2, 3, 0], [2, 4, 1, 3, 0], [1, 3, 2, 4, 0], [0, 4, 2, 3, 1],
          [1, 4, 3, 3, 0], [1, 4, 2, 2, 0],
        ], grades: 5))
    #expect(abs(panel.alpha - 0.8751020408163266) < 1e-12)
    let interval = try #require(panel.interval)
    #expect(abs(interval.lower - 0.7729552252453775) < 1e-10)
    #expect(abs(interval.upper - 0.9772488563872757) < 1e-10)
    // Here the upper end would be 1.047: agreement cannot be more than full.
    let published = try #require(OrdinalAgreement(ratings: Self.published, grades: 6)?.interval)
    #expect(abs(published.lower - 0.5839989104148592) < 1e-10)
    #expect(published.upper == 1)
  }

  @Test func `judges who left half-way count for what they rated`() throws {
    let half: [Int?] = [nil, nil, nil, nil, nil]
    let panel = try #require(
      OrdinalAgreement(
        ratings: [
          [1, 4, 2, 3, 0, 0, 1, 2, 3, 4], [1, 4, 2, 3, 0, 1, 1, 2, 3, 4], [2, 4, 1, 3, 0] + half,
          [1, 3, 2, 4, 0, 0, 2, 1, 4, 3], [0, 4, 2, 3, 1, 0, 1, 2, 2, 4], [1, 4, 3, 3, 0] + half,
          [1, 4, 2, 2, 0, 1, 0, 2, 4, 3],
        ], grades: 5))
    #expect(abs(panel.alpha - 0.8415066886726894) < 1e-12)
    let interval = try #require(panel.interval)
    #expect(abs(interval.lower - 0.7128370194159136) < 1e-10)
    #expect(abs(interval.upper - 0.9701763579294652) < 1e-10)
  }

  @Test func `full agreement is one, and where nothing differs there is nothing to say`() throws {
    let same = try #require(
      OrdinalAgreement(ratings: [[0, 1, 4], [0, 1, 4], [0, 1, 4]], grades: 5))
    #expect(same.alpha == 1)
    #expect(same.interval == ConfidenceInterval(lower: 1, upper: 1))
    #expect(OrdinalAgreement(ratings: [[2, 2], [2, 2]], grades: 5) == nil)
    #expect(OrdinalAgreement(ratings: [[2, 3]], grades: 5) == nil)
    #expect(OrdinalAgreement(ratings: [], grades: 5) == nil)
    #expect(OrdinalAgreement(ratings: [[2, nil], [nil, 3]], grades: 5) == nil)
    let two = try #require(OrdinalAgreement(ratings: [[0, 1, 4], [0, 2, 4]], grades: 5))
    #expect(two.interval == nil)
  }

  /// Only the order counts: grades that nobody uses lie between no ratings.
  @Test func `unused grades change nothing`() throws {
    let near = try #require(
      OrdinalAgreement(ratings: [[0, 1, 2], [1, 1, 2], [0, 0, 2]], grades: 3))
    let far = try #require(
      OrdinalAgreement(ratings: [[0, 3, 9], [3, 3, 9], [0, 0, 9]], grades: 10))
    #expect(abs(near.alpha - far.alpha) < 1e-12)
  }

  /// scipy 1.17, stats.t.ppf(.975, df).
  @Test(arguments: [
    (1, 12.706204736174694), (2, 4.302652729749462), (5, 2.5705818356363146),
    (6, 2.4469118511449786), (11, 2.200985160091639), (30, 2.0422724563012378),
  ])
  func `Student's quantiles are those of an independent program`(df: Int, quantile: Double) {
    #expect(abs(StudentT.halfWidth(degreesOfFreedom: df) - quantile) < 1e-9)
  }
}
