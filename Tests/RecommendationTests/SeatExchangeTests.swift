import Competency
import Courses
import Testing

@testable import Recommendation

/// Seats handed on, and what a school is shown, in schools small enough to see the answer.
struct SeatExchangeTests {
  /// Teachers at the means given on one point, and workshops of two hours on it.
  private func problem(
    means: [Double], gains: [Double], capacity: Int, hours: Double
  ) -> SchoolProblem {
    let point = CompetencyPoint.ID(rawValue: "p")
    return SchoolProblem(
      teachers: means.map { mean in
        SchoolProblem.Teacher(
          points: [
            PlanPoint(
              id: point, dimension: Dimension.ID(rawValue: "d"),
              environment: Environment.ID(rawValue: "A"), mean: mean, standardError: 0.4,
              target: 0.4, weight: 1)
          ], group: "g")
      },
      workshops: gains.enumerated().map { place, gain in
        SchoolProblem.Workshop(
          course: Course(
            id: Course.ID(rawValue: "w\(place)"),
            title: LocalizedName(chinese: "w", english: "w"),
            provider: Provider.ID(rawValue: "s"), form: .workshop, mode: .practice, hours: 2,
            level: 0, gains: [point: gain], primary: point), capacity: capacity)
      },
      limits: .init(workshops: 2, hoursPerTeacher: hours, minimumAttendance: 5),
      levelLocations: [-0.4], levelWidth: 0.9, hourPenalty: 0.002, seed: 1)
  }

  private func polished(_ assignments: [[Int]], _ problem: SchoolProblem) -> SchoolPlan {
    var seats = SchoolSeats(problem)
    let value = assignments.enumerated().reduce(0) {
      $0 + seats.value(of: $1.element, for: $1.offset)
    }
    return seats.polished(
      SchoolPlan(
        workshops: Array(problem.workshops.indices), assignments: assignments, value: value))
  }

  @Test func `full seats are handed to who gains more by them`() {
    // The first five have next to no gap, the last five a large one.
    let problem = problem(
      means: [1.6, 1.5, 1.7, 1.4, 1.5, -0.4, -0.5, -0.3, -0.6, -0.4], gains: [0.5], capacity: 5,
      hours: 2)
    let plan = polished((0..<10).map { $0 < 5 ? [0] : [] }, problem)
    #expect(plan.assignments == (0..<10).map { $0 < 5 ? [] : [0] })
  }

  @Test func `seats stay where others would gain less`() {
    let problem = problem(
      means: [1.6, 1.5, 1.7, 1.4, 1.5, -0.4, -0.5, -0.3, -0.6, -0.4], gains: [0.5], capacity: 5,
      hours: 2)
    let seated = (0..<10).map { $0 < 5 ? [] : [0] }
    #expect(polished(seated, problem).assignments == seated)
  }

  @Test func `a free seat is taken by who gains by it`() {
    let problem = problem(
      means: [Double](repeating: -0.4, count: 8), gains: [0.5], capacity: 20, hours: 2)
    let plan = polished((0..<8).map { $0 < 5 ? [0] : [] }, problem)
    #expect(plan.attendance(of: 0) == 8)
  }

  @Test func `nobody leaves a workshop that would be too small without them, for a better one`() {
    let problem = problem(
      means: [Double](repeating: -0.4, count: 10), gains: [0.3, 0.6], capacity: 10, hours: 2)
    let plan = polished((0..<10).map { $0 < 5 ? [0] : [1] }, problem)
    #expect(plan.attendance(of: 0) == 5 && plan.attendance(of: 1) == 5)
    // With a sixth there one may go, and no more.
    let larger = polished((0..<10).map { $0 < 6 ? [0] : [1] }, problem)
    #expect(larger.attendance(of: 0) == 5 && larger.attendance(of: 1) == 5)
  }

  @Test(arguments: [(12, true), (10, false), (8, false), (7, true), (6, true)])
  func `how many are covered is not said where it tells of one to four who are not`(
    covered: Int, isShown: Bool
  ) {
    let problem = problem(
      means: [Double](repeating: -0.4, count: 12), gains: [0.5], capacity: 12, hours: 2)
    let report = SchoolPlan(
      workshops: [0], assignments: (0..<12).map { $0 < covered ? [0] : [] }, value: 1
    ).report(for: problem)
    #expect(report.covered == (isShown ? covered : nil))
    #expect(report.inNeed == (isShown ? 12 : nil))
  }
}
