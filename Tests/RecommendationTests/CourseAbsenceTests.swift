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
}
