import Competency
import Diagnostics
import Foundation
import ItemBank
import Sheets
import TestSupport
import Testing

struct ItemSheetTests {
  private let shipped = PackageFiles(folder: Project.root.appending(path: "ItemBank"))
  private let frameworks: [Framework]

  init() throws {
    frameworks = try #require(BankReader.read(shipped).bank).frameworks
  }

  private let header = "题号,能力点,情境编号,情境,问题,选项A,得分A,反馈A,误区A,选项B,得分B\n"

  private func read(_ text: String) -> (files: PackageFiles?, diagnostics: [Diagnostic]) {
    ItemSheet.package(Array(text.utf8), file: "items.csv", frameworks: frameworks)
  }

  @Test func `the template imports as one item that has nothing wrong with it`() throws {
    let template = ItemSheet.template(for: frameworks.first)
    #expect(template.starts(with: [0xEF, 0xBB, 0xBF]))
    let (files, diagnostics) = ItemSheet.package(
      template, file: "t.csv", frameworks: frameworks)
    #expect(diagnostics.isEmpty, "\(diagnostics)")
    let outcome = BankImporter.merge(
      try #require(files), into: shipped, settings: BankImportSettings())
    #expect(outcome.report.added.map(\.rawValue) == ["example-01"])
    let bank = try #require(outcome.bank)
    let item = try #require(bank.item(AssessmentItem.ID(rawValue: "example-01")))
    #expect(item.points == [frameworks[0].points[0].id])
    #expect(item.environment == frameworks[0].points[0].environment)
    #expect(item.schoolStage == "初中" && item.subject == "数学")
    #expect(item.judgedDifficulty == "medium" && item.status == "draft")
    #expect(item.misconceptions[SimpleChoice.ID(rawValue: "B")] == "以总分代替学情")
    #expect(item.parameters?.isProvisional == true)
    #expect(item.parameters?.stepLocations == [-0.6, 0, 0.6])
    #expect(item.item.score(ofChoice: SimpleChoice.ID(rawValue: "A")) == 3)
    #expect(item.item.feedback(for: SimpleChoice.ID(rawValue: "D"))?.text.isEmpty == false)
    #expect(item.item.rubricBlocks.count == 1)
    var report = BankCheckReport()
    report.check(bank)
    #expect(
      report.diagnostics.filter { $0.file.contains("example-01") }.isEmpty, "\(report.diagnostics)")
    // The same sheet again changes nothing.
    let again = BankImporter.merge(
      try #require(files), into: outcome.files, settings: BankImportSettings())
    #expect(again.report.unchanged.count == 1 && again.files == nil)
  }

  @Test func `an import tells how items are written, where it is asked to`() throws {
    let (files, _) = read(header + "q1,A1,,,问?,甲,2,,,以上都对,0\n")
    let package = try #require(files)
    let plain = BankImporter.merge(package, into: shipped, settings: BankImportSettings())
    #expect(!plain.report.warnings.contains { $0.code == "all-of-the-above" })
    let careful = BankImporter.merge(
      package, into: shipped, settings: BankImportSettings(checksWriting: true))
    #expect(careful.report.added.map(\.rawValue) == ["q1"])
    let warning = try #require(
      careful.report.warnings.first { $0.code == "all-of-the-above" })
    // It is at the sender's file, not at the place that the item has in the bank.
    #expect(warning.file == package.name + "/items/q1.xml" && warning.line > 0)
  }

  @Test func `rows share a scenario by its number`() throws {
    let (files, diagnostics) = read(
      header + "q1,A1,s1,课前的情境,怎么办？,甲,2,,,乙,0\nq2,A1,s1,,然后呢？,甲,0,,,乙,1\n")
    #expect(!diagnostics.contains { $0.severity == .error }, "\(diagnostics)")
    let package = try #require(files)
    #expect(package.paths.contains("stimuli/s1.xml"))
    let merged = BankImporter.merge(package, into: shipped, settings: BankImportSettings())
    let items = try #require(merged.bank).items.suffix(2)
    #expect(items.map(\.scenario?.rawValue) == ["s1", "s1"])
  }

  @Test(arguments: [
    ("q 1,A1,,,问？,甲,2,,,乙,0", "identifier", 1), ("q1,,,,问？,甲,2,,,乙,0", "empty-cell", 2),
    ("q1,A99,,,问？,甲,2,,,乙,0", "unknown-point", 2),
    ("q1,A1,s9,,问？,甲,2,,,乙,0", "unknown-scenario", 4),
    ("q1,A1,,,,甲,2,,,乙,0", "empty-cell", 5), ("q1,A1,,,问？,甲,两分,,,乙,0", "score", 7),
    ("q1,A1,,,问？,甲,2,,,,0", "empty-cell", 10), ("q1,A1,,,问？,甲,0,,,乙,0", "score", 7),
    ("q1,A1,,,问？,甲,2,,,乙,-1", "score", 11), ("q1,A1,,,问？,甲,2,,,乙", "wrong-number-of-cells", 11),
  ])
  func `a fault of a cell is told with row and column`(
    row: String, code: String, column: Int
  ) throws {
    let (files, diagnostics) = read(header + "q0,A1,,,问？,甲,2,,,乙,0\n" + row + "\n")
    #expect(files == nil)
    let fault = try #require(diagnostics.first { $0.code == code }, "\(diagnostics)")
    #expect(fault.line == 3 && fault.column == column)
    #expect(!fault.message.chinese.isEmpty && !fault.message.english.isEmpty)
    #expect(!fault.remedy.chinese.isEmpty && !fault.remedy.english.isEmpty)
  }

  @Test func `an id twice, a scenario told differently and a missing column are faults`() {
    let row = "q1,A1,,,问？,甲,2,,,乙,0\n"
    #expect(read(header + row + row).diagnostics.map(\.code) == ["duplicate-id"])
    let two = "q1,A1,s1,一,问？,甲,2,,,乙,0\nq2,A1,s1,二,问？,甲,2,,,乙,0\n"
    #expect(read(header + two).diagnostics.map(\.code) == ["scenario-differs"])
    #expect(
      read("题号,问题\nq1,问？\n").diagnostics.map(\.code)
        == Array(repeating: "missing-column", count: 5))
    let unknown = read(header.replacing("误区A", with: "误解A") + row)
    #expect(unknown.files != nil && unknown.diagnostics.map(\.code) == ["unknown-column"])
  }

  @Test func `markup in a cell is text`() throws {
    let (files, _) = read(header + "q1,A1,,<script>x</script>,a<b & c？,<b>甲</b>,2,,,乙,0\n")
    let bytes = try #require(files?.bytes(of: "items/q1.xml"))
    let item = try #require(AssessmentItem.read(bytes: bytes, file: "q1").item)
    #expect(item.choiceInteractions.first?.prompt?.text == "a<b & c？")
    #expect(item.choiceInteractions.first?.choices.first?.content.text == "<b>甲</b>")
  }

  @Test func `a sheet as Chinese Excel saves it is read`() throws {
    // GB18030 of 题号,能力点,问题,选项A,得分A,选项B,得分B and q1,A1,怎么办？,甲,2,乙,0.
    let bytes: [UInt8] = [
      0xCC, 0xE2, 0xBA, 0xC5, 0x2C, 0xC4, 0xDC, 0xC1, 0xA6, 0xB5, 0xE3, 0x2C, 0xCE, 0xCA,
      0xCC, 0xE2, 0x2C, 0xD1, 0xA1, 0xCF, 0xEE, 0x41, 0x2C, 0xB5, 0xC3, 0xB7, 0xD6, 0x41,
      0x2C, 0xD1, 0xA1, 0xCF, 0xEE, 0x42, 0x2C, 0xB5, 0xC3, 0xB7, 0xD6, 0x42, 0x0A, 0x71,
      0x31, 0x2C, 0x41, 0x31, 0x2C, 0xD4, 0xF5, 0xC3, 0xB4, 0xB0, 0xEC, 0xA3, 0xBF, 0x2C,
      0xBC, 0xD7, 0x2C, 0x32, 0x2C, 0xD2, 0xD2, 0x2C, 0x30, 0x0A,
    ]
    let (files, diagnostics) = ItemSheet.package(bytes, file: "q.csv", frameworks: frameworks)
    #expect(diagnostics.isEmpty, "\(diagnostics)")
    let item = try #require(files?.bytes(of: "items/q1.xml"))
    #expect(String(decoding: item, as: UTF8.self).contains("<qti-prompt>怎么办？</qti-prompt>"))
  }
}
