import Foundation
import TestSupport
import Testing

/// What `roster import` says to large, strange and repeated files.
struct RosterCommandTests {
  private static let units = "单位名称,类型,上级单位\n示范县,区县,\n河边小学,学校,示范县\n山口小学,学校,示范县\n"

  private static func rows(_ count: Int) -> String {
    (0..<count).reduce(into: "工号,姓名,学校,学段,学科,教研组\n") { sheet, number in
      let school = number % 2 == 0 ? "河边小学" : "山口小学"
      sheet += "T\(number),教师\(number),\(school),小学,数学,数学组\(number % 40)\n"
    }
  }

  /// Runs imports one after the other on a data folder with two schools.
  private func withFolder(_ body: (URL, (Data) throws -> Command) throws -> Void) throws {
    let folder = try Project.temporaryFolder()
    let importing = { (content: Data) in
      let file = folder.appending(path: "名册.csv")
      try content.write(to: file)
      return try Command(
        ["roster", "import", file.path, "--data", folder.appending(path: "data").path])
    }
    #expect(try importing(Data(Self.units.utf8)).status == 0)
    try body(folder, importing)
    try FileManager.default.removeItem(at: folder)
  }

  private func persons(_ command: Command) throws -> [String: Int] {
    let answer = try #require(try command.json() as? [String: Any])
    return try #require(answer["persons"] as? [String: Int])
  }

  @Test func `ten thousand rows are taken, and the same file again changes nothing`() throws {
    try withFolder { _, importing in
      let sheet = Data(Self.rows(10_000).utf8)
      let first = try importing(sheet)
      #expect(first.status == 0)
      #expect(try persons(first) == ["added": 10_000, "changed": 0, "unchanged": 0])
      let second = try importing(sheet)
      #expect(try persons(second) == ["added": 0, "changed": 0, "unchanged": 10_000])
    }
  }

  @Test func `two hundred thousand rows are refused in words, and nothing is kept`() throws {
    try withFolder { _, importing in
      let command = try importing(Data(Self.rows(200_000).utf8))
      #expect(command.status == 1)
      #expect(command.output.isEmpty)
      #expect(command.errors.contains("文件超过 5 MB。"))
      #expect(command.errors.contains("请拆成几个文件。"))
      #expect(try persons(importing(Data(Self.rows(1).utf8)))["added"] == 1)
    }
  }

  @Test func `a formula in a name is refused with row and column, and nothing is kept`() throws {
    try withFolder { _, importing in
      let sheet = Self.rows(3) + "T9,\"=cmd|' /C calc'!A0\",河边小学,小学,数学,\n"
      let command = try importing(Data(sheet.utf8))
      #expect(command.status == 1)
      #expect(command.errors.contains("名册.csv:5:2: 错误 [formula-cell]"))
      #expect(try persons(importing(Data(Self.rows(3).utf8)))["added"] == 3)
    }
  }

  @Test(arguments: [
    String.Encoding.utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian,
  ])
  func `an encoding that is not read is named with what to do`(encoding: String.Encoding) throws {
    try withFolder { _, importing in
      let content = try #require(Self.rows(3).data(using: encoding))
      let command = try importing(content)
      #expect(command.status == 1)
      #expect(command.errors.contains("错误 ["))
      #expect(command.errors.contains("CSV"))
    }
  }

  @Test func `bytes that are no sheet at all are refused`() throws {
    try withFolder { _, importing in
      let noise = Data((0..<4_000).map { UInt8(truncatingIfNeeded: $0 &* 131 &+ $0 / 7) })
      let command = try importing(noise)
      #expect(command.status == 1)
      #expect(command.errors.contains("错误 ["))
    }
  }
}
