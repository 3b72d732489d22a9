import Competency
import Courses
import Diagnostics
import Foundation
import Testing

struct CatalogueReaderTests {
  private static let header =
    "id,title_zh,title_en,provider,form,mode,hours,level,primary,gains,prerequisite,equivalents,"
    + "price,evidence_zh,evidence_en\n"

  private static let courses =
    header
    + "c1,看懂错因,Reading errors,p1,video,online,2.5,0,X1,X1:0.30,,g,0,,\n"
    + "c2,按错因分组,Groups by cause,p2,workshop,practice,4,1,X1,X1:0.40; Y1:0.12,c1,,60,一份方案,A plan\n"
    + "c3,再看一次,Another look,p1,practice,practice,6,2,X2,X2:0.5,c2,g,,,\n"

  private static let providers = "id,name_zh,name_en\np1,示例甲,Sample A\np2,示例乙,Sample B\n"
  private static let about = "{\"sample\": true, \"title\": {}}"

  private func files(
    courses: String = courses, providers: String = providers, about: String = about
  ) -> [String: String] {
    ["catalogue.csv": courses, "providers.csv": providers, "catalogue.json": about]
  }

  private func read(
    _ files: [String: String]
  ) throws -> (catalogue: Catalogue?, diagnostics: [Diagnostic]) {
    let folder = try ContentFolder(files)
    return CatalogueReader.read(folder: folder.url, frameworks: [FrameworkSamples.small])
  }

  @Test func `a good catalogue is read as it stands`() throws {
    let (read, diagnostics) = try read(files())
    #expect(diagnostics.isEmpty)
    let catalogue = try #require(read)
    #expect(catalogue.isSample)
    #expect(catalogue.providers.map(\.name.chinese) == ["示例甲", "示例乙"])
    #expect(catalogue.courses.map(\.id.rawValue) == ["c1", "c2", "c3"])
    let course = try #require(catalogue.course(.init(rawValue: "c2")))
    #expect(
      course
        == Course(
          id: .init(rawValue: "c2"), title: .init(chinese: "按错因分组", english: "Groups by cause"),
          provider: .init(rawValue: "p2"), form: .workshop, mode: .practice, hours: 4, level: 1,
          gains: [.init(rawValue: "X1"): 0.4, .init(rawValue: "Y1"): 0.12],
          primary: .init(rawValue: "X1"), prerequisite: .init(rawValue: "c1"), price: 60,
          evidence: .init(chinese: "一份方案", english: "A plan"),
          framework: FrameworkSamples.small.id))
    #expect(catalogue.courses.first?.price == 0)
    #expect(catalogue.courses.last?.price == nil)
    #expect(catalogue.courses.first?.equivalents == .init(rawValue: "g"))
  }

  @Test(arguments: [
    PlantedFault("unknown-point", "X1:0.40", to: "X9:0.40", line: 3, column: 10),
    PlantedFault("unknown-point", "2,X2,X2", to: "2,X9,X2", line: 4, column: 9),
    PlantedFault("unknown-provider", "p2", to: "p9", line: 3, column: 4),
    PlantedFault("bad-number", "2.5", to: "两小时", line: 2, column: 7),
    PlantedFault("bad-number", "2.5", to: "nan", line: 2, column: 7),
    PlantedFault("bad-number", "X2:0.5", to: "X2:0", line: 4, column: 10),
    PlantedFault("bad-number", "X2:0.5", to: "X2", line: 4, column: 10),
    PlantedFault("bad-number", "Y1:0.12", to: "X1:0.12", line: 3, column: 10),
    PlantedFault("bad-number", ",60,", to: ",-60,", line: 3, column: 13),
    PlantedFault("hours-not-positive", "2.5", to: "0", line: 2, column: 7),
    PlantedFault("level-out-of-range", "6,2,", to: "6,3,", line: 4, column: 8),
    PlantedFault("level-out-of-range", "6,2,", to: "6,,", line: 4, column: 8),
    PlantedFault("duplicate-id", "c3,再看", to: "c1,再看", line: 4, column: 1),
    PlantedFault("unknown-prerequisite", "0.5,c2", to: "0.5,c9", line: 4, column: 11),
    PlantedFault("prerequisite-cycle", "0.30,,", to: "0.30,c3,", line: 2, column: 11),
    PlantedFault("prerequisite-cycle", "0.30,,", to: "0.30,c1,", line: 2, column: 11),
    PlantedFault("primary-without-gain", "2,X2,X2", to: "2,X1,X2", line: 4, column: 9),
    PlantedFault("unknown-form", "video", to: "film", line: 2, column: 5),
    PlantedFault("unknown-mode", "online", to: "home", line: 2, column: 6),
    PlantedFault("empty-cell", "Reading errors", to: "", line: 2, column: 3),
    PlantedFault("empty-cell", "A plan", to: "", line: 3, column: 15),
    PlantedFault("missing-column", "prerequisite,", to: "previous,", line: 1, column: 0),
    PlantedFault("wrong-number-of-cells", "c1,看懂错因", to: "c1,看懂,错因", line: 2, column: 16),
  ])
  func `each fault of a course is told once, in its row and cell`(fault: PlantedFault) throws {
    let (catalogue, diagnostics) = try read(files(courses: fault.plant(in: Self.courses)))
    #expect(catalogue == nil)
    let matching = diagnostics.filter { $0.code == fault.code }
    let diagnostic = try #require(matching.first)
    #expect(matching.count == 1)
    #expect(diagnostic.file.hasSuffix("/catalogue.csv"))
    #expect(diagnostic.line == fault.line)
    #expect(diagnostic.column == fault.column)
    let texts = [diagnostic.message, diagnostic.remedy]
    #expect(texts.allSatisfy { !$0.chinese.isEmpty && !$0.english.isEmpty })
  }

  @Test func `a row with a fault still counts as another row's prerequisite`() throws {
    let courses = Self.courses.replacingOccurrences(of: "2.5", with: "0")
    #expect(try read(files(courses: courses)).diagnostics.map(\.code) == ["hours-not-positive"])
  }

  @Test func `a circle is told once however many courses lead into it`() throws {
    let rows = [("a", "b"), ("b", "c"), ("c", "b"), ("d", "a")].map { id, next in
      "\(id),题,T,p1,video,online,2,0,X1,X1:0.3,\(next),,,,\n"
    }
    let diagnostics = try read(files(courses: Self.header + rows.joined())).diagnostics
    #expect(diagnostics.map(\.code) == ["prerequisite-cycle"])
    #expect(diagnostics.map(\.line) == [3])
    #expect(diagnostics.first?.message.english.contains("b → c → b") == true)
  }

  @Test func `providers are unique and named in both languages`() throws {
    let providers = Self.providers + "p1,示例丙,Sample C\np3,,Sample D\n"
    let diagnostics = try read(files(providers: providers)).diagnostics
    #expect(diagnostics.map(\.code) == ["duplicate-id", "empty-cell"])
    #expect(diagnostics.map(\.line) == [4, 5])
    #expect(diagnostics.map(\.column) == [1, 2])
  }

  @Test(arguments: ["catalogue.csv", "providers.csv", "catalogue.json"])
  func `a missing file is named`(name: String) throws {
    let (catalogue, diagnostics) = try read(files().filter { $0.key != name })
    #expect(catalogue == nil)
    let missing = diagnostics.filter { $0.code == "missing-file" }
    #expect(missing.count == 1)
    #expect(missing.first?.file.hasSuffix("/" + name) == true)
  }

  @Test func `what is not JSON is told with its place`() throws {
    let diagnostics = try read(files(about: "{\n  \"sample\": yes\n}")).diagnostics
    #expect(diagnostics.map(\.code) == ["malformed-json"])
    #expect(diagnostics.map(\.line) == [2])
    #expect(diagnostics.map(\.column) == [13])
  }

  @Test func `the version changes with every file and stays when nothing changes`() throws {
    let versions = try [
      files(), files(), files(courses: Self.courses + "\n"),
      files(providers: Self.providers + "\n"), files(about: Self.about + "\n"),
    ].map { try #require(try read($0).catalogue).version }
    #expect(versions[0] == versions[1])
    #expect(Set(versions).count == 4)
  }
}
