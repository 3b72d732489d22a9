import Competency
import Courses

extension StudyPlan {
  /// The plan that a set of candidates makes, with the reasons for each.
  init(_ instance: PlanInstance, members: [Int]) {
    let violations = instance.violations(of: members)
    let reasons = PlanReasons(instance, members: members)
    self.init(
      environment: instance.environment, courses: members.map { instance.course($0).id },
      utility: instance.utility(of: members),
      violation: violations.reduce(0) { $0 + $1.penalty },
      balance: instance.balance(of: members), violatedRules: violations,
      explanations: reasons.explanations())
  }
}

/// Works out why each course is in a plan.
private struct PlanReasons {
  let instance: PlanInstance
  let members: [Int]
  let gains: [Double]
  let score: PlanScore

  init(_ instance: PlanInstance, members: [Int]) {
    self.instance = instance
    self.members = members
    gains = instance.gains(of: members)
    score = instance.score(of: members)
  }

  func explanations() -> [CourseExplanation] {
    let replacements = ReplacementTable(instance, members: members)
    return zip(members, replacements.best()).map { member, replacement in
      explanation(of: member, replacement: replacement)
    }
  }

  private func explanation(of member: Int, replacement: Replacement?) -> CourseExplanation {
    let course = instance.course(member)
    let effects = effects(of: member)
    let others = members.filter { $0 != member }
    let loss = score.utility - instance.utility(of: others)
    let held = rulesHeld(without: others)
    return CourseExplanation(
      course: course.id, effects: effects,
      contribution: effects.reduce(0) { $0 + $1.contribution },
      lossIfDropped: loss, rulesHeld: held,
      isRequiredByRuleOnly: !held.isEmpty && loss <= instance.problem.hourPenalty * course.hours,
      replacement: replacement)
  }

  /// Each point's gap and the course's share in closing it: (g/G)·f(G).
  private func effects(of member: Int) -> [CourseExplanation.PointEffect] {
    instance.candidates[member].gains.map { point, gain in
      let closure = instance.closures[point]
      let total = gains[point]
      let share = total > 0 ? gain / total * closure.value(ofGain: total) : 0
      return CourseExplanation.PointEffect(
        point: instance.problem.points[point].id, gain: gain, expectedGap: closure.expectedGap,
        probabilityBelowTargetBefore: closure.probabilityBelowTarget(afterGain: 0),
        probabilityBelowTargetAfter: closure.probabilityBelowTarget(afterGain: total),
        contribution: share)
    }
    .sorted { ($0.contribution, $1.point.rawValue) > ($1.contribution, $0.point.rawValue) }
  }

  /// What is broken, or broken further, by a plan without one course.
  private func rulesHeld(without others: [Int]) -> [RuleViolation] {
    let before = instance.violations(of: members)
    return instance.violations(of: others).compactMap { violation in
      let known = before.first {
        $0.rule == violation.rule && $0.direction == violation.direction
      }
      var worse = violation
      worse.amount -= known?.amount ?? 0
      return worse.amount > 1e-9 ? worse : nil
    }
  }
}
