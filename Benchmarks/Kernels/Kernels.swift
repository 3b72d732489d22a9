import Psychometrics
import Recommendation

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

  private static func median(_ times: [Duration]) -> Duration {
    times.isEmpty ? .zero : times.sorted()[times.count / 2]
  }
}
