import Delivery
import Foundation
import ItemBank
import Storage
import TestSupport
import Testing

/// A stage on top of a finished session, in a real database.
struct ContinueSessionTests {
  private let bank: Bank
  private let noon = TestStore.noon
  private let further = TestSession.ID(rawValue: "further")

  init() throws {
    bank = try ShippedContent().bank
  }

  private func key(_ id: String) -> SessionKey {
    SessionKey(id: TestSession.ID(rawValue: id), owner: Cast.wangKey.owner)
  }

  /// Answers every stage of a session that is kept.
  private func answer(
    _ session: TestSession, _ key: SessionKey, in store: Store, at time: Date = TestStore.noon
  ) async throws {
    var session = session
    while let stage = session.currentStage {
      let answers = [AssessmentItem.ID: TestSession.Answer](
        try stage.items.map {
          ($0, try #require(TestSession.answer(to: $0, in: .first, bank: bank)))
        }, uniquingKeysWith: { first, _ in first })
      session = try #require(
        try await store.submitStage(
          stage.number, changes: answers, after: 0, closes: true, in: key, receivedAt: time,
          bank: bank))
    }
  }

  private func finished(_ store: Store) async throws {
    let session = try TestSession(start: Cast.wang(seed: 3, in: bank), bank: bank)
    try await store.startSession(Cast.wangKey, session: session, startedAt: noon, unclaimed: [])
    try await answer(session, Cast.wangKey, in: store)
  }

  private func begun(_ store: Store) async throws -> TestSession {
    guard
      case .begun(further, let session)? = try await store.continueSession(
        Cast.wangKey, as: further, startedAt: noon, bank: bank)
    else { throw StoreError.unreadable(table: "test_session") }
    return session
  }

  @Test func `what was told of the finished session stays to the byte, and both are told again`()
    async throws
  {
    try await TestStore.with { store, _ in
      try await finished(store)
      let told = try #require(try await store.storedResult(Cast.wangKey))
      let session = try await begun(store)
      try await answer(session, key("further"), in: store)
      #expect(try await store.storedResult(Cast.wangKey) == told)
      let found = try #require(try await store.session(key("further")))
      #expect(found.earlier.map(\.id) == [Cast.wangKey.id])
      #expect(found.expectation != nil)
      let replayed = try found.replayed(bank: bank)
      let result = try #require(replayed.result(bank: bank))
      #expect(result.evidence.count == 20)
      #expect(
        try await store.storedResult(key("further")) == (try Store.canonicalJSON(of: result)))
      #expect(try await store.resultBefore(key("further")) == nil, "it is no earlier test")
    }
  }

  @Test func `a second tab finds the session that the first began`() async throws {
    try await TestStore.with { store, _ in
      try await finished(store)
      _ = try await begun(store)
      let again = try await store.continueSession(
        Cast.wangKey, as: TestSession.ID(rawValue: "other"), startedAt: noon, bank: bank)
      #expect(again == .known(further))
      let chain = try await store.continuations(of: Cast.wangKey)
      #expect(chain.map(\.id) == [further] && chain.map(\.isFinished) == [false])
      #expect(try await store.continuations(of: Cast.strangerKey).isEmpty)
      #expect(
        try await store.continueSession(
          Cast.strangerKey, as: further, startedAt: noon, bank: bank) == nil)
    }
  }

  @Test func `nothing follows an open session, or one after which another was begun`() async throws
  {
    try await TestStore.with { store, _ in
      let open = try TestSession(start: Cast.wang(seed: 3, in: bank), bank: bank)
      try await store.startSession(Cast.wangKey, session: open, startedAt: noon, unclaimed: [])
      let refused = try await store.continueSession(
        Cast.wangKey, as: further, startedAt: noon, bank: bank)
      #expect(refused == .refused)
      try await answer(open, Cast.wangKey, in: store)
      let later = try TestSession(start: Cast.wang(seed: 4, in: bank), bank: bank)
      try await store.startSession(
        key("later"), session: later, startedAt: noon + 60, unclaimed: [])
      #expect(
        try await store.continueSession(Cast.wangKey, as: further, startedAt: noon, bank: bank)
          == .refused)
      #expect(try await store.continuations(of: Cast.wangKey).isEmpty)
    }
  }

  @Test func `no session is later than itself, whatever thousandth it was started in`() async throws
  {
    try await TestStore.with { store, _ in
      for thousandth in 0..<60 {
        let own = key("session-\(thousandth)")
        let owner = SessionOwner(tokenHash: [UInt8](repeating: UInt8(thousandth), count: 32))
        let session = try TestSession(start: Cast.wang(seed: 3, in: bank), bank: bank)
        try await store.startSession(
          SessionKey(id: own.id, owner: owner), session: session,
          startedAt: noon + Double(thousandth) * 0.0171, unclaimed: [])
        let stored = try #require(try await store.session(SessionKey(id: own.id, owner: owner)))
        #expect(try await !store.isSuperseded(stored, of: owner), "\(thousandth)")
      }
    }
  }

  @Test func `erasing a session takes what goes on from it along`() async throws {
    try await TestStore.with { store, folder in
      try await finished(store)
      let session = try await begun(store)
      try await answer(session, key("further"), in: store)
      #expect(
        try await store.eraseSession(Cast.wangKey, erasedAt: noon, as: { UUID().uuidString }))
      #expect(try await store.session(key("further")) == nil)
      let raw = try RawDatabase(folder)
      #expect(
        try raw.rows("SELECT token_hash, person, continues, expectation FROM test_session")
          == ["NULL|NULL|NULL|NULL", "NULL|NULL|NULL|NULL"])
      #expect(try raw.rows("SELECT count(*) FROM session_result") == ["0"])
      #expect(
        try raw.rows(
          "SELECT count(*) FROM session_event WHERE kind = 'responded' GROUP BY session "
            + "ORDER BY 1") == ["4", "16"])
    }
  }

  @Test func `a later test is set beside the newest result, with all its items`() async throws {
    try await TestStore.with { store, _ in
      try await finished(store)
      try await answer(try await begun(store), key("further"), in: store, at: noon + 30)
      let seen = try await store.seenItems(of: Cast.wangKey.owner, in: Cast.wang(in: bank).test)
      #expect(seen.count == 20)
      let later = try TestSession(
        start: Cast.wang(seed: 4, in: bank), bank: bank, avoiding: seen)
      try await store.startSession(
        key("later"), session: later, startedAt: noon + 60, unclaimed: [])
      try await answer(later, key("later"), in: store, at: noon + 90)
      let before = try #require(try await store.resultBefore(key("later")))
      #expect(before.id == further)
      #expect(before.items == seen)
    }
  }
}
