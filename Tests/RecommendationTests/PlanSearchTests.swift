import Competency
import Courses
import Recommendation
import Testing

struct PlanSearchTests {
  private let oracle: PlanOracle

  init() throws {
    oracle = try PlanOracle.read()
  }

  @Test(arguments: 0..<2, 0..<20)
  func `every seed reaches the best plan known within half a percent`(
    number: Int, seed: UInt64
  ) {
    let known = oracle.plan[number]
    let plan = PlanSearch.plan(for: known.request.problem(seed: seed))
    #expect(abs(plan.violation - known.expected.violation) < 1e-9)
    #expect(plan.utility >= 0.995 * known.expected.bestKnown.utility)
  }

  @Test(arguments: 0..<2)
  func `the measure of the best plan known is that of the independent implementation`(
    number: Int
  ) {
    let known = oracle.plan[number]
    var problem = known.request.problem(seed: 1)
    problem.locked = Set(known.expected.bestKnown.courses.map { Course.ID(rawValue: $0) })
    problem.excluded = Set(problem.courses.map(\.id)).subtracting(problem.locked)

    let plan = PlanSearch.plan(for: problem)

    #expect(Set(plan.courses) == problem.locked)
    #expect(abs(plan.utility - known.expected.bestKnown.utility) < 1e-9)
    #expect(abs(plan.violation - known.expected.violation) < 1e-9)
  }

  @Test func `a course that holds a rule already broken holds no more of it than its own hours`() {
    let request = oracle.plan[1].request
    let plan = PlanSearch.plan(for: request.problem(seed: 1))
    let practice = Set(request.courses.filter { $0.mode == "practice" }.map(\.id))
    let hours = Dictionary(uniqueKeysWithValues: request.courses.map { ($0.id, $0.hours) })
    let held = plan.explanations.filter { practice.contains($0.course.rawValue) }
    #expect(plan.violatedRules.map(\.rule) == [.programme(.practice)])
    #expect(!held.isEmpty)
    for explanation in held {
      let rule = explanation.rulesHeld.first { $0.rule == .programme(.practice) }
      #expect(rule?.amount == hours[explanation.course.rawValue])
    }
  }
}
