import Courses

/// The rules on hours as plain numbers, for the search.
struct HourBounds {
  private let hours: ProgrammeRules.HoursRange
  private let online: ProgrammeRules.HoursRange
  private let practice: ProgrammeRules.HoursRange
  private let video: ProgrammeRules.HoursRange?
  private let share: ProgrammeRules.PracticeShare?

  init(_ rules: ProgrammeRules) {
    hours = rules.hours
    online = rules.online
    practice = rules.practice
    video = rules.video
    share = rules.practiceShare
  }

  /// By how many hours the rules are broken, all together.
  @inline(__always)
  func violation(_ total: Double, _ ofOnline: Double, _ ofVideo: Double) -> Double {
    var sum =
      distance(total, hours) + distance(ofOnline, online) + distance(total - ofOnline, practice)
    if let video { sum += distance(ofVideo, video) }
    if let share { sum += share.missing(hours: total, practice: total - ofOnline) }
    return sum
  }

  @inline(__always)
  private func distance(_ hours: Double, _ range: ProgrammeRules.HoursRange) -> Double {
    if hours < range.minimum { return range.minimum - hours }
    if let maximum = range.maximum, hours > maximum { return hours - maximum }
    return 0
  }
}
