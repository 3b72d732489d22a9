import Competency
public import Delivery
public import Foundation
public import ItemBank
public import People

/// What came of keying in a teacher's sheets.
public enum PaperEntry: Hashable, Sendable {
  /// They are kept as a finished session of the teacher's.
  case kept
  /// The sheets of this teacher and form were kept before.
  case known
  /// There is no such teacher in the school.
  case unknownPerson
}

extension Store {
  /// Keeps what a teacher answered on paper as a finished session that is the teacher's own.
  ///
  /// One transaction: the session, its events, its result and the line of the audit log, which holds no
  /// answer. Nobody but the teacher can open the session.
  ///
  /// - Parameters:
  ///   - answers: the answers by item; what was left empty is not among them.
  ///   - form: the form.
  ///   - person: the teacher, of the form's school.
  ///   - id: what the session shall be called.
  ///   - unclaimed: a hash that no token has.
  ///   - actor: who keys in, for the audit log.
  ///   - time: the time.
  ///   - bank: the bank the form is pinned to.
  /// - Returns: what came of it.
  /// - Throws: ``SessionError`` if an answer does not fit, with nothing kept; the database's error.
  public func enterPaperAnswers(
    _ answers: [AssessmentItem.ID: TestSession.Answer], on form: PaperForm, of person: Person.ID,
    as id: TestSession.ID, unclaimed: [UInt8], actor: String, at time: Date, bank: Bank
  ) async throws -> PaperEntry {
    try await commits.commit { connection in
      guard
        let row = try connection.row(
          """
          SELECT school_stage, subject FROM person
          WHERE id = \(person.rawValue) AND unit = \(form.unit.rawValue) AND has_left = 0
          """)
      else { return .unknownPerson }
      let known = try connection.row(
        """
        SELECT id FROM test_session
        WHERE paper_form = \(form.code.rawValue) AND person = \(person.rawValue)
        """)
      guard known == nil else { return .known }
      var start = form.start
      start.schoolStage = try row.optionalText("school_stage")
      start.subject = try row.optionalText("subject")
      try connection.insert(start, of: form, person: person, as: id, unclaimed, at: time)
      var session = TestSession(start: start, stages: form.stages)
      for stage in form.stages {
        for item in stage.items {
          guard let answer = answers[item] else { continue }
          let event = TestSession.Event.responded(item: item, answer: answer, sequence: 1)
          try session.apply(event, bank: bank)
          try connection.append(event, stage: stage.number, to: id, receivedAt: time)
        }
        let event = TestSession.Event.stageSubmitted(stage.number)
        try session.apply(event, bank: bank)
        try connection.append(event, stage: stage.number, to: id, receivedAt: time)
      }
      try connection.close(session, id: id, finishedAt: time, bank: bank)
      try connection.audit(
        AuditEvent(
          actor: actor, action: "enter-paper-answers", object: "person:\(person.rawValue)",
          detail: form.code.rawValue), at: time)
      return .kept
    }
  }
}

extension SQLiteConnection {
  fileprivate func insert(
    _ start: TestSession.Start, of form: PaperForm, person: Person.ID, as id: TestSession.ID,
    _ unclaimed: [UInt8], at time: Date
  ) throws {
    let stages = try FormRecord(form.stages).json()
    try execute(
      """
      INSERT INTO test_session
        (id, token_hash, test, bank_version, environment, school_stage, subject, programme, seed,
         form, started_at, person, paper_form)
      VALUES (\(id.rawValue), \(unclaimed), \(start.test.rawValue),
        \(start.bankVersion.rawValue), \(start.environment.rawValue), \(start.schoolStage),
        \(start.subject), \(start.programme), \(Int64(bitPattern: start.seed)), \(stages),
        \(time.storedTime), \(person.rawValue), \(form.code.rawValue))
      """)
  }
}
