import Delivery
public import Foundation
public import People

extension Store {
  /// Erases what a teacher did: sessions, results and plans; and ends the account.
  ///
  /// The answers stay under random names, as ``eraseSession(_:erasedAt:as:)`` says. The line in the
  /// school's roster stays, because it is the school's; a new activation code opens the account
  /// again, empty.
  ///
  /// - Parameters:
  ///   - person: the teacher.
  ///   - time: the time.
  ///   - unknown: makes the random names under which the answers stay.
  /// - Throws: the database's error if it cannot be erased; nothing is then.
  public func eraseRecord(
    of person: Person.ID, at time: Date, as unknown: @escaping @Sendable () -> String
  ) async throws {
    try await commits.commit { connection in
      let count = try connection.eraseSessions(of: person, as: unknown, at: time)
      try connection.endAccess(of: person)
      try connection.execute("UPDATE person SET notice_at = NULL WHERE id = \(person.rawValue)")
      try connection.audit(
        AuditEvent(
          actor: "person:\(person.rawValue)", action: "erase-record",
          object: "person:\(person.rawValue)", detail: "\(count) sessions"), at: time)
    }
  }

  /// The sessions of a teacher, the newest first.
  ///
  /// - Throws: the database's error if they cannot be read.
  public func sessions(of person: Person.ID) async throws -> [StoredSession] {
    try await engine.read { connection in
      try connection.rows(
        """
        SELECT id, test, bank_version, environment, school_stage, subject, programme, seed, form,
          started_at, finished_at, self_rating, continues, expectation, paper_form, device
        FROM test_session WHERE person = \(person.rawValue) AND erased_at IS NULL
        ORDER BY started_at DESC, id
        """
      ).map { try StoredSession(row: $0, connection: connection) }
    }
  }
}
