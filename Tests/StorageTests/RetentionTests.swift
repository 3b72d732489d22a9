import Delivery
import Foundation
import GRDB
import ItemBank
import People
import Storage
import TestSupport
import Testing

/// Retention with a clock that the tests turn.
struct RetentionTests {
  private let bank: Bank
  private let start = Date(timeIntervalSince1970: 1_795_262_400)

  init() throws {
    bank = try ShippedContent().bank
  }

  private func later(_ years: Int, days: Int = 0) throws -> Date {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    let date = try #require(calendar.date(byAdding: .year, value: years, to: start))
    return date + Double(days) * 86_400
  }

  private static let units = "单位名称,类型,上级单位\n示范县,区县,\n河边小学,学校,示范县\n"
  private static let persons = "工号,姓名,学校,教研组\nT1,王丽,河边小学,数学组\nT2,李强,河边小学,\n"

  /// A school with two teachers; 王丽 has a session that began at the start.
  private func withSchool(_ body: (Store, URL) async throws -> Void) async throws {
    let folder = try Project.temporaryFolder()
    let store = try Store(folder: folder, now: start)
    for sheet in [Self.units, Self.persons] { try await read(sheet, into: store, at: start) }
    let raw = try RawDatabase(folder)
    let wang = Person.ID(
      rawValue: try #require(try raw.rows("SELECT id FROM person WHERE name = '王丽'").first))
    let session = try TestSession(start: Cast.wang(in: bank), bank: bank)
    let key = SessionKey(
      id: TestSession.ID(rawValue: "wang-session"),
      owner: SessionOwner(tokenHash: nil, person: wang))
    try await store.startSession(
      key, session: session, startedAt: start, unclaimed: [UInt8](repeating: 9, count: 32))
    for item in session.stages[0].items {
      _ = try await store.saveResponse(
        .unsure, to: item, sequence: 1, in: key, receivedAt: start, bank: bank)
    }
    try await body(store, folder)
    try store.close()
    try FileManager.default.removeItem(at: folder)
  }

  private func read(_ sheet: String, into store: Store, at time: Date) async throws {
    let roster = try #require(RosterReader.read([UInt8](sheet.utf8), file: "名册.csv").roster)
    let found = try await store.importRoster(
      roster, within: nil, keeps: true, actor: "command", at: time,
      newID: { UUID().uuidString }, newCode: { "\(Int.random(in: 100_000...999_999))" })
    #expect(!found.isRefused)
  }

  private func apply(_ store: Store, at time: Date) async throws -> RetentionOutcome {
    try await store.applyRetention(
      RetentionRule(), actor: "service", at: time, as: { UUID().uuidString })
  }

  @Test func `within a cycle and a year nothing is taken`() async throws {
    try await withSchool { store, _ in
      let early = try later(6, days: -1)
      #expect(try await apply(store, at: early).isEmpty)
      #expect(try await store.verifyAudit().intactEvents == 2)
    }
  }

  @Test func `after a cycle and a year names go and answers stay under names nobody knows`()
    async throws
  {
    try await withSchool { store, folder in
      let raw = try RawDatabase(folder)
      let end = try later(6)
      let due = try await store.retentionDue(RetentionRule(), at: end)
      let done = try await apply(store, at: end)
      #expect(due == done)
      #expect(done.persons == 2 && done.sessions == 1)
      #expect(
        try raw.rows(
          "SELECT count(*) FROM person WHERE name = '' AND teaching_group IS NULL AND has_left = 1")
          == ["2"])
      #expect(
        try raw.rows("SELECT count(*) FROM person WHERE staff_number IN ('T1', 'T2')") == ["0"])
      #expect(
        try raw.rows("SELECT count(*) FROM test_session WHERE person IS NOT NULL") == ["0"])
      #expect(
        try raw.rows("SELECT count(*) FROM session_event WHERE session = 'wang-session'") == ["0"])
      #expect(try raw.rows("SELECT count(*) FROM session_event") == ["4"])
      // A second time there is nothing left to do.
      #expect(try await apply(store, at: end).isEmpty)
    }
  }

  @Test func `whoever was active since keeps the name, and loses only what is too old`()
    async throws
  {
    try await withSchool { store, folder in
      let raw = try RawDatabase(folder)
      try raw.execute(
        "UPDATE person SET notice_at = '2029-01-01T00:00:00.000Z' WHERE name = '王丽'")
      let done = try await apply(store, at: later(6))
      #expect(done.persons == 1 && done.sessions == 1)
      #expect(try raw.rows("SELECT name FROM person WHERE name <> ''") == ["王丽"])
    }
  }

  @Test func `a session that another goes on from is kept as long as that one`() async throws {
    try await withSchool { store, folder in
      let raw = try RawDatabase(folder)
      let person = try #require(try raw.rows("SELECT id FROM person WHERE name = '王丽'").first)
      let key = SessionKey(
        id: TestSession.ID(rawValue: "later"),
        owner: SessionOwner(tokenHash: nil, person: Person.ID(rawValue: person)))
      try await store.startSession(
        key, session: try TestSession(start: Cast.wang(in: bank), bank: bank),
        startedAt: later(5), unclaimed: [UInt8](repeating: 8, count: 32))
      try raw.execute("UPDATE test_session SET continues = 'wang-session' WHERE id = 'later'")
      #expect(try await apply(store, at: later(6)).sessions == 0)
      #expect(try await apply(store, at: later(11)).sessions == 2)
    }
  }

  @Test func `whoever stands in a roster every year keeps the name, active or not`() async throws {
    try await withSchool { store, folder in
      let raw = try RawDatabase(folder)
      for year in 1...6 { try await read(Self.persons, into: store, at: later(year)) }
      #expect(try await apply(store, at: later(6, days: 1)).persons == 0)
      #expect(try raw.rows("SELECT count(*) FROM person WHERE name <> ''") == ["2"])
      // Six years after the last roster they are due.
      #expect(try await apply(store, at: later(12, days: 1)).persons == 2)
    }
  }

  @Test func `whoever left is forgotten a year later, and not if they came back`() async throws {
    try await withSchool { store, folder in
      let raw = try RawDatabase(folder)
      try raw.execute(
        """
        UPDATE person SET has_left = 1, left_at = '2027-01-01T00:00:00.000Z' WHERE name = '李强'
        """)
      let before = Date(timeIntervalSince1970: 1_830_297_599)  // 2027-12-31T23:59:59Z
      #expect(try await apply(store, at: before).persons == 0)
      #expect(try await apply(store, at: before + 1).persons == 1)
      #expect(try raw.rows("SELECT name FROM person WHERE name <> ''") == ["王丽"])
      // The roster names them again: somebody new, as far as the program knows.
      try await read(Self.persons, into: store, at: later(2))
      #expect(
        try raw.rows("SELECT count(*) FROM person WHERE name = '李强' AND has_left = 0") == ["1"])
    }
  }

  @Test func `invitations, codes and sign-ins that have run out are deleted`() async throws {
    try await withSchool { store, folder in
      let raw = try RawDatabase(folder)
      try raw.execute(
        """
        INSERT INTO invitation VALUES (x'01', 'operator', NULL, NULL, '2026-01-01T00:00:00.000Z',
          '2026-02-01T00:00:00.000Z');
        INSERT INTO sign_in_code SELECT id, 'activation', x'02', '2026-01-01T00:00:00.000Z',
          '2026-02-01T00:00:00.000Z' FROM person WHERE name = '王丽';
        INSERT INTO sign_in_code SELECT id, 'personal', x'03', '2026-01-01T00:00:00.000Z', NULL
          FROM person WHERE name = '王丽';
        INSERT INTO access_session SELECT x'04', id, NULL, '2026-01-01T00:00:00.000Z',
          '2026-01-02T00:00:00.000Z' FROM person WHERE name = '王丽';
        """)
      let done = try await apply(store, at: start)
      #expect(done.invitations == 1 && done.codes == 1 && done.signIns == 1)
      #expect(done.persons == 0 && done.sessions == 0)
      #expect(try raw.rows("SELECT kind FROM sign_in_code") == ["personal"])
    }
  }

  @Test func `the audit log is never shortened, and says what was done without a name`()
    async throws
  {
    try await withSchool { store, _ in
      _ = try await apply(store, at: later(6))
      let log = try await store.auditPage(limit: 10).events
      #expect(log.count == 3 && log.last?.happenedAt == start)
      let line = try #require(log.first?.event)
      #expect(line.action == "apply-retention" && line.actor == "service")
      #expect(line.detail.hasPrefix("persons 2; sessions 1;"))
      #expect(try await store.verifyAudit().firstBrokenPosition == nil)
    }
  }
}
