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
}
