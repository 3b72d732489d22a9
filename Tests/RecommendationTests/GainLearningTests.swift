import Competency
import Courses
import Psychometrics
@testable import Recommendation
import Testing

struct GainLearningTests {
  private static let points = ["a", "b"].map { CompetencyPoint.ID(rawValue: $0) }

  private static let prior = CourseGains(
    version: 3, term: "2026 秋",
    parameters: [
      .init(
        course: Course.ID(rawValue: "c"), point: points[0], mean: 0.5, standardError: 0.25),
      .init(
        course: Course.ID(rawValue: "d"), point: points[1], mean: 0.4, standardError: 0.2),
    ])

  private static func uniform(_ generator: inout SeededGenerator) -> Double {
    Double(generator.next() >> 11) * 0x1p-53
  }

  private static func normal(_ generator: inout SeededGenerator) -> Double {
    (0..<12).reduce(-6) { sum, _ in sum + uniform(&generator) }
  }

  /// Teachers whose courses raise them by known gains.
  private static func evidence(
    _ count: Int, gains: [Double], drift: Double, seed: UInt64
  ) -> [GainEvidence] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { place in
      var courses: [Course.ID: [CompetencyPoint.ID: Double]] = [:]
      if place % 2 == 0 { courses[Course.ID(rawValue: "c")] = [points[0]: 0.9] }
      if place % 3 == 0 { courses[Course.ID(rawValue: "d")] = [points[1]: 0.8] }
      let mean = (0..<2).map { _ in 0.5 * normal(&generator) }
      let after = (0..<2).map { point in
        mean[point] + 0.4 * normal(&generator) + drift + 0.2 * normal(&generator)
          + (point == 0 && place % 2 == 0 ? 0.9 * gains[0] : 0)
          + (point == 1 && place % 3 == 0 ? 0.8 * gains[1] : 0)
      }
      return GainEvidence(
        mean: mean, covariance: [0.16, 0, 0, 0.16], courses: courses,
        sites: (0..<2).flatMap { point in
          (0..<4).map { _ in
            GainEvidence.Site(
              loadings: [Loading(point: point, weight: 1.2)],
              observation: 1.2 * after[point] + normal(&generator), variance: 1)
          }
        })
    }
  }

  private static func learned(_ evidence: [GainEvidence]) throws -> CourseGains {
    var learning = GainLearning(prior: prior, points: points)
    for teacher in evidence {
      let isTaken = learning.add(teacher)
      try #require(isTaken)
    }
    return try #require(learning.gains(for: "2027 春"))
  }

  @Test func `with one answer the update is Bayes' own, by hand`() throws {
    // One point, one course, one answer: y = 1·(m + g) + error of variance V + σ² + R; drift fixed at 0.
    let settings = GainLearning.Settings(
      changeDeviation: 0.2, driftDeviation: 1e-6, inflation: 1, cap: 100)
    let prior = CourseGains(
      version: 1, term: "t",
      parameters: [
        .init(
          course: Course.ID(rawValue: "c"), point: Self.points[0], mean: 0.5,
          standardError: 0.25)
      ])
    var learning = GainLearning(prior: prior, points: [Self.points[0]], settings: settings)
    let took = learning.add(
      GainEvidence(
        mean: [0.1], covariance: [0.3], courses: [Course.ID(rawValue: "c"): [Self.points[0]: 1]],
        sites: [
          .init(loadings: [Loading(point: 0, weight: 1)], observation: 1.5, variance: 0.7)
        ]))
    #expect(took)
    let noise = 0.3 + 0.04 + 0.7
    let precision = 1 / 0.0625 + 1 / noise
    let mean = (0.5 / 0.0625 + (1.5 - 0.1) / noise) / precision
    let found = try #require(learning.gains(for: "t")).parameters[0]
    #expect(abs(found.mean - mean) < 1e-9)
    #expect(abs(found.standardError - (1 / precision).squareRoot()) < 1e-9)
  }

  @Test func `gains are found again from many teachers, beside the drift`() throws {
    let truth = [0.65, 0.3]
    let gains = try Self.learned(Self.evidence(1500, gains: truth, drift: 0.05, seed: 1))
    #expect(gains.version == 4 && gains.term == "2027 春")
    for (parameter, gain) in zip(gains.parameters, truth) {
      #expect(abs(parameter.mean - gain) < 0.07)
      #expect(parameter.standardError < 0.1)
      #expect(abs(parameter.mean - gain) < 3 * parameter.standardError)
    }
  }

  @Test func `the order of teachers does not matter`() throws {
    let evidence = Self.evidence(40, gains: [0.6, 0.3], drift: 0, seed: 2)
    let first = try Self.learned(evidence).parameters
    let second = try Self.learned(evidence.reversed()).parameters
    for (one, other) in zip(first, second) {
      #expect(abs(one.mean - other.mean) < 1e-9)
    }
  }

  @Test func `one update moves no gain by more than one prior standard error`() throws {
    let gains = try Self.learned(Self.evidence(1500, gains: [2, -1], drift: 0, seed: 3))
    #expect(abs(gains.parameters[0].mean - 0.75) < 1e-12)
    #expect(abs(gains.parameters[1].mean - 0.2) < 1e-12)
  }

  @Test func `evidence that does not fit itself is refused and changes nothing`() {
    var learning = GainLearning(prior: Self.prior, points: Self.points)
    let before = learning
    let good = Self.evidence(1, gains: [0.5, 0.4], drift: 0, seed: 4)[0]
    var unfit = [good, good, good]
    unfit[0].covariance = [1]
    unfit[1].sites = []
    unfit[2].sites[0].loadings = [Loading(point: 7, weight: 1)]
    for bad in unfit {
      let isTaken = learning.add(bad)
      #expect(!isTaken)
    }
    #expect(learning == before)
  }

  @Test func `an answer's site is one Newton step from its predictor`() {
    let item = PartialCreditItem(slope: 1.2, stepLocations: [-0.5, 0.4])
    let response = ScoredResponse(
      loadings: [Loading(point: 0, weight: 1.2)], model: item, testlet: nil, score: 2)
    let site = GainEvidence.Site(response, predictor: 0.3)
    let moments = item.moments(at: 0.3)
    #expect(abs(site.observation - (0.3 + (2 - moments.mean) / moments.variance)) < 1e-12)
    #expect(abs(site.variance - 1 / moments.variance) < 1e-12)
  }

  @Test func `learned gains replace judged ones, and a course keeps its primary point`() {
    let course = Course(
      id: Course.ID(rawValue: "c"), title: LocalizedName(chinese: "课", english: "c"),
      provider: Provider.ID(rawValue: "x"), form: .video, mode: .online, hours: 2, level: 0,
      gains: [Self.points[0]: 0.5, Self.points[1]: 0.2], primary: Self.points[0])
    let judged = CourseGains.judged([course], term: "t")
    #expect(judged.parameters.map(\.standardError) == [0.25, 0.1])
    var learned = judged
    learned.parameters[0].mean = -0.1
    learned.parameters[1].mean = -0.1
    let applied = learned.applied(to: [course])[0]
    #expect(applied.gains == [Self.points[0]: 0.01])
  }
}
