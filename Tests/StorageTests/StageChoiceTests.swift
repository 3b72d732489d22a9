import Competency
import Delivery
import Foundation
import ItemBank
import Storage
import TestSupport
import Testing

/// Stages that are chosen while a session goes on, in a real database.
struct StageChoiceTests {
  private let bank: Bank
  private let noon = Date(timeIntervalSince1970: 1_795_262_400)

  init() throws {
    bank = try ShippedContent().bank
  }

  private func withStore(_ body: (Store, URL) async throws -> Void) async throws {
    let folder = try Project.temporaryFolder()
    let store = try Store(folder: folder, now: noon)
    do {
      try await body(store, folder)
    } catch {
      try store.close()
      try FileManager.default.removeItem(at: folder)
      throw error
    }
    try store.close()
    try FileManager.default.removeItem(at: folder)
  }

  /// A session taken to its end.
  @discardableResult
  private func taken(
    _ store: Store, _ key: SessionKey, seed: UInt64, at time: Date
  ) async throws -> TestSession {
    var session = try TestSession(start: Cast.wang(seed: seed, in: bank), bank: bank)
    try await store.startSession(key, session: session, startedAt: time, unclaimed: [])
    while let stage = session.currentStage {
      let answers = [AssessmentItem.ID: TestSession.Answer](
        try stage.items.map {
          ($0, try #require(TestSession.answer(to: $0, in: .best, bank: bank)))
        }, uniquingKeysWith: { first, _ in first })
      session = try #require(
        try await store.submitStage(
          stage.number, changes: answers, after: 0, closes: true, in: key, receivedAt: time,
          bank: bank))
    }
    return session
  }

  private func key(_ number: Int) -> SessionKey {
    SessionKey(
      id: TestSession.ID(rawValue: "session-\(number)"),
      owner: SessionOwner(tokenHash: [UInt8](repeating: UInt8(number % 250), count: 32)))
  }

  @Test func `a session is told again with the stages that were chosen`() async throws {
    try await withStore { store, _ in
      let drawn = try TestSession(start: Cast.wang(seed: 3, in: bank), bank: bank)
      let session = try await taken(store, Cast.wangKey, seed: 3, at: noon)
      #expect(session.stages[0] == drawn.stages[0])
      #expect(session.stages[1...] != drawn.stages[1...])
      let found = try #require(try await store.session(Cast.wangKey))
      let replayed = try found.replayed(bank: bank)
      #expect(replayed.stages == session.stages)
      #expect(replayed == session)
      let result = try #require(replayed.result(bank: bank))
      let stored = try #require(try await store.storedResult(Cast.wangKey))
      #expect(try Store.canonicalJSON(of: result) == stored)
    }
  }

  @Test func `a choice cannot be rewritten, and erasing moves it with the answers`() async throws {
    try await withStore { store, folder in
      try await taken(store, Cast.wangKey, seed: 3, at: noon)
      let raw = try RawDatabase(folder)
      #expect(throws: (any Error).self) { try raw.execute("UPDATE stage_selection SET form = ''") }
      #expect(try await store.eraseSession(Cast.wangKey, erasedAt: noon, as: { "unknown" }))
      #expect(
        try raw.rows("SELECT session, stage FROM stage_selection ORDER BY stage")
          == ["unknown|2", "unknown|3", "unknown|4"])
    }
  }

  @Test func `exposures are counted over the forms as they were given, one window at a time`()
    async throws
  {
    try await withStore { store, _ in
      let test = bank.blueprints[0].test
      var given: [AssessmentItem.ID: Int] = [:]
      for number in 1..<Store.exposureWindowMinimum {
        let session = try await taken(store, key(number), seed: UInt64(number), at: noon)
        for item in session.stages.flatMap(\.items) { given[item, default: 0] += 1 }
      }
      #expect(try await store.countExposures(of: test, bank: bank, until: noon) == nil)
      #expect(try await store.exposures(of: test).isEmpty)
      let last = try await taken(store, key(50), seed: 50, at: noon)
      for item in last.stages.flatMap(\.items) { given[item, default: 0] += 1 }

      let counted = try #require(
        try await store.countExposures(of: test, bank: bank, until: noon))
      #expect(try await store.exposures(of: test) == counted)
      #expect(
        counted.filter { $0.presented > 0 }.reduce(into: [:]) { $0[$1.item] = $1.presented }
          == given)
      for exposure in counted {
        let expected =
          exposure.rate > 0.4 ? 0.4 / exposure.rate : 1
        #expect(abs(exposure.admission - expected) < 1e-12)
      }
      #expect(try await store.countExposures(of: test, bank: bank, until: noon) == nil)
    }
  }
}
