import Competency
import Courses
import ItemBank
import Psychometrics
import Recommendation
import TestSupport
import Testing

/// What is said and frozen of what courses raise.
struct GainsUpdateTests {
  private static let term = "2026-autumn"

  private struct World {
    let framework: Framework
    let courses: [Course]
    let evidence: [GainEvidence]
  }

  /// Teachers of whom some took one course, fewer another; a course raises its chief point by so much.
  private static func world(often: Int, seldom: Int, raise: Double) throws -> World {
    let content = try ShippedContent()
    let framework = content.bank.frameworks[0]
    let courses = Array(content.catalogue.courses(of: framework.id).prefix(2))
    let count = framework.points.count
    var covariance = [Double](repeating: 0, count: count * count)
    for point in 0..<count { covariance[point * count + point] = 0.2 }
    var dice = SeededGenerator(seed: 5)
    func noise() -> Double {
      (0..<12).reduce(-6) { sum, _ in sum + Double(dice.next() >> 11) * 0x1p-53 }
    }
    let evidence = (0..<often).map { place -> GainEvidence in
      let taken = place < seldom ? courses : [courses[0]]
      let mean = [Double](repeating: 0, count: count)
      let shares = [Course.ID: [CompetencyPoint.ID: Double]](
        uniqueKeysWithValues: taken.map {
          (
            $0.id,
            GainEvidence.suitability(
              of: $0, mean: mean, covariance: covariance, framework: framework)
          )
        })
      let sites = framework.points.enumerated().map { place, point -> GainEvidence.Site in
        let gain = taken.reduce(0) { sum, course in
          sum + (course.primary == point.id ? raise * (shares[course.id]?[point.id] ?? 0) : 0)
        }
        return GainEvidence.Site(
          loadings: [Loading(point: place, weight: 1)], observation: gain + noise(), variance: 1)
      }
      return GainEvidence(mean: mean, covariance: covariance, courses: shares, sites: sites)
    }
    return World(framework: framework, courses: courses, evidence: evidence)
  }

  private static func update(_ world: World, frozen: CourseGains? = nil, cap: Double = 100) throws
    -> GainsUpdate
  {
    try #require(
      GainsUpdate(
        world.evidence, courses: world.courses, frozen: frozen, framework: world.framework,
        term: term, settings: GainLearning.Settings(cap: cap)))
  }

  @Test func `with many teachers the measured gain is the true one and not the judged one`() throws
  {
    let world = try Self.world(often: 400, seldom: 0, raise: 1)
    let course = world.courses[0]
    let update = try Self.update(world)
    let judged = try #require(update.prior.parameter(course.id, course.primary))
    let learned = try #require(update.learned.parameter(course.id, course.primary))
    #expect(judged.mean == course.gains[course.primary])
    #expect(abs(learned.mean - 1) < abs(judged.mean - 1) / 2)
    #expect(learned.standardError < judged.standardError)
    #expect(update.teachers == [course.id: 400] && update.teacherCount == 400)
  }

  @Test func `of a course with fewer than thirty teachers nothing is frozen`() throws {
    let world = try Self.world(often: 40, seldom: 29, raise: 1)
    let update = try Self.update(world)
    let frozen = update.frozen(after: nil)
    #expect(frozen.version == 2 && frozen.term == Self.term)
    #expect(Set(frozen.parameters.map(\.course)) == [world.courses[0].id])
    let more = try Self.update(try Self.world(often: 40, seldom: 30, raise: 1)).frozen(after: nil)
    #expect(Set(more.parameters.map(\.course)) == Set(world.courses.map(\.id)))
  }

  @Test func `what was frozen is what the next term starts from, and stays where nothing is new`()
    throws
  {
    let first = try Self.update(try Self.world(often: 60, seldom: 40, raise: 1)).frozen(after: nil)
    let world = try Self.world(often: 50, seldom: 10, raise: 1)
    let update = try Self.update(world, frozen: first)
    let (renewed, kept) = (world.courses[0], world.courses[1])
    #expect(
      update.prior.parameter(renewed.id, renewed.primary)
        == first.parameter(renewed.id, renewed.primary))
    let second = update.frozen(after: first)
    #expect(second.version == 3)
    #expect(second.parameter(kept.id, kept.primary) == first.parameter(kept.id, kept.primary))
    #expect(
      second.parameter(renewed.id, renewed.primary) != first.parameter(renewed.id, renewed.primary))
    #expect(second.parameters.count == first.parameters.count)
  }

  @Test func `one update moves a gain by at most one error`() throws {
    let update = try Self.update(try Self.world(often: 400, seldom: 0, raise: 5), cap: 1)
    for parameter in update.learned.parameters {
      let before = try #require(update.prior.parameter(parameter.course, parameter.point))
      #expect(abs(parameter.mean - before.mean) <= before.standardError + 1e-12)
    }
  }

  @Test func `without evidence there is no update`() throws {
    let content = try ShippedContent()
    #expect(
      GainsUpdate(
        [], courses: content.catalogue.courses, frozen: nil, framework: content.bank.frameworks[0],
        term: Self.term) == nil)
  }
}
