import Courses
import Storage

extension Programme {
  /// The rules for the courses of a plan: those of the programme, less what the teacher says was
  /// earned before.
  ///
  /// - Parameter wishes: what the teacher wants of the plan.
  func rules(for wishes: PlanWishes) -> ProgrammeRules {
    wishes.earned.map { courseRules.less($0) } ?? courseRules
  }
}
