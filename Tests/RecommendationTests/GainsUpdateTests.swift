import Competency
import Courses
import Psychometrics
@testable import Recommendation
import Testing

/// What is learned of the gains of courses from one term to the next, and what of it is frozen.
struct GainsUpdateTests {
  private static let points = ["a", "b"].map { CompetencyPoint.ID(rawValue: $0) }
  private static let courses = [course("c", on: points[0]), course("d", on: points[1])]

  private static func name(_ text: String) -> LocalizedName {
    LocalizedName(chinese: text, english: text)
  }

  private static func course(_ id: String, on point: CompetencyPoint.ID) -> Course {
    Course(
      id: Course.ID(rawValue: id), title: name(id), provider: Provider.ID(rawValue: "x"),
      form: .video, mode: .online, hours: 2, level: 0, gains: [point: 0.4], primary: point)
  }

  private static let framework = Framework.sample(
    points: points.map { ($0.rawValue, "e") }, environments: [("e", ["e"])], levelLocation: 0.3)

  /// A teacher with one answer after on each point, who had a course planned and for whom perhaps a
  /// course was drawn.
  private static func teacher(
    _ place: Int, with course: String?, drawn: String? = nil, raisedBy gain: Double = 0.4
  ) -> GainEvidence {
    let planned = course.map { Course.ID(rawValue: $0) }
    let noise = [-0.3, 0.1, 0.2][place % 3]
    return GainEvidence(
      mean: [0, 0], covariance: [0.16, 0, 0, 0.16],
      courses: planned.map { [$0: [points[$0.rawValue == "c" ? 0 : 1]: 1]] } ?? [:],
      sites: points.indices.map { point in
        let isRaised = planned?.rawValue == (point == 0 ? "c" : "d")
        return GainEvidence.Site(
          loadings: [Loading(point: point, weight: 1)],
          observation: noise + (isRaised ? gain : 0), variance: 0.5)
      },
      draw: drawn.map {
        GainEvidence.Draw(
          drawn: Course.ID(rawValue: $0),
          propensities: [Course.ID(rawValue: "c"): 0.5, Course.ID(rawValue: "d"): 0.5],
          suitability: [
            Course.ID(rawValue: "c"): [points[0]: 1], Course.ID(rawValue: "d"): [points[1]: 1],
          ])
      })
  }

  private static func update(
    _ evidence: [GainEvidence], frozen: CourseGains? = nil
  ) throws -> GainsUpdate {
    try #require(
      GainsUpdate(
        evidence, courses: courses, frozen: frozen, framework: framework, term: "2027 春"))
  }

  private static func parameter(
    _ id: String, _ point: Int, _ mean: Double, _ standardError: Double
  ) -> CourseGains.Parameter {
    .init(
      course: Course.ID(rawValue: id), point: points[point], mean: mean,
      standardError: standardError)
  }

  @Test func `a gain is frozen from thirty teachers on, and what was frozen before stays`() throws {
    let few = GainsUpdate.minimumTeachers - 1
    let evidence =
      (0..<(few + 1)).map { Self.teacher($0, with: "c") }
      + (0..<few).map { Self.teacher($0, with: "d") }
    let first = try Self.update(evidence).frozen(after: nil)
    #expect(first.parameters.map(\.course.rawValue) == ["c"])
    #expect(first.term == "2027 春" && first.version == 2)

    let before = CourseGains(
      version: 6, term: "2026 秋",
      parameters: [
        Self.parameter("c", 0, 0.3, 0.1), Self.parameter("d", 1, 0.2, 0.1),
        Self.parameter("gone", 0, 0.7, 0.2),
      ])
    let second = try Self.update(evidence, frozen: before).frozen(after: before)
    #expect(second.version == 7)
    #expect(second.parameters.count == 3)
    for place in [1, 2] { #expect(second.parameters.contains(before.parameters[place])) }
    #expect(!second.parameters.contains(before.parameters[0]))
  }

  @Test func `learning goes on from what was frozen, not from what was judged`() throws {
    let evidence = (0..<40).map { Self.teacher($0, with: "c") }
    let sure = CourseGains(
      version: 2, term: "2026 秋", parameters: [Self.parameter("c", 0, 0.9, 0.01)])
    let update = try Self.update(evidence, frozen: sure)
    #expect(update.prior.parameters.contains(sure.parameters[0]))
    let learned = try #require(update.learned.parameter(Course.ID(rawValue: "c"), Self.points[0]))
    #expect(abs(learned.mean - 0.9) <= 0.01)
    let judged = try Self.update(evidence)
    #expect(judged.prior.parameters.map(\.mean) == [0.4])
  }

  @Test func `draws of fewer than thirty teachers in either group change nothing`() throws {
    func world(_ drawn: Int) -> [GainEvidence] {
      (0..<drawn).map { Self.teacher($0, with: "c", drawn: "c", raisedBy: 0.8) }
        + (0..<40).map { Self.teacher($0, with: "d", drawn: "d") }
    }
    func withoutDraws(_ evidence: [GainEvidence]) -> [GainEvidence] {
      evidence.map { teacher in
        var teacher = teacher
        teacher.draw = nil
        return teacher
      }
    }
    let few = try Self.update(world(20))
    let course = Course.ID(rawValue: "c")
    #expect(few.randomised[course]?.isEnough == false)
    #expect(try few.learned == Self.update(withoutDraws(world(20))).learned)
    let many = try Self.update(world(40))
    let estimate = try #require(many.randomised[course])
    #expect(estimate.isEnough)
    var expected = try Self.update(withoutDraws(world(40))).learned
    for (id, one) in many.randomised where one.isEnough {
      expected.learn(one, of: id, after: many.prior, settings: .init())
    }
    #expect(many.learned == expected)
    #expect(try many.learned != Self.update(withoutDraws(world(40))).learned)
  }

  @Test func `how a level suits is reckoned with the standard error of the ability`() {
    let shares = GainEvidence.suitability(
      of: Self.courses[1], mean: [2, -0.2], covariance: [1, 0.1, 0.1, 0.25],
      framework: Self.framework)
    #expect(
      shares == [
        Self.points[1]: ExpectedGapClosure.fit(
          ofLocation: 0.3, width: 0.9, mean: -0.2, standardError: 0.5)
      ])
  }
}
