import Courses
import Foundation

extension TimeZone {
  /// Where the teachers are: the product serves one time zone, China's.
  static var served: TimeZone { TimeZone(secondsFromGMT: 8 * 3600) ?? .gmt }
}

extension Calendar {
  /// The calendar by which days and times are read and shown.
  static var served: Calendar {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .served
    return calendar
  }
}

extension CalendarDay {
  /// The day of a moment where the teachers are.
  init(_ date: Date) {
    let parts = Calendar.served.dateComponents([.year, .month, .day], from: date)
    guard
      let day = CalendarDay(
        year: parts.year ?? 1, month: parts.month ?? 1, day: parts.day ?? 1)
    else { preconditionFailure("the calendar's own day is a day") }
    self = day
  }
}
