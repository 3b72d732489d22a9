public import Competency
import Courses

/// A plan made again after a change by its teacher.
public enum PlanRevision {
  /// The same plan, where a change only takes choices away and none of the plan's.
  ///
  /// What was the best of more plans is the best of fewer while it is one of them: who keeps a course
  /// of the plan, or refuses one that is not in it, finds every other course where it was. A search
  /// made anew could end at a different plan as good.
  ///
  /// - Parameters:
  ///   - plan: the plan before.
  ///   - problem: the problem as it is now; every plan it allows was allowed before.
  /// - Returns: the plan; nil if it is not allowed any more.
  public static func unchanged(_ plan: StudyPlan, for problem: PlanProblem) -> StudyPlan? {
    let courses = Set(plan.courses)
    guard problem.locked.isSubset(of: courses), problem.environments.contains(plan.environment)
    else { return nil }
    // A refused course is no candidate.
    let instance = PlanInstance(problem, environment: plan.environment)
    let members = instance.candidates.indices.filter {
      courses.contains(instance.course($0).id)
    }
    return members.count == courses.count ? StudyPlan(instance, members: members) : nil
  }

  /// The best plan found, in the environment the plan was made for.
  ///
  /// A teacher who keeps one course does not expect to be moved to another classroom, and one
  /// environment is searched in a third of the time. Only where the change breaks rules further than
  /// before are the others tried.
  ///
  /// - Parameters:
  ///   - problem: what to plan from, with the change in it.
  ///   - environment: the environment of the plan that was; one of the problem's.
  ///   - violation: how far that plan broke the rules.
  /// - Returns: the plan, the same for the same problem.
  public static func plan(
    for problem: PlanProblem, in environment: Environment.ID, brokenBefore violation: Double
  ) -> StudyPlan {
    guard let place = problem.environments.firstIndex(of: environment) else {
      return PlanSearch.plan(for: problem)
    }
    let instance = PlanInstance(problem, environment: environment)
    // The seed of the whole search, so that taking a change back brings the same plan back.
    let members = PlanSearch.members(for: instance, seed: problem.seed &+ UInt64(place))
    let score = instance.score(of: members)
    if problem.environments.count > 1, members.isEmpty || score.violation > violation + 1e-9 {
      return PlanSearch.plan(for: problem)
    }
    return StudyPlan(instance, members: members)
  }
}
