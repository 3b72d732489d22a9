import Courses
import Foundation
import Recommendation

/// What `bianque plan` plans, and what it is asked beside.
struct PlanTask {
  var problem: PlanProblem
  /// Courses of which the answer says why they are not in the plan.
  var why: [Course.ID]
  /// The programme, where one was named.
  var programme: Programme?
  /// Where the teacher stands in it.
  var standing: ProgrammeStanding?

  init(
    problem: PlanProblem, why: [Course.ID], programme: Programme? = nil,
    standing: ProgrammeStanding? = nil
  ) {
    self.problem = problem
    self.why = why
    self.programme = programme
    self.standing = standing
  }
}

extension CalendarDay {
  /// Today where this machine stands.
  static var today: CalendarDay {
    let parts = Calendar(identifier: .gregorian)
      .dateComponents([.year, .month, .day], from: Date())
    guard let year = parts.year, let month = parts.month, let day = parts.day,
      let today = CalendarDay(year: year, month: month, day: day)
    else { preconditionFailure("a date of this calendar has a year, a month and a day") }
    return today
  }
}
