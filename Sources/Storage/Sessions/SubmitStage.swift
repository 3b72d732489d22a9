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
    let submission = Submission(
      number: number, changes: changes, after: sequence, closes: closes, key: key, bank: bank)
    // What comes next takes milliseconds to choose: it is chosen before the transaction, on any
    // thread, and counts if the session is by then what it was chosen for.
    let foreseen = try await foreseenStages(after: submission)
    return try await commits.commit { connection in
      var session: TestSession
      let events: [TestSession.Event]
      let selected: [Stage]?
      if let foreseen, try foreseen.stored.isCurrent(for: key, in: connection) {
        (session, events, selected) = (foreseen.session, foreseen.events, foreseen.stages)
      } else {
        guard let stored = try StoredSession.find(key, in: connection) else { return nil }
        session = try stored.replayed(bank: bank)
        events = try submission.apply(to: &session)
        selected =
          closes && session.state != .closed
          ? try connection.selectedStages(of: session, for: key, bank: bank) : nil
      }
      for event in events {
        try connection.append(event, stage: number, to: key.id, receivedAt: receivedAt)
      }
      if closes, session.state == .closed {
        try connection.close(session, id: key.id, finishedAt: receivedAt, bank: bank)
      }
      if let selected {
        try session.apply(.stagesSelected(selected), bank: bank)
        try connection.append(
          .stagesSelected(selected), stage: number + 1, to: key.id, receivedAt: receivedAt)
      }
      return session
    }
  }

  /// The stages that come after a submission, if it finds the session as it is now.
  ///
  /// - Returns: nil where nothing is to be chosen, or the session cannot take the submission: the
  ///   transaction says why.
  private func foreseenStages(after submission: Submission) async throws -> Foreseen? {
    guard submission.closes, submission.bank.blueprints.contains(where: { $0.selection != nil })
    else { return nil }
    let (found, exposure, seen) = try await engine.read {
      connection -> (StoredSession?, ItemExposure, Set<AssessmentItem.ID>) in
      guard let stored = try StoredSession.find(submission.key, in: connection),
        submission.bank.blueprint(of: stored.start.test)?.selection != nil,
        submission.number < stored.stages.count
      else { return (nil, ItemExposure(), []) }
      let test = stored.start.test
      return (
        stored, try connection.exposure(of: test),
        try connection.seenItems(of: submission.key.owner, in: test, except: submission.key.id)
      )
    }
    guard let found else { return nil }
    var session = try found.replayed(bank: submission.bank)
    let events: [TestSession.Event]
    do throws(SessionError) {
      events = try submission.apply(to: &session)
    } catch {
      return nil
    }
    let stages = session.selectedStages(
      bank: submission.bank, exposure: exposure, avoiding: seen)
    return Foreseen(stored: found, events: events, session: session, stages: stages)
  }
}

/// A submission as it turns out if nothing happens to its session before.
private struct Foreseen: Sendable {
  /// The session as it was read.
  var stored: StoredSession
  /// What the submission does to it.
  var events: [TestSession.Event]
  /// The session afterwards.
  var session: TestSession
  /// What comes next; nil where nothing is to be chosen.
  var stages: [Stage]?
}

/// The answers of a stage as they are sent.
private struct Submission: Sendable {
  var number: Int
  var changes: [AssessmentItem.ID: TestSession.Answer]
  var after: Int
  var closes: Bool
  var key: SessionKey
  var bank: Bank

  /// Applies what differs, and the submission itself.
  ///
  /// - Returns: the events that were applied.
  /// - Throws: ``SessionError`` if the session cannot take it.
  func apply(to session: inout TestSession) throws(SessionError) -> [TestSession.Event] {
    try session.checkOpen(number)
    var events: [TestSession.Event] = []
    let next = max(session.lastSequence, min(after, Store.highestSequence)) + 1
    for (item, answer) in changes.sorted(by: { $0.key.rawValue < $1.key.rawValue })
    where session.answers[item] != answer {
      let event = TestSession.Event.responded(item: item, answer: answer, sequence: next)
      try session.apply(event, bank: bank)
      events.append(event)
    }
    guard closes else { return events }
    try session.apply(.stageSubmitted(number), bank: bank)
    return events + [.stageSubmitted(number)]
  }
}

extension Connection {
  /// The stages that come next, chosen within the transaction.
  fileprivate func selectedStages(
    of session: TestSession, for key: SessionKey, bank: Bank
  ) throws -> [Stage]? {
    let test = session.start.test
    guard bank.blueprint(of: test)?.selection != nil else { return nil }
    return session.selectedStages(
      bank: bank, exposure: try exposure(of: test),
      avoiding: try seenItems(of: key.owner, in: test, except: key.id))
  }
}

extension SQLiteConnection {
  /// Keeps the result of a session whose stages are all submitted.
  ///
  /// - Throws: the database's error if it cannot be kept.
  func close(
    _ session: TestSession, id: TestSession.ID, finishedAt: Date, bank: Bank
  ) throws {
    guard let result = session.result(bank: bank) else {
      throw StoreError.unreadable(table: "publication")
    }
    let record = ResultRecord(result)
    let time = finishedAt.storedTime
    try execute("UPDATE test_session SET finished_at = \(time) WHERE id = \(id.rawValue)")
    try execute(
      """
      INSERT INTO session_result (session, body, finished_at)
      VALUES (\(id.rawValue), \(try record.json()), \(time))
      """)
    try keepNeed(NeedRecord(record), of: id.rawValue)
  }
}
