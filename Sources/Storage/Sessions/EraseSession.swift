import Delivery
public import Foundation
import People

extension Store {
  /// Erases the link between a session and whoever took it.
  ///
  /// The token opens nothing any more; school stage, subject, device, result and plans are deleted. The
  /// answers stay under a new random name, without any way back to a person or to the number the
  /// person was told, because item parameters are estimated from them.
  ///
  /// - Parameters:
  ///   - key: what opens the session.
  ///   - erasedAt: the time.
  ///   - unknown: makes the random name under which the answers stay.
  /// - Returns: whether there was such a session.
  /// - Throws: the database's error if it cannot be erased.
  public func eraseSession(
    _ key: SessionKey, erasedAt: Date, as unknown: @escaping @Sendable () -> String
  ) async throws -> Bool {
    try await commits.commit { connection in
      guard try connection.knows(key) else { return false }
      try connection.erase(key.id.rawValue, as: unknown, at: erasedAt)
      return true
    }
  }

  /// Erases every session of whoever a session belongs to, as ``eraseSession(_:erasedAt:as:)`` erases
  /// one: all of the teacher's, on whatever device, or all of the browser's; never both, for a
  /// browser may be shared.
  ///
  /// - Parameters:
  ///   - key: what opens one of them.
  ///   - erasedAt: the time.
  ///   - unknown: makes the random name under which the answers stay.
  /// - Returns: whose they were; nil if the key opens none.
  /// - Throws: the database's error if they cannot be erased; none is then erased.
  public func eraseSessions(
    beside key: SessionKey, erasedAt: Date, as unknown: @escaping @Sendable () -> String
  ) async throws -> ErasedOwner? {
    try await commits.commit { connection in
      guard try connection.knows(key) else { return nil }
      if let person = key.owner.person,
        try connection.sessions(of: person).contains(key.id.rawValue)
      {
        let count = try connection.eraseSessions(of: person, as: unknown, at: erasedAt)
        try connection.audit(
          AuditEvent(
            actor: "person:\(person.rawValue)", action: "erase-sessions",
            object: "person:\(person.rawValue)", detail: "\(count) sessions"), at: erasedAt)
        return .person
      }
      let rows = try connection.rows(
        "SELECT id FROM test_session WHERE token_hash = \(key.owner.tokenHash)")
      for row in rows { try connection.erase(try row.text("id"), as: unknown, at: erasedAt) }
      return .browser
    }
  }
}

/// Whose sessions were erased.
public enum ErasedOwner: Hashable, Sendable {
  /// Those of a teacher.
  case person
  /// Those of a browser that nobody was signed in at.
  case browser
}

extension SQLiteConnection {
  /// The identifiers of a person's sessions.
  func sessions(of person: Person.ID) throws -> [String] {
    try rows("SELECT id FROM test_session WHERE person = \(person.rawValue)")
      .map { try $0.text("id") }
  }

  /// Erases all sessions of a person.
  ///
  /// - Returns: how many.
  func eraseSessions(of person: Person.ID, as unknown: () -> String, at time: Date) throws -> Int {
    let sessions = try sessions(of: person)
    for session in sessions { try erase(session, as: unknown, at: time) }
    return sessions.count
  }

  fileprivate func knows(_ key: SessionKey) throws -> Bool {
    try row(
      """
      SELECT id FROM test_session
      WHERE id = \(key.id.rawValue)
        AND (token_hash = \(key.owner.tokenHash) OR person = \(key.owner.personColumn))
      """) != nil
  }

  /// Moves the answers of a session to a name that nobody knows, and deletes all the rest.
  ///
  /// Sessions that go on from it go with it: without it nothing of them could be told again.
  func erase(_ session: String, as unknown: () -> String, at time: Date) throws {
    for row in try rows("SELECT id FROM test_session WHERE continues = \(session)") {
      try erase(try row.text("id"), as: unknown, at: time)
    }
    let unknown = unknown()
    try execute(
      """
      INSERT INTO test_session
        (id, token_hash, test, bank_version, environment, programme, seed, form, started_at,
         finished_at, erased_at)
      SELECT \(unknown), NULL, test, bank_version, environment, programme, seed, form, started_at,
        finished_at, \(time.storedTime)
      FROM test_session WHERE id = \(session)
      """)
    try execute(
      """
      INSERT INTO session_event
        (session, position, kind, stage, item, sequence, response, is_unsure, received_at)
      SELECT \(unknown), position, kind, stage, item, sequence, response, is_unsure, received_at
      FROM session_event WHERE session = \(session)
      """)
    try execute(
      """
      INSERT INTO stage_selection (session, stage, form, selected_at)
      SELECT \(unknown), stage, form, selected_at FROM stage_selection WHERE session = \(session)
      """)
    try execute(
      """
      DELETE FROM plan_sheet
      WHERE plan IN (SELECT id FROM study_plan WHERE session = \(session))
      """)
    try execute(
      """
      DELETE FROM study_plan_version
      WHERE plan IN (SELECT id FROM study_plan WHERE session = \(session))
      """)
    try execute("DELETE FROM study_plan WHERE session = \(session)")
    try execute("DELETE FROM answer_sheet WHERE session = \(session)")
    try execute("DELETE FROM session_need WHERE session = \(session)")
    try execute("DELETE FROM session_result WHERE session = \(session)")
    try execute("DELETE FROM session_event WHERE session = \(session)")
    try execute("DELETE FROM stage_selection WHERE session = \(session)")
    try execute("DELETE FROM test_session WHERE id = \(session)")
  }
}
