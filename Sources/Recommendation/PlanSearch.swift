import Courses

/// Finds the study plan that closes the most expected gap under a programme's rules.
public enum PlanSearch {
  /// The best plan found, over the environments offered.
  ///
  /// For each environment: greedy by utility per hour, then local search with adding, dropping,
  /// exchanging and two-for-one moves, then seeded kicks. Plans compare by broken rules first and
  /// utility second, so a problem whose rules cannot all hold still has a plan, with the rules it
  /// breaks. The work is bounded by a count, not by a clock: the same problem gives the same plan on
  /// every machine.
  ///
  /// - Parameter problem: what to plan from.
  /// - Returns: the plan. It is empty only if no course belongs to any of the environments.
  /// - Precondition: there is at least one environment; identifiers are unique; standard errors and
  ///   the level width are positive; every course's level has a location.
  public static func plan(for problem: PlanProblem) -> StudyPlan {
    precondition(!problem.environments.isEmpty, "a plan is made for an environment")
    let instances = problem.environments.map { PlanInstance(problem, environment: $0) }
    let first = found(in: instances, problem.seed, effort: .first) { _ in true }
    guard let leader = best(of: first) else {
      preconditionFailure("a plan is made for an environment")
    }
    // An environment that is far behind after the first look is not looked at again.
    let second = found(in: instances, problem.seed, effort: EnvironmentSearch.Effort()) { place in
      first.contains { $0.place == place && $0.isNear(leader) }
    }
    guard let best = best(of: first + second) else { return StudyPlan(instances[0], members: []) }
    return StudyPlan(instances[best.place], members: best.members)
  }

  /// A plan after a change of its problem: a lock, an exclusion, other hours.
  ///
  /// The search begins with the courses of the plan and stays in its environment, so that it takes a
  /// fraction of the time and what need not change does not.
  ///
  /// - Parameters:
  ///   - plan: the plan before.
  ///   - problem: the problem as it is now.
  /// - Returns: the plan; empty only if no course belongs to the environment.
  public static func plan(changing plan: StudyPlan, for problem: PlanProblem) -> StudyPlan {
    let instance = PlanInstance(problem, environment: plan.environment)
    let kept = Set(plan.courses)
    let start = instance.candidates.indices.filter { kept.contains(instance.course($0).id) }
    return StudyPlan(
      instance,
      members: EnvironmentSearch.members(
        for: instance, seed: problem.seed, effort: .change, from: start))
  }

  /// The best candidates found in one environment, as ``plan(for:)`` finds them there.
  ///
  /// - Parameters:
  ///   - instance: the problem in that environment.
  ///   - seed: the problem's, with the place of the environment added.
  /// - Returns: places of candidates, ascending.
  static func members(for instance: PlanInstance, seed: UInt64) -> [Int] {
    let findings = [EnvironmentSearch.Effort.first, EnvironmentSearch.Effort()].flatMap {
      found(in: [instance], seed, effort: $0) { _ in true }
    }
    return best(of: findings)?.members ?? []
  }

  /// What was found in one environment.
  private struct Finding {
    var place: Int
    var members: [Int]
    var score: PlanScore

    /// Whether more search could make it the better one.
    func isNear(_ leader: Finding) -> Bool {
      guard members.isEmpty == leader.members.isEmpty else { return false }
      return score.violation <= leader.score.violation + 2
        && score.utility >= leader.score.utility - 0.05 * leader.score.utility.magnitude
    }
  }

  private static func found(
    in instances: [PlanInstance], _ seed: UInt64, effort: EnvironmentSearch.Effort,
    where isWanted: (Int) -> Bool
  ) -> [Finding] {
    instances.indices.filter(isWanted).map { place in
      let members = EnvironmentSearch.members(
        for: instances[place], seed: seed &+ UInt64(place), effort: effort)
      return Finding(
        place: place, members: members, score: instances[place].score(of: members))
    }
  }

  /// The best finding, the first of equal ones.
  private static func best(of findings: [Finding]) -> Finding? {
    findings.reduce(nil) { known, finding in
      guard let known else { return finding }
      // A rule set that demands nothing is also satisfied by no course; that is no plan.
      if known.members.isEmpty != finding.members.isEmpty {
        return known.members.isEmpty ? finding : known
      }
      return finding.score.isBetter(than: known.score) ? finding : known
    }
  }
}
