import Competency
import Courses
import Foundation
import ItemBank
import Recommendation
import Storage
import TestSupport
import Testing

@testable import Web

/// The printed plan, its code, its files and the page that checks it.
struct SheetTests {
  private func code(_ page: String) -> String? {
    page.firstMatch(of: #/class="code-text">([0-9A-Z-]+)</#).map { String($0.1) }
  }

  @Test func `a sheet gets its code when it is first printed, and the same one again`()
    async throws
  {
    try await TestSite.with { site in
      let world = try await PlanWorld(site, .weakest)
      let plan = try await world.plan()
      #expect(code(try await world.visitor.get("\(plan)/print").text) == nil)
      let reply = try await world.visitor.post("\(plan)/sheets")
      #expect(reply.location == "\(plan)/print")
      let first = try #require(code(try await world.visitor.get("\(plan)/print").text))
      _ = try await world.visitor.post("\(plan)/sheets")
      #expect(code(try await world.visitor.get("\(plan)/print").text) == first)
      #expect(first.filter { $0 != "-" }.count == 16)
      try await world.change(plan, [("change", "budget"), ("hours", "53")])
      _ = try await world.visitor.post("\(plan)/sheets")
      #expect(code(try await world.visitor.get("\(plan)/print").text) != first)
    }
  }

  @Test func `the code is in the database as a hash only`() async throws {
    try await TestSite.with { site in
      let world = try await PlanWorld(site, .weakest)
      let plan = try await world.plan()
      _ = try await world.visitor.post("\(plan)/sheets")
      let text = try #require(code(try await world.visitor.get("\(plan)/print").text))
      let plain = text.filter { $0 != "-" }
      for name in ["bianque.sqlite", "bianque.sqlite-wal"] {
        let file = site.folder.appending(path: name)
        guard FileManager.default.fileExists(atPath: file.path) else { continue }
        let bytes = try Data(contentsOf: file)
        #expect(bytes.range(of: Data(plain.utf8)) == nil)
        #expect(bytes.range(of: Data(text.utf8)) == nil)
      }
    }
  }

  @Test func `whoever holds the paper sees courses and hours, and no name, need or result`()
    async throws
  {
    try await TestSite.with { site in
      let people = try await PeopleWorld(site)
      let teacher = try await people.teacher("王丽")
      let session = try await teacher.begin()
      try await teacher.finish(session)
      let plan = try #require(try await teacher.post("/sessions/\(session)/plans").location)
      _ = try await teacher.post("\(plan)/sheets")
      let sheet = try await teacher.get("\(plan)/print").text
      #expect(sheet.contains("王丽") && sheet.contains("东一小"))
      let found = try #require(code(sheet))
      let page = try await site.visitor().get("/v/\(found)")
      #expect(page.status == 200)
      #expect(page.text.contains("打印以后没有改过"))
      let courses = PlanWorld.courses(try await teacher.get(plan).text)
      let title = try #require(
        site.content.catalogue.course(.init(rawValue: courses[0]))?.title.chinese)
      #expect(page.text.contains(title))
      let plainPlan = plan.split(separator: "/").last.map(String.init) ?? ""
      for word in ["王丽", "东一小", "需要补", "证据不足", session, plainPlan] {
        #expect(!page.text.contains(word), "\(word)")
      }
    }
  }

  @Test func `a plan of the browser is not printed with the name of who signed in since`()
    async throws
  {
    try await TestSite.with { site in
      let people = try await PeopleWorld(site)
      let browser = site.visitor()
      let session = try await browser.begin()
      try await browser.finish(session)
      let plan = try #require(try await browser.post("/sessions/\(session)/plans").location)
      let teacher = try await people.teacher("王丽")
      browser.hold(
        account: try #require(teacher.cookies["bianque-account"].flatMap { AccessToken($0) }))
      let sheet = try await browser.get("\(plan)/print")
      #expect(sheet.status == 200)
      #expect(!sheet.text.contains("王丽") && !sheet.text.contains("东一小"))
    }
  }

  @Test func `the paper of a plan that was changed since says so and still shows what was printed`()
    async throws
  {
    try await TestSite.with { site in
      let world = try await PlanWorld(site, .weakest)
      let plan = try await world.plan()
      let gone = PlanWorld.courses(try await world.visitor.get(plan).text)[0]
      _ = try await world.visitor.post("\(plan)/sheets")
      let found = try #require(code(try await world.visitor.get("\(plan)/print").text))
      try await world.change(plan, [("change", "exclude"), ("course", gone)])
      let page = try await site.visitor().get("/v/\(found.lowercased())").text
      #expect(page.contains("打印以后改过"))
      #expect(page.contains("纸上是第 1 版，现在已是第 2 版"))
      let title = try #require(
        site.content.catalogue.course(.init(rawValue: gone))?.title.chinese)
      #expect(page.contains(title))
    }
  }

  @Test func `an unknown code and that of an erased plan look alike`() async throws {
    try await TestSite.with { site in
      let world = try await PlanWorld(site, .weakest)
      let plan = try await world.plan()
      _ = try await world.visitor.post("\(plan)/sheets")
      let found = try #require(code(try await world.visitor.get("\(plan)/print").text))
      _ = try await world.visitor.post("/sessions/\(world.session)/erasure")
      let erased = try await site.visitor().get("/v/\(found)")
      let unknown = try await site.visitor().get("/v/0000-0000-0000-0000")
      #expect(erased.status == 404)
      #expect(erased.text.replacing(found, with: "") == unknown.text)
      #expect(unknown.text.contains("没有这个核验码"))
    }
  }

  @Test func `the files hold every course, and dates where there are some`() async throws {
    try await TestSite.with { site in
      let world = try await PlanWorld(site, .weakest)
      let plan = try await world.plan()
      try await world.change(
        plan, [("change", "dates"), ("start", "2026年9月1日"), ("end", "2027-01-31")])
      let courses = PlanWorld.courses(try await world.visitor.get(plan).text)
      let csv = try await world.visitor.get("\(plan)/plan.csv")
      let lines = csv.text.split(separator: "\r\n")
      #expect(lines.count == courses.count + 1)
      #expect(lines.last?.contains("2027-01-31") == true)
      let workbook = try await world.visitor.get("\(plan)/plan.xlsx")
      #expect(workbook.body.starts(with: [0x50, 0x4B]))
      let json = try await world.visitor.get("\(plan)/plan.json").json()
      #expect(json["version"] as? Int == 2)
      #expect(json["start"] as? String == "2026-09-01")
      let body = try #require(json["plan"] as? [String: Any])
      #expect((body["courses"] as? [Any])?.count == courses.count)
      let sheet = try await world.visitor.get("\(plan)/print").text
      #expect(sheet.contains("2026年9月1日至2027年1月31日"))
    }
  }

  @Test func `a programme with themes prints them with hours, weeks and what is handed in`()
    async throws
  {
    try await TestSite.with { site in
      let world = try await PlanWorld(
        site, .weakest, environment: "I", programme: "quanzhou-2016")
      let plan = try await world.plan(programme: "quanzhou-2016")
      try await world.change(
        plan, [("change", "dates"), ("start", "2026-09-01"), ("end", "2026-12-31")])
      let sheet = try await world.visitor.get("\(plan)/print").text
      #expect(sheet.contains("研修进程"))
      #expect(sheet.matches(of: #/<tr><td lang="zh-CN">\d+ /#).count == 12)
      #expect(sheet.contains("各主题合计：线上 50，线下 30 学时"))
      #expect(sheet.contains("即本计划"))
      // Stage 2 is weeks 3 to 8.
      #expect(sheet.contains("2026-09-15 至 2026-10-26"))
    }
  }
}
