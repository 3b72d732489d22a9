public import Delivery
public import Foundation
public import ItemBank

extension Store {
  /// The highest sequence that is taken from outside: what a browser's numbers hold exactly, with
  /// room above it.
  public static let highestSequence = 1 << 52

  /// Keeps the answers of a stage and, if asked, closes it; before the last stage what comes next is
  /// chosen and kept, with the last stage the result.
  ///
  /// One transaction: all of it or nothing.
  ///
  /// - Parameters:
  ///   - number: the stage, from 1.
  ///   - changes: the answers that differ from what the sender was shown.
  ///   - sequence: the highest sequence the sender knows of; the changes come after it, so that an
  ///     answer that was sent before and arrives later does not overturn them.
  ///   - closes: whether the stage is submitted, or its answers only saved.
  ///   - key: what opens the session.
  ///   - receivedAt: when it was received.
  ///   - bank: the bank the session is pinned to.
  /// - Returns: the session afterwards; nil if the key opens none.
  /// - Throws: ``SessionError`` if the session cannot take it, with nothing kept; the database's
  ///   error if it cannot be kept.
  public func submitStage(
    _ number: Int, changes: [AssessmentItem.ID: TestSession.Answer],
    after sequence: Int, closes: Bool,
    in key: SessionKey, receivedAt: Date, bank: Bank
  ) async throws -> TestSession? {
    try await commits.commit { connection in
      guard let stored = try StoredSession.find(key, in: connection) else { return nil }
      var session = try stored.replayed(bank: bank)
      try session.checkOpen(number)
      let next = max(session.lastSequence, min(sequence, Self.highestSequence)) + 1
      for (item, answer) in changes.sorted(by: { $0.key.rawValue < $1.key.rawValue })
      where session.answers[item] != answer {
        let event = TestSession.Event.responded(item: item, answer: answer, sequence: next)
        try session.apply(event, bank: bank)
        try connection.append(event, stage: number, to: key.id, receivedAt: receivedAt)
      }
      guard closes else { return session }
      try session.apply(.stageSubmitted(number), bank: bank)
      try connection.append(
        .stageSubmitted(number), stage: number, to: key.id, receivedAt: receivedAt)
      if session.state == .closed {
        try connection.close(session, id: key.id, finishedAt: receivedAt, bank: bank)
      } else if bank.blueprint(of: session.start.test)?.selection != nil {
        let test = session.start.test
        let selected = session.selectedStages(
          bank: bank, exposure: try connection.exposure(of: test),
          avoiding: try connection.seenItems(of: key.owner, in: test, except: key.id))
        if let selected {
          try session.apply(.stagesSelected(selected), bank: bank)
          try connection.append(
            .stagesSelected(selected), stage: number + 1, to: key.id, receivedAt: receivedAt)
        }
      }
      return session
    }
  }
}

extension SQLiteConnection {
  fileprivate func close(
    _ session: TestSession, id: TestSession.ID, finishedAt: Date, bank: Bank
  ) throws {
    guard let result = session.result(bank: bank) else {
      throw StoreError.unreadable(table: "publication")
    }
    let body = try ResultRecord(result).json()
    let time = finishedAt.storedTime
    try execute("UPDATE test_session SET finished_at = \(time) WHERE id = \(id.rawValue)")
    try execute(
      """
      INSERT INTO session_result (session, body, finished_at)
      VALUES (\(id.rawValue), \(body), \(time))
      """)
  }
}
