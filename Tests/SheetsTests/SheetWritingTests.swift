import Sheets
import Testing

struct SheetWritingTests {
  private func text(_ cell: String) throws -> String {
    let bytes = Sheet.csv(header: ["h"], rows: [[cell]])
    let text = try #require(String(validating: bytes, as: UTF8.self))
    return String(text.unicodeScalars.dropFirst("\u{FEFF}h\r\n".unicodeScalars.count))
  }

  @Test func `a sheet is UTF-8 with a byte order mark and CRLF`() {
    let bytes = Sheet.csv(header: ["a", "姓"], rows: [["1", ""]])
    #expect(
      bytes == [0xEF, 0xBB, 0xBF] + Array("a,姓\r\n1,\r\n".utf8))
  }

  @Test(arguments: [
    "=1+1", "+86", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠x", "-", "-1.2.3",
    "=\u{301}1",
  ])
  func `a cell that looks like a formula gets an apostrophe`(cell: String) throws {
    let escaped = try text(cell).unicodeScalars.drop { $0 == "\"" }
    #expect(escaped.first == "'")
  }

  @Test(arguments: ["-1", "-0.25", "0", "甲", "a=b", " =1", ""])
  func `other cells and negative numbers stay as they are`(cell: String) throws {
    #expect(try text(cell) == cell + "\r\n")
  }

  @Test func `what is written is read back, also what a spreadsheet would run`() throws {
    let rows = [
      ["a,b", "c\"d"], ["e\nf", "g\r\nh"], ["多\"个\"引号", "-3"], ["+1 课", "=1+1"], ["'+1", "''=x"],
      ["'引号", "－1"],
    ]
    let bytes = Sheet.csv(header: ["甲", "乙"], rows: rows)
    let (sheet, diagnostics) = Sheet.read(bytes, file: "x")
    #expect(diagnostics.isEmpty)
    #expect(sheet?.rows.map(\.cells) == rows)
    #expect(sheet?.header == ["甲", "乙"])
  }
}
