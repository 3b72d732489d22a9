import Competency
public import Delivery
public import Foundation
import ItemBank

extension Store {
  /// Keeps a new session.
  ///
  /// - Parameters:
  ///   - key: its identifier, and the hash of the token that shall open it.
  ///   - session: the session with its form.
  ///   - startedAt: the time.
  /// - Throws: the database's error if it cannot be kept.
  public func startSession(
    _ key: SessionKey, session: TestSession, startedAt: Date
  ) async throws {
    let start = session.start
    let form = try FormRecord(session.stages).json()
    try await commits.commit { connection in
      try connection.execute(
        """
        INSERT INTO test_session
          (id, token_hash, test, bank_version, environment, school_stage, subject, programme, seed, form,
           started_at)
        VALUES
          (\(key.id.rawValue), \(key.tokenHash), \(start.test.rawValue),
           \(start.bankVersion.rawValue), \(start.environment.rawValue), \(start.schoolStage),
           \(start.subject), \(start.programme), \(Int64(bitPattern: start.seed)), \(form),
           \(startedAt.storedTime))
        """)
      return
    }
  }
}
