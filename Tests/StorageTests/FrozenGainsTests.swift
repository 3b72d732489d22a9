import Competency
import Courses
import Delivery
import Foundation
import Recommendation
import Storage
import TestSupport
import Testing

/// Gains frozen for a term, the draw of a plan, and the switch for it.
struct FrozenGainsTests {
  private let framework = Framework.ID(rawValue: "cn-2.0")

  private func frozen(_ version: Int, _ term: String) -> FrozenGains {
    FrozenGains(
      gains: CourseGains(
        version: version, term: term,
        parameters: [
          .init(
            course: .init(rawValue: "c"), point: .init(rawValue: "A1"), mean: 1.0 / 3,
            standardError: 0.1)
        ]), teachers: [.init(rawValue: "c"): 45], actor: "account:x", frozenAt: TestStore.noon)
  }

  @Test func `frozen gains read back exactly, and older versions stay`() async throws {
    try await TestStore.with { (store: Store, _: URL) async throws -> Void in
      #expect(try await store.frozenGains(of: framework) == nil)
      #expect(try await store.freezeGains(frozen(2, "2026-spring"), of: framework))
      #expect(try await store.freezeGains(frozen(3, "2026-autumn"), of: framework))
      #expect(try await store.frozenGains(of: framework) == frozen(3, "2026-autumn"))
      #expect(try await store.frozenGains(of: framework, version: 2) == frozen(2, "2026-spring"))
      #expect(try await store.frozenGains(of: .init(rawValue: "cn-2014")) == nil)
    }
  }

  @Test func `a term is frozen once, and only after the version before`() async throws {
    try await TestStore.with { (store: Store, folder: URL) async throws -> Void in
      #expect(try await store.freezeGains(frozen(2, "2026-autumn"), of: framework))
      #expect(try await !store.freezeGains(frozen(3, "2026-autumn"), of: framework))
      #expect(try await !store.freezeGains(frozen(4, "2027-spring"), of: framework))
      #expect(throws: (any Error).self) {
        try RawDatabase(folder).execute("UPDATE course_gains SET term = 'x'")
      }
    }
  }

  @Test func `slots are drawn until somebody turns that off, which the audit log says`()
    async throws
  {
    try await TestStore.with { (store: Store, _: URL) async throws -> Void in
      #expect(try await store.drawsSlots())
      try await store.setDrawsSlots(false, actor: "account:x", at: TestStore.noon)
      #expect(try await !store.drawsSlots())
      #expect(
        try await store.auditPage(limit: 1).events.first?.event.action == "stop-drawing-slots")
      try await store.setDrawsSlots(true, actor: "account:x", at: TestStore.noon)
      #expect(try await store.drawsSlots())
    }
  }

  @Test func `a plan keeps its draw with every propensity, and later versions have it too`()
    async throws
  {
    try await TestStore.with { (store: Store, _: URL) async throws -> Void in
      let bank = try ShippedContent().bank
      try await store.startSession(
        Cast.wangKey, session: TestSession(start: Cast.wang(in: bank), bank: bank),
        startedAt: TestStore.noon, unclaimed: [])
      let slot = RandomisedSlot(
        planned: .init(rawValue: "a"),
        propensities: [.init(rawValue: "a"): 1.0 / 3, .init(rawValue: "b"): 2.0 / 3],
        drawn: .init(rawValue: "b"), utilityChange: -0.01)
      var plan = StoredPlan(
        id: .init(rawValue: "plan"), session: Cast.wangKey.id,
        programme: .init(rawValue: "jiangsu-2020"), version: 1, coursesVersion: "c",
        wishes: PlanWishes(), unlockedUtility: nil,
        plan: StudyPlan(
          environment: .init(rawValue: "A"), courses: [.init(rawValue: "b")], utility: 1,
          violation: 0,
          balance: RuleBalance(
            hours: 3, online: 3, practice: 0, points: 1, dimensions: 1, requiredPoints: 1,
            requiredDimensions: 1), violatedRules: [], explanations: []),
        createdAt: TestStore.noon, gainsVersion: 2, slot: slot)
      #expect(try await store.savePlan(plan, of: Cast.wangKey.owner))
      plan.version = 2
      #expect(try await store.savePlan(plan, of: Cast.wangKey.owner))
      let read = try #require(try await store.plan(plan.id, of: Cast.wangKey.owner))
      #expect(read.slot == slot && read.gainsVersion == 2)
      #expect(read.slot?.propensity == 2.0 / 3)
    }
  }
}
