import Competency
import Courses
import Recommendation
import Storage

/// The courses of a plan in the order they are taken, with the day each is done by.
struct PlannedCourses {
  /// One course.
  struct Entry {
    var course: Course
    /// Nil where the teacher gave no dates.
    var due: StudyDay?
  }

  /// The courses, first to last.
  let entries: [Entry]

  init(_ plan: OpenedPlan) {
    let chosen = plan.stored.plan.explanationsByContribution.map(\.course)
      .compactMap(plan.courses.catalogue.course)
    // Online before practice on paper, whether or not the programme asks for it: each has its table.
    let ordered = StudySchedule.order(chosen, isOnlineFirst: true)
    guard let start = plan.stored.wishes.start, let end = plan.stored.wishes.end else {
      entries = ordered.map { Entry(course: $0, due: nil) }
      return
    }
    let days = StudySchedule.dueDays(hours: ordered.map(\.hours), from: start, through: end)
    entries = zip(ordered, days).map { Entry(course: $0, due: $1) }
  }

  /// The points a course is about, the chief one first, then in the framework's order.
  static func points(of course: Course, in framework: Framework) -> [CompetencyPoint.ID] {
    [course.primary]
      + framework.points.map(\.id).filter { $0 != course.primary && course.gains[$0] != nil }
  }
}
