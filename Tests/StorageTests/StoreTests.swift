import Competency
import Delivery
import Foundation
import ItemBank
import Storage
import TestSupport
import Testing

/// Runs against real databases in folders of their own.
struct StoreTests {
  private let bank: Bank
  private let noon = TestStore.noon

  init() throws {
    bank = try ShippedContent().bank
  }

  private func started(_ store: Store) async throws -> TestSession {
    let session = try TestSession(start: Cast.wang(in: bank), bank: bank)
    try await store.startSession(Cast.wangKey, session: session, startedAt: noon, unclaimed: [])
    return session
  }

  private func answer(
    _ item: AssessmentItem.ID, _ manner: TestSession.Manner
  ) throws -> TestSession.Answer {
    try #require(TestSession.answer(to: item, in: manner, bank: bank))
  }

  @Test func `a session reads back as it was started`() async throws {
    try await TestStore.with { store, _ in
      _ = try await started(store)
      let found = try #require(try await store.session(Cast.wangKey))
      #expect(found.start == Cast.wang(in: bank))
      #expect(found.startedAt == noon)
      #expect(found.events.isEmpty)
      #expect(found.finishedAt == nil)
    }
  }

  @Test func `another token does not open a session, and cannot change it`() async throws {
    try await TestStore.with { store, _ in
      let session = try await started(store)
      let item = session.stages[0].items[0]
      #expect(try await store.session(Cast.strangerKey) == nil)
      #expect(
        try await store.saveResponse(
          .unsure, to: item, sequence: 1, in: Cast.strangerKey, receivedAt: noon, bank: bank)
          == nil)
      #expect(
        try await store.submitStage(
          1, changes: [:], after: 0, closes: true, in: Cast.strangerKey, receivedAt: noon,
          bank: bank)
          == nil)
      #expect(try await !store.eraseSession(Cast.strangerKey, erasedAt: noon, as: { "unknown" }))
      #expect(try await store.session(Cast.wangKey)?.events.isEmpty == true)
    }
  }

  @Test func `the same answer sent twice is one event`() async throws {
    try await TestStore.with { store, _ in
      let session = try await started(store)
      let item = session.stages[0].items[0]
      let best = try answer(item, .best)
      for _ in 0..<2 {
        _ = try await store.saveResponse(
          best, to: item, sequence: 3, in: Cast.wangKey, receivedAt: noon, bank: bank)
      }
      let found = try #require(try await store.session(Cast.wangKey))
      #expect(found.events == [.responded(item: item, answer: best, sequence: 3)])
    }
  }

  @Test func `an answer with a lower sequence is not kept`() async throws {
    try await TestStore.with { store, _ in
      let session = try await started(store)
      let item = session.stages[0].items[0]
      for (manner, sequence) in [(TestSession.Manner.best, 9), (.weakest, 4)] {
        _ = try await store.saveResponse(
          try answer(item, manner), to: item, sequence: sequence, in: Cast.wangKey,
          receivedAt: noon, bank: bank)
      }
      let found = try #require(try await store.session(Cast.wangKey))
      #expect(try found.replayed(bank: bank).answers[item] == (try answer(item, .best)))
    }
  }

  @Test func `a refused stage keeps nothing of what came with it`() async throws {
    try await TestStore.with { store, _ in
      let session = try await started(store)
      let item = session.stages[1].items[0]
      let changes = [item: try answer(item, .best)]
      await #expect(throws: SessionError.stageNotReached(2, current: 1)) {
        _ = try await store.submitStage(
          2, changes: changes, after: 0, closes: true, in: Cast.wangKey, receivedAt: noon,
          bank: bank)
      }
      #expect(try await store.session(Cast.wangKey)?.events.isEmpty == true)
    }
  }

  @Test func `a finished session keeps its result, and a replay gives the same bytes`() async throws
  {
    try await TestStore.with { store, _ in
      var session = try await started(store)
      while let stage = session.currentStage {
        let changes = try stage.items.reduce(into: [:]) { $0[$1] = try answer($1, .first) }
        session = try #require(
          try await store.submitStage(
            stage.number, changes: changes, after: 0, closes: true, in: Cast.wangKey,
            receivedAt: noon, bank: bank))
      }
      let found = try #require(try await store.session(Cast.wangKey))
      #expect(found.finishedAt == noon)
      let replayed = try #require(try found.replayed(bank: bank).result(bank: bank))
      let stored = try #require(try await store.storedResult(Cast.wangKey))
      #expect(try Store.canonicalJSON(of: replayed) == stored)
    }
  }

  @Test func `erasing takes away the person and keeps the answers`() async throws {
    try await TestStore.with { store, folder in
      let session = try await started(store)
      let item = session.stages[0].items[0]
      _ = try await store.saveResponse(
        .unsure, to: item, sequence: 1, in: Cast.wangKey, receivedAt: noon, bank: bank)
      #expect(try await store.eraseSession(Cast.wangKey, erasedAt: noon, as: { "unknown" }))
      #expect(try await store.session(Cast.wangKey) == nil)
      #expect(try await store.openSession(of: Cast.wangKey.owner) == nil)
      let rows = try RawDatabase(folder).rows(
        "SELECT id, token_hash, school_stage, subject, count(item) AS answers FROM test_session "
          + "JOIN session_event ON session = id GROUP BY id")
      #expect(rows == ["unknown|NULL|NULL|NULL|1"])
    }
  }

  @Test func `erasing leaves neither a result nor the number that the person was told`()
    async throws
  {
    try await TestStore.with { store, folder in
      let session = try await started(store)
      for stage in session.stages {
        _ = try await store.submitStage(
          stage.number, changes: [:], after: 0, closes: true, in: Cast.wangKey, receivedAt: noon,
          bank: bank)
      }
      #expect(try await store.result(Cast.wangKey) != nil)
      #expect(try await store.eraseSession(Cast.wangKey, erasedAt: noon, as: { "unknown" }))
      let raw = try RawDatabase(folder)
      #expect(try raw.rows("SELECT count(*) FROM session_result") == ["0"])
      for table in ["test_session", "session_event", "study_plan"] {
        let column = table == "test_session" ? "id" : "session"
        let told = try raw.rows(
          "SELECT count(*) FROM \(table) WHERE \(column) = 'wang-session'")
        #expect(told == ["0"])
      }
    }
  }

  @Test func `what happened cannot be rewritten`() async throws {
    try await TestStore.with { store, folder in
      let session = try await started(store)
      _ = try await store.saveResponse(
        .unsure, to: session.stages[0].items[0], sequence: 1, in: Cast.wangKey, receivedAt: noon,
        bank: bank)
      let raw = try RawDatabase(folder)
      #expect(throws: (any Error).self) { try raw.execute("UPDATE session_event SET sequence = 2") }
      #expect(throws: (any Error).self) {
        try raw.execute("UPDATE session_event SET is_unsure = 0")
      }
    }
  }

  @Test func `the schema itself refuses a second event of one sequence`() async throws {
    try await TestStore.with { store, folder in
      _ = try await started(store)
      let raw = try RawDatabase(folder)
      let event =
        "INSERT INTO session_event (session, position, kind, stage, item, sequence, is_unsure, "
        + "received_at) VALUES ('wang-session', %, 'responded', 1, 'x', 1, 1, 'now')"
      try raw.execute(event.replacingOccurrences(of: "%", with: "1"))
      #expect(throws: (any Error).self) {
        try raw.execute(event.replacingOccurrences(of: "%", with: "2"))
      }
    }
  }

  @Test func `published files read back and a version is kept once`() async throws {
    try await TestStore.with { store, _ in
      let files: [String: [UInt8]] = ["a/b.xml": [1, 2, 3], "c.json": []]
      try await store.publish(.bank, version: "v1", files: files, publishedAt: noon)
      try await store.publish(.bank, version: "v1", files: ["a/b.xml": [9]], publishedAt: noon)
      #expect(try await store.publishedFiles(.bank, version: "v1") == files)
      #expect(try await store.publishedFiles(.courses, version: "v1").isEmpty)
    }
  }

  @Test func `a database of a newer program is refused, not touched`() async throws {
    let folder = try Project.temporaryFolder()
    try Store(folder: folder, now: noon).close()
    try RawDatabase(folder).execute(
      "INSERT INTO schema_migration (version, name, applied_at) VALUES (99, 'later', 'x')")
    #expect(throws: StoreError.newerSchema(found: 99, known: 16)) {
      try Store(folder: folder, now: noon)
    }
    try FileManager.default.removeItem(at: folder)
  }

  @Test func `opening again finds everything and applies no migration twice`() async throws {
    let folder = try Project.temporaryFolder()
    var store = try Store(folder: folder, now: noon)
    _ = try await started(store)
    try store.close()
    store = try Store(folder: folder, now: noon)
    #expect(try await store.session(Cast.wangKey) != nil)
    #expect(try RawDatabase(folder).rows("SELECT count(*) FROM schema_migration") == ["16"])
    try store.close()
    try FileManager.default.removeItem(at: folder)
  }
}
