import Courses
import Storage

extension Programme {
  /// The rules for the courses of a plan: those of the programme, less what the teacher says was
  /// earned before.
  ///
  /// Where the programme asks for hours of chosen video courses, its online hours are those, and
  /// hours earned online count for both.
  ///
  /// - Parameter wishes: what the teacher wants of the plan.
  /// - Returns: the rules for what is left.
  func rules(for wishes: PlanWishes) -> ProgrammeRules {
    guard var earned = wishes.earned else { return courseRules }
    if courseRules.video != nil { earned.video = earned.online }
    return courseRules.less(earned)
  }
}
