import Competency
import Courses
@testable import Recommendation
import Testing

struct CourseAbsenceTests {
  private func problem(_ number: UInt64) -> PlanProblem {
    var seeded = SeededProblem(seed: number)
    return seeded.problem(courses: 24)
  }

  /// The measure of one exact set of courses.
  private func plan(of problem: PlanProblem, taking courses: Set<Course.ID>) -> StudyPlan {
    var fixed = problem
    fixed.locked = courses
    fixed.excluded = Set(problem.courses.map(\.id)).subtracting(courses)
    return PlanSearch.plan(for: fixed)
  }

  @Test(arguments: 1...5)
  func `what an exchange would change is what the plan after it is worth`(number: UInt64) throws {
    let problem = problem(number)
    let plan = PlanSearch.plan(for: problem)
    for course in problem.courses where !plan.courses.contains(course.id) {
      let absence = try #require(CourseAbsence(of: course.id, in: plan, for: problem))
      guard let exchange = absence.exchange else { continue }
      let after = Set(plan.courses).subtracting([exchange.replaced]).union([course.id])
      let exchanged = self.plan(of: problem, taking: after)
      #expect(abs(exchanged.utility - plan.utility - exchange.utilityChange) < 1e-9)
      // The plan is locally best: nothing that breaks no more would be better.
      #expect(exchange.utilityChange <= 1e-6 || exchanged.violation > plan.violation)
    }
  }

  @Test func `each reason is told where it holds`() throws {
    var problem = problem(3)
    let plan = PlanSearch.plan(for: problem)
    func reasons(_ id: Course.ID) -> [CourseAbsence.Reason]? {
      CourseAbsence(of: id, in: plan, for: problem)?.reasons
    }
    let absent = try #require(problem.courses.first { !plan.courses.contains($0.id) }).id
    problem.rules.provider = Provider.ID(rawValue: "y")
    #expect(reasons(absent) == [.otherProvider(Provider.ID(rawValue: "x"))])
    problem.excluded = [absent]
    #expect(reasons(absent) == [.excluded, .otherProvider(Provider.ID(rawValue: "x"))])
    problem.excluded = []
    problem.rules.provider = nil
    // The same as a course of the plan.
    let place = try #require(problem.courses.firstIndex { $0.id == absent })
    let same = try #require(problem.courses.firstIndex { $0.id == plan.courses[0] })
    problem.courses[place].prerequisite = nil
    problem.courses[place].gains = problem.courses[same].gains
    problem.courses[place].equivalents = .init(rawValue: "own")
    problem.courses[same].equivalents = .init(rawValue: "own")
    #expect(reasons(absent)?.first == .equivalent(plan.courses[0]))
    // Points of the other environment only.
    problem.courses[place].gains = [CompetencyPoint.ID(rawValue: "p8"): 0.3]
    #expect(reasons(absent) == [.otherEnvironment])
  }

  @Test func `a teacher without a gap is told so`() throws {
    var problem = problem(4)
    for place in problem.points.indices {
      problem.points[place].mean = 3
      problem.points[place].standardError = 0.2
    }
    let plan = PlanSearch.plan(for: problem)
    let reasons = problem.courses.flatMap {
      CourseAbsence(of: $0.id, in: plan, for: problem)?.reasons ?? []
    }
    #expect(reasons.contains { if case .reached = $0 { true } else { false } })
    #expect(!reasons.contains(.lessGain))
  }

  @Test func `a course is too hard, not poor, where its level leaves less than half of its gains`()
    throws
  {
    var problem = problem(3)
    let plan = PlanSearch.plan(for: problem)
    let place = try #require(problem.courses.firstIndex { !plan.courses.contains($0.id) })
    problem.courses[place].prerequisite = nil
    problem.courses[place].equivalents = nil
    func isTooHard(level: Int, mean: Double) throws -> Bool {
      for point in problem.points.indices { problem.points[point].mean = mean }
      problem.courses[place].level = level
      let absence = CourseAbsence(of: problem.courses[place].id, in: plan, for: problem)
      return try #require(absence).reasons.contains(.level)
    }
    #expect(try isTooHard(level: 2, mean: -2.5))
    #expect(try !isTooHard(level: 0, mean: -0.6))
  }

  @Test func `a course with one point that is reached and one that is not is not told as reached`()
    throws
  {
    var problem = problem(3)
    let plan = PlanSearch.plan(for: problem)
    let place = try #require(problem.courses.firstIndex { !plan.courses.contains($0.id) })
    let ids = problem.points.prefix(2).map(\.id)
    problem.courses[place].gains = [ids[0]: 0.3, ids[1]: 0.3]
    func reached() throws -> [CourseAbsence.Reason] {
      let absence = CourseAbsence(of: problem.courses[place].id, in: plan, for: problem)
      return try #require(absence).reasons.filter {
        if case .reached = $0 { true } else { false }
      }
    }
    for point in 0..<2 {
      #expect(try reached().isEmpty)
      problem.points[point].mean = 4
      problem.points[point].standardError = 0.2
    }
    #expect(try reached() == [.reached(ids)])
  }

  @Test func `of the rules on hours only what the course itself makes too much is told`() throws {
    var problem = problem(3)
    let plan = PlanSearch.plan(for: problem)
    // The plan breaks this rule already, and is short of that one.
    problem.rules.online.maximum = 0
    problem.rules.practice.minimum = 1_000
    for mode in [Course.Mode.online, .practice] {
      let course = try #require(
        problem.courses.first { $0.mode == mode && !plan.courses.contains($0.id) })
      let reasons = try #require(CourseAbsence(of: course.id, in: plan, for: problem)).reasons
      let broken = reasons.compactMap { reason -> RuleViolation? in
        if case .rule(let violation) = reason { violation } else { nil }
      }
      #expect(broken.allSatisfy { $0.direction == .over })
      #expect(broken.contains { $0.rule == .programme(.online) } == (mode == .online))
    }
  }

  @Test(arguments: 1...5)
  func `the exchange is the best one, and never of a locked course`(number: UInt64) throws {
    var problem = problem(number)
    problem.locked = Set(PlanSearch.plan(for: problem).courses.prefix(2))
    let plan = PlanSearch.plan(for: problem)
    let instance = PlanInstance(problem, environment: plan.environment)
    let places = instance.candidates.indices
    let members = places.filter { plan.courses.contains(instance.course($0).id) }
    for candidate in places where !members.contains(candidate) {
      let id = instance.course(candidate).id
      let exchange = try #require(CourseAbsence(of: id, in: plan, for: problem)?.exchange)
      #expect(!problem.locked.contains(exchange.replaced))
      let scores = members.filter { !problem.locked.contains(instance.course($0).id) }.map { left in
        (instance.course(left).id, instance.score(of: members.filter { $0 != left } + [candidate]))
      }
      let told = try #require(scores.first { $0.0 == exchange.replaced }).1
      #expect(!scores.contains { $0.1.isBetter(than: told) })
    }
  }
}
