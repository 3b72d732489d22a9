import Delivery
import Foundation
import ItemAnalysis
import ItemBank

extension Store {
  /// How many sessions one transaction takes, so that answering never waits for long.
  private static let sheetBatch = 200

  /// Writes the answer sheets of finished sessions that have none yet.
  ///
  /// - Returns: how many were written.
  /// - Throws: the database's error if one cannot be written; those before it stay.
  @discardableResult
  public func collectAnswerSheets() async throws -> Int {
    var last = ""
    var count = 0
    while true {
      let after = last
      let sheets = try await engine.read {
        try $0.sheetsToWrite(after: after, limit: Self.sheetBatch)
      }
      guard let newest = sheets.last else { return count }
      try await commits.commit { connection in
        for sheet in sheets {
          // Erased meanwhile: its answers went to another name, which comes later.
          try connection.execute(
            """
            INSERT INTO answer_sheet (session, answers)
            SELECT id, \(sheet.answers) FROM test_session WHERE id = \(sheet.session)
            ON CONFLICT (session) DO NOTHING
            """)
        }
        return
      }
      last = newest.session
      count += sheets.count
    }
  }
}

private struct WrittenSheet: Sendable {
  var session: String
  var answers: String
}

extension Connection {
  fileprivate func sheetsToWrite(after last: String, limit: Int) throws -> [WrittenSheet] {
    try rows(
      """
      SELECT id, form, started_at FROM test_session
      WHERE id > \(last) AND finished_at IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM answer_sheet WHERE session = test_session.id)
      ORDER BY id LIMIT \(limit)
      """
    ).map { row in
      WrittenSheet(
        session: try row.text("id"), answers: try AnswerSheetRecord(entries(of: row)).text)
    }
  }

  /// The items of a session's form as it was given, with the answers that count.
  private func entries(of row: Row) throws -> [AnswerSheet.Entry] {
    let id = TestSession.ID(rawValue: try row.text("id"))
    let stages = try givenStages(row)
    let given = try answers(in: id, startedAt: try row.text("started_at"))
    return stages.flatMap { stage in
      stage.items.map { item in
        AnswerSheet.Entry(
          item: item, answer: given[item.rawValue]?.answer, stage: stage.number,
          seconds: given[item.rawValue]?.seconds)
      }
    }
  }

  private func answers(
    in session: TestSession.ID, startedAt: String
  ) throws -> [String: GivenAnswer] {
    let events = try rows(
      """
      SELECT kind, item, sequence, response, is_unsure, received_at
      FROM session_event WHERE session = \(session.rawValue) ORDER BY position
      """)
    var given: [String: GivenAnswer] = [:]
    // A browser without the script sends a stage at once: then no answer has a time of its own.
    let closings = Set(
      try events.filter { try $0.text("kind") == "stage_submitted" }
        .map { try $0.text("received_at") })
    var before = try Date(storedTime: startedAt)
    for event in events {
      let received = try event.text("received_at")
      let time = try Date(storedTime: received)
      defer { before = time }
      guard let item = try event.optionalText("item") else { continue }
      let sequence = Int(try event.optionalInteger("sequence") ?? 0)
      if let known = given[item], known.sequence >= sequence { continue }
      // The time until the first answer: a second one is a second thought.
      var seconds = given[item]?.seconds
      if given[item] == nil, !closings.contains(received) {
        seconds = Int(time.timeIntervalSince(before).rounded())
      }
      // A response without a value takes an answer back.
      let answer = try TestSession.Answer(row: event)
      given[item] = GivenAnswer(
        answer: answer.isEmpty ? nil : answer, sequence: sequence, seconds: seconds)
    }
    return given
  }
}

/// The answer to an item that counts so far.
private struct GivenAnswer {
  var answer: TestSession.Answer?
  var sequence: Int
  var seconds: Int?
}
