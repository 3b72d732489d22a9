public import Competency
public import Delivery
public import Foundation
import ItemBank

extension Store {
  /// Keeps a new session.
  ///
  /// - Parameters:
  ///   - key: its identifier, and whose it shall be: a teacher's if one is signed in, else of the
  ///     browser that holds the token.
  ///   - session: the session with its form.
  ///   - device: on what kind of device it is begun; nil if that is not known.
  ///   - selfRating: at which level, from 0, the teacher thinks to be in each dimension.
  ///   - startedAt: the time.
  ///   - unclaimed: a hash that no token has, kept in the token's place for a teacher's session.
  /// - Throws: the database's error if it cannot be kept.
  public func startSession(
    _ key: SessionKey, session: TestSession, device: DeviceClass? = nil,
    selfRating: [Competency.Dimension.ID: Int] = [:],
    startedAt: Date, unclaimed: [UInt8]
  ) async throws {
    // A teacher's own session opens to nobody else at the same computer.
    let tokenHash = key.owner.person == nil ? key.owner.tokenHash : unclaimed
    let start = session.start
    let form = try FormRecord(session.stages).json()
    let rating = try SelfRatingRecord(selfRating).json()
    try await commits.commit { connection in
      try connection.execute(
        """
        INSERT INTO test_session
          (id, token_hash, test, bank_version, environment, school_stage, subject, programme, seed, form,
           started_at, person, self_rating, device)
        VALUES
          (\(key.id.rawValue), \(tokenHash), \(start.test.rawValue),
           \(start.bankVersion.rawValue), \(start.environment.rawValue), \(start.schoolStage),
           \(start.subject), \(start.programme), \(Int64(bitPattern: start.seed)), \(form),
           \(startedAt.storedTime), \(key.owner.personColumn), \(rating), \(device?.rawValue))
        """)
      return
    }
  }
}
