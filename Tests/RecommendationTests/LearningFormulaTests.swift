import Competency
import Courses
import Foundation
import Psychometrics
import Testing

@testable import Recommendation

/// What is learned from teachers and ratings, by hand.
struct LearningFormulaTests {
  private static let points = ["a", "b"].map { CompetencyPoint.ID(rawValue: $0) }

  private static let prior = CourseGains(
    version: 1, term: "t",
    parameters: [
      .init(course: .init(rawValue: "c"), point: points[0], mean: 0.5, standardError: 0.25),
      .init(course: .init(rawValue: "d"), point: points[1], mean: 0.4, standardError: 0.2),
    ])

  private static let evidence = GainEvidence(
    mean: [0.1, -0.3], covariance: [0.3, 0.1, 0.1, 0.25],
    courses: [
      .init(rawValue: "c"): [points[0]: 0.9], .init(rawValue: "d"): [points[1]: 0.8],
    ],
    sites: [
      .init(loadings: [Loading(point: 0, weight: 1.2)], observation: 1.1, variance: 0.7),
      .init(loadings: [Loading(point: 1, weight: 0.9)], observation: 0.2, variance: 0.5),
      .init(
        loadings: [Loading(point: 0, weight: 0.4), Loading(point: 1, weight: 0.6)],
        observation: 0.9, variance: 0.6),
    ])

  /// The inverse of a small matrix, by elimination.
  private func inverse(_ matrix: [[Double]]) -> [[Double]] {
    var rows = matrix.enumerated().map { place, row in
      row + matrix.indices.map { $0 == place ? 1.0 : 0.0 }
    }
    for column in rows.indices {
      let scale = rows[column][column]
      rows[column] = rows[column].map { $0 / scale }
      for row in rows.indices where row != column {
        let factor = rows[row][column]
        for place in rows[row].indices { rows[row][place] -= factor * rows[column][place] }
      }
    }
    return rows.map { Array($0.suffix(matrix.count)) }
  }

  /// The covariance of three answers: of abilities and changes, of gains and drift, of error.
  private func covariance(
    _ loadings: [[Double]], _ spread: [[Double]], _ design: [[Double]], _ prior: [Double]
  ) -> [[Double]] {
    var covariance = [[Double]](repeating: [0, 0, 0], count: 3)
    for row in 0..<3 {
      for column in 0..<3 {
        var sum = row == column ? [0.7, 0.5, 0.6][row] : 0
        for one in 0..<2 {
          for two in 0..<2 {
            sum += loadings[row][one] * spread[one][two] * loadings[column][two]
          }
        }
        for place in 0..<3 { sum += design[row][place] * prior[place] * design[column][place] }
        covariance[row][column] = sum
      }
    }
    return covariance
  }

  @Test func `gains and drift after three answers are the normal distribution given them`() throws {
    let settings = GainLearning.Settings(
      changeDeviation: 0.2, driftDeviation: 0.1, inflation: 1.01, cap: 100)
    var learning = GainLearning(prior: Self.prior, points: Self.points, settings: settings)
    let isTaken = learning.add(Self.evidence)
    #expect(isTaken)
    let found = try #require(learning.gains(for: "t"))
    // z = A (m + X g + 1 d + change) + error: jointly normal with the gains g and the drift d.
    let loadings = [[1.2, 0], [0, 0.9], [0.4, 0.6]]
    let spread = [[0.3 + 0.04, 0.1], [0.1, 0.25 + 0.04]]
    let design = loadings.map { [$0[0] * 0.9, $0[1] * 0.8, $0[0] + $0[1]] }
    let prior = [0.0625, 0.04, 0.01]
    let means = [0.5, 0.4, 0]
    let covariance = covariance(loadings, spread, design, prior)
    let weights = inverse(covariance)
    let observations = [1.1, 0.2, 0.9]
    let surprise = (0..<3).map { row -> Double in
      let ability: Double = loadings[row][0] * 0.1 - loadings[row][1] * 0.3
      let gained = zip(design[row], means).reduce(0.0) { $0 + $1.0 * $1.1 }
      return observations[row] - ability - gained
    }
    for place in 0..<3 {
      var (mean, variance) = (means[place], prior[place])
      for row in 0..<3 {
        for column in 0..<3 {
          let pull = prior[place] * design[row][place] * weights[row][column]
          mean += pull * surprise[column]
          variance -= pull * design[column][place] * prior[place]
        }
      }
      if place == 2 {
        #expect(abs(try #require(learning.drift) - mean) < 1e-12)
        continue
      }
      #expect(abs(found.parameters[place].mean - mean) < 1e-12)
      #expect(
        abs(
          found.parameters[place].standardError
            - min(1.01 * variance.squareRoot(), prior[place].squareRoot())) < 1e-12)
    }
    #expect(found.parameters[0].standardError < 0.25)
  }

  @Test func `answers to one scenario share its variance by their slopes, others share nothing`() {
    let item = PartialCreditItem(slope: 1.2, stepLocations: [-0.5, 0.4])
    let response = ScoredResponse(
      loadings: [Loading(point: 0, weight: 1.2)], model: item, testlet: 4, score: 1)
    let site = GainEvidence.Site(response, predictor: 0.3)
    #expect(abs(site.variance - 1 / item.moments(at: 0.3).variance) < 1e-12)
    func shared(_ weight: Double, in testlet: Int?) -> GainEvidence.Site {
      .init(
        loadings: [Loading(point: 0, weight: weight)], observation: 0, variance: 0.5,
        testlet: testlet)
    }
    let evidence = GainEvidence(
      mean: [0], covariance: [0], courses: [:],
      sites: [shared(1, in: 4), shared(2, in: 4), shared(3, in: 5), shared(0.5, in: nil)],
      testletVariance: 0.35)
    let matrix = evidence.observed(change: 0)
    let expected: [Double] = [
      0.5 + 0.35, 0.35 * 2, 0, 0,
      0.35 * 2, 0.5 + 0.35 * 4, 0, 0,
      0, 0, 0.5 + 0.35 * 9, 0,
      0, 0, 0, 0.5,
    ]
    for (found, wanted) in zip(matrix, expected) { #expect(abs(found - wanted) < 1e-12) }
  }

  @Test func `a rating moves a course's worth by how far it is from the usual one`() {
    let usual = UptakeShrinkage(completion: 0.8, rating: 4, weight: 20, ratingEffect: 0.05)
    // 20 ratings of 5 beside the weight of 20: 4.5, half a star above.
    let liked = CourseUptake(enrolled: 0, completed: 0, ratings: 20, meanRating: 5)
    #expect(abs(usual.rating(of: liked) - 4.5) < 1e-15)
    #expect(abs(usual.factor(of: liked) - exp(0.025)) < 1e-15)
    // 60 of 80 finished beside 16 of 20: 76 of 100.
    let left = CourseUptake(enrolled: 80, completed: 60, ratings: 20, meanRating: 3)
    #expect(abs(usual.factor(of: left) - 0.76 / 0.8 * exp(-0.025)) < 1e-15)
    let hopeless = CourseUptake(enrolled: 10_000, completed: 0, ratings: 0, meanRating: 0)
    #expect(usual.factor(of: hopeless) == 0.5)
  }

  @Test func `outcomes count by the other way's probability over the propensity`() throws {
    let value = try #require(
      RandomisedSlot.value(of: [
        (outcome: 2, propensity: 0.25, probability: 0.5),
        (outcome: 1, propensity: 0.5, probability: 0.1),
        (outcome: -1, propensity: 0.2, probability: 0.3),
      ]))
    // Weights 2, .2 and 1.5: (4 + .2 − 1.5)/3 and over 3.7.
    #expect(abs(value.inversePropensity - 0.9) < 1e-12)
    #expect(abs(try #require(value.selfNormalised) - 2.7 / 3.7) < 1e-12)
  }
}
