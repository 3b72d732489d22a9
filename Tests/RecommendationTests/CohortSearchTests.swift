import Competency
import Courses
import Psychometrics
@testable import Recommendation
import Testing

struct CohortSearchTests {
  private func problems(_ count: Int) -> [PlanProblem] {
    var seeded = SeededProblem(seed: 8)
    let base = seeded.problem(courses: 20)
    var generator = SeededGenerator(seed: 5)
    return (0..<count).map { place in
      var problem = base
      for point in problem.points.indices {
        // Two kinds of teachers: weak on the first points, or on the last.
        let isWeak = (point < 3) == place.isMultiple(of: 2)
        problem.points[point].mean =
          (isWeak ? -1 : 0.8) + 0.2 * Double(generator.number(below: 10)) / 10
      }
      return problem
    }
  }

  @Test func `two kinds of teachers become two cohorts, whose plans are worth more than one`()
    throws
  {
    let problems = problems(14)
    let one = try #require(CohortSearch.plans(for: problems, cohorts: 1, seed: 1))
    let two = try #require(CohortSearch.plans(for: problems, cohorts: 2, seed: 1))
    #expect(two.value > one.value)
    let even = Set(stride(from: 0, to: 14, by: 2).map { two.cohort[$0] })
    let odd = Set(stride(from: 1, to: 14, by: 2).map { two.cohort[$0] })
    #expect(even.count == 1 && odd.count == 1 && even != odd)
  }

  @Test func `no cohort is smaller than five, whatever is asked for`() throws {
    let problems = problems(13)
    for count in 1...6 {
      let plans = try #require(CohortSearch.plans(for: problems, cohorts: count, seed: 2))
      for cohort in Set(plans.cohort) {
        #expect(plans.cohort.count { $0 == cohort } >= 5)
      }
    }
    #expect(CohortSearch.plans(for: [], cohorts: 2, seed: 1) == nil)
  }

  @Test func `who moves to fill a cohort is who loses least`() {
    let worth = (0..<7).map { place in [5, 4.9 - Double(place) / 10] }
    let cohort = CohortSearch.assigned(worth, cohorts: 2, minimumSize: 2)
    #expect(cohort == [1, 1, 0, 0, 0, 0, 0])
  }

  @Test func `no cohort is made too small to fill another, though its teachers would lose least`() {
    let worth: [[Double]] =
      [[Double]](repeating: [5, 0, 4.99], count: 2) + [[Double]](repeating: [0, 5, 3], count: 5)
    let cohort = CohortSearch.assigned(worth, cohorts: 3, minimumSize: 2)
    #expect(cohort == [0, 0, 2, 2, 1, 1, 1])
  }

  @Test func `a cohort plan's worth to a teacher is the planner's own measure`() {
    let problems = problems(6)
    let plan = PlanSearch.plan(for: problems[0])
    #expect(abs(CohortSearch.value(of: plan, for: problems[0]) - plan.utility) < 1e-12)
  }

  @Test func `a common belief has the spread of its teachers in it`() {
    var two = Array(problems(2))
    for place in 0..<2 { two[place].points[0].mean = place == 0 ? -1 : 1 }
    for place in 0..<2 { two[place].points[0].standardError = 0.5 }
    let common = CohortSearch.common(two).points[0]
    #expect(common.mean == 0)
    #expect(abs(common.standardError - (0.25 + 1).squareRoot()) < 1e-12)
  }
}
