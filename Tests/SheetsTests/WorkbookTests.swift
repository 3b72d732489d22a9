import Foundation
import Sheets
import Testing

struct WorkbookTests {
  /// Reads a workbook with unzip and libxml2's own tools: nothing of the writer's.
  private func part(_ path: String, of bytes: [UInt8]) throws -> String {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).xlsx")
    try Data(bytes).write(to: file)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = [
      "-c",
      "import sys,zipfile;sys.stdout.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]).decode())",
      file.path, path,
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try FileManager.default.removeItem(at: file)
    return String(decoding: data, as: UTF8.self)
  }

  private func workbook(_ cells: [Workbook.Cell]) throws -> [UInt8] {
    try Workbook(pages: [.init(name: "[汇总]", header: ["教研组"], rows: [cells])])
      .bytes(temporaryFolder: FileManager.default.temporaryDirectory)
  }

  @Test func `numbers are numbers and texts are texts`() throws {
    let bytes = try workbook([.text("语文组"), .number(8.25)])
    let sheet = try part("xl/worksheets/sheet1.xml", of: bytes)
    #expect(sheet.contains("<c r=\"B2\"><v>8.25</v></c>"))
    #expect(try part("xl/sharedStrings.xml", of: bytes).contains("<t>语文组</t>"))
    #expect(try part("xl/workbook.xml", of: bytes).contains("name=\"汇总\""))
  }

  @Test(arguments: ["=cmd|'/c calc'!A1", "+1", "@SUM(A1)", "\u{1}\u{0}=1"])
  func `a text that looks like a formula stays a text`(text: String) throws {
    let bytes = try workbook([.text(text)])
    let sheet = try part("xl/worksheets/sheet1.xml", of: bytes)
    #expect(!sheet.contains("<f>") && sheet.contains("<c r=\"A2\" t=\"s\">"))
  }

  @Test func `two sheets of one name are refused with the reason`() throws {
    let page = Workbook.Page(name: "a", header: [], rows: [])
    #expect(throws: Workbook.Fault.self) {
      try Workbook(pages: [page, page])
        .bytes(temporaryFolder: FileManager.default.temporaryDirectory)
    }
  }
}
