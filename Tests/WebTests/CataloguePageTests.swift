import Competency
import Courses
import Foundation
import HTTPTypes
import ItemBank
import People
import Recommendation
import Storage
import TestSupport
import Testing

@testable import Web

/// The institution's page of courses: out, in, looked at first, a new version.
struct CataloguePageTests {
  private let path = "/institution/courses"

  /// A site whose courses are published, and somebody of the institution.
  private func withInstitution(
    _ body: (TestSite, Visitor) async throws -> Void
  ) async throws {
    try await TestSite.with { site in
      try await site.publishCourses()
      let world = try await PeopleWorld(site)
      try await body(
        site, try await world.institution())
    }
  }

  private func send(
    _ sheet: String, then: String, isOffered: Bool = false, _ visitor: Visitor
  ) async throws -> Reply {
    let token = try #require(visitor.cookies["bianque-account"].flatMap { AccessToken($0) })
    let mark = "----bianque"
    var fields = [("csrf", FormGuard.secret(for: token)), ("then", then)]
    if isOffered { fields.append(("offered", "1")) }
    var body = ""
    for (field, value) in fields {
      body +=
        "--\(mark)\r\nContent-Disposition: form-data; name=\"\(field)\"\r\n\r\n\(value)\r\n"
    }
    body +=
      "--\(mark)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"课程.csv\"\r\n\r\n"
    body += sheet + "\r\n--\(mark)--\r\n"
    return try await visitor.send(
      .post, path, headers: [.contentType: "multipart/form-data; boundary=\(mark)"],
      body: [UInt8](body.utf8))
  }

  @Test func `a sheet is looked at first, then kept as a new version, and plans keep theirs`()
    async throws
  {
    try await withInstitution { site, institution in
      let teacher = try await PlanWorld(site, .weakest)
      let old = try await teacher.plan()
      let before = PlanWorld.courses(try await teacher.visitor.get(old).text)
      let gone = before[0]
      let sheet = try await institution.get("\(path).csv").text
      #expect(sheet.hasPrefix("\u{FEFF}id,title_zh"))
      let rest =
        sheet.split(separator: "\r\n").filter {
          !$0.hasPrefix("\(gone),") && !$0.contains(",\(gone),")
        }.joined(separator: "\r\n") + "\r\n"

      let looked = try await send(rest, then: "look", institution)
      #expect(looked.text.contains("检查通过，还没有导入"))
      #expect(looked.text.contains(gone))
      #expect(site.site.publications.courses.catalogue.version == site.content.catalogue.version)

      let kept = try await send(rest, then: "keep", isOffered: true, institution)
      #expect(kept.text.contains("新的计划从现在起用它"))
      #expect(site.site.publications.courses.catalogue.version != site.content.catalogue.version)
      let new = try await teacher.plan()
      let page = try await teacher.visitor.get(new).text
      #expect(!PlanWorld.courses(page).contains(gone))
      #expect(!page.contains("这是示例课程"))
      let running = try await teacher.visitor.get(old).text
      #expect(PlanWorld.courses(running) == before)
      try await teacher.change(old, [("change", "lock"), ("course", gone)])
      let locked = try await teacher.visitor.get(old).text
      #expect(PlanWorld.courses(locked).contains(gone))
      let last = try #require(try await site.site.store.auditPage(limit: 1).events.first)
      #expect(last.event.action == "publish-courses")

      let same = try await send(rest, then: "keep", isOffered: true, institution)
      #expect(same.text.contains("没有要改的"))
    }
  }

  @Test func `a sheet with faults keeps nothing and says where each is`() async throws {
    try await withInstitution { site, institution in
      let sheet = try await institution.get("\(path).csv").text
        .replacing(",jia,video,online,3,", with: ",jia,film,online,x,", maxReplacements: 1)
      let reply = try await send(sheet, then: "keep", institution)
      #expect(reply.status == 422)
      #expect(reply.text.contains("不能导入"))
      #expect(reply.text.contains("第 2 行第 5 列"))
      #expect(reply.text.contains("第 2 行第 7 列"))
      #expect(site.site.publications.courses.catalogue.version == site.content.catalogue.version)
      #expect(try await send("", then: "keep", institution).status == 422)
    }
  }

  @Test func `what was brought in stays in service until the folder of courses changes`()
    async throws
  {
    try await withInstitution { site, institution in
      let store = site.site.store
      let sheet = try await institution.get("\(path).csv").text
        .replacing(",jia,video,online,3,", with: ",jia,video,online,4,", maxReplacements: 1)
      _ = try await send(sheet, then: "keep", institution)
      let folder = site.content.catalogue.version
      #expect(
        try await store.coursesInService(folder: folder)
          == site.site.publications.courses.catalogue.version)
      #expect(try await store.coursesInService(folder: "another") == nil)
    }
  }
}
