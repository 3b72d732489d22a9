public import Courses

/// When the courses of a plan are done: one after the other, at an even pace.
public enum StudySchedule {
  /// The order in which courses are taken: what comes before another first, and all online courses
  /// before the others where a programme asks for that.
  ///
  /// - Parameters:
  ///   - courses: the courses, the most useful first; that order is kept where nothing stands
  ///     against it.
  ///   - isOnlineFirst: whether practice begins when the online courses are done.
  /// - Returns: the same courses. A prerequisite that is not among them, or a circle of them, holds
  ///   nothing up.
  public static func order(_ courses: [Course], isOnlineFirst: Bool) -> [Course] {
    let wanted =
      isOnlineFirst
      ? courses.filter { $0.mode == .online } + courses.filter { $0.mode != .online } : courses
    var ordered: [Course] = []
    var rest = wanted
    while !rest.isEmpty {
      let waiting = Set(rest.map(\.id))
      let next =
        rest.firstIndex { course in course.prerequisite.map { !waiting.contains($0) } ?? true } ?? 0
      ordered.append(rest.remove(at: next))
    }
    return ordered
  }

  /// The day by which each course is done.
  ///
  /// - Parameters:
  ///   - hours: the credit hours of each course, in the order they are taken, each above 0.
  ///   - start: the first day.
  ///   - end: the last day, not before the first.
  /// - Returns: one day for each course, never going back; the last is ``end``.
  /// - Precondition: the end does not lie before the start.
  public static func dueDays(
    hours: [Double], from start: StudyDay, through end: StudyDay
  ) -> [StudyDay] {
    precondition(start <= end, "a plan does not end before it begins")
    let total = hours.reduce(0, +)
    let days = Double(end.number - start.number + 1)
    var done = 0.0
    return hours.map { hours in
      done += hours
      let share = total > 0 ? done / total : 1
      // A little less, so that rounding never adds a day.
      let day = Int((share * days - 1e-9).rounded(.up))
      return StudyDay(number: start.number + min(max(day, 1), Int(days)) - 1)
    }
  }
}
