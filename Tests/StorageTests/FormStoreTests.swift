import Courses
import Foundation
import ItemBank
import People
import Simulation
import Storage
import TestSupport
import Testing

/// Drafts of blueprints, trials, and windows of tests as they are kept.
struct FormStoreTests {
  private let noon = TestStore.noon

  private func blueprint() throws -> Blueprint {
    var blueprint = try #require(try ShippedContent().bank.blueprints.first)
    blueprint.file = ""
    return blueprint
  }

  private func withStore(_ body: (Store) async throws -> Void) async throws {
    try await TestStore.with { store, _ in try await body(store) }
  }

  @Test func `of two who save a draft from the same one, the second is told`() async throws {
    try await withStore { store in
      var first = try blueprint()
      first.pilotItems = 1
      #expect(try await store.saveBlueprintDraft(first, after: nil, actor: "account:1", at: noon))
      var second = first
      second.pilotItems = 2
      #expect(
        try await !store.saveBlueprintDraft(second, after: nil, actor: "account:2", at: noon))
      #expect(try await store.blueprintDraft(of: first.test)?.blueprint == first)
      #expect(try await store.saveBlueprintDraft(second, after: 1, actor: "account:2", at: noon))
      let kept = try #require(try await store.blueprintDraft(of: first.test))
      #expect(kept.blueprint == second && kept.revision == 2 && kept.actor == "account:2")
      try await store.discardBlueprintDraft(
        of: first.test, revision: 2, actor: "account:1", at: noon)
      #expect(try await store.blueprintDraft(of: first.test) == nil)
      #expect(
        try await !store.saveBlueprintDraft(second, after: 2, actor: "account:2", at: noon),
        "what was discarded does not come back")
    }
  }

  @Test func `a draft that was saved since is not discarded, and no number comes twice`()
    async throws
  {
    try await withStore { store in
      let first = try blueprint()
      var second = first
      second.pilotItems = 2
      func save(_ draft: Blueprint, after revision: Int?) async throws -> Bool {
        try await store.saveBlueprintDraft(draft, after: revision, actor: "account:1", at: noon)
      }
      func discard(_ revision: Int) async throws {
        try await store.discardBlueprintDraft(
          of: first.test, revision: revision, actor: "account:2", at: noon)
      }
      #expect(try await save(first, after: nil))
      #expect(try await save(second, after: 1))
      try await discard(1)
      #expect(try await store.blueprintDraft(of: first.test)?.blueprint == second)
      try await discard(2)
      #expect(try await store.blueprintDraft(of: first.test) == nil)
      #expect(try await save(first, after: nil))
      #expect(try await store.blueprintDraft(of: first.test)?.revision == 3)
    }
  }

  @Test func `one trial runs at a time, and what was ended takes no report`() async throws {
    try await withStore { store in
      let blueprint = try blueprint()
      let version = Bank.Version(rawValue: "v")
      func start() async throws -> Int? {
        try await store.startFormTrial(
          of: blueprint, bank: version, teachers: 60, seed: 5, actor: "account:1", at: noon)
      }
      #expect(try await start() == 1)
      #expect(try await start() == nil)
      #expect(try await store.noteFormTrial(1, done: 25))
      #expect(try await store.formTrial(1)?.done == 25)
      #expect(try await store.endFormTrial(1, as: .cancelled, actor: "account:1", at: noon))
      #expect(try await !store.noteFormTrial(1, done: 50))
      let bank = try ShippedContent().bank
      var trial = FormTrial(
        bank: bank, framework: try #require(bank.framework(blueprint.framework)),
        blueprint: blueprint, seed: 5)
      try trial.advance()
      #expect(try await !store.endFormTrial(1, as: .finished, report: trial.report, at: noon))
      #expect(try await start() == 2)
      #expect(try await store.endFormTrial(2, as: .finished, report: trial.report, at: noon))
      let kept = try #require(try await store.formTrial(2))
      #expect(kept.report == trial.report, "numbers read back exactly")
      #expect(kept.blueprint == blueprint && kept.status == .finished && kept.done == 1)
      #expect(try await store.formTrials(of: blueprint.test).map(\.number) == [2, 1])
      #expect(try await store.formTrials(of: AssessmentTest.ID(rawValue: "x")).isEmpty)
    }
  }

  @Test func `windows are kept with their places, and removed with them`() async throws {
    try await withStore { store in
      let blueprint = try blueprint()
      let sheet = "单位名称,类型,上级单位,标识码\n示范市,市,,\n东县,区县,示范市,\n东一小,学校,东县,\n"
      let roster = try #require(RosterReader.read([UInt8](sheet.utf8), file: "名册.csv").roster)
      _ = try await store.importRoster(
        roster, within: nil, keeps: true, actor: "command", at: noon,
        newID: { UUID().uuidString }, newCode: { "213301" })
      let county = try #require(
        try await store.units(below: nil).first { $0.name == "东县" })
      let window = TestWindow(
        test: blueprint.test, programme: "p", opensOn: try #require(CalendarDay("2026-12-01")),
        closesOn: try #require(CalendarDay("2026-12-20")), units: [county.id])
      #expect(try await store.addTestWindow(window, actor: "account:1", at: noon) == 1)
      var kept = window
      kept.number = 1
      #expect(try await store.testWindows(of: blueprint.test, programme: "p") == [kept])
      #expect(try await store.testWindows(of: blueprint.test, programme: "q").isEmpty)
      let other = AssessmentTest.ID(rawValue: "other")
      #expect(
        try await !store.removeTestWindow(1, of: other, actor: "account:1", at: noon))
      #expect(try await store.testWindows(of: blueprint.test) == [kept])
      #expect(
        try await store.removeTestWindow(1, of: blueprint.test, actor: "account:1", at: noon))
      #expect(try await store.testWindows(of: blueprint.test).isEmpty)
    }
  }
}
