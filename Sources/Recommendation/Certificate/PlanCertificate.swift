public import Competency
public import Courses
public import MixedInteger

/// How near a plan is to the best there can be, proved by a solver.
public struct PlanCertificate: Hashable, Sendable {
  /// What was proved about one environment.
  public struct Part: Hashable, Sendable {
    /// The environment.
    public var environment: Environment.ID
    /// How far the solver came.
    public var status: SolverOutcome.Status
    /// No plan of the environment that breaks as little has more utility; nil when none is proved,
    /// or when no plan of the environment breaks as little.
    public var bound: Double?
    /// How often tangents were added.
    public var rounds: Int
  }

  /// The plan's own utility.
  public var utility: Double
  /// How far the plan breaks rules.
  public var violation: Double
  /// No plan breaks less than this: proved; nil when nothing is.
  public var violationBound: Double?
  /// The best plan found by plan search and solver together.
  public var best: [Course.ID]
  /// Its environment.
  public var bestEnvironment: Environment.ID
  /// Its utility.
  public var bestUtility: Double
  /// No plan that breaks as little as ``violation`` has more utility; nil when nothing is proved.
  public var bound: Double?
  /// The environments, in the order of the problem.
  public var parts: [Part]

  /// The bound's distance from the plan's own utility, as a share of the bound; nil without bound.
  public var gap: Double? {
    bound.map { max(0, $0 - utility) / max($0.magnitude, 1e-9) }
  }

  /// The bound's distance from the best plan known, as a share of the bound.
  public var bestGap: Double? {
    bound.map { max(0, $0 - bestUtility) / max($0.magnitude, 1e-9) }
  }
}

extension PlanCertificate {
  /// Solves a programme within a number of seconds.
  public typealias Solve<Failure: Error> = (
    _ program: MixedIntegerProgram, _ seconds: Double
  ) throws(Failure) -> SolverOutcome

  /// Certifies a plan.
  ///
  /// For a plan that keeps all rules, the best utility under hard rules is bounded in each
  /// environment. For one that does not, the least that rules must be broken is bounded first, and
  /// then the utility of plans that break no more than this one.
  ///
  /// - Parameters:
  ///   - plan: a plan of the problem.
  ///   - problem: the problem.
  ///   - seconds: how long solvers may take, all together.
  ///   - rounds: how often tangents may be added in an environment.
  ///   - solve: the solver.
  /// - Throws: what the solver throws.
  public init<Failure: Error>(
    of plan: StudyPlan, for problem: PlanProblem, seconds: Double, rounds: Int = 4,
    solve: Solve<Failure>
  ) throws(Failure) {
    utility = plan.utility
    violation = plan.violation
    best = plan.courses
    bestEnvironment = plan.environment
    bestUtility = plan.utility
    parts = []
    violationBound = 0
    let share = seconds / Double(max(problem.environments.count, 1))
    if plan.violation > 1e-9 {
      violationBound = try Self.leastViolation(problem, seconds: share / 2, solve: solve)
    }
    for environment in problem.environments {
      let instance = PlanInstance(problem, environment: environment)
      try certify(
        instance, seconds: plan.violation > 1e-9 ? share / 2 : share, rounds: rounds, solve: solve)
    }
    let isProved = parts.allSatisfy { $0.bound != nil || $0.status == .infeasible }
    bound = isProved ? parts.compactMap(\.bound).max().map { max($0, bestUtility) } : nil
  }

  private static func leastViolation<Failure: Error>(
    _ problem: PlanProblem, seconds: Double, solve: Solve<Failure>
  ) throws(Failure) -> Double? {
    var least: Double?
    for environment in problem.environments {
      let instance = PlanInstance(problem, environment: environment)
      guard !instance.candidates.isEmpty else { continue }
      let model = PlanModel(instance, goal: .violation, violationAtMost: nil, tolerance: 1)
      let outcome = try solve(model.program, seconds)
      if outcome.status == .infeasible { continue }
      guard let bound = outcome.bound else { return nil }
      least = min(least ?? .infinity, bound)
    }
    return least.map { max(0, $0) }
  }

  private mutating func certify<Failure: Error>(
    _ instance: PlanInstance, seconds: Double, rounds: Int, solve: Solve<Failure>
  ) throws(Failure) {
    var part = Part(
      environment: instance.environment, status: .infeasible, bound: nil, rounds: 0)
    guard !instance.candidates.isEmpty else {
      parts.append(part)
      return
    }
    let limit = violation > 1e-9 ? violation + 1e-7 : 0
    var model = PlanModel(
      instance, goal: .utility, violationAtMost: limit, tolerance: 2e-4)
    while part.rounds < rounds {
      part.rounds += 1
      let outcome = try solve(model.program, seconds / Double(rounds))
      part.status = outcome.status
      if outcome.status == .infeasible { break }
      if let bound = outcome.bound {
        part.bound = min(part.bound ?? .infinity, -bound)
      }
      guard let values = outcome.values else { break }
      let members = model.members(of: values)
      let score = instance.score(of: members)
      if score.violation <= violation + 1e-6, score.utility > bestUtility {
        best = members.map { instance.course($0).id }
        bestEnvironment = instance.environment
        bestUtility = score.utility
      }
      // Another environment holds the best plan, or the bound has come down to this one.
      guard let bound = part.bound, bound > bestUtility + 5e-4 * bestUtility.magnitude + 1e-9,
        outcome.status == .optimal, model.refine(at: members)
      else { break }
    }
    parts.append(part)
  }
}
