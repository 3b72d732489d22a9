import Foundation
import ItemBank
import TestSupport
import Testing

struct PackageWriterTests {
  private let shipped = PackageFiles(folder: Project.root.appending(path: "ItemBank"))

  private func contents(_ files: PackageFiles) -> [String: [UInt8]] {
    files.paths.reduce(into: [:]) { $0[$1] = files.bytes(of: $1) }
  }

  @Test func `writing the shipped bank and reading it back changes nothing`() throws {
    let (selected, diagnostics) = shipped.selecting()
    let taken = try #require(selected)
    #expect(diagnostics.isEmpty)
    let archive = try PackageWriter.archive(taken)
    let back = try #require(PackageFiles.read(archive: archive, name: shipped.name).files)
    #expect(contents(back) == contents(taken))
    let (original, written) = (BankReader.read(shipped).bank, BankReader.read(back).bank)
    #expect(original != nil)
    #expect(written == original)
    let hashes = { (bank: Bank?) in bank?.items.map(\.item.contentHash) }
    #expect(hashes(written) == hashes(original))
  }

  @Test func `the same files give the same archive to the last byte`() throws {
    let files = PackageFiles(folder: Fixture.url("package"))
    let first = try PackageWriter.archive(files)
    let read = try #require(PackageFiles.read(archive: first, name: "other").files)
    #expect(try PackageWriter.archive(read) == first)
    // Deflated, at midnight of the first of January 1980.
    #expect(Array(first.prefix(4)) == Array("PK\u{3}\u{4}".utf8))
    #expect(Array(first[8..<14]) == [8, 0, 0, 0, 0x21, 0])
  }

  @Test func `a folder that is written reads as the same bank`() throws {
    let files = PackageFiles(folder: Fixture.url("package"))
    let folder = try Project.temporaryFolder()
    defer {
      do { try FileManager.default.removeItem(at: folder) } catch {
        // What stays in the temporary folder harms no other test.
      }
    }
    try PackageWriter.write(files, to: folder)
    #expect(contents(PackageFiles(folder: folder)) == contents(files))
    #expect(
      BankReader.read(folder: folder).bank?.version == BankReader.read(files).bank?.version)
  }

  @Test func `a path that leaves the folder is not written and neither is anything else`() throws {
    let files = PackageFiles(["a.xml": [1], "b/../../c.xml": [2]], name: "a")
    let folder = try Project.temporaryFolder()
    defer {
      do { try FileManager.default.removeItem(at: folder) } catch {
        // What stays in the temporary folder harms no other test.
      }
    }
    let failure = PackageWriter.Failure.unsafePath("b/../../c.xml")
    #expect(throws: failure) { try PackageWriter.archive(files) }
    #expect(throws: failure) { try PackageWriter.write(files, to: folder) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test func `no archive is made of no files`() {
    #expect(throws: PackageWriter.Failure.empty) {
      try PackageWriter.archive(PackageFiles([:], name: "a"))
    }
  }
}
