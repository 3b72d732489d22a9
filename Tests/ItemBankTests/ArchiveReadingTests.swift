import Diagnostics
import Foundation
import ItemBank
import Testing

struct ArchiveReadingTests {
  private func code(_ entries: [ArchiveBytes.Entry]) -> String? {
    let bytes = ArchiveBytes(entries: entries).bytes
    let (files, diagnostics) = PackageFiles.read(archive: bytes, name: "a.zip")
    #expect((files == nil) == !diagnostics.isEmpty)
    return diagnostics.first?.code
  }

  private func changed(
    _ name: String = "a.xml", _ change: (inout ArchiveBytes.Entry) -> Void
  ) -> ArchiveBytes.Entry {
    var entry = ArchiveBytes.Entry(name)
    change(&entry)
    return entry
  }

  @Test func `the files of an archive are there by their paths`() throws {
    let entries = ["imsmanifest.xml", "./items/一.xml", "items\\b.xml", "items/", ".DS_Store"]
    let bytes = ArchiveBytes(
      entries: entries.map { ArchiveBytes.Entry($0) }.map { entry in
        var entry = entry
        if entry.name.last == UInt8(ascii: "/") { entry.content = [] }
        return entry
      }
    ).bytes
    let files = try #require(PackageFiles.read(archive: bytes, name: "a.zip").files)
    #expect(files.paths == ["imsmanifest.xml", "items/b.xml", "items/一.xml"])
    #expect(files.bytes(of: "items/一.xml") == Array("<a/>".utf8))
    #expect(files.bytes(of: "items/none.xml") == nil)
  }

  @Test func `a folder around the whole package is taken off`() throws {
    let paths = { (names: [String]) in
      let bytes = ArchiveBytes(entries: names.map { ArchiveBytes.Entry($0) }).bytes
      return PackageFiles.read(archive: bytes, name: "a.zip").files?.paths
    }
    let inside = ["题库/imsmanifest.xml", "题库/items/a.xml"]
    #expect(paths(inside + ["__MACOSX/题库/._a"]) == ["imsmanifest.xml", "items/a.xml"])
    // Elsewhere it is not clear what is meant.
    #expect(paths(inside + ["b.xml"]) == ["b.xml"] + inside)
    #expect(paths(inside + ["imsmanifest.xml"]) == ["imsmanifest.xml"] + inside)
  }

  @Test(arguments: [
    "../a.xml", "/a.xml", "a/../../b.xml", "..\\a.xml", "C:/a.xml", "C:\\a.xml", "a/..", "",
  ])
  func `an entry that could leave the folder refuses the archive`(name: String) {
    #expect(code([ArchiveBytes.Entry("ok.xml"), ArchiveBytes.Entry(name)]) == "unsafe-path")
  }

  @Test(arguments: [UInt32(0o120777), 0o060644, 0o010644])
  func `a link or a special file refuses the archive`(mode: UInt32) {
    #expect(code([changed { $0.mode = mode }]) == "symbolic-link")
  }

  @Test func `an entry with a password or an unknown method refuses the archive`() {
    #expect(code([changed { $0.flags = 1 }]) == "encrypted")
    #expect(code([changed { $0.method = 12 }]) == "compression-method")
  }

  @Test func `two entries with one path refuse the archive`() {
    let twins = [ArchiveBytes.Entry("a.xml"), ArchiveBytes.Entry("./a.xml")]
    #expect(code(twins) == "duplicate-path")
    #expect(code([ArchiveBytes.Entry("b.xml"), ArchiveBytes.Entry("b.xml")]) == "duplicate-path")
  }

  @Test func `an entry that is not what its header says refuses the archive`() {
    #expect(code([changed { $0.statedSize = 2 }]) == "damaged-archive")
    var bytes = ArchiveBytes(entries: [ArchiveBytes.Entry("a.xml")]).bytes
    if let place = bytes.firstIndex(of: UInt8(ascii: "<")) { bytes[place] = 0 }
    let found = PackageFiles.read(archive: bytes, name: "a.zip").diagnostics
    #expect(found.map(\.code) == ["damaged-archive"])
  }

  @Test func `an archive of one repeated byte is refused as a bomb`() throws {
    let zeros = PackageFiles(["a.xml": [UInt8](repeating: 0, count: 4_000_000)], name: "a")
    let bytes = try PackageWriter.archive(zeros)
    #expect(bytes.count < 10_000)
    let found = PackageFiles.read(archive: bytes, name: "a.zip").diagnostics
    #expect(found.map(\.code) == ["compression-ratio"])
  }

  @Test func `an archive that states more than 256 MB in all is refused before it is unpacked`() {
    // Sizes that lie: each may pass for itself, since what is packed is large enough.
    let content = [UInt8](repeating: 1, count: 400_000)
    let entries = (0..<4).map { number in
      changed("\(number).xml") {
        $0.content = content
        $0.method = 8
        $0.statedSize = 70_000_000
      }
    }
    #expect(code(entries) == "archive-too-large")
    #expect(code([changed { $0.statedSize = 300_000_000 }]) == "archive-too-large")
  }

  @Test func `more than 10,000 entries or 64 MB are refused`() {
    let entries = (0...10_000).map { changed("\($0)") { $0.content = [] } }
    #expect(code(entries) == "too-many-entries")
    #expect(code(entries.dropLast()) == nil)
    // What only states that there are more is not even opened.
    var stating = ArchiveBytes(entries: [ArchiveBytes.Entry("a.xml")]).bytes
    stating.replaceSubrange(stating.count - 12..<stating.count - 10, with: [0x11, 0x27])
    let stated = PackageFiles.read(archive: stating, name: "a.zip").diagnostics
    #expect(stated.map(\.code) == ["too-many-entries"])
    let large = [UInt8](repeating: 0, count: 64_000_001)
    let found = PackageFiles.read(archive: large, name: "a.zip").diagnostics
    #expect(found.map(\.code) == ["archive-too-large"])
  }

  @Test func `names without the flag are UTF-8 or GB18030, whichever they read as`() throws {
    // 题库/图.xml in GB18030; the bytes of 图 alone would be one character of UTF-8, too.
    let names: [[UInt8]] = [
      [0xCC, 0xE2, 0xBF, 0xE2] + Array("/1.xml".utf8), [0xCD, 0xBC] + Array(".xml".utf8),
      Array("情境.xml".utf8),
    ]
    let bytes = ArchiveBytes(entries: names.map { ArchiveBytes.Entry(name: $0) }).bytes
    let files = try #require(PackageFiles.read(archive: bytes, name: "a.zip").files)
    #expect(Set(files.paths) == ["题库/1.xml", "图.xml", "情境.xml"])
    var flagged = ArchiveBytes.Entry(name: [0xCD, 0xBC])
    flagged.flags = 0x800
    let one = try #require(
      PackageFiles.read(archive: ArchiveBytes(entries: [flagged]).bytes, name: "a.zip").files)
    #expect(one.paths == ["ͼ"])
  }

  @Test func `what is no archive or breaks off is refused`() throws {
    let whole = try PackageWriter.archive(PackageFiles(folder: Fixture.url("package")))
    for bytes in [[], Array("PK\u{3}\u{4}".utf8), Array("Rar!".utf8), whole.dropLast(30)] {
      let (files, found) = PackageFiles.read(archive: Array(bytes), name: "a.zip")
      #expect(files == nil)
      #expect(found.map(\.code) == ["not-an-archive"])
    }
  }

  @Test func `an archive with any one byte changed is read or refused and nothing else`() throws {
    let whole = ArchiveBytes(entries: [ArchiveBytes.Entry("a.xml"), ArchiveBytes.Entry("b")]).bytes
    for place in whole.indices {
      for value in [0, 0xFF, whole[place] ^ 1] {
        var bytes = whole
        bytes[place] = value
        let (files, found) = PackageFiles.read(archive: bytes, name: "a.zip")
        #expect((files == nil) == !found.isEmpty)
        #expect((files?.paths.count ?? 0) <= 2)
      }
    }
  }

  @Test(arguments: [
    ("p02-zip-slip", "unsafe-path"), ("p05-symlink", "symbolic-link"),
    ("p08-missing-file", "missing-file"), ("p11-gb18030-manifest", nil),
    ("p14-not-a-zip", "not-an-archive"), ("p17-xxe-in-manifest", "doctype"),
  ])
  func `every hostile package is checked as what it is`(name: String, code: String?) throws {
    let path = Fixture.url("qti/hostile/packages/\(name).zip").path(percentEncoded: false)
    let report = BankChecker.check(paths: [path])
    let errors = report.diagnostics.filter { $0.severity == .error }
    #expect(errors.map(\.code) == (code.map { [$0] } ?? []))
    #expect(!"\(report.diagnostics)".contains("root:x:0"))
    #expect(!FileManager.default.fileExists(atPath: "/tmp/qti_pwned.xml"))
    if name.hasPrefix("p08") { #expect(errors.first?.message.chinese.contains("o03") == true) }
    #expect(report.items == (name.hasPrefix("p08") || name.hasPrefix("p11") ? 1 : 0))
  }

  @Test func `a package is the same from a folder, from memory and from an archive`() throws {
    let folder = BankReader.read(folder: Fixture.url("package"))
    let files = PackageFiles(folder: Fixture.url("package"))
    let contents = files.paths.reduce(into: [String: [UInt8]]()) { $0[$1] = files.bytes(of: $1) }
    let memory = BankReader.read(files: contents, name: files.name)
    #expect(memory.bank == folder.bank)
    #expect(memory.diagnostics == folder.diagnostics)
    let archive = try PackageWriter.archive(files)
    let unpacked = try #require(PackageFiles.read(archive: archive, name: files.name).files)
    #expect(BankReader.read(unpacked).bank == folder.bank)
  }
}
