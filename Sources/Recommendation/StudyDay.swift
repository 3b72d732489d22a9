/// A day of the calendar, without a time of day.
public struct StudyDay: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01.
  public var number: Int

  /// Wraps a number of days since 1970-01-01.
  public init(number: Int) { self.number = number }

  /// A day of the Gregorian calendar; nil if there is none.
  ///
  /// - Parameters:
  ///   - year: 1900 to 2199.
  ///   - month: 1 to 12.
  ///   - day: from 1.
  public init?(year: Int, month: Int, day: Int) {
    guard (1900..<2200).contains(year), (1...12).contains(month), (1...31).contains(day) else {
      return nil
    }
    // Years begin in March here, so that the leap day is the last of its year.
    let shifted = month > 2 ? year : year - 1
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    self.init(number: era * 146_097 + dayOfEra - 719_468)
    // The thirtieth of February has become a day of March.
    guard self.month == month, self.day == day else { return nil }
  }

  /// Reads a day as a person writes it: `2026-09-01`, `2026/9/1`, `2026.9.1` or `2026年9月1日`, also
  /// in full-width digits; nil for anything else.
  public init?(_ text: some StringProtocol) {
    let narrow = text.unicodeScalars.map { scalar in
      (0xFF01...0xFF5E).contains(scalar.value)
        ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
    }
    var parts: [String] = [""]
    for scalar in narrow {
      if "-/.年月".unicodeScalars.contains(scalar) {
        parts.append("")
      } else if !" 日\t".unicodeScalars.contains(scalar) {
        parts[parts.count - 1].unicodeScalars.append(scalar)
      }
    }
    let numbers = parts.map { Int($0) }
    guard parts.count == 3, let year = numbers[0], let month = numbers[1], let day = numbers[2]
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// The year.
  public var year: Int { civil.year }
  /// The month, from 1.
  public var month: Int { civil.month }
  /// The day of the month, from 1.
  public var day: Int { civil.day }

  /// The day as ISO 8601 writes it.
  public var iso: String {
    let civil = civil
    let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    return "\(civil.year)-\(two(civil.month))-\(two(civil.day))"
  }

  private var civil: (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marched = (5 * dayOfYear + 2) / 153
    let month = marched < 10 ? marched + 3 : marched - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marched + 2) / 5 + 1
    )
  }

  /// Whether a day lies before another.
  public static func < (first: StudyDay, second: StudyDay) -> Bool {
    first.number < second.number
  }
}
