import Competency
import Courses
import Foundation
import MixedInteger
import Recommendation

/// A whole school's training: simple designs, ours, and what a solver finds and proves in a minute.
struct SchoolBenchmark {
  let solver: CBC
  let options: Options

  func run() throws {
    print(
      "| teachers × workshops, held, seats, hours each | best for the average teacher | ours | ours CPU ms "
        + "| solver's best | solver's bound | ours / solver's best |")
    print("|---|---|---|---|---|---|---|")
    var shares: [Double] = []
    for instance in 0..<Int(options.number("instances", 6)) {
      let problem = Self.problem(UInt64(instance + 1))
      let before = CPUTime.milliseconds
      let plan = SchoolSearch.plan(for: problem)
      let time = CPUTime.milliseconds - before
      let program = problem.program(tolerance: 5e-3)
      let outcome = Self.solved(program, solver, seconds: options.number("seconds", 60))
      let found = outcome?.values.map { problem.plan(of: $0).value }
      if let found, found > 0 { shares.append(plan.value / found) }
      func number(_ value: Double?) -> String {
        value.map { String(format: "%.2f", $0) } ?? "–"
      }
      let limits = problem.limits
      print(
        "| \(problem.teachers.count) × \(problem.workshops.count), \(limits.workshops), "
          + "\(problem.workshops[0].capacity), \(Int(limits.hoursPerTeacher)) "
          + "| \(number(Self.average(problem).value)) | \(number(plan.value)) "
          + "| \(String(format: "%.0f", time)) | \(number(found)) "
          + "| \(number(outcome?.bound.map { -$0 })) "
          + "| \(found.map { String(format: "%.1f %%", 100 * plan.value / $0) } ?? "–") |")
    }
    let mean = shares.reduce(0, +) / Double(max(shares.count, 1))
    print(
      "mean \(String(format: "%.1f %%", 100 * mean)), least "
        + "\(String(format: "%.1f %%", 100 * (shares.min() ?? 0)))")
  }

  /// What the solver finds; nil when it has to be ended before it has found anything.
  private static func solved(
    _ program: MixedIntegerProgram, _ solver: CBC, seconds: Double
  ) -> SolverOutcome? {
    do throws(CBC.Failure) {
      return try solver.solve(program, seconds: seconds)
    } catch {
      return nil
    }
  }

  /// Forty teachers, eighty workshops, six to be held, of 25 seats, 16 hours a teacher at most.
  private static func problem(_ seed: UInt64) -> SchoolProblem {
    var world = PlanWorld(seed: 7_000 + seed)
    let teachers = (0..<40).map { place in
      SchoolProblem.Teacher(points: world.points(), group: "g\(place % 5)")
    }
    let workshops = world.courses(80, points: teachers[0].points).map { course in
      var course = course
      course.hours = [2, 3, 4, 6, 8][Int(5 * world.uniform())]
      return SchoolProblem.Workshop(course: course, capacity: 25)
    }
    return SchoolProblem(
      teachers: teachers, workshops: workshops,
      limits: .init(workshops: 6, hoursPerTeacher: 16),
      levelLocations: PlanWorld.levelLocations, levelWidth: PlanWorld.levelWidth,
      hourPenalty: 0.002, seed: seed)
  }

  /// The six workshops that alone would do most for all, seats given as in ours.
  private static func average(_ problem: SchoolProblem) -> SchoolPlan {
    let worth = problem.workshops.indices.map { place -> (Int, Double) in
      var one = problem
      one.workshops = [problem.workshops[place]]
      return (place, SchoolSearch.plan(for: one).value)
    }
    let best = worth.sorted { $0.1 > $1.1 }.prefix(problem.limits.workshops).map(\.0).sorted()
    var few = problem
    few.workshops = best.map { problem.workshops[$0] }
    return SchoolSearch.plan(for: few)
  }
}
