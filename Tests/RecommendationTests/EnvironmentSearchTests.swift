import Courses
import Testing

@testable import Recommendation

struct EnvironmentSearchTests {
  @Test func `kicks find better plans than local search alone`() {
    var gains: [Double] = []
    for number in 1...8 {
      var seeded = SeededProblem(seed: UInt64(number))
      let problem = seeded.problem(courses: 40)
      let instance = PlanInstance(problem, environment: problem.environments[0])
      let scores = [0, 40].map { kicks in
        instance.score(
          of: EnvironmentSearch.members(for: instance, seed: 1, effort: .init(kicks: kicks)))
      }
      #expect(!scores[0].isBetter(than: scores[1]))
      if scores[0].violation == scores[1].violation {
        gains.append(scores[1].utility - scores[0].utility)
      }
    }
    #expect((gains.max() ?? 0) > 1e-3)
  }

  @Test func `a course is taken together with a prerequisite that is worth nothing by itself`() {
    var seeded = SeededProblem(seed: 1)
    var problem = seeded.problem(courses: 7)
    let none = ProgrammeRules.HoursRange(minimum: 0)
    problem.rules = ProgrammeRules(
      hours: none, online: none, practice: none, minimumPoints: 0, minimumDimensions: 0)
    problem.prerequisiteWaivedAt = 1
    problem.hourPenalty = 0.01
    // Five courses are worth taking by themselves, so that no kick leaves the plan empty.
    for place in problem.courses.indices {
      let point = problem.points[place == 0 ? 1 : min(place, 5)].id
      problem.courses[place].gains = [point: place == 0 ? 1e-6 : 0.5]
      problem.courses[place].primary = point
      problem.courses[place].hours = 1
      problem.courses[place].prerequisite = nil
      problem.courses[place].equivalents = nil
    }
    for place in problem.points.indices { problem.points[place].mean = -0.4 }
    problem.courses[1].prerequisite = problem.courses[0].id

    let plan = PlanSearch.plan(for: problem)

    #expect(plan.courses == problem.courses.map(\.id))
    #expect(plan.violation == 0)
  }
}
