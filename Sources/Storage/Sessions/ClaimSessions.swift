public import Foundation
public import People

extension Store {
  /// Gives a teacher the sessions that were taken in a browser before signing in.
  ///
  /// The browser's token opens them no longer: the next person at a shared computer finds none.
  ///
  /// - Parameters:
  ///   - tokenHash: SHA-256 of the browser's token.
  ///   - person: the teacher.
  ///   - unclaimed: makes a hash that no token has.
  ///   - time: the time.
  /// - Returns: how many sessions there were.
  /// - Throws: the database's error if they cannot be given.
  public func claimSessions(
    tokenHash: [UInt8], for person: Person.ID, unclaimed: @escaping @Sendable () -> [UInt8],
    at time: Date
  ) async throws -> Int {
    try await commits.commit { connection in
      let rows = try connection.rows(
        """
        SELECT id FROM test_session
        WHERE token_hash = \(tokenHash) AND person IS NULL AND erased_at IS NULL
        """)
      for row in rows {
        try connection.execute(
          """
          UPDATE test_session SET person = \(person.rawValue), token_hash = \(unclaimed())
          WHERE id = \(try row.text("id"))
          """)
      }
      if !rows.isEmpty {
        try connection.audit(
          AuditEvent(
            actor: "person:\(person.rawValue)", action: "claim-sessions",
            object: "person:\(person.rawValue)", detail: "\(rows.count) sessions"), at: time)
      }
      return rows.count
    }
  }

  /// Whether a browser holds sessions that nobody has claimed.
  ///
  /// - Throws: the database's error if it cannot be read.
  public func hasUnclaimedSessions(tokenHash: [UInt8]) async throws -> Bool {
    try await engine.read { connection in
      try connection.row(
        """
        SELECT id FROM test_session
        WHERE token_hash = \(tokenHash) AND person IS NULL AND erased_at IS NULL LIMIT 1
        """) != nil
    }
  }
}
