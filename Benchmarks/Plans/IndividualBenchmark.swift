import Foundation
import Glibc
import MixedInteger
import Recommendation

/// What this process has had of the processor: on a machine with others, a clock tells their work too.
enum CPUTime {
  static var milliseconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
  }
}

/// One teacher's plan: naive, greedy, ours and the certified optimum.
struct IndividualBenchmark {
  /// What was found on one problem.
  struct Finding {
    var naive: Double
    var greedy: Double
    var isGreedyFeasible: Bool
    var ours: Double
    var isFeasible: Bool
    var milliseconds: Double
    var best: Double
    var bound: Double?
    var solverSeconds: Double
    /// Of the plan after its best course was excluded: milliseconds, and the share of the whole search's.
    var changeMilliseconds: Double
    var changeShare: Double
  }

  let solver: CBC
  let options: Options

  func run() throws {
    print(
      "| rules | courses | n | naive top-N | greedy (rules kept) | ours, mean (worst) of best known "
        + "| ours, mean (worst) of proven bound | ours CPU ms, median (slowest) "
        + "| one change, CPU ms (slowest), share of a whole search | solver s |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    var all: [Finding] = []
    for rules in PlanWorld.Rules.allCases {
      for size in options.numbers("sizes", [200, 500, 1000, 2000]) {
        let findings = try (0..<Int(options.number("teachers", 5))).map { teacher in
          try finding(
            size: size, rules: rules, teacher: teacher + Int(options.number("first", 0)))
        }
        all += findings
        print(Self.line("\(rules.rawValue) | \(size)", findings))
      }
    }
    print(Self.line("all | ", all))
  }

  private func finding(size: Int, rules: PlanWorld.Rules, teacher: Int) throws -> Finding {
    var world = PlanWorld(
      seed: UInt64(10_000 * size + (rules == .hours50 ? 50 : 80) * 100 + teacher))
    let problem = world.problem(courses: size, rules: rules, seed: UInt64(teacher + 1))
    let clock = ContinuousClock()
    var plan = PlanSearch.plan(for: problem)
    var fastest = Double.infinity
    for _ in 0..<3 {
      let before = CPUTime.milliseconds
      plan = PlanSearch.plan(for: problem)
      fastest = min(fastest, CPUTime.milliseconds - before)
    }
    let simple = SimplePlanners(problem)
    let naive = simple.best(simple.topByGap)
    let greedy = simple.best(simple.greedy)
    let change = Self.change(plan, problem)
    let start = clock.now
    let certificate = try PlanCertificate(
      of: plan, for: problem, seconds: options.number("seconds", 60)
    ) { program, seconds throws(CBC.Failure) in
      try solver.solve(program, seconds: seconds)
    }
    return Finding(
      naive: naive?.utility ?? 0, greedy: greedy?.utility ?? 0,
      isGreedyFeasible: greedy?.violation == 0, ours: plan.utility,
      isFeasible: plan.violation == 0, milliseconds: fastest, best: certificate.bestUtility,
      bound: certificate.bound, solverSeconds: (clock.now - start) / .seconds(1),
      changeMilliseconds: change.milliseconds, changeShare: change.share)
  }

  /// Excludes the course that contributes most, as a teacher would.
  private static func change(
    _ plan: StudyPlan, _ problem: PlanProblem
  ) -> (milliseconds: Double, share: Double) {
    var changed = problem
    let best = plan.explanations.max { $0.contribution < $1.contribution }
    changed.excluded = Set([best?.course].compactMap(\.self))
    let before = CPUTime.milliseconds
    let quick = PlanSearch.plan(changing: plan, for: changed)
    let milliseconds = CPUTime.milliseconds - before
    return (milliseconds, quick.utility / PlanSearch.plan(for: changed).utility)
  }

  private static func line(_ name: String, _ findings: [Finding]) -> String {
    func mean(_ values: [Double]) -> Double {
      values.reduce(0, +) / Double(max(values.count, 1))
    }
    func percent(_ share: Double) -> String { String(format: "%.2f %%", 100 * share) }
    let ofBest = findings.map { $0.ours / $0.best }
    let bounded = findings.compactMap { finding in finding.bound.map { finding.ours / $0 } }
    let times = findings.map(\.milliseconds).sorted()
    let kept = findings.count { $0.isGreedyFeasible }
    return "| \(name) | \(findings.count) | \(percent(mean(findings.map { $0.naive / $0.best }))) "
      + "| \(percent(mean(findings.map { $0.greedy / $0.best }))) (\(kept)/\(findings.count)) "
      + "| \(percent(mean(ofBest))) (\(percent(ofBest.min() ?? 0))) "
      + "| \(percent(mean(bounded))) (\(percent(bounded.min() ?? 0))), \(bounded.count) proven "
      + "| \(String(format: "%.0f", times[times.count / 2])) "
      + "(\(String(format: "%.0f", times.last ?? 0))) "
      + "| \(String(format: "%.0f", mean(findings.map(\.changeMilliseconds)))) "
      + "(\(String(format: "%.0f", findings.map(\.changeMilliseconds).max() ?? 0))), "
      + "\(percent(mean(findings.map(\.changeShare)))) "
      + "| \(String(format: "%.1f", mean(findings.map(\.solverSeconds)))) "
      + (findings.allSatisfy(\.isFeasible) ? "|" : "| rules broken |")
  }
}
