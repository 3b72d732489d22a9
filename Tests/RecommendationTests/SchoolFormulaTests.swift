import Competency
import Courses
import Psychometrics
import Testing

@testable import Recommendation

/// The numbers of a school's plan, each computed again from teachers and workshops.
struct SchoolFormulaTests {
  private func problem(_ seed: UInt64) -> SchoolProblem {
    var generator = SeededGenerator(seed: seed)
    func uniform() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
    let points = (0..<4).map { CompetencyPoint.ID(rawValue: "p\($0)") }
    let teachers = (0..<24).map { place in
      SchoolProblem.Teacher(
        points: points.enumerated().map { number, id in
          PlanPoint(
            id: id, dimension: Dimension.ID(rawValue: "d"),
            environment: Environment.ID(rawValue: "A"), mean: 2 * uniform() - 0.8,
            standardError: 0.3 + 0.3 * uniform(), target: 0.4, weight: number == 3 ? 0 : 1.5)
        }, group: place < 12 ? "语文" : "数学")
    }
    let workshops = (0..<8).map { place in
      let id = "w\(place)"
      return SchoolProblem.Workshop(
        course: Course(
          id: Course.ID(rawValue: id), title: LocalizedName(chinese: id, english: id),
          provider: Provider.ID(rawValue: "s"), form: .workshop, mode: .practice,
          hours: Double(2 + place % 3), level: place % 3,
          gains: [points[place % 4]: 0.5, points[(place + 1) % 4]: 0.2],
          primary: points[place % 4]), capacity: 12)
    }
    return SchoolProblem(
      teachers: teachers, workshops: workshops,
      limits: .init(workshops: 4, hoursPerTeacher: 6, minimumAttendance: 5),
      levelLocations: [-0.6, 0.2, 1], levelWidth: 0.9, hourPenalty: 0.01, seed: seed)
  }

  private func closure(_ point: PlanPoint) -> ExpectedGapClosure {
    ExpectedGapClosure(
      mean: point.mean, standardError: point.standardError, target: point.target,
      weight: point.weight)
  }

  /// What a teacher's workshops close together, and the hours they take.
  private func closed(
    _ own: [Int], _ teacher: SchoolProblem.Teacher, _ problem: SchoolProblem
  ) -> (gap: Double, hours: Double) {
    let courses = own.map { problem.workshops[$0].course }
    let gap = teacher.points.reduce(0) { sum, point in
      let gain = courses.reduce(0) { sum, course in
        sum + (course.gains[point.id] ?? 0)
          * ExpectedGapClosure.fit(
            ofLocation: problem.levelLocations[course.level], width: problem.levelWidth,
            mean: point.mean, standardError: point.standardError)
      }
      return sum + closure(point).value(ofGain: gain)
    }
    return (gap, courses.reduce(0) { $0 + $1.hours })
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `a plan's value is what it closes less the price of the hours`(seed: UInt64) {
    let problem = problem(seed)
    let plan = SchoolSearch.plan(for: problem)
    let parts = zip(problem.teachers, plan.assignments).map { closed($1, $0, problem) }
    let gap = parts.reduce(0) { $0 + $1.gap }
    let hours = parts.reduce(0) { $0 + $1.hours }
    #expect(hours > 0)
    // The table of closures is good to about 1e-7 a point.
    #expect(abs(plan.value - (gap - problem.hourPenalty * hours)) < 1e-4)
    let whole = problem.teachers.flatMap(\.points).reduce(0) {
      $0 + $1.weight * closure($1).expectedGap
    }
    let report = plan.report(for: problem)
    #expect(abs(report.closedShare - gap / whole) < 1e-5)
    #expect(
      report.hours == plan.workshops.reduce(0) { $0 + problem.workshops[$1].course.hours })
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `who is likely below a target by three in five is in need, and covered by a workshop on it`(
    seed: UInt64
  ) {
    let problem = problem(seed)
    let plan = SchoolSearch.plan(for: problem)
    var (covered, inNeed) = (0, 0)
    for (teacher, own) in zip(problem.teachers, plan.assignments) {
      let gaps = teacher.points.filter { point in
        point.weight > 0
          && Normal.cumulative((point.target - point.mean) / point.standardError) >= 0.6
      }
      if gaps.isEmpty { continue }
      inNeed += 1
      let taught = Set(own.flatMap { problem.workshops[$0].course.gains.keys })
      if gaps.contains(where: { taught.contains($0.id) }) { covered += 1 }
    }
    let counts = plan.coverage(for: problem)
    #expect(counts.covered == covered && counts.inNeed == inNeed)
    #expect(inNeed < problem.teachers.count && covered > 0)
  }

  @Test func `a step of the curve says how many more it covers than the last that says so`() {
    let few = 1...4
    var hidden = 0
    for seed in 1...6 as ClosedRange<UInt64> {
      let problem = problem(seed)
      let curve = SchoolSearch.curve(for: problem, budgets: [2, 4, 6, 8, 10])
      var before = 0
      #expect(problem.limits.minimumAttendance == 5)
      for step in curve {
        #expect(
          step.plan.workshops.reduce(0) { $0 + problem.workshops[$1].course.hours }
            <= step.hours)
        guard let covered = step.report.covered else {
          #expect(step.moreCovered == nil)
          hidden += 1
          continue
        }
        #expect(covered == step.plan.coverage(for: problem).covered)
        // No two numbers that are shown tell of one to four by their difference.
        #expect(!few.contains(covered) && !few.contains(abs(covered - before)))
        if let more = step.moreCovered { #expect(more == covered - before) }
        before = covered
      }
      for (one, next) in zip(curve, curve.dropFirst()) {
        #expect(next.plan.value >= one.plan.value)
      }
    }
    #expect(hidden > 0)
  }
}
