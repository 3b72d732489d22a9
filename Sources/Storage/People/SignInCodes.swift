public import Foundation
public import People

/// A code that was made for a person, to be printed once and kept nowhere.
public struct IssuedCode: Hashable, Sendable {
  /// For whom.
  public var person: Person
  /// The keyed hash of the code.
  public var hash: [UInt8]

  /// Creates an issued code.
  public init(person: Person, hash: [UInt8]) {
    self.person = person
    self.hash = hash
  }
}

extension Store {
  /// Keeps new activation codes; older ones of the same persons open nothing any more.
  ///
  /// Whoever already signs in with a personal code keeps it until the new code is used.
  ///
  /// - Parameters:
  ///   - codes: the codes.
  ///   - expiresAt: until when they can be used.
  ///   - unit: the school, for the audit log.
  ///   - actor: who asks, for the audit log.
  ///   - time: the time.
  /// - Throws: the database's error if they cannot be kept.
  public func issueCodes(
    _ codes: [IssuedCode], expiresAt: Date, of unit: AdministrativeUnit.ID, actor: String,
    at time: Date
  ) async throws {
    try await commits.commit { connection in
      for code in codes {
        try connection.keepCode(
          code.hash, kind: "activation", of: code.person.id, at: time, expiresAt: expiresAt)
      }
      try connection.audit(
        AuditEvent(
          actor: actor, action: "issue-codes", object: "unit:\(unit.rawValue)",
          detail: "\(codes.count) codes"), at: time)
    }
  }

  /// Finds the person an activation code is for, without using it up.
  ///
  /// - Parameters:
  ///   - hash: the keyed hash of school code and activation code.
  ///   - time: the time; a code that has expired is for nobody.
  /// - Returns: nil if the code is for nobody.
  /// - Throws: the database's error if it cannot be read.
  public func person(activationHash hash: [UInt8], at time: Date) async throws -> Person? {
    try await engine.read { try $0.person(codeHash: hash, kind: "activation", at: time) }
  }

  /// Uses an activation code up: the person gets a personal code and is signed in.
  ///
  /// - Parameters:
  ///   - hash: the keyed hash of school code and activation code.
  ///   - personalHash: the keyed hash of the new personal code.
  ///   - tokenHash: SHA-256 of the token that shall be signed in.
  ///   - time: the time, also of having read the notice.
  /// - Returns: nil if the code is unknown, used or expired, and nothing was kept.
  /// - Throws: the database's error if it cannot be kept.
  public func activate(
    _ hash: [UInt8], personalHash: [UInt8], tokenHash: [UInt8], at time: Date
  ) async throws -> Person? {
    try await commits.commit { connection in
      guard let person = try connection.person(codeHash: hash, kind: "activation", at: time) else {
        return nil
      }
      try connection.endAccess(of: person.id)
      try connection.keepCode(
        personalHash, kind: "personal", of: person.id, at: time, expiresAt: nil)
      try connection.execute(
        "UPDATE person SET notice_at = \(time.storedTime) WHERE id = \(person.id.rawValue)")
      try connection.startAccess(tokenHash, person: person.id, account: nil, at: time)
      try connection.audit(
        AuditEvent(
          actor: "person:\(person.id.rawValue)", action: "activate",
          object: "person:\(person.id.rawValue)"), at: time)
      return person
    }
  }

  /// Signs a teacher in with a personal code.
  ///
  /// - Parameters:
  ///   - hash: the keyed hash of school code and personal code.
  ///   - tokenHash: SHA-256 of the token that shall be signed in.
  ///   - time: the time.
  /// - Returns: nil if there is no such code.
  /// - Throws: the database's error if it cannot be kept.
  public func signIn(
    personalHash hash: [UInt8], tokenHash: [UInt8], at time: Date
  ) async throws -> Person? {
    try await commits.commit { connection in
      guard let person = try connection.person(codeHash: hash, kind: "personal", at: time) else {
        return nil
      }
      try connection.startAccess(tokenHash, person: person.id, account: nil, at: time)
      return person
    }
  }
}

extension SQLiteConnection {
  func keepCode(
    _ hash: [UInt8], kind: String, of person: Person.ID, at time: Date, expiresAt: Date?
  ) throws {
    try execute(
      """
      INSERT INTO sign_in_code (person, kind, hash, made_at, expires_at)
      VALUES (\(person.rawValue), \(kind), \(hash), \(time.storedTime), \(expiresAt?.storedTime))
      ON CONFLICT (person, kind) DO UPDATE SET hash = excluded.hash, made_at = excluded.made_at,
        expires_at = excluded.expires_at
      """)
  }

  fileprivate func person(
    codeHash hash: [UInt8], kind: String, at time: Date
  ) throws -> Person? {
    try row(
      """
      SELECT person.id AS id, person.unit AS unit, staff_number, person.name AS name, school_stage,
        subject, teaching_group.name AS group_name, is_near_retirement, source_id, has_left
      FROM sign_in_code JOIN person ON person.id = person
        LEFT JOIN teaching_group ON teaching_group.id = teaching_group
      WHERE hash = \(hash) AND sign_in_code.kind = \(kind) AND has_left = 0
        AND (expires_at IS NULL OR expires_at > \(time.storedTime))
      """
    ).map(Person.init(row:))
  }

  func startAccess(
    _ tokenHash: [UInt8], person: Person.ID?, account: StaffAccount.ID?, at time: Date
  ) throws {
    try execute(
      """
      INSERT INTO access_session (token_hash, person, account, started_at, seen_at)
      VALUES (\(tokenHash), \(person?.rawValue), \(account?.rawValue), \(time.storedTime),
        \(time.storedTime))
      """)
  }
}
