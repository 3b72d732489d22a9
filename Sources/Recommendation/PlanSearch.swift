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
    var best: (instance: PlanInstance, members: [Int], score: PlanScore)?
    for (place, environment) in problem.environments.enumerated() {
      let instance = PlanInstance(problem, environment: environment)
      let seed = problem.seed &+ UInt64(place)
      let members = EnvironmentSearch.members(for: instance, seed: seed)
      let score = instance.score(of: members)
      guard let known = best else {
        best = (instance, members, score)
        continue
      }
      // A rule set that demands nothing is also satisfied by no course; that is no plan.
      let isFirstWithCourses = known.members.isEmpty && !members.isEmpty
      let isWithoutCourses = members.isEmpty && !known.members.isEmpty
      if isFirstWithCourses || (!isWithoutCourses && score.isBetter(than: known.score)) {
        best = (instance, members, score)
      }
    }
    guard let best else { preconditionFailure("a plan is made for an environment") }
    return StudyPlan(best.instance, members: best.members)
  }
}
