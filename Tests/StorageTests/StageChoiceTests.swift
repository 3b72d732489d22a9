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
  private let noon = TestStore.noon

  init() throws {
    bank = try ShippedContent().bank
  }

  /// A session taken to its end.
  @discardableResult
  private func taken(
    _ store: Store, _ key: SessionKey, seed: UInt64, at time: Date,
    avoiding seen: Set<AssessmentItem.ID> = []
  ) async throws -> TestSession {
    var session = try TestSession(
      start: Cast.wang(seed: seed, in: bank), bank: bank, avoiding: seen)
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
    try await TestStore.with { store, _ in
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
    try await TestStore.with { store, folder in
      try await taken(store, Cast.wangKey, seed: 3, at: noon)
      let raw = try RawDatabase(folder)
      #expect(throws: (any Error).self) { try raw.execute("UPDATE stage_selection SET form = ''") }
      #expect(try await store.eraseSession(Cast.wangKey, erasedAt: noon, as: { "unknown" }))
      #expect(
        try raw.rows("SELECT session, stage FROM stage_selection ORDER BY stage")
          == ["unknown|2", "unknown|3", "unknown|4"])
    }
  }

  @Test func `a second session asks nothing that the first asked, and is set beside it`()
    async throws
  {
    try await TestStore.with { store, _ in
      #expect(try await store.resultBefore(Cast.wangKey) == nil)
      let first = try await taken(store, Cast.wangKey, seed: 3, at: noon)
      #expect(try await store.resultBefore(Cast.wangKey) == nil, "it is the first")
      let seen = try await store.seenItems(
        of: Cast.wangKey.owner, in: first.start.test)
      #expect(seen == Set(first.stages.flatMap(\.items)))
      let later = SessionKey(id: TestSession.ID(rawValue: "later"), owner: Cast.wangKey.owner)
      let second = try await taken(store, later, seed: 4, at: noon + 86_400, avoiding: seen)
      #expect(seen.isDisjoint(with: second.stages.flatMap(\.items)))
      let before = try #require(try await store.resultBefore(later))
      #expect(before.id == Cast.wangKey.id)
      #expect(before.finishedAt == noon)
      #expect(before.items == seen)
      #expect(before.result == first.result(bank: bank))
      #expect(try await store.resultBefore(Cast.wangKey) == nil, "a later one is not before it")
      let stranger = SessionKey(id: later.id, owner: Cast.strangerKey.owner)
      #expect(try await store.resultBefore(stranger) == nil)
      #expect(
        try await store.seenItems(of: Cast.strangerKey.owner, in: first.start.test).isEmpty)
    }
  }

  @Test func `a self-rating is kept with the session and goes when it is erased`() async throws {
    try await TestStore.with { store, folder in
      let session = try TestSession(start: Cast.wang(in: bank), bank: bank)
      let rating = [bank.frameworks[0].dimensions[1].id: 2]
      try await store.startSession(
        Cast.wangKey, session: session, selfRating: rating, startedAt: noon, unclaimed: [])
      #expect(try await store.session(Cast.wangKey)?.selfRating == rating)
      #expect(try await store.openSession(of: Cast.wangKey.owner)?.selfRating == rating)
      #expect(try await store.eraseSession(Cast.wangKey, erasedAt: noon, as: { "unknown" }))
      #expect(
        try RawDatabase(folder).rows("SELECT id, self_rating FROM test_session")
          == ["unknown|NULL"])
    }
  }

  @Test func `exposures are counted over the forms as they were given, one window at a time`()
    async throws
  {
    try await TestStore.with { store, _ in
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
