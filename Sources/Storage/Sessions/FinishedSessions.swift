import Competency
public import Delivery
public import Foundation
public import ItemBank

/// What finished sessions are read for.
public enum SessionReading: Hashable, Sendable {
  /// To score them anew: those of teachers who can be told, whole ones. A session that only goes on
  /// from another says little by itself.
  case rescoring
  /// To estimate item parameters: every answer, those of erased teachers under their random names
  /// too.
  case calibration
}

/// Finished sessions of a test, a batch at a time.
public struct FinishedSessions: Sendable {
  /// The sessions.
  public var sessions: [TestSession]
  /// Where the next batch begins; nil after the last.
  public var next: String?
}

extension Store {
  /// Reads finished sessions of a test, in the order of their identifiers, a batch at a time, so that
  /// a bank's whole past needs not be in memory and nobody who answers waits for it.
  ///
  /// A batch goes through so many sessions of whatever test, and holds those of them that are wanted:
  /// it may hold none and yet not be the last.
  ///
  /// - Parameters:
  ///   - test: the test.
  ///   - finishedFrom: only those finished from then on, as ISO 8601; nil for all.
  ///   - purpose: which are wanted.
  ///   - after: where the batch begins; nil for the first.
  ///   - limit: how many sessions a batch goes through.
  /// - Returns: the batch.
  /// - Throws: the database's error, or ``StoreError/unreadable(table:)`` for a damaged row.
  public func finishedSessions(
    of test: AssessmentTest.ID, finishedFrom: Date? = nil, for purpose: SessionReading,
    after: String? = nil, limit: Int = 2000
  ) async throws -> FinishedSessions {
    try await engine.read { connection in
      var reading = FinishedSessionReading()
      // By the identifiers alone: the index of tests would go through all sessions for each batch.
      let rows = try connection.rows(
        """
        SELECT id, test, bank_version, environment, school_stage, subject, programme, seed,
          answers, CASE WHEN answers IS NULL THEN form END AS form,
          CASE WHEN test = \(test.rawValue) AND finished_at IS NOT NULL
            AND finished_at >= \(finishedFrom?.storedTime ?? "")
            AND (\(purpose == .calibration ? 1 : 0) = 1
              OR (erased_at IS NULL AND continues IS NULL)) THEN 1 ELSE 0 END AS is_wanted
        FROM (SELECT * FROM test_session WHERE id > \(after ?? "") ORDER BY id LIMIT \(limit))
          AS page LEFT JOIN answer_sheet ON session = id
        ORDER BY id
        """)
      let sessions = try rows.filter { try $0.integer("is_wanted") == 1 }
        .map { try reading.session($0, in: connection) }
      let last = rows.count == limit ? try rows.last?.text("id") : nil
      return FinishedSessions(sessions: sessions, next: last)
    }
  }

  /// How many sessions of a test are finished.
  ///
  /// - Throws: the database's error if they cannot be counted.
  public func finishedSessionCount(of test: AssessmentTest.ID) async throws -> Int {
    try await engine.read { connection in
      let row = try connection.row(
        """
        SELECT count(*) AS number FROM test_session
        WHERE test = \(test.rawValue) AND finished_at IS NOT NULL
        """)
      return Int(try row?.integer("number") ?? 0)
    }
  }
}

/// Reads sessions, remembering answers: thousands of teachers give the same few.
///
/// From the answer sheet where the night has written one, from the form and the events otherwise.
struct FinishedSessionReading {
  private var known: [String: TestSession.Answer] = [:]
  private var knownOnSheets: [String: TestSession.Answer?] = [:]

  /// - Parameters:
  ///   - row: a row of `test_session` with its sheet's `answers`; its `form` is needed only where it
  ///     has none.
  ///   - connection: where the events are.
  /// - Returns: the session.
  /// - Throws: the database's error, or ``StoreError/unreadable(table:)`` for a damaged row.
  mutating func session(_ row: Row, in connection: some Connection) throws -> TestSession {
    let start = try TestSession.Start(row: row)
    if let sheet = try row.optionalText("answers") {
      return try session(start, AnswerSheetRecord(text: sheet))
    }
    let id = TestSession.ID(rawValue: try row.text("id"))
    return TestSession(
      start: start, finished: try connection.givenStages(row),
      answers: try answers(id, in: connection))
  }

  /// A session from its sheet; groups are not written there, and no score depends on them.
  private mutating func session(
    _ start: TestSession.Start, _ sheet: AnswerSheetRecord
  ) throws -> TestSession {
    var stages: [Stage] = []
    var answers: [AssessmentItem.ID: TestSession.Answer] = [:]
    for line in try sheet.lines() {
      let item = AssessmentItem.ID(rawValue: line.item)
      if stages.last?.number == line.stage {
        stages[stages.count - 1].groups[0].items.append(item)
      } else {
        stages.append(
          Stage(number: line.stage, groups: [Stage.Group(stimulus: nil, items: [item])]))
      }
      if let known = knownOnSheets[line.answer] {
        answers[item] = known
      } else {
        let answer = try AnswerSheetRecord.answer(line.answer)
        knownOnSheets[line.answer] = .some(answer)
        answers[item] = answer
      }
    }
    return TestSession(start: start, finished: stages, answers: answers)
  }

  private mutating func answers(
    _ session: TestSession.ID, in connection: some Connection
  ) throws -> [AssessmentItem.ID: TestSession.Answer] {
    var answers: [AssessmentItem.ID: TestSession.Answer] = [:]
    let rows = try connection.rows(
      """
      SELECT item, response, is_unsure FROM session_event
      WHERE session = \(session.rawValue) AND kind = 'responded' ORDER BY sequence
      """)
    for row in rows {
      let item = AssessmentItem.ID(rawValue: try row.text("item"))
      let answer = try answer(row)
      // An empty response takes the answer back.
      answers[item] = answer.isEmpty ? nil : answer
    }
    return answers
  }

  private mutating func answer(_ row: Row) throws -> TestSession.Answer {
    // 我不确定 has no response.
    guard let json = try row.optionalText("response") else {
      return try TestSession.Answer(row: row)
    }
    if let known = known[json] { return known }
    let answer = try TestSession.Answer(row: row)
    known[json] = answer
    return answer
  }
}
