import Courses
import Delivery
import Foundation
import Recommendation
import Storage
import TestSupport
import Testing
@testable import Web

struct PlanPageTests {
  /// A finished session's plan.
  private func withPlan(
    _ body: (Visitor, _ plan: String, _ page: String) async throws -> Void
  ) async throws {
    try await TestSite.with { site in
      let visitor = site.visitor()
      let session = try await visitor.begin()
      try await visitor.finish(session)
      let plan = try #require(try await visitor.post("/sessions/\(session)/plans").location)
      try await body(visitor, plan, try await visitor.get(plan).text)
    }
  }

  private func courses(_ page: String) -> [String] {
    page.matches(of: #/<article class="course[^"]*" id="course-([^"]+)"/#).map { String($0.1) }
  }

  @Test func `a plan obeys the hours of its programme and says where each rule comes from`()
    async throws
  {
    try await withPlan { _, _, page in
      #expect(page.contains("符合方案的全部要求"))
      #expect(page.contains("出处："))
      #expect(page.contains("这是示例课程"))
      #expect(courses(page).count > 5)
    }
  }

  @Test func `a locked course stays, a course not wanted goes, and both can be taken back`()
    async throws
  {
    try await withPlan { visitor, plan, page in
      let before = courses(page)
      let (kept, gone) = (before[0], before[1])
      _ = try await visitor.post(
        "\(plan)/changes", [("change", "lock"), ("course", kept)])
      _ = try await visitor.post(
        "\(plan)/changes", [("change", "exclude"), ("course", gone)])
      let changed = try await visitor.get(plan).text
      #expect(courses(changed).contains(kept))
      #expect(!courses(changed).contains(gone))
      #expect(changed.contains("你锁定了 1 门课"))
      _ = try await visitor.post(
        "\(plan)/changes", [("change", "unlock"), ("course", kept)])
      _ = try await visitor.post(
        "\(plan)/changes", [("change", "restore"), ("course", gone)])
      #expect(courses(try await visitor.get(plan).text) == before)
    }
  }

  @Test func `a replacement comes in and the replaced course stays out`() async throws {
    try await withPlan { visitor, plan, page in
      let offer = try #require(
        page.firstMatch(
          of: #/name="course" value="([^"]+)">\s*<input type="hidden" name="with" value="([^"]+)"/#)
      )
      let (old, new) = (String(offer.1), String(offer.2))
      _ = try await visitor.post(
        "\(plan)/changes", [("change", "replace"), ("course", old), ("with", new)])
      let changed = courses(try await visitor.get(plan).text)
      #expect(changed.contains(new))
      #expect(!changed.contains(old))
    }
  }

  @Test func `changes made in two tabs at once are both kept`() async throws {
    try await withPlan { visitor, plan, page in
      let before = courses(page)
      let tab = visitor.inAnotherTab
      async let first = tab.post(
        "\(plan)/changes", [("change", "exclude"), ("course", before[0])])
      async let second = tab.post(
        "\(plan)/changes", [("change", "exclude"), ("course", before[1])])
      _ = try await (first, second)
      let changed = courses(try await visitor.get(plan).text)
      #expect(Set(changed).isDisjoint(with: before[0...1]))
    }
  }

  @Test(arguments: [
    [("change", "nonsense"), ("course", "A1-V1")], [("change", "lock")],
    [("change", "lock"), ("course", "no-such-course")],
    [("change", "replace"), ("course", "A1-V1"), ("with", "no-such-course")],
  ])
  func `a change that cannot be understood changes nothing`(fields: [(String, String)])
    async throws
  {
    try await withPlan { visitor, plan, page in
      let refused = try await visitor.post("\(plan)/changes", fields)
      let after = try await visitor.get(plan)
      #expect(refused.status == 422)
      #expect(courses(after.text) == courses(page))
    }
  }

  @Test func `excluding all practice shows what is short and the smallest remedy`() async throws {
    try await TestSite.with { site in
      let visitor = site.visitor()
      let session = try await visitor.begin()
      try await visitor.finish(session)
      let plan = try #require(try await visitor.post("/sessions/\(session)/plans").location)
      let practice = site.content.catalogue.courses.filter { $0.mode == .practice }
      // Through the planning itself: a hundred forms would only be slower.
      let token = try #require(visitor.cookies["bianque"].flatMap { AccessToken($0) })
      let opened = try await OpenedSession(
        .init(id: .init(rawValue: session), owner: SessionOwner(tokenHash: token.hash)),
        site: site.site)
      let planning = try await StudyPlanning(site: site.site, opened: opened)
      let programme = try #require(
        site.content.programmes.first { $0.id.rawValue == "jiangsu-2020" })
      let short = try await planning.newPlan(
        under: programme, wishes: PlanWishes(excluded: practice.map(\.id)))
      #expect(short.plan.violation > 0)
      #expect(!short.plan.courses.isEmpty)
      let page = try await visitor.get("/plans/\(short.id.rawValue)").text
      #expect(page.contains("有要求还达不到"))
      #expect(page.contains("最小的改动：恢复"))
      #expect(plan != "/plans/\(short.id.rawValue)")
    }
  }
}
