import Courses
import Foundation
import HTTPTypes
import ItemBank
import People
import Storage
import TestSupport
import Testing

@testable import Web

/// When teachers may begin a test: windows by programme, county and school.
struct TestWindowPageTests {
  /// The site, its people, the institution, and the address of the test's page.
  private func withInstitution(
    _ body: (TestSite, PeopleWorld, Visitor, Blueprint) async throws -> Void
  ) async throws {
    try await TestSite.with { site in
      try await site.publishBank()
      let world = try await PeopleWorld(site)
      let visitor = try await world.institution()
      try await body(site, world, visitor, try #require(site.content.bank.blueprints.first))
    }
  }

  private static var programme: String {
    Visitor.startFields.first { $0.0 == "programme" }?.1 ?? ""
  }

  private func window(
    _ opens: String, _ closes: String, _ units: String
  ) -> [(String, String)] {
    [("programme", Self.programme), ("opens", opens), ("closes", closes), ("units", units)]
  }

  @Test func `a teacher before the window is told in both languages when it opens`() async throws {
    try await withInstitution { site, world, institution, blueprint in
      let address = "/institution/forms/\(blueprint.test.rawValue)"
      let added = try await institution.post(
        "\(address)/windows", window("2026-12-01", "2026-12-20", "东县"))
      #expect(added.location == "\(address)#windows")
      let page = try await institution.get(address)
      #expect(page.text.contains("2026-12-01 至 2026-12-20"))
      #expect(page.text.contains("东县") && page.text.contains("还没有开放"))

      let teacher = try await world.teacher("王丽")
      let start = try await teacher.get("/start?test=\(blueprint.test.rawValue)")
      #expect(start.text.contains("从2026年12月1日到2026年12月20日开放"))
      let chinese = try await teacher.post("/sessions", Visitor.startFields)
      #expect(chinese.status == 422)
      #expect(chinese.text.contains("还没有轮到你"))
      // What was filled in is still there.
      for (name, value) in [("environment", "A"), ("programme", Self.programme)] {
        #expect(
          chinese.text.contains(
            try Regex("name=\"\(name)\" id=\"[^\"]*\" value=\"\(value)\" checked")), "\(name)")
      }
      let english = try await teacher.post(
        "/sessions", Visitor.startFields, headers: [.acceptLanguage: "en"])
      #expect(english.status == 422)
      #expect(english.text.contains("open from 1 December 2026 to 20 December 2026"))

      // Another county has no window of its own; a visitor belongs to no school.
      let other = try await world.teacher("陈静")
      #expect(
        try await other.post("/sessions", Visitor.startFields).text.contains("还没有安排到你的学校"))
      #expect(try await site.visitor().post("/sessions", Visitor.startFields).status == 303)
    }
  }

  @Test func `whose turn it is may begin, a school before its county, and what runs goes on`()
    async throws
  {
    try await withInstitution { _, world, institution, blueprint in
      let address = "/institution/forms/\(blueprint.test.rawValue)"
      for (opens, closes, units) in [
        ("2026-12-01", "2026-12-20", "示范市/东县"), ("2026-11-21", "2026-11-21", "东一小"),
      ] {
        let added = try await institution.post(
          "\(address)/windows", window(opens, closes, units))
        #expect(added.status == 303)
      }
      let teacher = try await world.teacher("王丽")
      let session = try await teacher.begin()
      // The school's day is taken away: what has begun may be finished.
      #expect(try await institution.post("\(address)/windows/2").location != nil)
      #expect(try await institution.post("\(address)/windows/2").status == 404)
      #expect(try await teacher.post("/sessions", Visitor.startFields).status == 422)
      try await teacher.finish(session)
      #expect(try await teacher.get("/sessions/\(session)/result").status == 200)
    }
  }

  @Test func `a window that is over says so, and another programme stays open`() async throws {
    try await withInstitution { site, world, institution, blueprint in
      let address = "/institution/forms/\(blueprint.test.rawValue)"
      _ = try await institution.post(
        "\(address)/windows", window("2026-10-01", "2026-11-20", ""))
      let teacher = try await world.teacher("王丽")
      let late = try await teacher.post("/sessions", Visitor.startFields)
      #expect(late.status == 422)
      #expect(late.text.contains("已在2026年11月20日结束"))
      let programmes = site.content.programmes.filter { $0.framework == blueprint.framework }
      let other = try #require(programmes.first { $0.id.rawValue != Self.programme })
      let fields = Visitor.startFields.map { name, value in
        (name, name == "programme" ? other.id.rawValue : value)
      }
      #expect(try await teacher.post("/sessions", fields).status == 303)
    }
  }

  @Test(arguments: [
    ("opens", "2026-13-01", "日期要写成"), ("closes", "2026-11-01", "最后一天不能早于第一天"),
    ("units", "南县", "没有这些单位：南县"), ("programme", "nothing", "请选择一个方案"),
  ])
  func `a wrong field of a window is named, and nothing is kept`(
    field: String, value: String, sentence: String
  ) async throws {
    try await withInstitution { site, _, institution, blueprint in
      let fields = window("2026-12-01", "2026-12-20", "东县").map { name, right in
        (name, name == field ? value : right)
      }
      let reply = try await institution.post(
        "/institution/forms/\(blueprint.test.rawValue)/windows", fields)
      #expect(reply.status == 422)
      #expect(reply.text.components(separatedBy: sentence).count == 3, "on top and beside")
      #expect(reply.text.contains("东县") || field == "units")
      #expect(try await site.site.store.testWindows(of: blueprint.test).isEmpty)
    }
  }

  @Test func `places are known by name, code or county and name`() throws {
    func unit(
      _ id: String, _ kind: AdministrativeUnit.Kind, _ parent: String?, _ name: String,
      code: String? = nil
    ) -> AdministrativeUnit {
      AdministrativeUnit(
        id: .init(rawValue: id), kind: kind,
        parent: parent.map(AdministrativeUnit.ID.init(rawValue:)), name: name, code: code)
    }
    let units = [
      unit("e", .county, nil, "东县"), unit("w", .county, nil, "西县"),
      unit("e1", .school, "e", "中心小学", code: "111111"),
      unit("w1", .school, "w", "中心小学", code: "222222"),
    ]
    let named = UnitNames("东县，222222\n东县/中心小学\n\n中心小学\n南县", units: units)
    #expect(named.found.map(\.id.rawValue) == ["e", "w1", "e1"])
    #expect(named.ambiguous == ["中心小学"])
    #expect(named.unknown == ["南县"])
  }
}
