import Foundation
import ItemBank
import People
import Storage
import Testing

/// Panels as they are kept.
struct PanelStoreTests {
  private func judge(_ name: String, in store: Store) async throws -> StaffAccount.ID {
    let id = StaffAccount.ID(rawValue: name)
    let hash = [UInt8](name.utf8)
    try await store.invite(
      Grant(.judge, .everything), tokenHash: hash, expiresAt: TestStore.noon + 60,
      actor: "command", at: TestStore.noon)
    _ = try await store.makeAccount(
      from: hash, id: id, login: name, name: name,
      credentials: StaffCredentials(passwordHash: "", totpSecret: [1], usedStep: 0),
      at: TestStore.noon)
    return id
  }

  private func open(_ kind: Panel.Kind, in store: Store, name: String = "一") async throws -> Int? {
    let judges = [try await judge("\(name)甲", in: store), try await judge("\(name)乙", in: store)]
    return try await store.openPanel(
      kind, name: name, settings: Panel.Settings(items: ["i1", "i2"]),
      bank: Bank.Version(rawValue: "b"), judges: judges, seed: 7, actor: "account:x",
      at: TestStore.noon)
  }

  private func said(
    _ points: Double, of item: String = "i1", judge: Int = 1, round: Int = 1, revision: Int = 0
  ) -> PanelEntry {
    PanelEntry(
      judge: judge, round: round, item: item, values: ["A": points, "B": 0], revision: revision,
      savedAt: TestStore.noon)
  }

  @Test func `a panel is read as it was opened, by everybody and by its judges`() async throws {
    try await TestStore.with { store, _ in
      let number = try #require(try await open(.options, in: store))
      let panel = try #require(try await store.panel(number))
      #expect(panel.kind == .options && panel.name == "一" && panel.isOpen && panel.seed == 7)
      #expect(panel.items.map(\.rawValue) == ["i1", "i2"])
      #expect(panel.judges.map(\.number) == [1, 2])
      #expect(try await store.panels().map(\.number) == [number])
      #expect(try await store.panels(judge: panel.judges[1].account).map(\.number) == [number])
      #expect(try await store.panels(judge: .init(rawValue: "x")).isEmpty)
      #expect(try await store.panel(9) == nil)
    }
  }

  @Test func `a button pressed twice opens one panel`() async throws {
    try await TestStore.with { store, _ in
      let number = try #require(try await open(.options, in: store))
      let again = try await store.openPanel(
        .options, name: "一", settings: Panel.Settings(items: ["i1"]),
        bank: Bank.Version(rawValue: "b"), judges: [], seed: 1, actor: "account:x",
        at: TestStore.noon)
      #expect(again == nil)
      #expect(
        try await store.endRound(
          ofPanel: number, goesOn: false, actor: "account:x", at: TestStore.noon))
      let third = try await store.openPanel(
        .options, name: "一", settings: Panel.Settings(items: ["i1"]),
        bank: Bank.Version(rawValue: "b"), judges: [], seed: 1, actor: "account:x",
        at: TestStore.noon)
      #expect(third == 2)
    }
  }

  @Test func `the same said twice is said once, and nothing is overwritten unseen`() async throws {
    try await TestStore.with { store, _ in
      let number = try #require(try await open(.options, in: store))
      #expect(try await store.savePanelEntry(said(3), inPanel: number) == .saved(revision: 1))
      #expect(try await store.savePanelEntry(said(3), inPanel: number) == .saved(revision: 1))
      // Another window, made before anything was saved.
      let outcome = try await store.savePanelEntry(said(2), inPanel: number)
      guard case .conflict(let kept) = outcome else { throw TestFault.noConflict }
      #expect(kept.values["A"] == 3 && kept.revision == 1)
      #expect(
        try await store.savePanelEntry(said(2, revision: 1), inPanel: number)
          == .saved(revision: 2))
      let all = try await store.entries(of: number)
      #expect(all.count == 1 && all[0].values["A"] == 2 && all[0].revision == 2)
      #expect(try await store.entries(of: number, judge: 2).isEmpty)
    }
  }

  @Test func `what comes after the end is kept apart, and what was in time never changes`()
    async throws
  {
    try await TestStore.with { store, folder in
      let number = try #require(try await open(.options, in: store))
      _ = try await store.savePanelEntry(said(3), inPanel: number)
      #expect(
        try await store.endRound(
          ofPanel: number, goesOn: false, actor: "account:x", at: TestStore.noon))
      #expect(
        try await store.endRound(
          ofPanel: number, goesOn: false, actor: "account:x", at: TestStore.noon) == false)
      #expect(try await store.savePanelEntry(said(1, revision: 1), inPanel: number) == .late)
      #expect(try await store.savePanelEntry(said(0, revision: 1), inPanel: number) == .late)
      #expect(try await store.savePanelEntry(said(4, of: "i2"), inPanel: number) == .late)
      let all = try await store.entries(of: number)
      #expect(all.filter { !$0.isLate }.map(\.values) == [["A": 3, "B": 0]])
      #expect(all.filter(\.isLate).map { $0.values["A"] } == [0, 4])
      let raw = try RawDatabase(folder)
      for statement in [
        "UPDATE panel_entry SET body = '{}' WHERE is_late = 0", "DELETE FROM panel_entry",
        "DELETE FROM panel", "UPDATE panel SET closed_at = NULL",
        "INSERT INTO panel_entry VALUES (1, 2, 1, 'i1', 0, '{}', '', 1, '')",
      ] {
        #expect(throws: (any Error).self, "\(statement)") { try raw.execute(statement) }
      }
    }
  }

  @Test func `a second round keeps the first as it was said`() async throws {
    try await TestStore.with { store, _ in
      let number = try #require(try await open(.angoff, in: store))
      _ = try await store.savePanelEntry(said(3), inPanel: number)
      #expect(
        try await store.endRound(
          ofPanel: number, goesOn: true, actor: "account:x", at: TestStore.noon))
      #expect(
        try await store.endRound(
          ofPanel: number, goesOn: true, actor: "account:x", at: TestStore.noon) == false)
      #expect(try await store.savePanelEntry(said(1, revision: 1), inPanel: number) == .late)
      #expect(
        try await store.savePanelEntry(said(2, round: 2), inPanel: number) == .saved(revision: 1))
      let all = try await store.entries(of: number)
      #expect(all.map(\.round) == [1, 1, 2])
      #expect(all.map(\.isLate) == [false, true, false])
      // Scores of options have one round.
      let other = try #require(try await open(.options, in: store, name: "二"))
      #expect(
        try await store.endRound(
          ofPanel: other, goesOn: true, actor: "account:x", at: TestStore.noon) == false)
    }
  }

  @Test func `somebody who is no judge of a panel cannot say anything in it`() async throws {
    try await TestStore.with { store, _ in
      let number = try #require(try await open(.options, in: store))
      await #expect(throws: (any Error).self) {
        try await store.savePanelEntry(said(2, judge: 3), inPanel: number)
      }
      #expect(try await store.entries(of: number).isEmpty)
    }
  }

  private enum TestFault: Error { case noConflict }
}
