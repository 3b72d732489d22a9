public import Courses

extension ProgrammeRules {
  /// The rules to plan by for somebody who has only so many hours.
  ///
  /// A budget above the programme's minimum is its maximum. One below cannot satisfy the programme:
  /// the plan then fills the budget, with online and practice in the programme's proportion, and
  /// ``StudyPlan/judged(by:)`` says what is missing.
  ///
  /// - Parameter budget: the most credit hours, above 0; nil for no wish.
  /// - Returns: rules that can be held within the budget.
  public func planned(within budget: Double?) -> ProgrammeRules {
    guard let budget else { return self }
    var rules = self
    rules.hours.maximum = budget
    guard budget < hours.minimum else { return rules }
    let share = budget / hours.minimum
    // The last hour may stay open: courses have whole hours, and too much is worse than too little.
    rules.hours.minimum = max(0, budget - 1)
    rules.online.minimum *= share
    rules.practice.minimum *= share
    rules.video?.minimum *= share
    return rules
  }

  /// The rules that a plan within a budget is judged by: the programme's own, with the budget as its
  /// maximum where the programme can be held at all.
  public func judged(within budget: Double?) -> ProgrammeRules {
    guard let budget, budget >= hours.minimum else { return self }
    var rules = self
    rules.hours.maximum = budget
    return rules
  }
}

extension StudyPlan {
  /// The plan with the hours it breaks said anew against other rules than it was made by.
  ///
  /// - Parameter rules: the rules that count.
  /// - Returns: the same courses; broken rules of other kinds stay as they are.
  public func judged(by rules: ProgrammeRules) -> StudyPlan {
    var plan = self
    let hourRules: [(ProgrammeRule, Double, ProgrammeRules.HoursRange)] =
      [
        (.hours, balance.hours, rules.hours), (.online, balance.online, rules.online),
        (.practice, balance.practice, rules.practice),
      ] + (rules.video.map { [(.video, balance.video, $0)] } ?? [])
    let others = violatedRules.filter { violation in
      !hourRules.contains { violation.rule == .programme($0.0) }
    }
    let broken = hourRules.compactMap { rule, held, range -> RuleViolation? in
      if held < range.minimum - 1e-9 {
        return RuleViolation(
          rule: .programme(rule), direction: .short, amount: range.minimum - held)
      }
      guard let maximum = range.maximum, held > maximum + 1e-9 else { return nil }
      return RuleViolation(rule: .programme(rule), direction: .over, amount: held - maximum)
    }
    plan.violatedRules = broken + others
    plan.violation = plan.violatedRules.reduce(0) { $0 + $1.penalty }
    return plan
  }
}
