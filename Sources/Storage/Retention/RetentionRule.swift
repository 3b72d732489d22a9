public import Foundation

/// How long a person's name stays beside what they did.
///
/// A programme runs for a cycle of years; a year of grace follows for questions and corrections.
/// The audit log is not shortened at all: what is in it holds no names.
public struct RetentionRule: Hashable, Sendable {
  /// The length of a programme's cycle in years (能力提升工程: five).
  public var cycleYears: Int
  /// The years after the end of a cycle, or after somebody has left.
  public var graceYears: Int

  /// Creates a rule.
  ///
  /// - Parameters:
  ///   - cycleYears: the length of a cycle, at least one year.
  ///   - graceYears: the years after it.
  public init(cycleYears: Int = 5, graceYears: Int = 1) {
    precondition(cycleYears >= 1 && graceYears >= 0, "A retention rule counts whole years.")
    self.cycleYears = cycleYears
    self.graceYears = graceYears
  }

  /// The moments before which something has been kept long enough.
  public struct Limits: Hashable, Sendable {
    /// Whoever left before loses the name.
    public var left: Date
    /// Whoever was last active before loses the name; older sessions lose their link.
    public var active: Date
  }

  /// The limits as of a moment, in whole calendar years of UTC.
  public func limits(at time: Date) -> Limits {
    Limits(
      left: Self.date(years: graceYears, before: time),
      active: Self.date(years: cycleYears + graceYears, before: time))
  }

  private static func date(years: Int, before time: Date) -> Date {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    // The calendar always has an answer; whole leap years would only keep a little longer.
    return calendar.date(byAdding: .year, value: -years, to: time)
      ?? time.addingTimeInterval(-Double(years) * 366 * 86_400)
  }
}

/// What retention did, or in a dry run would do.
public struct RetentionOutcome: Hashable, Sendable, Codable {
  /// Persons whose name, number and group were taken out.
  public var persons: Int
  /// Sessions whose link to somebody was erased; their answers stay under random names.
  public var sessions: Int
  /// Invitations that can no longer be used.
  public var invitations: Int
  /// Activation codes that can no longer be used.
  public var codes: Int
  /// Sign-ins that have run out.
  public var signIns: Int

  /// Whether there was anything to do.
  public var isEmpty: Bool { persons + sessions + invitations + codes + signIns == 0 }

  /// What the audit log says of it.
  var detail: String {
    "persons \(persons); sessions \(sessions); invitations \(invitations); codes \(codes); "
      + "sign-ins \(signIns)"
  }

  static let nothing = RetentionOutcome(
    persons: 0, sessions: 0, invitations: 0, codes: 0, signIns: 0)

  static func + (left: RetentionOutcome, right: RetentionOutcome) -> RetentionOutcome {
    RetentionOutcome(
      persons: left.persons + right.persons, sessions: left.sessions + right.sessions,
      invitations: left.invitations + right.invitations, codes: left.codes + right.codes,
      signIns: left.signIns + right.signIns)
  }
}
