import Competency
import Courses
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import Reporting
import Sheets
import TestSupport
import Testing

@testable import Web

/// The page of a school and of a region.
struct ReportPageTests {
  private let renderer: PageRenderer
  private let samples: ReportSamples

  init() async throws {
    renderer = try await PageRenderer(
      webFolder: Project.root.appending(path: "Web"), isSimulated: false)
    samples = try ReportSamples(content: try ShippedContent())
  }

  private func body(
    _ page: Page, language: Language, acceptsGzip: Bool = false
  ) async throws -> [UInt8] {
    var context = VisitorContext(
      source: ApplicationRequestContextSource(
        channel: EmbeddedChannel(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    )
    context.language = language
    var fields = HTTPFields()
    if acceptsGzip { fields[.acceptEncoding] = "gzip" }
    let request = Request(
      head: HTTPRequest(
        method: .get, scheme: "http", authority: "bianque.example", path: page.address,
        headerFields: fields), body: RequestBody(buffer: ByteBuffer()))
    let collected = Collected()
    try await renderer.response(page, to: request, context: context).body.write(collected)
    return collected.bytes
  }

  private static let unfinished = ["甲", "乙", "丙", "丁", "戊", "己", "庚"]

  private func page(_ report: UnitReport, _ language: Language) -> Page {
    ReportPage(
      report: report,
      paths: .init(
        plain: "/schools/x", page: "/schools/x", csv: "/schools/x/report.csv",
        progressCSV: "/schools/x/progress.csv", workbook: "/schools/x/report.xlsx"),
      choice: .init(
        programme: report.programme, framework: report.framework, offered: [report.programme],
        tests: []),
      missing: report.isSchool
        ? .init(
          names: Self.unfinished, list: "/schools/x/people", notice: "/schools/x/people/notice")
        : nil,
      language: language, phrases: renderer.phrases(language)
    ).page()
  }

  private func text(_ report: UnitReport, _ language: Language) async throws -> String {
    String(decoding: try await body(page(report, language), language: language), as: UTF8.self)
  }

  @Test(arguments: Language.allCases)
  func `a school reads one sentence, its map, topics, and who is missing`(
    language: Language
  ) async throws {
    let report = try #require(samples.report(of: "s0", isSchool: true))
    let page = try await text(report, language)
    let first = try #require(report.summary.first)
    #expect(page.contains("\(first.shown.count)±\(first.shown.plusMinus)"))
    #expect(page.contains(report.framework.points[first.point].id.rawValue))
    #expect(page.matches(of: #/<table class="gaps-map">/#).count == 3)
    #expect(!page.contains("⟨"), "a text is missing")
    #expect(!page.contains("{{") && !page.contains("%{"))
    #expect(page.contains("href=\"/schools/x/people\""))
    // Who is missing stands beside it, the first few by name.
    #expect(page.contains(language == .chinese ? "还有 7 人没完成" : "Not finished yet: 7."))
    #expect(page.contains("甲") && !page.contains("庚"))
  }

  @Test func `every cell says its state in words, and the four empty states differ`() async throws {
    let report = try #require(samples.report(of: "s0", isSchool: true))
    let page = try await text(report, .chinese)
    for (look, word) in [
      ("noSuchPoint", "不适用"), ("notMeasured", "未测"), ("suppressed", "人少"),
    ] {
      #expect(page.contains("<td class=\"gx gx-\(look)\">\(word)</td>"), "\(look)")
    }
    #expect(page.contains("不足</span> 证据不足"))
    #expect(page.firstMatch(of: #/<td class="g\d"><\/td>/#) == nil)
    #expect(page.firstMatch(of: #/<td class="g[0-4]">\d+±\d+<\/td>/#) != nil)
  }

  @Test(arguments: Language.allCases)
  func `a region compares in bands without order, with quota and cost`(
    language: Language
  ) async throws {
    let report = try #require(samples.report(of: "county", isSchool: false))
    let page = try await text(report, language)
    #expect(page.contains(renderer.phrases(language)("report.bandsHint")))
    // Of 6 schools, 60 % are due by the end of the second year, that is 4.
    #expect(page.contains(language == .chinese ? "（应 4）" : "(4 due)"))
    #expect(page.contains(renderer.phrases(language)("report.quota.later")))
    let insufficient = try #require(
      page.firstMatch(of: #/(?:数据不足，不作比较：|Too little data to compare: )([^<]*)/#))
    #expect(insufficient.1.contains("河口小学"))
    #expect(!page.contains(renderer.phrases(language)("report.topicsTitle")))
    #expect(!page.contains("⟨") && !page.contains("%{"))
  }

  @Test(arguments: Language.allCases)
  func `cost is the people to take part times hours times price, and the exempt stand apart`(
    language: Language
  ) async throws {
    let report = try #require(samples.report(of: "county", isSchool: false))
    let (people, exempt) = (report.participation.enrolled, report.participation.exempt)
    let page = try await text(report, language)
    // Jiangsu's 50 hours at Quanzhou's 3 yuan.
    #expect(people > 0 && page.contains("\(people * 150)"))
    #expect(exempt > 0 && page.contains("\(exempt * 150)"))
    #expect(page.contains(language == .chinese ? "距退休不满 5 年" : "fewer than 5 years"))
    // Every school's own cost stands in its row.
    for part in report.parts.values {
      #expect(page.contains("<td>\(part.participation.enrolled * 150)</td>"))
    }
  }

  @Test func `what nobody has answered changes neither cost nor quota`() async throws {
    var report = try #require(samples.report(of: "county", isSchool: false))
    let phrases = renderer.phrases(.chinese)
    let lines = ReportProgress(report: report, language: .chinese, phrases: phrases).lines()
    // Other results altogether: the same people, all of them hidden.
    report.map = GapMap(
      unit: report.map.unit,
      rows: report.map.rows.map {
        .init(
          subject: $0.subject, finished: $0.finished,
          cells: $0.cells.map { _ in .absent(.suppressed) })
      }, total: report.map.total)
    #expect(
      ReportProgress(report: report, language: .chinese, phrases: phrases).lines() == lines)
  }

  @Test func `a programme that sets no price, quota or exemption says so`() async throws {
    var report = try #require(samples.report(of: "county", isSchool: false))
    report.programme.terms = ProgrammeTerms()
    let page = try await text(report, .chinese)
    #expect(page.contains("没有定经费标准") && page.contains("没有写谁可不参加"))
    #expect(page.contains("按学校计：6 所学校完成 "))
    #expect(!page.contains("还没到期"))
  }

  @Test func `progress and cost come as lines of one number each`() throws {
    let report = try #require(samples.report(of: "county", isSchool: false))
    let sheets = ReportSheets(
      report: report, language: .chinese, phrases: renderer.phrases(.chinese))
    let (sheet, diagnostics) = Sheet.read(sheets.progressCSV(), file: "progress.csv")
    #expect(diagnostics.isEmpty)
    let rows = try #require(sheet?.rows).map { Array($0.cells.dropFirst()) }
    let people = report.participation.enrolled
    #expect(rows.contains(["清源县", "应参加", "", "\(people)", "人"]))
    #expect(rows.contains(["清源县", "经费", "", "\(people * 150)", "元"]))
    #expect(rows.contains(["清源县", "应完成学校", "2021", "4", "所"]))
    #expect(rows.contains(["清源县", "应完成学校", "2022", "6", "所"]))
    #expect(rows.contains { $0[1] == "已完成学校" } && !rows.joined().contains { $0.contains("⟨") })
    #expect(rows.contains { $0[0] == "城关小学" && $0[1] == "经费" })
  }

  @Test func `no person's probability or result stands in a page or file`() async throws {
    let report = try #require(samples.report(of: "s0", isSchool: true))
    let page = try await text(report, .chinese)
    #expect(page.firstMatch(of: #/0\.\d{2}/#) == nil)
    let sheets = ReportSheets(
      report: report, language: .chinese, phrases: renderer.phrases(.chinese))
    let csv = String(decoding: sheets.csv(), as: UTF8.self)
    #expect(csv.firstMatch(of: #/0\.\d{2}/#) == nil)
  }

  @Test func `the files say what the page says`() throws {
    let report = try #require(samples.report(of: "s0", isSchool: true))
    let phrases = renderer.phrases(.chinese)
    let sheets = ReportSheets(report: report, language: .chinese, phrases: phrases)
    let (sheet, diagnostics) = Sheet.read(sheets.csv(), file: "report.csv")
    #expect(diagnostics.isEmpty)
    let rows = try #require(sheet?.rows)
    #expect(rows.count == (report.map.rows.count + 1) * 30)
    for (place, cell) in report.map.total.cells.enumerated() {
      let row = rows[report.map.rows.count * 30 + place].cells
      #expect(row[0] == "合计" && row[1] == report.framework.points[place].id.rawValue)
      if case .shown(let shown) = cell, shown.form == .exact {
        #expect(row[4] == "\(shown.count)" && row[5] == "\(shown.plusMinus)")
      } else {
        #expect(row[4].isEmpty)
      }
    }
    let folder = try Project.temporaryFolder()
    let workbook = try sheets.workbook(temporaryFolder: folder)
    #expect(workbook.starts(with: Array("PK".utf8)))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    try FileManager.default.removeItem(at: folder)
  }

  @Test(arguments: Language.allCases)
  func `the page of twelve groups and thirty points is at most 25 KB on the line`(
    language: Language
  ) async throws {
    let report = try #require(samples.report(of: "s0", isSchool: true))
    #expect(report.map.rows.count >= 12)
    let sent = try await body(page(report, language), language: language, acceptsGzip: true)
    #expect(sent.count <= 25 * 1024, "\(sent.count) bytes")
  }
}
