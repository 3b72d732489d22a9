import Courses
import Psychometrics
@testable import Recommendation
import Testing

struct PlanStateTests {
  /// A problem in which hardly any prerequisite is waived, and rules about points and videos bind.
  private func instance(_ number: UInt64) -> PlanInstance {
    var seeded = SeededProblem(seed: number)
    var problem = seeded.problem(courses: 24)
    problem.prerequisiteWaivedAt = 0.999
    problem.rules.minimumPoints = 6
    problem.rules.minimumDimensions = 3
    problem.rules.video = .init(minimum: 4, maximum: 7)
    // A course that waits for one that cannot be had.
    problem.excluded = [problem.courses[0].id]
    for place in [3, 8, 13] { problem.courses[place].prerequisite = problem.courses[0].id }
    return PlanInstance(problem, environment: problem.environments[0])
  }

  @Test(arguments: 1...6)
  func `the measure kept along a search is the one computed from scratch`(number: UInt64) {
    let instance = instance(number)
    var state = PlanState(instance)
    var generator = SeededGenerator(seed: number)
    for _ in 0..<60 {
      let candidate = generator.number(below: instance.candidates.count)
      if state.contains(candidate) { state.remove(candidate) } else { state.add(candidate) }
      let (kept, exact) = (state.score, instance.score(of: state.members))
      #expect(abs(kept.violation - exact.violation) < 1e-9)
      // The table of closures is good to about 1e-7 a point.
      #expect(abs(kept.utility - exact.utility) < 1e-6)
    }
  }

  @Test(arguments: 1...6)
  func `the measure of a move is that of the set it leads to`(number: UInt64) {
    let instance = instance(number)
    var state = PlanState(instance)
    var generator = SeededGenerator(seed: number)
    let anything = PlanScore(violation: .infinity, utility: -.infinity)
    for _ in 0..<12 {
      let chosen = generator.number(below: instance.candidates.count)
      if state.contains(chosen) { state.remove(chosen) } else { state.add(chosen) }
      let utility = state.score.utility
      for candidate in instance.candidates.indices where !state.contains(candidate) {
        let judged = state.score(adding: candidate, to: utility, beating: anything)
        let exact = instance.score(of: state.members + [candidate])
        #expect(abs((judged?.violation ?? .infinity) - exact.violation) < 1e-9)
        #expect(abs((judged?.utility ?? .infinity) - exact.utility) < 1e-6)
      }
    }
  }
}
