import Diagnostics
import Sheets
import Testing

struct SheetFaultTests {
  /// A fault that makes a sheet unusable, and where it is told.
  struct Case: Sendable, CustomTestStringConvertible {
    var code: String
    var text: String
    var line: Int
    var column: Int
    var testDescription: String { code }
  }

  @Test(arguments: [
    Case(code: "empty-sheet", text: "\n , \n", line: 0, column: 0),
    Case(code: "unclosed-quote", text: "a,b\n1,2\n3,\"4\n5,6\n", line: 3, column: 2),
    Case(code: "unclosed-quote", text: "a,b\n\"1\n2\",\"3", line: 3, column: 2),
    Case(code: "unclosed-quote", text: "a,b\n1,\"", line: 2, column: 2),
    Case(code: "stray-quote", text: "a,b\n\"1\n\",2\n\"3\"x,4\n", line: 4, column: 0),
    Case(code: "stray-quote", text: "a,b\n5\" tall,1\n", line: 2, column: 0),
    Case(code: "empty-column-name", text: "a,,b\n1,2,3\n", line: 1, column: 2),
    Case(code: "duplicate-column", text: "\na,b,a\n1,2,3\n", line: 2, column: 3),
    Case(
      code: "too-many-columns", text: (0...200).map(String.init).joined(separator: ","), line: 0,
      column: 0),
    Case(code: "not-a-sheet", text: "a,b\n1,\0\n", line: 0, column: 0),
    Case(code: "not-a-sheet", text: "PK\u{3}\u{4}rest", line: 0, column: 0),
    Case(
      code: "sheet-too-large", text: String(repeating: "a", count: 5_000_001), line: 0, column: 0),
  ])
  func `a sheet that cannot be used says why and where`(fault: Case) throws {
    let (sheet, diagnostics) = Sheet.read(Array(fault.text.utf8), file: "课程.csv")
    #expect(sheet == nil)
    let diagnostic = try #require(diagnostics.first)
    #expect(diagnostics.count == 1)
    #expect(diagnostic.code == fault.code)
    #expect(diagnostic.severity == .error)
    #expect(diagnostic.file == "课程.csv")
    #expect(diagnostic.line == fault.line)
    #expect(diagnostic.column == fault.column)
    #expect(!diagnostic.message.chinese.isEmpty && !diagnostic.message.english.isEmpty)
    #expect(!diagnostic.remedy.chinese.isEmpty && !diagnostic.remedy.english.isEmpty)
  }

  @Test(
    arguments: [
      [0x61, 0x0A, 0x80], [0x61, 0x0A, 0xD0], [0xEF, 0xBB, 0xBF, 0xC3, 0xFB],
      [0xFF, 0xFE, 0x61], [0xFF, 0xFE, 0x00, 0xD8],
    ] as [[UInt8]])
  func `bytes of no known encoding are refused`(bytes: [UInt8]) {
    let (sheet, diagnostics) = Sheet.read(bytes, file: "x")
    #expect(sheet == nil)
    #expect(diagnostics.map(\.code) == ["unknown-encoding"])
  }

  @Test func `rows with a wrong number of cells are told and left out, the others stay`() throws {
    let (sheet, diagnostics) = Sheet.read(Array("a,b\n1\n2,3\n4,5,6\n".utf8), file: "x")
    #expect(sheet?.rows == [.init(line: 3, cells: ["2", "3"])])
    #expect(diagnostics.map(\.code) == ["wrong-number-of-cells", "wrong-number-of-cells"])
    #expect(diagnostics.map(\.line) == [2, 4])
    #expect(diagnostics.map(\.column) == [2, 3])
  }

  @Test func `a comma too many is told even when the row ends in empty cells`() {
    let (sheet, diagnostics) = Sheet.read(Array("a,b,c\n1,x,y,\n".utf8), file: "x")
    #expect(sheet?.rows.isEmpty == true)
    #expect(diagnostics.map(\.code) == ["wrong-number-of-cells"])
    #expect(diagnostics.map(\.column) == [4])
  }

  @Test func `after a hundred such rows the rest is counted`() throws {
    let text = "a,b\n" + String(repeating: "1\n", count: 130)
    let diagnostics = Sheet.read(Array(text.utf8), file: "x").diagnostics
    #expect(diagnostics.count == 101)
    #expect(diagnostics.last?.code == "more-faults")
    #expect(diagnostics.last?.message.english == "30 more rows have a wrong number of cells.")
  }
}
