public import Competency
public import Delivery
public import Foundation
public import ItemBank
public import People

/// A session as it is kept: its start, what happened since, and when.
public struct StoredSession: Sendable {
  /// The session's identifier.
  public var id: TestSession.ID
  /// What it was started with.
  public var start: TestSession.Start
  /// The sessions it goes on from, the first one first.
  public var earlier: [StoredSession]
  /// What was expected of its stage when it went on from another.
  public var expectation: FurtherStage.Expectation?
  /// The form on paper that it was keyed in from; nil when it was taken in a browser.
  public var paperForm: PaperForm.Code?
  /// Its form.
  public var stages: [Stage]
  /// What happened, in order.
  public var events: [TestSession.Event]
  /// At which level, from 0, the teacher thought to be in each dimension before the first item.
  public var selfRating: [Competency.Dimension.ID: Int]
  /// On what kind of device it was begun; nil if that is not known.
  public var device: DeviceClass?
  /// When it was started.
  public var startedAt: Date
  /// When its last stage was submitted; nil while it is open.
  public var finishedAt: Date?
  /// Whether it belongs to the teacher who is signed in, rather than to the browser.
  public var isPersonal = false

  /// The session as a value, all events applied.
  ///
  /// - Parameter bank: the bank of the version named in ``start``.
  /// - Returns: the session with every event applied, and those it goes on from.
  /// - Throws: ``StoreError/unreadable(table:)`` if an event does not fit: the bank is not the one
  ///   it was taken with, or the file is damaged.
  public func replayed(bank: Bank) throws -> TestSession {
    var base: TestSession.Base?
    for session in earlier { base = TestSession.Base(try session.replayed(on: base, bank: bank)) }
    return try replayed(on: base, bank: bank)
  }

  private func replayed(on base: TestSession.Base?, bank: Bank) throws -> TestSession {
    var session = TestSession(start: start, stages: stages, base: base)
    do throws(SessionError) {
      for event in events { try session.apply(event, bank: bank) }
    } catch {
      throw StoreError.unreadable(table: "session_event")
    }
    return session
  }
}

/// Who a session belongs to: a browser that holds a token, or a teacher who is signed in.
public struct SessionOwner: Hashable, Sendable {
  /// SHA-256 of the browser's token; nil if it holds none.
  public var tokenHash: [UInt8]?
  /// The teacher; nil if none is signed in.
  public var person: Person.ID?

  /// Creates an owner.
  public init(tokenHash: [UInt8]?, person: Person.ID? = nil) {
    self.tokenHash = tokenHash
    self.person = person
  }

  /// The teacher as a column holds them; null equals no one.
  var personColumn: String? { person?.rawValue }
}

/// What opens a session: its identifier together with who asks.
///
/// A session that is not there and one that is not theirs are the same to everybody.
public struct SessionKey: Hashable, Sendable {
  /// The session's identifier.
  public var id: TestSession.ID
  /// Who asks.
  public var owner: SessionOwner

  /// Creates a key.
  public init(id: TestSession.ID, owner: SessionOwner) {
    self.id = id
    self.owner = owner
  }
}

extension StoredSession {
  /// Reads a session and its events.
  ///
  /// - Returns: nil if there is none that the key opens.
  static func find(_ key: SessionKey, in connection: some Connection) throws -> StoredSession? {
    guard
      let row = try connection.row(
        """
        SELECT id, test, bank_version, environment, school_stage, subject, programme, seed, form,
          started_at, finished_at, self_rating, continues, expectation, paper_form, device,
          CASE WHEN person = \(key.owner.personColumn) THEN 1 ELSE 0 END AS is_personal
        FROM test_session
        WHERE id = \(key.id.rawValue) AND erased_at IS NULL
          AND (token_hash = \(key.owner.tokenHash) OR person = \(key.owner.personColumn))
        """)
    else { return nil }
    var session = try StoredSession(row: row, connection: connection)
    session.isPersonal = try row.integer("is_personal") == 1
    return session
  }

  /// Whether the key opens the session still and nothing has happened to it since it was read.
  ///
  /// Events are only ever added, and what was chosen comes with the event that it follows.
  func isCurrent(for key: SessionKey, in connection: some Connection) throws -> Bool {
    let known = events.count { if case .stagesSelected = $0 { false } else { true } }
    let row = try connection.row(
      """
      SELECT (SELECT count(*) FROM session_event WHERE session = test_session.id) AS events
      FROM test_session
      WHERE id = \(key.id.rawValue) AND erased_at IS NULL
        AND (token_hash = \(key.owner.tokenHash) OR person = \(key.owner.personColumn))
      """)
    return try row?.integer("events") == Int64(known)
  }

  init(row: Row, connection: some Connection) throws {
    id = TestSession.ID(rawValue: try row.text("id"))
    start = try TestSession.Start(row: row)
    stages = try FormRecord(json: try row.text("form")).form()
    selfRating =
      try row.optionalText("self_rating").map { try SelfRatingRecord(json: $0).rating } ?? [:]
    expectation = try row.optionalText("expectation").map {
      try ExpectationRecord(json: $0).expectation
    }
    paperForm = try row.optionalText("paper_form").map(PaperForm.Code.init(rawValue:))
    earlier = try connection.sessions(before: row)
    device = try row.optionalText("device").flatMap(DeviceClass.init(rawValue:))
    startedAt = try Date(storedTime: try row.text("started_at"))
    finishedAt = try row.optionalText("finished_at").map { try Date(storedTime: $0) }
    let selections = try connection.selections(in: id)
    events = try connection.rows(
      """
      SELECT kind, stage, item, sequence, response, is_unsure
      FROM session_event WHERE session = \(id.rawValue) ORDER BY position
      """
    ).flatMap { row in
      let event = try TestSession.Event(row: row)
      // What comes after a stage was chosen in the transaction that submitted it.
      guard case .stageSubmitted(let number) = event, let selected = selections[number + 1] else {
        return [event]
      }
      return [event, .stagesSelected(selected)]
    }
  }
}

extension TestSession.Start {
  /// - Parameter row: a row of `test_session`.
  /// - Throws: the database's error if a column is missing.
  init(row: Row) throws {
    self.init(
      test: AssessmentTest.ID(rawValue: try row.text("test")),
      bankVersion: Bank.Version(rawValue: try row.text("bank_version")),
      environment: Environment.ID(rawValue: try row.text("environment")),
      schoolStage: try row.optionalText("school_stage"),
      subject: try row.optionalText("subject"), programme: try row.text("programme"),
      // SQL's whole numbers have a sign; the seed's bits are the same.
      seed: UInt64(bitPattern: try row.integer("seed")))
  }
}

extension TestSession.Answer {
  /// - Parameter row: a row of `session_event` about an answer.
  /// - Throws: the database's error if a column is missing, or the reader's for a damaged response.
  init(row: Row) throws {
    if try row.optionalInteger("is_unsure") == 1 {
      self = .unsure
    } else {
      let json = try row.optionalText("response") ?? "{}"
      self = .response(try ResponseValue.responses(pciJSON: Data(json.utf8)))
    }
  }
}

extension TestSession.Event {
  fileprivate init(row: Row) throws {
    switch try row.text("kind") {
    case "responded":
      self = .responded(
        item: AssessmentItem.ID(rawValue: try row.optionalText("item") ?? ""),
        answer: try TestSession.Answer(row: row),
        sequence: Int(try row.optionalInteger("sequence") ?? 0))
    case "stage_submitted":
      self = .stageSubmitted(Int(try row.integer("stage")))
    default:
      throw StoreError.unreadable(table: "session_event")
    }
  }
}

extension SQLiteConnection {
  /// Appends an answer or a submission to a session.
  ///
  /// - Parameters:
  ///   - event: what happened.
  ///   - stage: the stage it belongs to, from 1.
  ///   - session: the session.
  ///   - receivedAt: when it was received.
  /// - Throws: the database's error if it cannot be kept.
  func append(
    _ event: TestSession.Event, stage: Int, to session: TestSession.ID, receivedAt: Date
  ) throws {
    var kind = "stage_submitted"
    var item: String?
    var sequence: Int?
    var response: String?
    var isUnsure: Int?
    if case .stagesSelected(let stages) = event {
      return try keep(stages, selectedIn: session, at: receivedAt)
    }
    if case .responded(let id, let answer, let number) = event {
      kind = "responded"
      item = id.rawValue
      sequence = number
      switch answer {
      case .unsure: isUnsure = 1
      case .response(let responses):
        isUnsure = 0
        response = try responses.storedJSON()
      }
    }
    try execute(
      """
      INSERT INTO session_event
        (session, position, kind, stage, item, sequence, response, is_unsure, received_at)
      SELECT \(session.rawValue), coalesce(max(position), 0) + 1, \(kind), \(stage), \(item),
        \(sequence), \(response), \(isUnsure), \(receivedAt.storedTime)
      FROM session_event WHERE session = \(session.rawValue)
      """)
  }
}
