import Courses
import Psychometrics
import Recommendation
import Reporting

/// Times the kernels that a person waits for, one line each, on work made from fixed seeds.
///
/// Run with `swift run -c release Kernels`. The numbers are medians of single runs; they are read,
/// not tested.
@main
struct Kernels {
  static func main() throws {
    try timeAdaptiveStep()
    for items in [16, 24, 30, 40] { timePosterior(items: items) }
    for courses in [40, 200, 500, 1000, 2000] { timePlan(courses: courses) }
    for courses in [108, 2000] { timePlanEdits(courses: courses) }
    try timeSnapshots()
  }

  /// The first night of a province, the next when a tenth has finished since, and its totals.
  private static func timeSnapshots() throws {
    let world = try ReportingWorld(seed: 3)
    let environments = (0..<30).map { $0 / 13 }
    func take(after previous: Snapshot?, _ needs: ArraySlice<TeacherNeed>) -> Snapshot {
      Snapshot.taken(
        after: previous, day: (previous?.day ?? 0) + 1, tree: world.tree,
        pointEnvironments: environments, needs: Array(needs))
    }
    let earlier = world.needs.enumerated().filter { $0.offset % 10 != 0 }.map(\.element)
    var (first, second): (Snapshot?, Snapshot?) = (nil, nil)
    let clock = ContinuousClock()
    let whole = clock.measure { first = take(after: nil, world.needs[...]) }
    let former = take(after: nil, earlier[...])
    let next = clock.measure { second = take(after: former, world.needs[...]) }
    var people = 0
    let totals = clock.measure { people = first?.totals()[0][0].people ?? 0 }
    print(
      "snapshot of \(world.needs.count) teachers, \(world.tree.units.count) units: \(whole), "
        + "the next \(next), totals \(totals) (\(people) counted, "
        + "\(second?.blocks.count ?? 0) blocks)")
  }

  private static func timeAdaptiveStep() throws {
    let steps = try AdaptiveSteps(persons: 300)
    let runs = (0..<5).map { _ in steps.timed() }
    print(
      "adaptive step, 500 items, 33 nodes: \(median(runs.map(\.step))) (check \(runs[0].check))")
  }

  private static func timePosterior(items: Int) {
    var world = SeededWorld(seed: 1)
    let prior = world.prior()
    let cases = (0..<200).map { _ in world.responses(count: items) }
    var times: [Duration] = []
    var sum = 0.0
    for responses in cases + cases {
      times.append(
        ContinuousClock().measure {
          sum +=
            AbilityPosterior.laplace(
              prior: prior, responses: responses, testletVariance: 0.16
            ).logEvidence
        })
    }
    print("posterior of \(items) items: \(median(times)) (check \(sum))")
  }

  private static func timePlan(courses: Int) {
    var world = SeededWorld(seed: 2)
    let problems = (0..<12).map { world.problem(courses: courses, seed: $0) }
    var times: [Duration] = []
    var (utility, broken) = (0.0, 0)
    for problem in problems {
      times.append(
        ContinuousClock().measure {
          let plan = PlanSearch.plan(for: problem)
          utility += plan.utility
          if plan.violation > 0 { broken += 1 }
        })
    }
    print(
      "plan from \(courses) courses, best of three environments: \(median(times)), largest "
        + "\(times.max() ?? .zero) (mean utility \(utility / 12), \(broken) of 12 break a rule)")
  }

  /// What a teacher waits for after a change: the plan again, and what the change costs; beside it,
  /// why a course is not there, and the course for a new technology.
  private static func timePlanEdits(courses: Int) {
    var world = SeededWorld(seed: 4)
    let clock = ContinuousClock()
    var (edits, absences, technologies): ([Duration], [Duration], [Duration]) = ([], [], [])
    var moved = 0
    for seed in 0..<12 {
      var problem = world.problem(courses: courses, seed: UInt64(seed))
      let plan = PlanSearch.plan(for: problem)
      let outside = problem.courses.map(\.id).filter { !plan.courses.contains($0) }
      absences.append(
        clock.measure {
          if CourseAbsence(of: outside[0], in: plan, for: problem) != nil { moved += 1 }
        })
      technologies.append(
        clock.measure {
          if NewTechnology.course(.strong, in: problem, given: plan) != nil { moved += 1 }
        })
      problem.excluded.insert(plan.courses[seed % plan.courses.count])
      edits.append(
        clock.measure {
          let next = PlanRevision.plan(
            for: problem, in: plan.environment, brokenBefore: plan.violation)
          moved += PlanDifference(from: plan, to: next, needs: plan.servedPoints).came.count
        })
    }
    print(
      "edit of a plan from \(courses) courses: \(median(edits)), largest "
        + "\(edits.max() ?? .zero); absent course \(median(absences)), new technology "
        + "\(median(technologies)) (check \(moved))")
  }

  private static func median(_ times: [Duration]) -> Duration {
    times.isEmpty ? .zero : times.sorted()[times.count / 2]
  }
}
