public import Delivery
public import Foundation
public import ItemBank

/// What somebody was told the time before.
public struct EarlierResult: Sendable {
  /// The session.
  public var id: TestSession.ID
  /// The environment it was taken for.
  public var start: TestSession.Start
  /// When it was finished.
  public var finishedAt: Date
  /// What was told.
  public var result: TestResult
  /// The items it was told from.
  public var items: Set<AssessmentItem.ID>
}

extension Store {
  /// The newest result of the same test that the owner of a session had before it.
  ///
  /// Those that it goes on from are part of it and do not count.
  ///
  /// - Parameter key: what opens the later session.
  /// - Returns: nil if it is the first, or if the key opens none.
  /// - Throws: the database's error if it cannot be read.
  public func resultBefore(_ key: SessionKey) async throws -> EarlierResult? {
    try await engine.read { connection in
      let owner = key.owner
      guard
        let row = try connection.row(
          """
          SELECT id, test, bank_version, environment, school_stage, subject, programme, seed, form,
            started_at, test_session.finished_at AS finished_at, self_rating, continues, expectation,
            paper_form, device, body
          FROM test_session JOIN session_result ON session = id
          WHERE (token_hash = \(owner.tokenHash) OR person = \(owner.personColumn))
            AND erased_at IS NULL AND id NOT IN (
              WITH RECURSIVE chain (id) AS (
                SELECT \(key.id.rawValue)
                UNION SELECT continues FROM test_session JOIN chain USING (id)
                  WHERE continues IS NOT NULL)
              SELECT id FROM chain)
            AND test = (SELECT test FROM test_session WHERE id = \(key.id.rawValue))
            AND test_session.finished_at <= (SELECT finished_at FROM test_session
              WHERE id = \(key.id.rawValue)
                AND (token_hash = \(owner.tokenHash) OR person = \(owner.personColumn)))
          ORDER BY test_session.finished_at DESC, id LIMIT 1
          """)
      else { return nil }
      let stored = try StoredSession(row: row, connection: connection)
      guard let finishedAt = stored.finishedAt else { return nil }
      return EarlierResult(
        id: stored.id, start: stored.start, finishedAt: finishedAt,
        result: try ResultRecord(json: try row.text("body")).result(),
        items: try connection.givenItems(in: stored))
    }
  }
}
