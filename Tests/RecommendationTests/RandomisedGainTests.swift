import Competency
import Courses
import Foundation
import Psychometrics
import Testing

@testable import Recommendation

/// Gains told from draws, beside gains told from whoever has the course.
struct RandomisedGainTests {
  private static let points = ["a", "b"].map { CompetencyPoint.ID(rawValue: $0) }
  private static let course = Course.ID(rawValue: "c")
  private static let others = (1...5).map { Course.ID(rawValue: "o\($0)") }
  /// What is believed of the course and of those drawn instead.
  private static let prior = CourseGains(
    version: 1, term: "t",
    parameters: [.init(course: course, point: points[0], mean: 0.5, standardError: 0.25)]
      + others.map { .init(course: $0, point: points[1], mean: 0.4, standardError: 0.2) })

  /// A share of what is believed, as a world has it.
  private static let truth = 0.6

  /// Teachers with a drive that no diagnosis shows: it raises them whatever they learn, they take the
  /// course by themselves, and fewer courses take part in their draws.
  private static func world(_ count: Int, seed: UInt64) -> [GainEvidence] {
    var generator = SeededGenerator(seed: seed)
    func uniform() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
    func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + uniform() } }
    return (0..<count).map { _ in
      let drive = normal()
      // Three in four have the course in their draw, among two if driven and else among six.
      let number = drive > 0 ? 2 : 6
      let isOffered = uniform() < 0.75
      let offered = isOffered ? [course] + others.prefix(number - 1) : []
      let drawn = isOffered ? offered[Int(uniform() * Double(number))] : nil
      var taken = Set([drawn].compactMap(\.self))
      // One in ten refuses what was drawn; three in four of the driven take the course by themselves
      // where it takes no part in a draw.
      if uniform() < 0.1 { taken.removeAll() }
      if !isOffered, drive > 0, uniform() < 0.75 { taken.insert(course) }
      let mean = [0.5 * normal(), 0.5 * normal()]
      let raised: [Double] = [
        taken.contains(course) ? 0.9 * truth * 0.5 : 0,
        taken.isDisjoint(with: others) ? 0 : 0.8 * 0.4,
      ]
      let after = (0..<2).map { point -> Double in
        let rest: Double = 0.4 * normal() + 0.2 * normal()
        return mean[point] + raised[point] + 0.3 * drive + rest
      }
      func fit(_ id: Course.ID) -> [CompetencyPoint.ID: Double] {
        id == course ? [points[0]: 0.9] : [points[1]: 0.8]
      }
      return GainEvidence(
        mean: mean, covariance: [0.16, 0, 0, 0.16],
        courses: [Course.ID: [CompetencyPoint.ID: Double]](
          uniqueKeysWithValues: taken.map { ($0, fit($0)) }),
        sites: (0..<2).flatMap { point in
          (0..<4).map { _ in
            GainEvidence.Site(
              loadings: [Loading(point: point, weight: 1.2)],
              observation: 1.2 * after[point] + normal(), variance: 1)
          }
        },
        draw: drawn.map { drawn in
          GainEvidence.Draw(
            drawn: drawn,
            propensities: [Course.ID: Double](
              uniqueKeysWithValues: offered.map { ($0, 1 / Double(number)) }),
            suitability: [Course.ID: [CompetencyPoint.ID: Double]](
              uniqueKeysWithValues: offered.map { ($0, fit($0)) }))
        })
    }
  }

  private static func mean(_ values: [Double]) -> (mean: Double, error: Double) {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    return (mean, (variance / count).squareRoot())
  }

  /// Sixty worlds of a thousand teachers.
  private static let worlds = (1...60).map { world(1000, seed: $0) }

  @Test
  func `where teachers choose by what no diagnosis shows, draws find the gain and choice does not`()
    throws
  {
    var (weighed, unweighed, naive): ([Double], [Double], [Double]) = ([], [], [])
    for evidence in Self.worlds {
      let found = try #require(
        RandomisedGain(of: Self.course, from: evidence, believing: Self.prior, points: Self.points))
      weighed.append(found.share)
      // The same with all propensities alike: as if a draw of two were one of six.
      let alike = evidence.map { teacher in
        var teacher = teacher
        teacher.draw?.propensities[Self.course] = 0.5
        return teacher
      }
      unweighed.append(
        try #require(
          RandomisedGain(of: Self.course, from: alike, believing: Self.prior, points: Self.points)
        ).share)
      var learning = GainLearning(
        prior: Self.prior, points: Self.points,
        settings: .init(driftDeviation: 0.3, cap: 100))
      for teacher in evidence {
        let isTaken = learning.add(teacher)
        #expect(isTaken)
      }
      let gains = try #require(learning.gains(for: "t"))
      naive.append(gains.parameters[0].mean / 0.5)
    }
    let (right, plain, wrong) = (Self.mean(weighed), Self.mean(unweighed), Self.mean(naive))
    // Monte Carlo: the mean of sixty worlds is good to about .02 of the share.
    #expect(right.error < 0.03)
    #expect(abs(right.mean - Self.truth) < 3 * right.error)
    #expect(wrong.mean - Self.truth > 10 * wrong.error && wrong.mean - Self.truth > 0.1)
    #expect(plain.mean - Self.truth > 5 * plain.error)
  }

  @Test
  func `the standard error is how far the shares of worlds lie apart, and covers the true one`()
    throws
  {
    let found = try Self.worlds.map {
      try #require(
        RandomisedGain(of: Self.course, from: $0, believing: Self.prior, points: Self.points))
    }
    let spread = Self.mean(found.map(\.share)).error * Double(found.count).squareRoot()
    let stated = found.reduce(0) { $0 + $1.standardError } / Double(found.count)
    // The deviation of sixty numbers is known to about a tenth.
    #expect(abs(stated / spread - 1) < 0.3)
    let covered = found.count { abs($0.share - Self.truth) < 1.96 * $0.standardError }
    #expect(covered >= 52)
  }

  /// One answer a teacher on the course's point, so that everything can be reckoned by hand.
  private func teacher(
    _ observation: Double, propensity: Double, isDrawn: Bool, isPlanned: Bool
  ) -> GainEvidence {
    GainEvidence(
      mean: [0, 0], covariance: [0, 0, 0, 0],
      courses: isPlanned ? [Self.course: [Self.points[0]: 1]] : [:],
      sites: [
        .init(loadings: [Loading(point: 0, weight: 1)], observation: observation, variance: 0.96)
      ],
      draw: .init(
        drawn: isDrawn ? Self.course : Self.others[0],
        propensities: [Self.course: propensity, Self.others[0]: 1 - propensity],
        suitability: [Self.course: [Self.points[0]: 1]]))
  }

  @Test func `weights are one over the propensity, sum to one and are bounded`() throws {
    let evidence = [
      teacher(0.5, propensity: 0.5, isDrawn: true, isPlanned: true),
      teacher(1.0, propensity: 0.25, isDrawn: true, isPlanned: true),
      teacher(0.2, propensity: 0.01, isDrawn: true, isPlanned: false),
      teacher(0.1, propensity: 0.5, isDrawn: false, isPlanned: false),
      teacher(-0.3, propensity: 0.2, isDrawn: false, isPlanned: false),
    ]
    // r = observation/.5. Drawn: weights 2, 4 and 20 for 100. Others: 2 and 1.25.
    let settings = GainLearning.Settings(changeDeviation: 0.2)
    #expect(
      RandomisedGain(
        of: Self.course, from: evidence, believing: Self.prior, points: Self.points,
        settings: settings) == nil, "six of twenty-six keep it: too few")
    let kept =
      [evidence[0], evidence[1], evidence[3], evidence[4]]
      + [teacher(0.2, propensity: 0.01, isDrawn: true, isPlanned: true)]
    let found = try #require(
      RandomisedGain(
        of: Self.course, from: kept, believing: Self.prior, points: Self.points,
        settings: settings))
    let drawn: Double = (2 + 8 + 8) / 26
    let others: Double = (0.4 - 0.75) / 3.25
    #expect(abs(found.share - (drawn - others)) < 1e-12)
    #expect(found.difference == 1)
    #expect(abs(found.effectiveDrawn - 676.0 / 420) < 1e-12)
    #expect(abs(found.effectiveOthers - 10.5625 / 5.5625) < 1e-12)
    func squares(_ weighed: [(weight: Double, value: Double)], about mean: Double) -> Double {
      weighed.reduce(0.0) { sum, one in
        let rest: Double = one.weight * (one.value - mean)
        return sum + rest * rest
      }
    }
    let ofDrawn: Double = squares([(2, 1), (4, 2), (20, 0.4)], about: drawn) / 676
    let ofOthers: Double = squares([(2, 0.2), (1.25, -0.6)], about: others) / 10.5625
    let variance: Double = ofDrawn * 1.5 + ofOthers * 2
    #expect(abs(found.standardError - variance.squareRoot()) < 1e-12)
    #expect(!found.isEnough)
  }

  @Test func `who refuses what was drawn counts where the draw put them`() throws {
    let evidence = [
      teacher(0.4, propensity: 0.5, isDrawn: true, isPlanned: true),
      teacher(0.0, propensity: 0.5, isDrawn: true, isPlanned: false),
      teacher(0.0, propensity: 0.5, isDrawn: false, isPlanned: false),
      teacher(0.0, propensity: 0.5, isDrawn: false, isPlanned: false),
    ]
    let found = try #require(
      RandomisedGain(of: Self.course, from: evidence, believing: Self.prior, points: Self.points))
    // Half keep it and rise by .8 of what is believed: .4 for all, over a difference of one half.
    #expect(abs(found.share - 0.8) < 1e-12 && found.difference == 0.5)
  }

  @Test func `what differs because some refused is not counted as error`() throws {
    // r is 1 and .2 for those drawn, a mean of .6 over a difference of one half: the share is 1.2.
    // Of the distances from the mean, ±.4, the share explains ±.6: ±.2 is left. Others: ±.2.
    let found = try #require(
      RandomisedGain(
        of: Self.course,
        from: [
          teacher(0.5, propensity: 0.5, isDrawn: true, isPlanned: true),
          teacher(0.1, propensity: 0.5, isDrawn: true, isPlanned: false),
          teacher(0.1, propensity: 0.5, isDrawn: false, isPlanned: false),
          teacher(-0.1, propensity: 0.5, isDrawn: false, isPlanned: false),
        ], believing: Self.prior, points: Self.points))
    #expect(abs(found.share - 1.2) < 1e-12)
    #expect(abs(found.standardError - (0.04 + 0.04).squareRoot() / 0.5) < 1e-12)
  }

  @Test func `both groups must be large, not one`() throws {
    func world(drawn: Int, others: Int) throws -> RandomisedGain {
      let all =
        (0..<drawn).map {
          teacher(0.5 + Double($0 % 2), propensity: 0.5, isDrawn: true, isPlanned: true)
        }
        + (0..<others).map {
          teacher(Double($0 % 2), propensity: 0.5, isDrawn: false, isPlanned: false)
        }
      return try #require(
        RandomisedGain(of: Self.course, from: all, believing: Self.prior, points: Self.points))
    }
    let enough = GainsUpdate.minimumTeachers
    #expect(try world(drawn: enough, others: enough).isEnough)
    #expect(try !world(drawn: enough, others: enough - 1).isEnough)
    #expect(try !world(drawn: enough - 1, others: enough).isEnough)
  }

  @Test func `what a draw says joins the belief before by how sure each is, within one error`()
    throws
  {
    var estimate = try #require(
      RandomisedGain(
        of: Self.course, from: Self.worlds[0], believing: Self.prior, points: Self.points))
    estimate.share = 0.8
    estimate.standardError = 0.25
    let settings = GainLearning.Settings(inflation: 1.1)
    var gains = Self.prior
    gains.learn(estimate, of: Self.course, after: Self.prior, settings: settings)
    // The belief is 1 ± .5 of itself: precisions 4 and 16.
    #expect(abs(gains.parameters[0].mean - 0.5 * (4 + 16 * 0.8) / 20) < 1e-12)
    #expect(abs(gains.parameters[0].standardError - 1.1 * 0.5 / 20.0.squareRoot()) < 1e-12)
    #expect(gains.parameters.dropFirst() == Self.prior.parameters.dropFirst())
    estimate.share = -3
    gains.learn(estimate, of: Self.course, after: Self.prior, settings: settings)
    #expect(gains.parameters[0].mean == 0.25)
  }
}
