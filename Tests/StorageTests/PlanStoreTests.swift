import Competency
import Courses
import Delivery
import Foundation
import Recommendation
import Storage
import TestSupport
import Testing

/// Versions of a plan, what each changed, and sheets.
struct PlanStoreTests {
  private let noon = Date(timeIntervalSince1970: 1_795_262_400)

  private func withPlan(_ body: (Store, URL, StoredPlan) async throws -> Void) async throws {
    let folder = try Project.temporaryFolder()
    let store = try Store(folder: folder, now: noon)
    let bank = try ShippedContent().bank
    try await store.startSession(
      Cast.wangKey, session: TestSession(start: Cast.wang(in: bank), bank: bank), startedAt: noon,
      unclaimed: [])
    let plan = StoredPlan(
      id: .init(rawValue: "plan"), session: Cast.wangKey.id,
      programme: .init(rawValue: "jiangsu-2020"), version: 1, coursesVersion: "c",
      wishes: PlanWishes(
        locked: [.init(rawValue: "a")], technology: .init(.weak, course: .init(rawValue: "b")),
        hoursBudget: 52.5, start: StudyDay("2026-09-01"), end: StudyDay("2027-01-31")),
      unlockedUtility: 1.25,
      plan: StudyPlan(
        environment: .init(rawValue: "A"), courses: [.init(rawValue: "a")], utility: 1,
        violation: 0,
        balance: RuleBalance(
          hours: 3, online: 3, practice: 0, points: 1, dimensions: 1, requiredPoints: 1,
          requiredDimensions: 1), violatedRules: [], explanations: []),
      createdAt: noon)
    #expect(try await store.savePlan(plan, of: Cast.wangKey.owner))
    try await body(store, folder, plan)
    try store.close()
    try FileManager.default.removeItem(at: folder)
  }

  private func next(_ plan: StoredPlan, _ kind: PlanEdit.Kind) -> StoredPlan {
    var next = plan
    next.version += 1
    next.parent = plan.version
    next.edit = PlanEdit(
      kind, course: .init(rawValue: "a"),
      difference: PlanDifference(
        came: [.init(rawValue: "x")], went: [], hoursBefore: 3, hoursAfter: 4.5, pointsBefore: 2,
        pointsAfter: 1, closureBefore: 0.1, closureAfter: 0.3, violationBefore: 0,
        violationAfter: 2))
    return next
  }

  @Test func `a version reads back with its wishes, its edit and where it came from`()
    async throws
  {
    try await withPlan { (store: Store, _: URL, plan: StoredPlan) async throws -> Void in
      let owner = Cast.wangKey.owner
      let second = next(plan, .unlock)
      let first = try await store.plan(plan.id, of: owner)
      #expect(first == plan)
      let isKept = try await store.savePlan(second, of: owner)
      #expect(isKept)
      let newest = try await store.plan(plan.id, of: owner)
      #expect(newest == second)
      let older = try await store.plan(plan.id, version: 1, of: owner)
      #expect(older == plan)
      let none = try await store.plan(plan.id, version: 3, of: owner)
      #expect(none == nil)
      let strangers = try await store.plan(plan.id, of: Cast.strangerKey.owner)
      #expect(strangers == nil)
    }
  }

  @Test func `two versions with one number are never both kept`() async throws {
    try await withPlan { (store: Store, _: URL, plan: StoredPlan) async throws -> Void in
      let owner = Cast.wangKey.owner
      #expect(try await store.savePlan(next(plan, .lock), of: owner))
      #expect(try await !store.savePlan(next(plan, .exclude), of: owner))
      #expect(try await store.planEdits(plan.id, of: owner).map(\.edit.kind) == [.lock])
    }
  }

  @Test func `edits are told newest first, from a version on, and to their owner only`()
    async throws
  {
    try await withPlan { (store: Store, _: URL, plan: StoredPlan) async throws -> Void in
      let owner = Cast.wangKey.owner
      let second = next(plan, .lock)
      #expect(try await store.savePlan(second, of: owner))
      #expect(try await store.savePlan(next(second, .exclude), of: owner))
      let edits = try await store.planEdits(plan.id, of: owner)
      #expect(edits.map(\.version) == [3, 2])
      #expect(edits.map(\.edit) == [next(second, .exclude).edit, second.edit])
      #expect(try await store.planEdits(plan.id, after: 2, of: owner).map(\.version) == [3])
      #expect(try await store.planEdits(plan.id, of: Cast.strangerKey.owner).isEmpty)
    }
  }

  @Test func `no version and no sheet can be rewritten`() async throws {
    try await withPlan { (store: Store, folder: URL, plan: StoredPlan) async throws -> Void in
      #expect(
        try await store.keepSheet(
          of: plan.id, version: 1, codeHash: [1], owner: Cast.wangKey.owner, printedAt: noon))
      let raw = try RawDatabase(folder)
      for change in [
        "UPDATE study_plan_version SET body = '{}'", "UPDATE plan_sheet SET version = 2",
      ] {
        #expect(throws: (any Error).self) { try raw.execute(change) }
      }
    }
  }

  @Test func `a sheet is found by its code's hash, with what was printed and what holds now`()
    async throws
  {
    try await withPlan { (store: Store, folder: URL, plan: StoredPlan) async throws -> Void in
      let owner = Cast.wangKey.owner
      #expect(
        try await !store.keepSheet(
          of: plan.id, version: 1, codeHash: [1], owner: Cast.strangerKey.owner, printedAt: noon))
      for time in [noon, noon + 60] {
        #expect(
          try await store.keepSheet(
            of: plan.id, version: 1, codeHash: [1], owner: owner, printedAt: time))
      }
      #expect(try await store.savePlan(next(plan, .lock), of: owner))
      let sheet = try #require(try await store.sheet(codeHash: [1]))
      #expect(sheet.plan == plan)
      #expect(sheet.printedAt == noon)
      #expect(sheet.newestVersion == 2)
      #expect(sheet.isIntact)
      #expect(try await store.sheet(codeHash: [2]) == nil)
      // Whoever goes round the trigger is found out.
      let raw = try RawDatabase(folder)
      try raw.execute("DROP TRIGGER study_plan_version_is_append_only")
      try raw.execute("UPDATE study_plan_version SET body = replace(body, '52.5', '53.5')")
      #expect(try await store.sheet(codeHash: [1])?.isIntact == false)
    }
  }

  @Test func `erasing a session erases its plans and their sheets`() async throws {
    try await withPlan { (store: Store, folder: URL, plan: StoredPlan) async throws -> Void in
      #expect(
        try await store.keepSheet(
          of: plan.id, version: 1, codeHash: [1], owner: Cast.wangKey.owner, printedAt: noon))
      #expect(try await store.eraseSession(Cast.wangKey, erasedAt: noon, as: { "unknown" }))
      #expect(try await store.sheet(codeHash: [1]) == nil)
      let raw = try RawDatabase(folder)
      #expect(try raw.rows("SELECT count(*) FROM plan_sheet") == ["0"])
      #expect(try raw.rows("SELECT count(*) FROM study_plan_version") == ["0"])
    }
  }
}
