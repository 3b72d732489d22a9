/// A day of the calendar, without a time or a zone.
public struct CalendarDay: Hashable, Sendable, Comparable {
  /// The year.
  public var year: Int
  /// The month, 1…12.
  public var month: Int
  /// The day of the month, from 1.
  public var day: Int

  /// Creates a day; nil if the calendar has no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.length(ofMonth: month, year: year)
    else { return nil }
    self.init(checkedYear: year, month: month, day: day)
  }

  /// Reads a day written `2026-11-26`; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.map(\.count) == [4, 2, 2] else { return nil }
    // `Int` also reads a sign, which no date has.
    guard parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }) else { return nil }
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == 3 else { return nil }
    self.init(year: numbers[0], month: numbers[1], day: numbers[2])
  }

  private init(checkedYear: Int, month: Int, day: Int) {
    year = checkedYear
    self.month = month
    self.day = day
  }

  /// The same day a number of months later, or earlier for a number below 0.
  ///
  /// Where that month is shorter, its last day.
  public func adding(months: Int) -> CalendarDay {
    let total = 12 * year + month - 1 + months
    let (year, month) = (total / 12, total % 12 + 1)
    return CalendarDay(
      checkedYear: year, month: month,
      day: min(day, Self.length(ofMonth: month, year: year)))
  }

  /// The whole months from this month to another, days left aside.
  public func months(to other: CalendarDay) -> Int {
    12 * (other.year - year) + other.month - month
  }

  /// Whether a day comes before another.
  public static func < (first: CalendarDay, second: CalendarDay) -> Bool {
    (first.year, first.month, first.day) < (second.year, second.month, second.day)
  }

  private static func length(ofMonth month: Int, year: Int) -> Int {
    let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }
}

extension CalendarDay: CustomStringConvertible {
  /// The day as `2026-11-26`.
  public var description: String {
    let year = String(repeating: "0", count: max(0, 4 - "\(self.year)".count)) + "\(self.year)"
    return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }
}
