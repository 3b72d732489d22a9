import Foundation
import HTTPTypes
import People
import Storage
import TestSupport
import Testing

@testable import Web

struct RecordTests {
  @Test func `a session taken before signing in is claimed, and its browser opens it no longer`()
    async throws
  {
    try await TestSite.with { site in
      let world = try await PeopleWorld(site)
      let browser = site.visitor()
      let session = try await browser.begin()
      let path = "/sessions/\(session)/stages/1"
      let teacher = try await world.teacher("王丽")
      let account = try #require(teacher.cookies["bianque-account"].flatMap { AccessToken($0) })
      #expect(try await teacher.get(path).status == 404)
      browser.hold(account: account)
      #expect(try await browser.get("/me").text.contains("登录前做的自测"))
      #expect(try await browser.post("/me/claim").status == 303)
      #expect(try await teacher.get(path).status == 200)
      _ = try await browser.post("/sign-out")
      #expect(try await browser.get(path).status == 404)
    }
  }

  /// The first item of a stage that takes one choice, with an answer.
  private func answer(on page: String) throws -> (item: String, body: [String: Any]) {
    let item = try #require(ItemHTML.all(on: page).first { $0.takesOne })
    let control = try #require(item.controls.first)
    let body: [String: Any] = [
      "sequence": 1, "response": ["RESPONSE": ["base": ["identifier": control.value]]],
    ]
    return (item.id, body)
  }

  @Test func `a teacher who goes on at another device is saved there too`() async throws {
    try await TestSite.with { site in
      let world = try await PeopleWorld(site)
      let phone = try await world.teacher("王丽")
      let session = try await phone.begin()
      // Signed in elsewhere: an account, and no token of this browser.
      let computer = site.visitor()
      computer.hold(
        account: try #require(phone.cookies["bianque-account"].flatMap { AccessToken($0) }))
      let page = try await computer.get("/sessions/\(session)/stages/1")
      #expect(page.status == 200)
      let (item, body) = try answer(on: page.text)
      let path = "/api/v1/sessions/\(session)/responses/\(item)"
      #expect(try await computer.json(.put, path, body).status == 200)
      #expect(try await site.visitor().json(.put, path, body).status == 401)
      #expect(try await world.teacher("李强").json(.put, path, body).status == 404)
    }
  }

  @Test func `erasing takes all of a teacher's, on whatever device, and nothing of the browser's`()
    async throws
  {
    try await TestSite.with { site in
      let world = try await PeopleWorld(site)
      let shared = site.visitor()
      let stranger = try await shared.begin()
      let teacher = try await world.teacher("王丽")
      let first = try await teacher.begin()
      let second = try await teacher.begin()
      shared.hold(
        account: try #require(teacher.cookies["bianque-account"].flatMap { AccessToken($0) }))
      #expect(try await shared.get("/sessions/\(second)/saved").text.contains("你账号里的全部自测"))
      #expect(try await shared.get("/sessions/\(stranger)/saved").text.contains("这个浏览器里的全部自测"))
      #expect(try await shared.post("/sessions/\(second)/erasure").status == 303)
      for gone in [first, second] {
        #expect(try await teacher.get("/sessions/\(gone)/stages/1").status == 404)
      }
      #expect(try await shared.get("/sessions/\(stranger)/stages/1").status == 200)
      let lines = try await site.site.store.auditPage(limit: 5).events
      #expect(lines.contains { $0.event.action == "erase-sessions" })
      #expect(try await shared.post("/sessions/\(stranger)/erasure").status == 303)
      #expect(try await shared.get("/sessions/\(stranger)/stages/1").status == 404)
    }
  }

  @Test func `a record is exported with every answer and erased with nothing left of it`()
    async throws
  {
    try await TestSite.with { site in
      let world = try await PeopleWorld(site)
      let teacher = try await world.teacher("王丽")
      let session = try await teacher.begin()
      try await teacher.finish(session)
      _ = try await teacher.post("/sessions/\(session)/plans", [("programme", "jiangsu-2020")])
      let export = try await teacher.get("/me/data/export.json").json()
      #expect(export["name"] as? String == "王丽")
      let sessions = try #require(export["sessions"] as? [[String: Any]])
      #expect((sessions[0]["answers"] as? [Any])?.count == 16)
      #expect((sessions[0]["points"] as? [Any])?.count == 30)
      #expect(((sessions[0]["courses"] as? [Any])?.count ?? 0) > 3)
      let sheet = try await teacher.get("/me/data/export.csv")
      #expect(sheet.text.contains("王丽") && sheet.text.split(separator: "\r\n").count == 31)

      let reply = try await teacher.post("/me/erasure")
      #expect(reply.status == 303)
      #expect(reply.headers[.clearSiteData] != nil)
      let person = try world.person("王丽")
      #expect(try await site.site.store.sessions(of: person.id).isEmpty)
      let row = try #require(try await site.site.store.participation(of: person))
      #expect(row.state == .notActivated)
      let database = try FileManager.default.contentsOfDirectory(atPath: site.folder.path)
      #expect(database.contains("bianque.sqlite"))
    }
  }

  @Test func `the school sees who has finished, and who is near retirement is not asked`()
    async throws
  {
    try await TestSite.with { site in
      let world = try await PeopleWorld(site)
      let teacher = try await world.teacher("王丽")
      try await teacher.finish(try await teacher.begin())
      _ = try await world.teacher("李强").begin()
      let unit = try world.unit("东一小").id
      let school = try await world.staff(Grant(.schoolAdministrator, .unit(unit)))
      let page = try await school.get("/schools/\(unit.rawValue)/people")
      #expect(page.text.contains("2 位老师里，1 位已经完成"))
      #expect(page.text.contains("另有 1 位临近退休"))
      let notice = try await school.get("/schools/\(unit.rawValue)/people/notice")
      #expect(notice.text.contains("李强"))
      #expect(!notice.text.contains("王丽") && !notice.text.contains("赵敏"))
      let sheet = try await school.get("/schools/\(unit.rawValue)/people/export.csv")
      #expect(sheet.text.contains("T1,王丽,数学组,2026年11月21日完成"))
    }
  }

  @Test func `who has finished is told by the standard that the school looks at`() async throws {
    try await TestSite.with { site in
      let world = try await PeopleWorld(site)
      let teacher = try await world.teacher("王丽")
      let begun = try await teacher.post(
        "/sessions",
        [
          ("test", "diagnostic-2014"), ("environment", "I"), ("schoolStage", "primary"),
          ("subject", "chinese"), ("programme", "quanzhou-2016"),
        ])
      try await teacher.finish(String(try #require(begun.location).split(separator: "/")[1]))
      let unit = try world.unit("东一小").id.rawValue
      let school = try await world.staff(
        Grant(.schoolAdministrator, .unit(try world.unit("东一小").id)))
      let list = "/schools/\(unit)/people"
      let first = try await school.get(list).text
      #expect(first.contains("2 位老师里，0 位已经完成"))
      let other = try await school.get("\(list)?programme=quanzhou-2016").text
      #expect(other.contains("2 位老师里，1 位已经完成"))
      #expect(other.contains("<option value=\"quanzhou-2016\" selected>"))
      #expect(other.contains("href=\"\(list)/notice?programme=quanzhou-2016\""))
      let notice = try await school.get("\(list)/notice?programme=quanzhou-2016").text
      #expect(notice.contains("李强") && !notice.contains("王丽"))
      // The report names the same people as the list it leads to.
      let report = try await school.get("/schools/\(unit)").text
      #expect(report.contains("王丽、李强") || report.contains("李强、王丽"))
      // The teacher sees a row for each standard, as the school does.
      let own = try await teacher.get("/me/data").text
      #expect(own.matches(of: #/<tr><th scope="row">王丽/#).count == 2)
      #expect(own.matches(of: #/state-finished/#).count == 1)
    }
  }
}
