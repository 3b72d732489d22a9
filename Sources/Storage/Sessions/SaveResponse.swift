public import Delivery
public import Foundation
public import ItemBank

extension Store {
  /// Keeps the answer to one item of the open stage.
  ///
  /// The same answer sent twice is one answer; of several the highest sequence counts.
  ///
  /// - Parameters:
  ///   - answer: the answer.
  ///   - item: the item.
  ///   - sequence: the sender's count, higher for a later answer.
  ///   - key: what opens the session.
  ///   - receivedAt: when it was received.
  ///   - bank: the bank the session is pinned to.
  /// - Returns: the session with the answer; nil if the key opens none.
  /// - Throws: ``SessionError`` if the session cannot take it, with nothing kept; the database's
  ///   error if it cannot be kept.
  public func saveResponse(
    _ answer: TestSession.Answer, to item: AssessmentItem.ID, sequence: Int, in key: SessionKey,
    receivedAt: Date, bank: Bank
  ) async throws -> TestSession? {
    try await commits.commit { connection in
      guard let stored = try StoredSession.find(key, in: connection) else { return nil }
      var session = try stored.replayed(bank: bank)
      let stage = session.currentStage?.number ?? 0
      let event = TestSession.Event.responded(item: item, answer: answer, sequence: sequence)
      if try session.apply(event, bank: bank) {
        try connection.append(event, stage: stage, to: key.id, receivedAt: receivedAt)
      }
      return session
    }
  }

  /// When the answer to an item that counts was received.
  ///
  /// - Parameters:
  ///   - item: the item.
  ///   - key: what opens the session.
  /// - Returns: nil if there is none, or the key opens no session.
  /// - Throws: the database's error if it cannot be read.
  public func answerTime(of item: AssessmentItem.ID, in key: SessionKey) async throws -> Date? {
    try await engine.read { connection in
      try connection.row(
        """
        SELECT received_at FROM session_event JOIN test_session ON test_session.id = session
        WHERE session = \(key.id.rawValue) AND kind = 'responded' AND item = \(item.rawValue)
          AND (token_hash = \(key.owner.tokenHash) OR person = \(key.owner.personColumn))
        ORDER BY sequence DESC, position DESC LIMIT 1
        """
      ).map { try Date(storedTime: try $0.text("received_at")) }
    }
  }
}
