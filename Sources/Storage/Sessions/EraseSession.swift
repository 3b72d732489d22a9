import Delivery
public import Foundation

extension Store {
  /// Erases the link between a session and whoever took it: the token opens nothing any more, the
  /// school stage and subject are removed, and plans are deleted.
  ///
  /// The answers stay, without any way back to a person, because item parameters are estimated from
  /// them.
  ///
  /// - Parameters:
  ///   - key: what opens the session.
  ///   - erasedAt: the time.
  /// - Returns: whether there was such a session.
  /// - Throws: the database's error if it cannot be erased.
  public func eraseSession(_ key: SessionKey, erasedAt: Date) async throws -> Bool {
    try await commits.commit { connection in
      let erased = try connection.execute(
        """
        UPDATE test_session
        SET token_hash = NULL, school_stage = NULL, subject = NULL,
          erased_at = \(erasedAt.storedTime)
        WHERE id = \(key.id.rawValue) AND token_hash = \(key.tokenHash)
        """)
      guard erased == 1 else { return false }
      try connection.execute(
        """
        DELETE FROM study_plan_version
        WHERE plan IN (SELECT id FROM study_plan WHERE session = \(key.id.rawValue))
        """)
      try connection.execute("DELETE FROM study_plan WHERE session = \(key.id.rawValue)")
      return true
    }
  }
}
