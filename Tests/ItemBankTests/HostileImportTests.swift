import Diagnostics
import Foundation
import ItemBank
import Testing

/// Packages, items and sheets that mean harm, or are broken beyond use: nothing of them gets in.
struct HostileImportTests {
  private let package = PackageFiles(folder: Fixture.url("package"))

  private func merge(_ files: PackageFiles, isPartial: Bool = false) -> BankImport {
    BankImporter.merge(files, into: package, settings: BankImportSettings(isPartial: isPartial))
  }

  /// Imports a file as a person gives it.
  private func merge(path: String, isPartial: Bool) -> BankImport {
    let (files, diagnostics) = PackageFiles.read(
      path: path, frameworks: BankReader.read(package).bank?.frameworks ?? [])
    guard let files else {
      return BankImport(
        report: BankImportReport(refused: path, diagnostics), files: nil, bank: nil)
    }
    return merge(files, isPartial: isPartial)
  }

  private func text(_ path: String) throws -> String {
    String(decoding: try #require(package.bytes(of: path)), as: UTF8.self)
  }

  private func package(_ path: String, _ text: String) -> PackageFiles {
    package(path, Array(text.utf8))
  }

  private func package(_ path: String, _ bytes: [UInt8]) -> PackageFiles {
    var contents = package.contents
    contents[path] = bytes
    return PackageFiles(contents, name: "hostile")
  }

  @Test func `of a hostile file nothing is imported, and a harmless one is`() throws {
    let data = Data(try Fixture.bytes("qti/hostile/manifest.json"))
    let entries = try JSONDecoder().decode(HostileFileTests.Manifest.self, from: data).files
    for entry in entries {
      let path = Fixture.url("qti/hostile/\(entry.file)").path(percentEncoded: false)
      for isPartial in [false, true] {
        let outcome = merge(path: path, isPartial: isPartial)
        let isAccepted = entry.expect == "accept"
        #expect((outcome.files != nil) == isAccepted, "\(entry.file)")
        #expect(outcome.report.refused.isEmpty == isAccepted, "\(entry.file)")
        #expect(!"\(outcome.report)".contains("root:x:0"))
      }
    }
  }

  @Test(arguments: [
    ("p02-zip-slip", 0, 0), ("p05-symlink", 0, 0), ("p08-missing-file", 0, 1),
    ("p11-gb18030-manifest", 1, 1), ("p14-not-a-zip", 0, 0), ("p17-xxe-in-manifest", 0, 0),
  ])
  func `of a hostile package at most the good items are imported, and those on request`(
    name: String, whole: Int, partial: Int
  ) {
    let path = Fixture.url("qti/hostile/packages/\(name).zip").path(percentEncoded: false)
    let first = merge(path: path, isPartial: false)
    #expect(first.files == nil || whole > 0)
    #expect((first.bank?.items.count ?? 6) == 6 + whole)
    let second = merge(path: path, isPartial: true)
    #expect((second.bank?.items.count ?? 6) == 6 + partial)
    if whole == 0 { #expect(!first.report.refused.isEmpty) }
    #expect(!"\(first.report)\(second.report)".contains("root:x:0"))
  }

  @Test(arguments: [
    "../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "https://x.example/a.xml",
    "..%2f..%2fetc/passwd", "a/../../../etc/passwd", "..\\..\\etc\\passwd", "a%00.xml",
  ])
  func `an address out of the package is refused wherever it stands`(address: String) throws {
    let manifest = try text("imsmanifest.xml")
    let item = try text("items/A1/a1-01.xml")
    for files in [
      package(
        "imsmanifest.xml",
        manifest.replacing("href=\"items/A1/a1-01.xml\"", with: "href=\"\(address)\"")
      ),
      package(
        "items/A1/a1-01.xml",
        item.replacing(
          "<qti-item-body>",
          with: "<qti-assessment-stimulus-ref identifier=\"X\" href=\"\(address)\"/><qti-item-body>"
        )),
    ] {
      let outcome = merge(files)
      #expect(outcome.files == nil)
      #expect(!outcome.report.refused.isEmpty)
      #expect(!"\(outcome.report)".contains("root:x:0"))
    }
  }

  @Test func `links and special files in a folder are not followed`() throws {
    try Fixture.withPackage { folder in
      let item = folder.appending(path: "items/A1/a1-01.xml")
      try FileManager.default.removeItem(at: item)
      try FileManager.default.createSymbolicLink(
        at: item, withDestinationURL: URL(filePath: "/etc/passwd"))
      let outcome = merge(path: folder.path(percentEncoded: false), isPartial: true)
      #expect(!"\(outcome.report)".contains("root:x:0"))
      #expect(
        outcome.report.refused.contains { $0.diagnostics.contains { $0.code == "unsafe-path" } })
      try FileManager.default.removeItem(at: item)
      #expect(mkfifo(item.path(percentEncoded: false), 0o600) == 0)
      let second = merge(path: folder.path(percentEncoded: false), isPartial: true)
      #expect(
        second.report.refused.contains { $0.diagnostics.contains { $0.code == "unreadable-file" } })
    }
  }

  @Test func `an item that is too deep, too large or no text is refused for its own reason`() throws
  {
    let item = try text("items/A1/a1-01.xml")
    let nested =
      String(repeating: "<div>", count: 60_000) + String(repeating: "</div>", count: 60_000)
    let wide = String(repeating: "<p>x</p>", count: 100_000)
    let attribute = String(repeating: "a", count: 1_900_000)
    for (code, text) in [
      ("too-deep", item.replacing("<qti-item-body>", with: "<qti-item-body>" + nested)),
      (
        "too-large", item.replacing("<qti-item-body>", with: "<qti-item-body>" + wide + wide + wide)
      ),
      ("identifier", item.replacing("identifier=\"a1-01\"", with: "identifier=\"\(attribute)\"")),
      ("encoding", item.replacing("<qti-item-body>", with: "<qti-item-body><p>~</p>")),
    ] {
      // Bytes that no text in UTF-8 has.
      let bytes = text.utf8.map { code == "encoding" && $0 == UInt8(ascii: "~") ? 0xFF : $0 }
      let outcome = merge(package("items/A1/a1-01.xml", bytes), isPartial: true)
      #expect(
        outcome.report.refused.contains { $0.diagnostics.contains { $0.code == code } }, "\(code)")
      #expect(outcome.files == nil, "\(code)")
      // What is said stays short.
      #expect("\(outcome.report)".utf8.count < 20_000, "\(code)")
    }
  }

  @Test func `a hundred thousand elements are read, and stay one item`() throws {
    let item = try text("items/A1/a1-01.xml")
    let wide = String(repeating: "<p>x</p>", count: 100_000)
    let outcome = merge(
      package(
        "items/A1/a1-01.xml", item.replacing("<qti-item-body>", with: "<qti-item-body>" + wide)))
    #expect(outcome.report.newVersion.map(\.rawValue) == ["a1-01"], "\(outcome.report.refused)")
    #expect(outcome.bank?.items.count == 6)
  }

  @Test func `names that stand twice are refused, whatever they name`() throws {
    let manifest = try text("imsmanifest.xml")
    for (old, new) in [
      ("identifier=\"R-a1-02\"", "identifier=\"R-a1-01\""),
      ("href=\"items/A1/a1-02.xml\"", "href=\"items/A1/a1-01.xml\""),
    ] {
      let outcome = merge(package("imsmanifest.xml", manifest.replacing(old, with: new)))
      #expect(outcome.files == nil)
      #expect(
        outcome.report.refused.contains {
          $0.diagnostics.contains { $0.code == "duplicate-identifier" }
        }, "\(outcome.report)")
    }
  }

  @Test func `a manifest that names itself, nothing, or the same a thousand times does no harm`()
    throws
  {
    let resource = { (number: Int, href: String) in
      "<resource identifier=\"X\(number)\" type=\"imsqti_item_xmlv3p0\" href=\"\(href)\">"
        + "<dependency identifierref=\"X\(number)\"/></resource></resources>"
    }
    let manifest = try text("imsmanifest.xml")
    let twice = manifest.replacing("</resources>", with: resource(1, "imsmanifest.xml"))
    #expect(merge(package("imsmanifest.xml", twice)).files == nil)
    let thousand = (0..<1_000).reduce(manifest) { text, number in
      text.replacing("</resources>", with: resource(number, "items/A1/a1-01.xml"))
    }
    let outcome = merge(package("imsmanifest.xml", thousand), isPartial: true)
    #expect(outcome.bank?.items.count ?? 6 == 6)
    let bare = PackageFiles(
      ["imsmanifest.xml": Array("<manifest><resources/></manifest>".utf8)], name: "bare")
    #expect(merge(bare).files == nil)
    for bytes in [[], [0], Array("<manifest/>".utf8), [UInt8](repeating: 0xFF, count: 1_000)] {
      let outcome = merge(PackageFiles(["imsmanifest.xml": bytes], name: "bytes"))
      #expect(outcome.files == nil && !outcome.report.refused.isEmpty)
    }
  }

  @Test func `a package whose names are in GBK is imported, exported and imported unchanged`()
    throws
  {
    // 题目/一.xml, as a Chinese Windows packs it.
    let name: [UInt8] = [0xCC, 0xE2, 0xC4, 0xBF, 0x2F, 0xD2, 0xBB] + Array(".xml".utf8)
    var item = ArchiveBytes.Entry(name: name)
    item.content = Array(
      try text("items/A1/a1-01.xml").replacing("identifier=\"a1-01\"", with: "identifier=\"gbk-1\"")
        .replacing("../../stimuli/s-sample.xml", with: "../情境.xml").utf8)
    var stimulus = ArchiveBytes.Entry(name: [0xC7, 0xE9, 0xBE, 0xB3] + Array(".xml".utf8))
    stimulus.content = try #require(package.bytes(of: "stimuli/s-sample.xml"))
    var manifest = ArchiveBytes.Entry("imsmanifest.xml")
    manifest.content = Array(
      """
      <manifest xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1" identifier="m"><resources>
      <resource identifier="R" type="imsqti_item_xmlv3p0" href="题目/一.xml"/>
      <resource identifier="S" type="imsqti_stimulus_xmlv3p0" href="情境.xml"/></resources></manifest>
      """.utf8)
    let archive = ArchiveBytes(entries: [manifest, item, stimulus]).bytes
    let incoming = try #require(PackageFiles.read(archive: archive, name: "gbk.zip").files)
    let outcome = merge(incoming)
    #expect(outcome.report.added.map(\.rawValue) == ["gbk-1"], "\(outcome.report.refused)")
    let files = try #require(outcome.files)
    let back = try #require(
      PackageFiles.read(archive: try PackageWriter.archive(files), name: "back.zip").files)
    let again = BankImporter.merge(back, into: files, settings: BankImportSettings())
    #expect(again.files == nil && again.report.unchanged.count == 7, "\(again.report)")
    #expect(
      BankReader.read(back).bank?.items.map(\.item.contentHash)
        == outcome.bank?.items.map(\.item.contentHash))
  }
}

extension BankImportReport {
  fileprivate init(refused path: String, _ diagnostics: [Diagnostic]) {
    self.init()
    refused = [Refusal(identifier: path, diagnostics: diagnostics)]
  }
}
