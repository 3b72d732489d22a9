import Competency
import Courses
import Delivery
import Foundation
import ItemBank
import Recommendation
import Storage
import TestSupport
import Testing

@testable import Web

/// Changing a plan on its page: what it costs, taking it back, and two tabs.
struct PlanEditingTests {
  private func withPlan(
    _ manner: TestSession.Manner = .weakest, environment: String = "A",
    _ body: (PlanWorld, _ plan: String, _ page: String) async throws -> Void
  ) async throws {
    try await TestSite.with { site in
      let world = try await PlanWorld(site, manner, environment: environment)
      let plan = try await world.plan()
      try await body(world, plan, try await world.visitor.get(plan).text)
    }
  }

  @Test func `a change says what it costs in points, hours and gain, and which courses moved`()
    async throws
  {
    try await withPlan { world, plan, page in
      let gone = PlanWorld.courses(page)[0]
      let reply = try await world.change(plan, [("change", "exclude"), ("course", gone)])
      #expect(reply.location == "\(plan)#change")
      let changed = try await world.visitor.get(plan).text
      #expect(changed.contains("你不要“"))
      #expect(changed.contains("覆盖的能力点数不变") || changed.contains("个需要补的能力点"))
      #expect(changed.contains("学时不变") || changed.contains("学时从"))
      #expect(changed.contains("预计提高"))
      #expect(changed.contains("换出去："))
      #expect(changed.contains("撤销这次改动"))
    }
  }

  @Test(arguments: ["lock", "exclude"])
  func `keeping what is planned, or refusing what is not, moves no other course`(change: String)
    async throws
  {
    for manner in [TestSession.Manner.weakest, .first] {
      try await withPlan(manner) { world, plan, page in
        let before = PlanWorld.courses(page)
        let rest = world.site.content.catalogue.courses.map(\.id.rawValue).filter {
          !before.contains($0)
        }
        for course in change == "lock" ? before : Array(rest.prefix(5)) {
          try await world.change(plan, [("change", change), ("course", course)])
          #expect(PlanWorld.courses(try await world.visitor.get(plan).text) == before)
        }
      }
    }
  }

  @Test func `taking back brings the plan before, then the one before that, and no further`()
    async throws
  {
    try await withPlan { world, plan, page in
      let before = PlanWorld.courses(page)
      try await world.change(plan, [("change", "exclude"), ("course", before[0])])
      let once = PlanWorld.courses(try await world.visitor.get(plan).text)
      try await world.change(plan, [("change", "exclude"), ("course", before[1])])
      try await world.change(plan, [("change", "undo")])
      let first = try await world.visitor.get(plan).text
      #expect(PlanWorld.courses(first) == once)
      try await world.change(plan, [("change", "undo")])
      let back = try await world.visitor.get(plan).text
      #expect(PlanWorld.courses(back) == before)
      #expect(try PlanWorld.version(back) == 5)
      #expect(!back.contains("value=\"undo\""))
      #expect(try await world.change(plan, [("change", "undo")]).status == 422)
      // Nothing is rewritten: all four changes are told.
      #expect(back.matches(of: #/<li>你/#).count == 4)
    }
  }

  @Test func `an old page's change joins what another tab changed elsewhere`() async throws {
    try await withPlan { world, plan, page in
      let before = PlanWorld.courses(page)
      // The form of a course holds what would replace it: here the very course of the other tab.
      try await world.change(
        plan,
        [("change", "exclude"), ("course", before[0]), ("with", before[1]), ("version", "1")])
      let reply = try await world.change(
        plan,
        [
          ("change", "exclude"), ("course", before[1]), ("with", before[0]), ("version", "1"),
          ("direct", "1"),
        ])
      #expect(reply.status == 200)
      #expect(reply.text.contains("别处还有这些改动"))
      #expect(Set(PlanWorld.courses(reply.text)).isDisjoint(with: before[0...1]))
    }
  }

  @Test func `an old page's change of the same thing is shown beside the other and loses nothing`()
    async throws
  {
    try await withPlan { world, plan, page in
      try await world.change(plan, [("change", "budget"), ("hours", "52"), ("version", "1")])
      let reply = try await world.change(
        plan, [("change", "budget"), ("hours", "58.5"), ("version", "1")])
      #expect(reply.status == 409)
      #expect(reply.text.contains("你最多用 52 学时"))
      #expect(reply.text.contains("你最多用 58.5 学时"))
      #expect(reply.text.contains("name=\"hours\" value=\"58.5\""))
      #expect(try PlanWorld.version(reply.text) == 2)
      let kept = try await world.visitor.get(plan).text
      #expect(
        kept.contains("name=\"hours\" inputmode=\"decimal\" autocomplete=\"off\" value=\"52\""))
      let decided = try await world.change(
        plan, [("change", "budget"), ("hours", "58.5"), ("version", "2")])
      #expect(decided.status == 303)
    }
  }

  @Test func `taking back from an old page is asked about, never done to somebody else's change`()
    async throws
  {
    try await withPlan { world, plan, page in
      let courses = PlanWorld.courses(page)
      try await world.change(plan, [("change", "exclude"), ("course", courses[0])])
      try await world.change(plan, [("change", "lock"), ("course", courses[1])])
      let reply = try await world.change(plan, [("change", "undo"), ("version", "2")])
      #expect(reply.status == 409)
      #expect(reply.text.contains("现在撤销的话，撤的是：你锁定了"))
    }
  }

  @Test func `a budget below the programme fills the budget and names what is missing`()
    async throws
  {
    try await withPlan { world, plan, _ in
      try await world.change(plan, [("change", "budget"), ("hours", "３０")])
      let page = try await world.visitor.get(plan).text
      #expect(!PlanWorld.courses(page).isEmpty)
      #expect(page.contains("有要求还达不到"))
      #expect(page.contains("你给的学时不到方案的要求"))
      let hours = try #require(
        page.firstMatch(of: #/门课，共 (\d+(?:\.5)?) 学时/#).flatMap { Double($0.1) })
      #expect((25...30).contains(hours))
    }
  }

  @Test func `hours earned before are taken off what the plan has to hold, and come back`()
    async throws
  {
    try await withPlan { world, plan, page in
      func hours(_ page: String) throws -> Double {
        try #require(
          page.firstMatch(of: #/门课，共 (\d+(?:\.5)?) 学时/#).flatMap { Double($0.1) })
      }
      let before = try hours(page)
      try await world.change(
        plan, [("change", "earned"), ("earnedOnline", "12"), ("earnedPractice", "８")])
      let changed = try await world.visitor.get(plan).text
      #expect(changed.contains("减去了以前的学时：线上 12，实践 8"))
      #expect(
        changed.contains(
          "name=\"earnedPractice\" inputmode=\"decimal\" autocomplete=\"off\" value=\"8\""))
      // The programme's range moves down by 20, so the plan does by about as much.
      #expect((14...26).contains(before - (try hours(changed))), "\(before)")
      try await world.change(plan, [("change", "undo"), ("version", "2")])
      #expect(try hours(try await world.visitor.get(plan).text) == before)
    }
  }

  @Test(arguments: [
    (["budget", "hours", "很多"], "请填 1 到 400 之间的数"),
    (["budget", "hours", "-3"], "请填 1 到 400 之间的数"),
    (["earned", "earnedPractice", "-1"], "填 0 到 400 的数字"),
    (["dates", "start", "2026-09-01"], "开始和结束日期都要填"),
    (["dates", "start", "9月1日"], "请写成 2026-09-01 这样的日期"),
  ])
  func `what was typed and cannot be taken stays in the field, with a sentence beside it`(
    fields: [String], sentence: String
  ) async throws {
    try await withPlan { world, plan, page in
      let reply = try await world.change(
        plan, [("change", fields[0]), (fields[1], fields[2])])
      #expect(reply.status == 422)
      #expect(reply.text.contains(sentence))
      #expect(reply.text.contains("value=\"\(fields[2])\""))
      #expect(PlanWorld.courses(reply.text) == PlanWorld.courses(page))
    }
  }

  @Test func `a new technology brings one course and says for which field`() async throws {
    try await withPlan(.first) { world, plan, page in
      for (field, words) in [("strong", "在强项上"), ("weak", "从弱项")] {
        try await world.change(plan, [("change", "technology"), ("field", field)])
        let changed = try await world.visitor.get(plan).text
        #expect(changed.contains("你想\(words)学一项新技术："))
        #expect(changed.contains("<span class=\"tag\">新技术</span>"))
        try await world.change(plan, [("change", "technology"), ("field", "none")])
      }
      let without = try await world.visitor.get(plan).text
      #expect(PlanWorld.courses(without) == PlanWorld.courses(page))
    }
  }

  @Test func `locking what breaks a rule names the rule and shows a plan all the same`()
    async throws
  {
    try await withPlan { world, plan, _ in
      // Two courses that teach the same.
      try await world.change(plan, [("change", "lock"), ("course", "A1-V1")])
      try await world.change(plan, [("change", "lock"), ("course", "A1-V3")])
      let page = try await world.visitor.get(plan).text
      #expect(page.contains("内容重复"))
      #expect(page.contains("方案的要求比原来差得更多"))
      #expect(Set(PlanWorld.courses(page)).isSuperset(of: ["A1-V1", "A1-V3"]))
      #expect(page.contains("撤销这次改动"))
    }
  }

  @Test func `with every course refused the page says why it is empty and how to go on`()
    async throws
  {
    try await TestSite.with { site in
      let world = try await PlanWorld(site, .weakest)
      let key = SessionKey(
        id: .init(rawValue: world.session), owner: SessionOwner(tokenHash: world.token.hash))
      let opened = try await OpenedSession(key, site: site.site)
      let programme = try #require(
        site.content.programmes.first { $0.id.rawValue == "jiangsu-2020" })
      let empty = try await StudyPlanning(site: site.site, opened: opened).newPlan(
        under: programme,
        wishes: PlanWishes(excluded: site.content.catalogue.courses.map(\.id)))
      let page = try await world.visitor.get("/plans/\(empty.id.rawValue)")
      #expect(page.status == 200)
      #expect(page.text.contains("目录里没有可以排的课"))
      #expect(page.text.contains("value=\"restore\""))
      let sheet = try await world.visitor.get("/plans/\(empty.id.rawValue)/print")
      #expect(sheet.status == 200)
    }
  }

  @Test func `a teacher without a gap is told that the hours ask for the courses`() async throws {
    try await withPlan(.best, environment: "C") { _, _, page in
      #expect(page.contains("主要为满足学时要求"))
      #expect(!page.contains("分不出先后"))
    }
  }

  @Test
  func `a teacher with every gap is told what the plan serves and what cannot be put in order`()
    async throws
  {
    try await withPlan(.weakest) { _, _, page in
      #expect(page.contains("需要补和可能需要的"))
      #expect(page.contains("分不出先后"))
    }
  }

  @Test func `a teacher who was sure of nothing is told so and gets a plan by the hours`()
    async throws
  {
    try await withPlan(.unsure) { _, _, page in
      #expect(!PlanWorld.courses(page).isEmpty)
      #expect(page.contains("需要补和可能需要的") || page.contains("看不出哪一项需要补"))
    }
  }
}
