import Competency
import Courses
import Diagnostics
import Foundation
import Testing

struct ProgrammeReaderTests {
  private static let good = """
    {
      "id": "p",
      "name": {"zh-Hans": "方案", "en": "Programme"},
      "issuer": {"zh-Hans": "教育局", "en": "Bureau"},
      "documentNumber": "一号",
      "framework": "small",
      "rules": {
        "hours": {"min": 10, "max": 12},
        "online": {"min": 4, "max": 7},
        "practice": {"min": 5},
        "points": {"min": 2},
        "dimensions": {"min": 1}
      },
      "sources": [
        {"rule": "hours", "paragraph": "一", "quote": "不少于 10 学时", "setting": false},
        {"rule": "online", "paragraph": "二", "quote": null, "setting": false},
        {"rule": "practice", "paragraph": "二", "setting": false},
        {"rule": "points", "paragraph": "三", "quote": null, "setting": true},
        {"rule": "dimensions", "paragraph": "四", "quote": null, "setting": true}
      ]
    }
    """

  private func read(
    _ files: [String: String]
  ) throws -> (programmes: [Programme], diagnostics: [Diagnostic]) {
    let folder = try ContentFolder(files)
    return ProgrammeReader.read(folder: folder.url, frameworks: [FrameworkSamples.small])
  }

  @Test func `a good programme is read as it stands`() throws {
    let (programmes, diagnostics) = try read(["p.json": Self.good, "note.txt": "x"])
    #expect(diagnostics.isEmpty)
    let programme = try #require(programmes.first)
    #expect(programme.name == .init(chinese: "方案", english: "Programme"))
    #expect(programme.issuer.english == "Bureau")
    #expect(
      programme.rules
        == ProgrammeRules(
          hours: .init(minimum: 10, maximum: 12), online: .init(minimum: 4, maximum: 7),
          practice: .init(minimum: 5), minimumPoints: 2, minimumDimensions: 1))
    #expect(programme.sources.map(\.rule) == ProgrammeRule.stated)
    #expect(programme.sources.map(\.quote) == ["不少于 10 学时", nil, nil, nil, nil])
    #expect(programme.sources.map(\.isSetting) == [false, false, false, true, true])
  }

  @Test(arguments: [
    PlantedFault("malformed-json", "\"id\": \"p\",", to: "\"id\": \"p\"", line: 3, column: 3),
    PlantedFault("missing-field", "\"documentNumber\"", to: "\"number\"", line: 1, column: 1),
    PlantedFault("missing-field", "{\"min\": 2}", to: "{}", line: 11, column: 5),
    PlantedFault("wrong-type", "{\"min\": 5}", to: "{\"min\": \"5\"}", line: 10, column: 18),
    PlantedFault("wrong-type", "{\"min\": 2}", to: "{\"min\": null}", line: 11, column: 16),
    PlantedFault("bad-number", "{\"min\": 5}", to: "{\"min\": -5}", line: 10, column: 18),
    PlantedFault("contradictory-rules", "\"max\": 12", to: "\"max\": 9.5", line: 8, column: 5),
    PlantedFault("contradictory-rules", "{\"min\": 5}", to: "{\"min\": 9}", line: 8, column: 26),
    PlantedFault(
      "contradictory-rules", "{\"min\": 5}", to: "{\"min\": 1, \"max\": 2}", line: 8, column: 15),
    PlantedFault("contradictory-rules", "{\"min\": 2}", to: "{\"min\": 3}", line: 11, column: 16),
    PlantedFault("contradictory-rules", "{\"min\": 1}", to: "{\"min\": 3}", line: 12, column: 20),
    PlantedFault("unknown-framework", "\"small\"", to: "\"large\"", line: 6, column: 3),
    PlantedFault(
      "unknown-rule", "\"rule\": \"online\"", to: "\"rule\": \"on\"", line: 16, column: 6),
    PlantedFault(
      "missing-source", "\"rule\": \"online\"", to: "\"rule\": \"hours\"", line: 14, column: 3),
  ])
  func `each fault of a programme is told once, with line and column`(fault: PlantedFault) throws {
    let (programmes, diagnostics) = try read(["p.json": fault.plant(in: Self.good)])
    #expect(programmes.isEmpty)
    let matching = diagnostics.filter { $0.code == fault.code }
    let diagnostic = try #require(matching.first)
    #expect(diagnostic.file.hasSuffix("/p.json"))
    #expect(diagnostic.line == fault.line)
    #expect(diagnostic.column == fault.column)
    let texts = [diagnostic.message, diagnostic.remedy]
    #expect(texts.allSatisfy { !$0.chinese.isEmpty && !$0.english.isEmpty })
  }

  @Test func `an unknown field is a warning and the programme stays`() throws {
    let text = Self.good.replacingOccurrences(of: "\"max\": 7", with: "\"mx\": 7")
    let (programmes, diagnostics) = try read(["p.json": text])
    #expect(programmes.count == 1)
    #expect(diagnostics.map(\.code) == ["unknown-field"])
    #expect(diagnostics.map(\.severity) == [.warning])
    #expect(diagnostics.map(\.line) == [9])
  }

  @Test func `the second file with an identifier is refused`() throws {
    let (programmes, diagnostics) = try read(["b.json": Self.good, "a.json": Self.good])
    #expect(programmes.count == 1)
    #expect(diagnostics.map(\.code) == ["duplicate-id"])
    #expect(diagnostics.first?.file.hasSuffix("/b.json") == true)
    #expect(diagnostics.first?.message.english.contains("a.json") == true)
  }

  @Test func `one bad file does not hide the others`() throws {
    let (programmes, diagnostics) = try read(["a.json": "{", "b.json": Self.good])
    #expect(programmes.map(\.id.rawValue) == ["p"])
    #expect(diagnostics.map(\.code) == ["malformed-json"])
  }

  @Test func `a missing folder is a fault`() {
    let (programmes, diagnostics) = ProgrammeReader.read(
      folder: URL(filePath: "/nonexistent/programmes"), frameworks: [])
    #expect(programmes.isEmpty)
    #expect(diagnostics.map(\.code) == ["missing-folder"])
  }
}
