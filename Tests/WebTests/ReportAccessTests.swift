import Competency
import Foundation
import GRDB
import HTTPTypes
import ItemBank
import People
import Reporting
import Storage
import TestSupport
import Testing

@testable import Web

/// From answers to the page of a school and its county.
struct ReportAccessTests {
  /// Eight more teachers of one group of 东二小.
  private static let eight =
    "工号,姓名,学校,学段,学科,教研组,临近退休\n"
    + (1...8).map { "N\($0),新老师\($0),东二小,小学,数学,数学组," }.joined(separator: "\n")

  private func world(_ site: TestSite) async throws -> PeopleWorld {
    let first = try await PeopleWorld(site)
    let roster = try #require(RosterReader.read([UInt8](Self.eight.utf8), file: "名册.csv").roster)
    let found = try await site.site.store.importRoster(
      roster, within: nil, keeps: true, actor: "command", at: TestSite.noon,
      newID: AccessToken.randomName, newCode: SignInCode.school)
    #expect(found.diagnostics.isEmpty, "\(found.diagnostics)")
    _ = first
    return try await PeopleWorld(site)
  }

  @Test func `before the first night a page says that there are no figures yet`() async throws {
    try await TestSite.with { site in
      let world = try await PeopleWorld(site)
      let school = try world.unit("东一小").id
      let reader = try await world.staff(Grant(.schoolAdministrator, .unit(school)))
      let page = try await reader.get("/schools/\(school.rawValue)")
      #expect(page.status == 200)
      #expect(page.text.contains("第一份汇总在今晚生成"))
    }
  }

  @Test func `eight finished teachers are a number, two are none, and nobody's name is there`()
    async throws
  {
    try await TestSite.with { site in
      let world = try await world(site)
      for name in ["王丽", "李强"] + (1...8).map({ "新老师\($0)" }) {
        let teacher = try await world.teacher(name)
        try await teacher.finish(try await teacher.begin())
      }
      await site.site.takeSnapshots()
      let small = try world.unit("东一小").id
      let large = try world.unit("东二小").id
      let county = try world.unit("东县").id
      let viewer = try await world.staff(Grant(.regionViewer, .unit(county)))
      let (first, second, whole) = (
        try await viewer.get("/schools/\(small.rawValue)").text,
        try await viewer.get("/schools/\(large.rawValue)").text,
        try await viewer.get("/regions/\(county.rawValue)").text
      )
      let number = #/<td class="g\d">(?:\d+±\d+|[≤≥]\d+%)<\/td>/#
      #expect(first.firstMatch(of: number) == nil)
      #expect(first.contains("<td class=\"gx gx-suppressed\">"))
      #expect(second.contains("8/8") && whole.contains("10/10"))
      // Eight alike people would be hidden too; what is shown of the school is in the county's row.
      let shown = second.matches(of: number).map { String($0.0) }
      for cell in shown { #expect(whole.contains(cell)) }
      for page in [first, second, whole] {
        #expect(!page.contains("王丽") && !page.contains("新老师"))
        #expect(page.firstMatch(of: #/0\.\d\d/#) == nil)
      }
      #expect(whole.contains("href=\"/schools/\(large.rawValue)\""))
      #expect(try await viewer.get("/regions/\(large.rawValue)").status == 404)
    }
  }

  /// A database of before session_need has results that a night must count all the same.
  @Test func `results that an older program kept are counted in the first night`() async throws {
    try await TestSite.with { site in
      let world = try await world(site)
      for name in (1...8).map({ "新老师\($0)" }) {
        let teacher = try await world.teacher(name)
        try await teacher.finish(try await teacher.begin())
      }
      let framework = site.content.bank.frameworks[0]
      let queue = try DatabaseQueue(
        path: site.folder.appending(path: "bianque.sqlite").path(percentEncoded: false))
      let kept = try await queue.write { database in
        let kept = try String.fetchAll(
          database, sql: "SELECT body FROM session_need ORDER BY session")
        try database.execute(
          sql:
            "DELETE FROM session_need WHERE session IN (SELECT session FROM session_need LIMIT 5)")
        return kept
      }
      #expect(kept.count == 8)
      await site.site.takeSnapshots()
      let snapshot = try #require(try await site.site.store.newestSnapshot(of: framework.id))
      #expect(Set(snapshot.blocks.values.flatMap(\.people)).count == 8)
      let after = try await queue.read { database in
        try String.fetchAll(database, sql: "SELECT body FROM session_need ORDER BY session")
      }
      #expect(after == kept, "as they would have been written at once")
    }
  }

  @Test func `the reader chooses the programme, and with it the standard and whom it counts`()
    async throws
  {
    try await TestSite.with { site in
      let world = try await world(site)
      let teacher = try await world.teacher("新老师1")
      try await teacher.finish(try await teacher.begin())
      await site.site.takeSnapshots()
      let county = try world.unit("东县").id.rawValue
      let viewer = try await world.staff(Grant(.regionViewer, .unit(world.unit("东县").id)))
      let first = try await viewer.get("/regions/\(county)").text
      #expect(first.contains("<th scope=\"col\">A1</th>") && first.contains("1/10"))
      #expect(first.contains("没有定经费标准"))
      let other = try await viewer.get("/regions/\(county)?programme=quanzhou-2016").text
      // Nobody has taken the test of the standard of 2014; the ten cost 240 yuan each.
      #expect(!other.contains("<table class=\"gaps-map\">") && other.contains("0/10"))
      #expect(other.contains("= 2400 元") && other.contains("泉教人〔2016〕71号"))
      #expect(other.contains("<option value=\"quanzhou-2016\" selected>"))
      #expect(other.contains("/regions/\(county)/report.csv?programme=quanzhou-2016"))
      let file = try await viewer.get("/regions/\(county)/progress.csv?programme=quanzhou-2016")
      #expect(file.text.contains("泉州市") && file.text.contains(",经费,,2400,元"))
      #expect(try await viewer.get("/regions/\(county)?programme=unknown").status == 404)
    }
  }

  @Test func `a day has one snapshot, and the files of a report come as files`() async throws {
    try await TestSite.with { site in
      let world = try await PeopleWorld(site)
      let framework = site.content.bank.frameworks[0]
      await site.site.takeSnapshots()
      let first = try #require(try await site.site.store.newestSnapshot(of: framework.id))
      await site.site.takeSnapshots()
      #expect(try await site.site.store.newestSnapshot(of: framework.id) == first)
      let county = try world.unit("东县").id
      let viewer = try await world.staff(Grant(.regionViewer, .unit(county)))
      let csv = try await viewer.get("/regions/\(county.rawValue)/report.csv")
      #expect(csv.text.hasPrefix("\u{FEFF}单位,能力点"))
      let workbook = try await viewer.get("/regions/\(county.rawValue)/report.xlsx")
      #expect(workbook.body.starts(with: Array("PK".utf8)))
      #expect(workbook.headers[.contentDisposition] == "attachment; filename=\"report.xlsx\"")
    }
  }

  @Test func `a day begins at midnight where the service stands`() throws {
    let beijing = try #require(TimeZone(secondsFromGMT: 8 * 3600))
    // 2026-11-25 16:00 UTC is midnight in Beijing.
    let midnight = Date(timeIntervalSince1970: 1_795_622_400)
    #expect(Site.day(of: midnight, in: beijing) == 20_783)
    #expect(Site.day(of: midnight - 1, in: beijing) == 20_782)
    #expect(Site.secondsToMidnight(from: midnight - 90, in: beijing) == 90)
    #expect(Site.secondsToMidnight(from: midnight, in: beijing) == 86_400)
  }
}
