import Competency
import Courses
import Foundation
import HTTPTypes
import People
import Recommendation
import Storage
import TestSupport
import Testing

@testable import Web

/// One course in a form, and sheets that go back with their faults.
struct CourseFormTests {
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

  /// The fields of a course's form as a browser would send them unchanged.
  private func fields(_ course: Course, _ version: String) -> [(String, String)] {
    let cells = Catalogue.fields(of: course)
    var fields = [("version", version)]
    for name in CourseForm.typed + CourseForm.chosen { fields.append((name, cells[name] ?? "")) }
    for (place, gain) in CourseForm(course).gains.enumerated() {
      fields.append(("point\(place + 1)", gain.point))
      fields.append(("gain\(place + 1)", gain.gain))
    }
    return fields
  }

  private func changed(
    _ fields: [(String, String)], _ changes: [String: String]
  ) -> [(String, String)] {
    fields.map { ($0.0, changes[$0.0] ?? $0.1) }
  }

  private func send(_ sheet: String, to path: String, _ visitor: Visitor) async throws -> Reply {
    let token = try #require(visitor.cookies["bianque-account"].flatMap { AccessToken($0) })
    let mark = "----bianque"
    var body = ""
    for (field, value) in [("csrf", FormGuard.secret(for: token)), ("then", "keep")] {
      body +=
        "--\(mark)\r\nContent-Disposition: form-data; name=\"\(field)\"\r\n\r\n\(value)\r\n"
    }
    body +=
      "--\(mark)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"表.csv\"\r\n\r\n"
    body += sheet + "\r\n--\(mark)--\r\n"
    return try await visitor.send(
      .post, path, headers: [.contentType: "multipart/form-data; boundary=\(mark)"],
      body: [UInt8](body.utf8))
  }

  private func marked(in page: String) throws -> String {
    String(try #require(page.firstMatch(of: #/href="(/institution/returned/[^"]+)"/#)).1)
  }

  @Test
  func `a form sent unchanged changes nothing, and a change is a new version of the catalogue`()
    async throws
  {
    try await withInstitution { site, institution in
      let catalogue = site.content.catalogue
      let course = catalogue.courses[0]
      let path = "/institution/courses/\(course.id.rawValue)/edit"
      let page = try await institution.get(path)
      #expect(page.status == 200 && page.text.contains("value=\"\(course.title.chinese)\""))
      let same = fields(course, catalogue.version)
      #expect(try await institution.post(path, same).text.contains("没有要改的"))
      #expect(site.site.publications.courses.catalogue.version == catalogue.version)

      let reply = try await institution.post(
        path,
        changed(
          same,
          ["hours": "７.5", "enrolled": "200", "completed": "150", "ratings": "10", "rating": "4.5"])
          + [("stages", "小学"), ("stages", "初中"), ("subjects", "数学")])
      #expect(reply.text.contains("已保存"))
      let now = site.site.publications.courses.catalogue
      let kept = try #require(now.course(course.id))
      #expect(now.version != catalogue.version && kept.hours == 7.5)
      #expect(kept.stages == ["小学", "初中"] && kept.subjects == ["数学"])
      #expect(
        kept.uptake
          == CourseUptake(enrolled: 200, completed: 150, ratings: 10, meanRating: 4.5))
      #expect(kept.gains == course.gains && now.courses.count == catalogue.courses.count)
      #expect(Array(now.courses.dropFirst()) == Array(catalogue.courses.dropFirst()))
      // From the page that was open before, nothing is overwritten.
      let late = try await institution.post(path, changed(same, ["hours": "9"]))
      #expect(late.status == 422 && late.text.contains("在别处改过"))
      #expect(site.site.publications.courses.catalogue.course(course.id)?.hours == 7.5)
    }
  }

  @Test func `what cannot be is said beside its field, and what was typed stays`() async throws {
    try await withInstitution { site, institution in
      let catalogue = site.content.catalogue
      let course = catalogue.courses[0]
      let path = "/institution/courses/\(course.id.rawValue)/edit"
      let wrong = changed(
        fields(course, catalogue.version),
        ["hours": "三", "completed": "5", "title_zh": "", "gain1": "-1"])
      let reply = try await institution.post(path, wrong)
      #expect(reply.status == 422)
      for id in ["hours-fault", "completed-fault", "title_zh-fault", "gains-fault"] {
        #expect(reply.text.contains("id=\"\(id)\""), "\(id)")
      }
      #expect(reply.text.contains("href=\"#hours\"") && reply.text.contains("value=\"三\""))
      #expect(site.site.publications.courses.catalogue.version == catalogue.version)
      #expect(try await institution.get("/institution/courses/nosuch/edit").status == 404)
    }
  }

  @Test func `a course for other stages is in no plan of this teacher, and its page says why`()
    async throws
  {
    try await withInstitution { site, institution in
      let catalogue = site.content.catalogue
      let teacher = try await PlanWorld(site, .weakest)
      let before = PlanWorld.courses(
        try await teacher.visitor.get(try await teacher.plan()).text)
      let course = try #require(catalogue.course(.init(rawValue: before[0])))
      let reply = try await institution.post(
        "/institution/courses/\(course.id.rawValue)/edit",
        fields(course, catalogue.version) + [("stages", "中职")])
      #expect(reply.text.contains("已保存"))
      let plan = try await teacher.plan()
      #expect(
        !PlanWorld.courses(try await teacher.visitor.get(plan).text).contains(course.id.rawValue))
      let why = try await teacher.visitor.get("\(plan)/courses/\(course.id.rawValue)").text
      #expect(why.contains("这门课是为这些学段或学科开的：中职"))
    }
  }

  @Test func `a refused sheet goes back to its sender with its faults, and comes in again mended`()
    async throws
  {
    try await withInstitution { site, institution in
      let sheet = try await institution.get("/institution/courses.csv").text
      let spoilt = sheet.replacing(
        ",jia,video,online,3,", with: ",jia,film,online,x,", maxReplacements: 1)
      let page = try await send(spoilt, to: "/institution/courses", institution).text
      let address = try marked(in: page)
      let back = try await institution.get(address).text
      #expect(back.hasPrefix("\u{FEFF}错误,id,title_zh"))
      #expect(back.contains("form：") && back.contains("hours："))
      #expect(back.split(separator: "\r\n").count >= sheet.split(separator: "\r\n").count)
      // Nobody else's.
      let units = try await site.site.store.units(below: nil)
      let county = try #require(units.first { $0.name == "东县" })
      let other = try await PeopleWorld.staff(Grant(.institution, .unit(county.id)), of: site)
      #expect(try await other.get(address).status == 404)
      let mended = back.replacing(",jia,film,online,x,", with: ",jia,video,online,4,")
      let kept = try await send(mended, to: "/institution/courses", institution)
      #expect(kept.text.contains("已导入"), "\(kept.text)")
    }
  }

  @Test
  func `five thousand rows with faults make a page that can be read and a sheet that has all`()
    async throws
  {
    try await withInstitution { _, institution in
      let header = Catalogue.courseColumns.joined(separator: ",")
      let rows = (0..<5000).map {
        "n\($0),课,Course,jia,video,online,x,0,A1,A1:0.3,,,0,,,cn-2.0,,,,,,,"
      }
      let sheet = ([header] + rows).joined(separator: "\r\n")
      let reply = try await send(sheet, to: "/institution/courses", institution)
      #expect(reply.status == 422 && reply.body.count < 60_000)
      #expect(reply.text.contains("<th scope=\"row\">5000</th>"))
      let back = try await institution.get(try marked(in: reply.text)).text
      #expect(back.matches(of: #/hours：/#).count == 5000)
    }
  }

  @Test func `a refused sheet of items goes back with its faults too`() async throws {
    try await TestSite.with { site in
      let world = try await PeopleWorld(site)
      let institution = try await world.institution()
      let sheet = """
        题号,能力点,问题,选项A,得分A,选项B,得分B
        q-1,A1,哪种做法最有效？,甲,1,乙,0
        q-2,Z9,哪种做法最有效？,甲,1,乙,0
        """
      let page = try await send(sheet, to: "/institution/import", institution)
      #expect(page.status == 422)
      let back = try await institution.get(try marked(in: page.text)).text
      #expect(back.hasPrefix("\u{FEFF}错误,题号,能力点"))
      #expect(back.contains("能力点：") && back.contains(",q-2,Z9,"))
    }
  }
}
