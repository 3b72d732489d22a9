public import Foundation

/// A school term (学期): the autumn one begins on the first of August, the spring one on the first of
/// February.
public struct Term: Hashable, Sendable {
  /// Which half of the school year.
  public enum Season: String, Hashable, Sendable, CaseIterable {
    /// 春季学期.
    case spring
    /// 秋季学期.
    case autumn
  }

  /// The year in which it begins.
  public var year: Int
  /// Which half of the school year.
  public var season: Season

  /// Creates a term.
  public init(year: Int, season: Season) {
    self.year = year
    self.season = season
  }

  /// The term of a moment.
  ///
  /// January belongs to the autumn term of the year before.
  ///
  /// - Parameters:
  ///   - time: the moment.
  ///   - zone: where the schools are.
  public init(of time: Date, in zone: TimeZone) {
    let parts = Self.calendar(in: zone).dateComponents([.year, .month], from: time)
    let (year, month) = (parts.year ?? 0, parts.month ?? 1)
    self.init(
      year: month == 1 ? year - 1 : year, season: (2...7).contains(month) ? .spring : .autumn)
    self.zone = zone
  }

  /// Where its days begin.
  private var zone = TimeZone.gmt

  /// How it is stored: `2026-autumn`.
  public var name: String { "\(year)-\(season.rawValue)" }

  /// When it begins.
  public var start: Date {
    let day = DateComponents(year: year, month: season == .spring ? 2 : 8, day: 1)
    return Self.calendar(in: zone).date(from: day) ?? .distantPast
  }

  /// Reads a stored name; nil if it is none.
  public init?(name: String) {
    let parts = name.split(separator: "-")
    guard parts.count == 2, let year = Int(parts[0]),
      let season = Season(rawValue: String(parts[1]))
    else { return nil }
    self.init(year: year, season: season)
  }

  private static func calendar(in zone: TimeZone) -> Calendar {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    return calendar
  }
}
