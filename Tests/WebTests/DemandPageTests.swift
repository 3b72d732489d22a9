import Competency
import Courses
import Delivery
import Foundation
import ItemBank
import People
import Recommendation
import Reporting
import Storage
import TestSupport
import Testing

@testable import Web

/// What an institution sees of the plans in its counties.
struct DemandPageTests {
  private let path = "/institution/courses/demand"

  /// A city with two counties, a school with teachers each.
  private static func roster(east: Int, west: Int) -> [String] {
    let units = """
      单位名称,类型,上级单位,标识码
      示范市,市,,
      东县,区县,示范市,
      西县,区县,示范市,
      东一小,学校,东县,
      西一小,学校,西县,
      """
    let people =
      (0..<east).map { "E\($0),东某\($0)号,东一小,小学,数学,数学组," }
      + (0..<west).map { "W\($0),西某\($0)号,西一小,小学,数学,数学组," }
    return [units, "工号,姓名,学校,学段,学科,教研组,临近退休\n" + people.joined(separator: "\n")]
  }

  private struct World {
    let site: TestSite
    let units: [AdministrativeUnit]

    init(_ site: TestSite, east: Int, west: Int) async throws {
      self.site = site
      for sheet in DemandPageTests.roster(east: east, west: west) {
        let roster = try #require(
          RosterReader.read([UInt8](sheet.utf8), file: "名册.csv").roster)
        _ = try await site.site.store.importRoster(
          roster, within: nil, keeps: true, actor: "command", at: TestSite.noon,
          newID: AccessToken.randomName, newCode: SignInCode.school)
      }
      units = try await site.site.store.units(below: nil)
    }

    func unit(_ name: String) throws -> AdministrativeUnit.ID {
      try #require(units.first { $0.name == name }).id
    }

    /// Lets teachers finish the diagnostic and keeps a plan with certain courses for each.
    func plan(_ courses: [String], by people: Range<Int>, of school: String, at time: Date)
      async throws
    {
      let (bank, store) = (site.content.bank, site.site.store)
      let persons = try await store.participation(of: try unit(school)).map(\.person)
        .sorted { $0.staffNumber.count < $1.staffNumber.count }
      for person in persons[people] {
        let key = SessionKey(
          id: .init(rawValue: AccessToken.randomName()),
          owner: SessionOwner(tokenHash: nil, person: person.id))
        var session = try TestSession(start: Cast.wang(in: bank), bank: bank)
        try await store.startSession(
          key, session: session, startedAt: time, unclaimed: AccessToken().hash)
        while let stage = session.currentStage {
          session = try #require(
            try await store.submitStage(
              stage.number, changes: [:], after: 0, closes: true, in: key, receivedAt: time,
              bank: bank))
        }
        let plan = StoredPlan(
          id: .init(rawValue: AccessToken.randomName()), session: key.id,
          programme: .init(rawValue: "jiangsu-2020"), version: 1, coursesVersion: "c",
          wishes: PlanWishes(), unlockedUtility: nil,
          plan: StudyPlan(
            environment: .init(rawValue: "A"), courses: courses.map(Course.ID.init(rawValue:)),
            utility: 1, violation: 0,
            balance: RuleBalance(
              hours: 3, online: 3, practice: 0, points: 1, dimensions: 1, requiredPoints: 1,
              requiredDimensions: 1), violatedRules: [], explanations: []),
          createdAt: time)
        #expect(try await store.savePlan(plan, of: key.owner))
      }
    }

    func institution(of unit: String) async throws -> Visitor {
      try await PeopleWorld.staff(Grant(.institution, .unit(try self.unit(unit))), of: site)
    }
  }

  /// The figure of a course on a page: the first cell after its row's heading.
  private func figure(of course: String, in page: String) throws -> String {
    let row = try #require(page.range(of: "<span class=\"code-text\">\(course)</span>"))
    let rest = page[row.upperBound...]
    let cell = try #require(rest.firstMatch(of: #/<td>([^<]*)<\/td>/#))
    return String(cell.1)
  }

  @Test func `each county shows its own plans in ranges, and the city the sum of them`()
    async throws
  {
    try await TestSite.with { site in
      let world = try await World(site, east: 21, west: 12)
      let courses = site.content.catalogue.courses(of: site.content.bank.frameworks[0].id)
      let (often, once) = (courses[0].id.rawValue, courses[1].id.rawValue)
      let settled = TestSite.noon - 4 * 86_400
      try await world.plan([often], by: 0..<19, of: "东一小", at: settled)
      try await world.plan([often, once], by: 19..<21, of: "东一小", at: settled)
      try await world.plan([often], by: 0..<4, of: "西一小", at: settled)
      try await world.plan([], by: 4..<12, of: "西一小", at: settled)
      await site.site.takeSnapshots()
      await site.site.takeCourseDemand()
      let city = try await world.institution(of: "示范市")
      func page(_ county: String) async throws -> String {
        try await city.get("\(path)?region=\(try world.unit(county).rawValue)").text
      }
      let east = try await page("东县")
      #expect(try figure(of: often, in: east) == "17–21")
      #expect(try figure(of: once, in: east) == "少于 5")
      #expect(try figure(of: often, in: try await page("西县")) == "少于 8")
      let whole = try await city.get(path).text
      #expect(try figure(of: often, in: whole) == "17–28")
      #expect(whole.contains("33 份计划"))
      // No name and no school is anywhere on it.
      #expect(!whole.contains("东某") && !whole.contains("东一小"))
      let sheet = try await city.get("\(path).csv").text
      #expect(sheet.contains("课程,\(often),"))
      #expect(!sheet.contains("东某") && !sheet.contains("一小"))
    }
  }

  @Test func `plans changed in the last days, and those of few, are not counted`() async throws {
    try await TestSite.with { site in
      let world = try await World(site, east: 12, west: 9)
      let course = try #require(site.content.catalogue.courses.first).id.rawValue
      try await world.plan([course], by: 0..<12, of: "东一小", at: TestSite.noon - 86_400)
      try await world.plan([course], by: 0..<9, of: "西一小", at: TestSite.noon - 9 * 86_400)
      await site.site.takeSnapshots()
      await site.site.takeCourseDemand()
      let page = try await world.institution(of: "示范市").get(path)
      #expect(page.text.contains("课程的数还没有"))
      #expect(try figure(of: course, in: page.text) == "还没有")
    }
  }

  @Test func `an institution sees its own counties only`() async throws {
    try await TestSite.with { site in
      let world = try await World(site, east: 1, west: 1)
      let east = try await world.institution(of: "东县")
      #expect(try await east.get(path).status == 200)
      #expect(!(try await east.get(path).text.contains("西县")))
      let other = try world.unit("西县").rawValue
      #expect(try await east.get("\(path)?region=\(other)").status == 403)
      #expect(
        try await east.get("\(path)?region=\(try world.unit("东一小").rawValue)").status == 403)
      let last = try #require(try await site.site.store.auditPage(limit: 1).events.first)
      #expect(last.event.outcome == .refused)
    }
  }

  @Test func `what no course serves is said first, and the file says what the page says`()
    async throws
  {
    try await TestSite.with { site in
      let world = try await World(site, east: 1, west: 1)
      let framework = site.content.bank.frameworks[0]
      let courses = site.content.catalogue.courses(of: framework.id)
      let unserved = framework.points.filter { point in
        !courses.contains { $0.gains[point.id] != nil }
      }
      let page = try await world.institution(of: "示范市").get("\(path)?q=nosuchcourse").text
      #expect(
        page.contains(unserved.isEmpty ? "每个能力点都至少有一门课覆盖" : "没有课程覆盖"))
      #expect(page.contains("找到 0 门"))
      for point in framework.points {
        #expect(page.contains("<span class=\"code\">\(point.id.rawValue)</span>"))
      }
    }
  }
}
