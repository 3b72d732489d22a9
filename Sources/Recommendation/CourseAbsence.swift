public import Competency
public import Courses

/// Why a course is not in a plan.
public struct CourseAbsence: Hashable, Sendable {
  /// One reason.
  public enum Reason: Hashable, Sendable {
    /// The teacher does not want it.
    case excluded
    /// An institution offers it that does not teach this teacher.
    case otherProvider(Provider.ID)
    /// None of its points belongs to the environment the plan is made for.
    case otherEnvironment
    /// The plan holds a course that teaches the same.
    case equivalent(Course.ID)
    /// What has to be taken before it is not in the plan.
    case prerequisite(Course.ID)
    /// The teacher probably has what it teaches: the points in question.
    case reached([CompetencyPoint.ID])
    /// Its level does not fit: less than half of what it could raise is expected.
    case level
    /// With it, one more hour rule would be broken, or one further.
    case rule(RuleViolation)
    /// Other courses close more of the gap with the same hours.
    case lessGain
  }

  /// The course.
  public var course: Course.ID
  /// The reasons, the most telling first; never empty.
  public var reasons: [Reason]
  /// The exchange that would bring it in at the least cost; nil where there is none.
  public var exchange: Replacement?

  /// Says why a course is not in a plan.
  ///
  /// Nil if the problem has no such course, or the plan holds it.
  ///
  /// - Parameters:
  ///   - course: a course of the problem that is not in the plan.
  ///   - plan: a plan of the problem.
  ///   - problem: what the plan was made from.
  public init?(of course: Course.ID, in plan: StudyPlan, for problem: PlanProblem) {
    guard let wanted = problem.courses.first(where: { $0.id == course }),
      !plan.courses.contains(course)
    else { return nil }
    self.course = course
    reasons = problem.excluded.contains(course) ? [.excluded] : []
    if let provider = problem.rules.provider, provider != wanted.provider {
      // Its gain and its place do not matter: it would not count.
      reasons.append(.otherProvider(wanted.provider))
      return
    }
    var open = problem
    open.excluded.remove(course)
    let instance = PlanInstance(open, environment: plan.environment)
    guard
      let candidate = instance.candidates.indices.first(where: { instance.course($0).id == course })
    else {
      reasons.append(.otherEnvironment)
      return
    }
    let planned = Set(plan.courses)
    let members = instance.candidates.indices.filter { planned.contains(instance.course($0).id) }
    reasons += instance.obstacles(of: candidate, members: members)
    reasons += instance.poverty(of: candidate, course: wanted)
    reasons += instance.brokenHours(adding: candidate, to: members)
    if reasons.isEmpty { reasons = [.lessGain] }
    exchange = instance.exchange(for: candidate, members: members)
  }
}

extension PlanInstance {
  /// What stands in a candidate's way: its like, or what comes before it.
  fileprivate func obstacles(of candidate: Int, members: [Int]) -> [CourseAbsence.Reason] {
    var reasons: [CourseAbsence.Reason] = []
    if let group = candidates[candidate].group,
      let like = members.first(where: { candidates[$0].group == group })
    {
      reasons.append(.equivalent(course(like).id))
    }
    switch candidates[candidate].prerequisite {
    case .none: break
    case .unavailable(let required): reasons.append(.prerequisite(required))
    case .candidate(let required) where !members.contains(required):
      reasons.append(.prerequisite(course(required).id))
    case .candidate: break
    }
    return reasons
  }

  /// Why little is expected of a candidate: its points are reached, or its level does not fit.
  fileprivate func poverty(of candidate: Int, course: Course) -> [CourseAbsence.Reason] {
    let gains = candidates[candidate].gains
    let reached = gains.filter {
      GapVerdict(probabilityBelowTarget: closures[$0.point].probabilityBelowTarget(afterGain: 0))
        == .notNeeded
    }
    if !gains.isEmpty, reached.count == gains.count {
      return [.reached(reached.map { problem.points[$0.point].id })]
    }
    let possible = gains.reduce(0) { $0 + (course.gains[problem.points[$1.point].id] ?? 0) }
    let expected = gains.reduce(0) { $0 + $1.gain }
    return expected < 0.5 * possible ? [.level] : []
  }

  /// The hour rules that the plan with the candidate would break, or break further.
  fileprivate func brokenHours(
    adding candidate: Int, to members: [Int]
  ) -> [CourseAbsence.Reason] {
    let before = violations(of: members)
    return violations(of: members + [candidate]).compactMap { violation in
      guard case .programme = violation.rule, violation.direction == .over else { return nil }
      let known = before.first {
        $0.rule == violation.rule && $0.direction == violation.direction
      }
      return violation.amount > (known?.amount ?? 0) + 1e-9 ? .rule(violation) : nil
    }
  }

  /// The best exchange of a member that is not locked for a candidate.
  fileprivate func exchange(for candidate: Int, members: [Int]) -> Replacement? {
    let present = score(of: members)
    var best: (member: Int, score: PlanScore)?
    for member in members where !candidates[member].isLocked {
      let exchanged = score(of: members.map { $0 == member ? candidate : $0 })
      if best.map({ exchanged.isBetter(than: $0.score) }) ?? true { best = (member, exchanged) }
    }
    return best.map {
      Replacement(
        replaced: course($0.member).id, course: course(candidate).id,
        utilityChange: $0.score.utility - present.utility)
    }
  }
}
