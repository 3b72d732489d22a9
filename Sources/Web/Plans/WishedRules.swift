import Courses
import Storage

extension Programme {
  /// The rules for the courses of a plan: those of the programme, less what the teacher says was
  /// earned before; with the county's own institution where the programme has one chosen; and without
  /// what is at least where the teacher need not take part.
  ///
  /// Where the programme asks for hours of chosen video courses, its online hours are those, and
  /// hours earned online count for both.
  ///
  /// - Parameter wishes: what the teacher wants of the plan.
  /// - Returns: the rules for what is left.
  func rules(for wishes: PlanWishes) -> ProgrammeRules {
    var rules = courseRules
    if var earned = wishes.earned {
      if rules.video != nil { earned.video = earned.online }
      rules = rules.less(earned)
    }
    // What another programme would ask is not asked here.
    if terms.provider != nil, let provider = wishes.provider { rules.provider = provider }
    if terms.exemption != nil, wishes.isExempt { rules = rules.withoutMinimums }
    return rules
  }
}
