import Courses
import Testing

@testable import Recommendation

/// What may be taken in an environment, and what a set of courses breaks, each told from the problem.
struct PlanInstanceTests {
  private func problem(_ number: UInt64) -> PlanProblem {
    var seeded = SeededProblem(seed: number)
    var problem = seeded.problem(courses: 24)
    for place in problem.courses.indices where place.isMultiple(of: 4) {
      problem.courses[place].provider = Provider.ID(rawValue: "other")
      // Points of the other environment only.
      if place.isMultiple(of: 8) {
        problem.courses[place].gains = [problem.points[7].id: 0.3]
        problem.courses[place].primary = problem.points[7].id
      }
    }
    return problem
  }

  @Test(arguments: 1...4)
  func `only courses of the environment and of the institution chosen may be taken, or locked ones`(
    number: UInt64
  ) {
    var problem = problem(number)
    let here = Set(problem.points.filter { $0.environment == problem.environments[0] }.map(\.id))
    func candidates() -> Set<Course.ID> {
      let instance = PlanInstance(problem, environment: problem.environments[0])
      return Set(instance.candidates.indices.map { instance.course($0).id })
    }
    let belonging = problem.courses.filter { !here.isDisjoint(with: $0.gains.keys) }
    #expect(candidates() == Set(belonging.map(\.id)) && belonging.count < problem.courses.count)
    problem.rules.provider = Provider.ID(rawValue: "x")
    let own = Set(belonging.filter { $0.provider.rawValue == "x" }.map(\.id))
    #expect(candidates() == own && own.count < belonging.count)
    problem.locked = [problem.courses[8].id]
    #expect(candidates() == own.union(problem.locked))
  }

  @Test(arguments: 1...4)
  func `no more points and dimensions are demanded than the courses on offer can cover`(
    number: UInt64
  ) {
    var problem = problem(number)
    problem.rules.minimumPoints = 99
    problem.rules.minimumDimensions = 99
    let here = problem.points.filter { $0.environment == problem.environments[0] }
    let covered = here.filter { point in problem.courses.contains { $0.gains[point.id] != nil } }
    let instance = PlanInstance(problem, environment: problem.environments[0])
    #expect(instance.requiredPoints == covered.count)
    #expect(instance.requiredDimensions == Set(covered.map(\.dimension)).count)
  }

  @Test(arguments: 1...4)
  func `online and practice are each held against their own rule`(number: UInt64) {
    var problem = problem(number)
    problem.rules.hours = .init(minimum: 0)
    problem.rules.online = .init(minimum: 7, maximum: 9)
    problem.rules.practice = .init(minimum: 11, maximum: 12)
    let instance = PlanInstance(problem, environment: problem.environments[0])
    for count in 1...instance.candidates.count {
      let members = Array(instance.candidates.indices.prefix(count))
      for (mode, rule, range) in [
        (Course.Mode.online, ProgrammeRule.online, 7.0...9), (.practice, .practice, 11.0...12),
      ] {
        let hours = members.map(instance.course).filter { $0.mode == mode }
          .reduce(0) { $0 + $1.hours }
        let found = instance.violations(of: members).first { $0.rule == .programme(rule) }
        let amount = max(range.lowerBound - hours, hours - range.upperBound, 0)
        #expect((found?.amount ?? 0) == amount)
        #expect(found == nil || found?.direction == (hours < range.lowerBound ? .short : .over))
      }
    }
  }
}
