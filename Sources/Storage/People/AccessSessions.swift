public import Foundation
public import People

/// Somebody who is signed in.
public struct SignedIn: Hashable, Sendable {
  /// Who.
  public enum Who: Hashable, Sendable {
    /// A teacher.
    case person(Person)
    /// Staff.
    case account(StaffAccount)
  }

  /// Who.
  public var who: Who

  /// Creates a signed-in teacher or member of staff.
  public init(_ who: Who) {
    self.who = who
  }

  /// What the policy is asked about.
  public var actor: Actor {
    switch who {
    case .person(let person): Actor(person: person.id)
    case .account(let account): Actor(grants: [account.grant])
    }
  }

  /// How the audit log names them.
  public var auditName: String {
    switch who {
    case .person(let person): "person:\(person.id.rawValue)"
    case .account(let account): "account:\(account.id.rawValue)"
    }
  }
}

/// How long somebody stays signed in.
public struct AccessLimits: Hashable, Sendable {
  /// How long without a request.
  public var idle: TimeInterval
  /// How long in all.
  public var absolute: TimeInterval

  /// Teachers: eight hours without a request, thirty days in all.
  public static let teacher = AccessLimits(idle: 8 * 3600, absolute: 30 * 86_400)
  /// Staff: half an hour without a request, twelve hours in all.
  public static let staff = AccessLimits(idle: 1800, absolute: 12 * 3600)
}

extension Store {
  /// Finds out who a token signs in.
  ///
  /// - Parameters:
  ///   - tokenHash: SHA-256 of the token.
  ///   - time: the time.
  /// - Returns: nil if nobody, or not any more.
  /// - Throws: the database's error if it cannot be read.
  public func signedIn(tokenHash: [UInt8], at time: Date) async throws -> SignedIn? {
    let found: (SignedIn, Date)? = try await engine.read { connection in
      guard
        let row = try connection.row(
          """
          SELECT person, account, started_at, seen_at FROM access_session
          WHERE token_hash = \(tokenHash)
          """)
      else { return nil }
      let started = try Date(storedTime: try row.text("started_at"))
      let seen = try Date(storedTime: try row.text("seen_at"))
      let person = try row.optionalText("person")
      let limits = person == nil ? AccessLimits.staff : .teacher
      guard time < seen + limits.idle, time < started + limits.absolute else { return nil }
      if let person { return try connection.person(person).map { (SignedIn(.person($0)), seen) } }
      let account = try connection.row(
        """
        SELECT id, login, name, role, unit, teaching_group, closed_at FROM staff_account
        WHERE id = \(try row.optionalText("account")) AND closed_at IS NULL
        """)
      return try account.map { (SignedIn(.account(try StaffAccount(row: $0))), seen) }
    }
    guard let (signedIn, seen) = found else { return nil }
    // Once a minute is enough to know whether somebody is still there.
    if time > seen + 60 {
      try await commits.commit { connection in
        _ = try connection.execute(
          """
          UPDATE access_session SET seen_at = \(time.storedTime)
          WHERE token_hash = \(tokenHash) AND seen_at < \(time.storedTime)
          """)
      }
    }
    return signedIn
  }

  /// Ends what a token opened.
  ///
  /// - Throws: the database's error if it cannot be kept.
  public func signOut(tokenHash: [UInt8]) async throws {
    try await commits.commit { connection in
      _ = try connection.execute("DELETE FROM access_session WHERE token_hash = \(tokenHash)")
    }
  }
}

extension SQLiteConnection {
  func person(_ id: String) throws -> Person? {
    try row(
      """
      SELECT person.id AS id, person.unit AS unit, staff_number, person.name AS name, school_stage,
        subject, teaching_group.name AS group_name, is_near_retirement, source_id, has_left
      FROM person LEFT JOIN teaching_group ON teaching_group.id = teaching_group
      WHERE person.id = \(id) AND has_left = 0
      """
    ).map(Person.init(row:))
  }
}
