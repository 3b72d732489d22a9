import Foundation
import HTTPTypes
import People
import Storage
import TestSupport
import Testing

@testable import Web

struct RosterPageTests {
  private func send(
    _ sheet: [UInt8], name: String = "名册.csv", then: String, _ visitor: Visitor, _ path: String
  ) async throws -> Reply {
    let token = try #require(visitor.cookies["bianque-account"].flatMap { AccessToken($0) })
    let mark = "----bianque"
    var body = [UInt8]()
    for (field, value) in [("csrf", FormGuard.secret(for: token)), ("then", then)] {
      body += [UInt8](
        "--\(mark)\r\nContent-Disposition: form-data; name=\"\(field)\"\r\n\r\n\(value)\r\n".utf8)
    }
    body += [UInt8](
      "--\(mark)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n\r\n"
        .utf8)
    body += sheet + [UInt8]("\r\n--\(mark)--\r\n".utf8)
    return try await visitor.send(
      .post, path, headers: [.contentType: "multipart/form-data; boundary=\(mark)"], body: body)
  }

  @Test func `a school looks first, then keeps, and a second time changes nothing`() async throws {
    try await TestSite.with { site in
      let world = try await PeopleWorld(site)
      let unit = try world.unit("东一小").id
      let school = try await world.staff(Grant(.schoolAdministrator, .unit(unit)))
      let path = "/schools/\(unit.rawValue)/roster"
      let sheet = [UInt8]("工号,姓名,学校\nT9,孙洁,东一小\n".utf8)
      #expect(try await send(sheet, then: "look", school, path).text.contains("还没有导入"))
      #expect(try await site.site.store.participation(of: unit).count == 3)
      #expect(try await send(sheet, then: "keep", school, path).text.contains("已导入"))
      #expect(try await site.site.store.participation(of: unit).count == 4)
      _ = try await send(sheet, then: "keep", school, path)
      #expect(try await site.site.store.participation(of: unit).count == 4)
    }
  }

  @Test func `a school cannot bring teachers into another one`() async throws {
    try await TestSite.with { site in
      let world = try await PeopleWorld(site)
      let unit = try world.unit("东一小").id
      let school = try await world.staff(Grant(.schoolAdministrator, .unit(unit)))
      let reply = try await send(
        [UInt8]("工号,姓名,学校\nT9,孙洁,西一小\n".utf8), then: "keep", school,
        "/schools/\(unit.rawValue)/roster")
      #expect(reply.text.contains("什么都没有改"))
      #expect(reply.text.contains("没有叫“西一小”的单位"))
      #expect(try await site.site.store.participation(of: world.unit("西一小").id).count == 1)
    }
  }

  @Test func `a school makes no county, and an address of no school is not the whole service`()
    async throws
  {
    try await TestSite.with { site in
      let world = try await PeopleWorld(site)
      let unit = try world.unit("东一小").id
      let school = try await world.staff(Grant(.schoolAdministrator, .unit(unit)))
      let reply = try await send(
        [UInt8]("单位名称,类型\n新县,区县\n".utf8), then: "keep", school,
        "/schools/\(unit.rawValue)/roster")
      #expect(reply.text.contains("“新县”是上级单位，学校的名册不改它，已略过"))
      let operators = try await world.staff(Grant(.operating, .everything))
      let lost = try await send(
        [UInt8]("单位名称,类型\n新县,区县\n".utf8), then: "keep", operators,
        "/schools/nowhere/roster")
      #expect(lost.status == 404)
      #expect(try await site.site.store.units(below: nil).count == world.units.count)
    }
  }

  @Test func `a file that is too large is refused in words`() async throws {
    try await TestSite.with { site in
      let world = try await PeopleWorld(site)
      let visitor = try await world.staff(Grant(.operating, .everything))
      let reply = try await send(
        [UInt8](repeating: 65, count: 6_000_000), then: "look", visitor, "/operator/roster")
      #expect(reply.status == 413)
      #expect(reply.text.contains("最大 5 MB"))
    }
  }
}
