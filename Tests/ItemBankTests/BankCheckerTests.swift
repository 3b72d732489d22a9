import Diagnostics
import Foundation
import ItemBank
import Testing

struct BankCheckerTests {
  private func codes(_ folder: URL) -> Set<String> {
    let path = folder.path(percentEncoded: false)
    return Set(BankChecker.check(paths: [path]).diagnostics.map(\.code))
  }

  @Test func `a package is counted and has no errors`() {
    let path = Fixture.url("package").path(percentEncoded: false)
    let report = BankChecker.check(paths: [path])
    #expect(report.items == 6)
    #expect(report.files == 14)
    #expect(report.errors == 0)
    #expect(report.errors + report.warnings == report.diagnostics.count)
  }

  @Test func `a folder without manifest is checked file by file`() {
    let path = Fixture.url("qti/cases").path(percentEncoded: false)
    let report = BankChecker.check(paths: [path])
    #expect(report.files == 11)
    #expect(report.items == 10)
    #expect(report.errors == 0, "\(report.diagnostics.filter { $0.severity == .error })")
    #expect(report.diagnostics.contains { $0.code == "missing-feedback" })
    // One of them takes several answers, the best of which give what MAXSCORE says.
    #expect(!report.diagnostics.contains { $0.code == "maximum-score" })
  }

  @Test func `every hostile file is refused by checking too`() {
    let path = Fixture.url("qti/hostile/xml").path(percentEncoded: false)
    let report = BankChecker.check(paths: [path])
    #expect(report.files == 18)
    // Two of them only look hostile.
    #expect(report.items == 2)
  }

  @Test func `an archive and a missing path are refused with what to do`() throws {
    let archive = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).zip")
    try Data("PK\u{3}\u{4}".utf8).write(to: archive)
    defer {
      do { try FileManager.default.removeItem(at: archive) } catch {
        // What stays in the temporary folder harms no other test.
      }
    }
    let report = BankChecker.check(paths: [archive.path(percentEncoded: false), "/no/such/file"])
    #expect(report.diagnostics.map(\.code) == ["not-an-archive", "missing-file"])
    #expect(report.errors == 2)
  }

  @Test func `an item whose scenario is not there is an error`() throws {
    try Fixture.withPackage { folder in
      try FileManager.default.removeItem(at: folder.appending(path: "imsmanifest.xml"))
      try FileManager.default.removeItem(at: folder.appending(path: "stimuli/s-sample.xml"))
      #expect(codes(folder).contains("missing-file"))
    }
  }

  @Test(arguments: [
    (
      "best-is-longest", "B\">先列出", "B\">先花一点时间仔仔细细认认真真反反复复地列出"
    ),
    ("choice-lengths", "E\">把10道题做成在线问卷发到家长群，请家长当晚用手机协助孩子完成，", "E\">"),
    ("half-width-punctuation", "通分计算题，", "通分计算题,"),
    ("half-width-punctuation", "最有效？", "最有效?"),
    (
      "missing-feedback", "outcome-identifier=\"FEEDBACK\" identifier=\"C\"",
      "outcome-identifier=\"FEEDBACK\" identifier=\"X\""
    ),
    ("maximum-score", "<qti-value>4</qti-value>", "<qti-value>5</qti-value>"),
    ("category-count", "<qti-value>4</qti-value>", "<qti-value>5</qti-value>"),
    ("score-category", "mapped-value=\"2\"", "mapped-value=\"2.5\""),
    ("score-category", "<qti-value>4</qti-value>", "<qti-value>3</qti-value>"),
  ])
  func `a fault of writing or of scoring is found`(code: String, old: String, new: String) throws {
    try Fixture.withPackage { folder in
      let item = "items/A1/a1-01.xml"
      let before = BankChecker.check(paths: [folder.path(percentEncoded: false)]).diagnostics
      #expect(!before.contains { $0.code == code && $0.file.hasSuffix(item) })
      try folder.replace(old, with: new, in: item)
      let after = BankChecker.check(paths: [folder.path(percentEncoded: false)]).diagnostics
      #expect(after.contains { $0.code == code && $0.file.hasSuffix(item) })
    }
  }

  @Test(arguments: [
    ("no-competency-point", "csm:GUID>", "csm:Other>", "imsmanifest.xml"),
    ("unknown-point", "csm:GUID>a99b", "csm:GUID>b99b", "imsmanifest.xml"),
    ("unknown-point", "loading.A1", "loading.A99", "usage/provisional-2026.xml"),
    (
      "missing-parameters", "identifier=\"a1-01\"", "identifier=\"z1-01\"",
      "usage/provisional-2026.xml"
    ),
    ("unknown-environment", "environment:A", "environment:Q", "imsmanifest.xml"),
    ("keyword", "tag:A:", "tag:Q:", "imsmanifest.xml"),
  ])
  func `what the package says wrongly about an item is found`(
    code: String, old: String, new: String, file: String
  ) throws {
    try Fixture.withPackage { folder in
      #expect(!codes(folder).contains(code))
      try folder.replace(old, with: new, in: file)
      #expect(codes(folder).contains(code))
    }
  }

  @Test func `every diagnostic speaks both languages`() {
    let paths = ["qti", "package"].map { Fixture.url($0).path(percentEncoded: false) }
    for diagnostic in BankChecker.check(paths: paths).diagnostics {
      for text in [diagnostic.message, diagnostic.remedy] {
        #expect(text.chinese.unicodeScalars.contains { $0.properties.isIdeographic })
        #expect(!text.english.isEmpty)
      }
    }
  }
}
