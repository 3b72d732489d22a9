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
}
