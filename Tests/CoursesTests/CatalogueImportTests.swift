import Competency
import Courses
import Diagnostics
import Foundation
import Testing

/// The catalogue out as a sheet and in again: nothing lost, every fault with row and column, all or
/// nothing.
struct CatalogueImportTests {
  private let catalogue: Catalogue
  private let files: [String: [UInt8]]

  init() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Courses")
    catalogue = try #require(
      CatalogueReader.read(folder: root, frameworks: FrameworkSamples.shipped).catalogue)
    var files: [String: [UInt8]] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: root.path)
    where path.hasSuffix(".csv") || path.hasSuffix(".json") {
      files[path] = [UInt8](try Data(contentsOf: root.appending(path: path)))
    }
    self.files = files
  }

  private func importing(_ text: String, isSample: Bool? = nil) throws -> CatalogueImport {
    try CatalogueImport(
      [UInt8](text.utf8), name: "课程.csv", into: files, frameworks: FrameworkSamples.shipped,
      isSample: isSample)
  }

  private var exported: String { String(decoding: catalogue.coursesSheet(), as: UTF8.self) }

  @Test func `what is taken out and brought in again says the same`() throws {
    let read = try importing(exported)
    #expect(read.diagnostics.isEmpty, "\(read.diagnostics)")
    #expect(read.kind == .courses)
    let comparison = CatalogueComparison(from: catalogue, to: try #require(read.catalogue))
    #expect(comparison.isSame)
    #expect(comparison.unchanged == catalogue.courses.count)
  }

  @Test func `institutions go out and in by their own sheet`() throws {
    let sheet = String(decoding: catalogue.providersSheet(), as: UTF8.self)
    let read = try importing(sheet + "xin,辛学院,Institute X\r\n")
    #expect(read.kind == .providers)
    let found = try #require(read.catalogue)
    #expect(found.providers.count == catalogue.providers.count + 1)
    #expect(found.courses == catalogue.courses)
  }

  @Test func `added, changed and removed courses are told apart`() throws {
    var lines = exported.split(separator: "\r\n", omittingEmptySubsequences: true).map(String.init)
    let added = lines[1].replacing("A1-V1,", with: "NEW-1,")
    lines[2] = lines[2].replacing(",video,online,3,", with: ",video,online,5,")
    lines.remove(at: 3)
    lines.append(added)
    let read = try importing(lines.joined(separator: "\r\n") + "\r\n", isSample: false)
    #expect(read.diagnostics.isEmpty, "\(read.diagnostics)")
    let found = try #require(read.catalogue)
    let comparison = CatalogueComparison(from: catalogue, to: found)
    #expect(comparison.added.map(\.rawValue) == ["NEW-1"])
    #expect(comparison.changed.map(\.rawValue) == ["A1-V2"])
    #expect(comparison.removed.map(\.rawValue) == ["A1-V3"])
    #expect(!found.isSample)
    #expect(found.version != catalogue.version)
  }

  @Test func `five thousand rows with faults are refused as a whole, each with row and column`()
    throws
  {
    let lines = exported.split(separator: "\r\n").map(String.init)
    let row = lines[1]
    var sheet = lines[0] + "\r\n"
    for number in 0..<5_000 {
      var copy = row.replacing("A1-V1,", with: "R\(number),").replacing(",E1,", with: ",,")
      if number % 100 == 7 { copy = copy.replacing(",jia,", with: ",nobody,") }
      if number % 100 == 9 { copy = copy.replacing(",video,online,3,", with: ",video,online,-3,") }
      sheet += copy + "\r\n"
    }
    let read = try importing(sheet)
    #expect(read.catalogue == nil)
    #expect(read.diagnostics.count == 100)
    let provider = try #require(read.diagnostics.first { $0.code == "unknown-provider" })
    #expect(provider.file == "课程.csv")
    #expect(provider.line == 9)
    #expect(provider.column == 4)
    let hours = try #require(read.diagnostics.first { $0.code == "hours-not-positive" })
    #expect(hours.line == 11)
    #expect(hours.column == 7)
  }

  @Test(arguments: ["", "\u{0}\u{1}\u{2}", "id,title_zh\r\nx,y\r\n", "=cmd|' /C calc'!A0"])
  func `what is no sheet of courses is refused with a reason`(text: String) throws {
    let read = try importing(text)
    #expect(read.catalogue == nil)
    #expect(!read.diagnostics.isEmpty)
  }
}
