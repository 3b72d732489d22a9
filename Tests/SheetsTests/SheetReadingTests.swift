import Diagnostics
import Sheets
import Testing

struct SheetReadingTests {
  private func read(_ text: String) -> (sheet: Sheet?, diagnostics: [Diagnostic]) {
    Sheet.read(Array(text.utf8), file: "名册.csv")
  }

  @Test func `rows come with the line they begin on`() throws {
    let (sheet, diagnostics) = read("id,name\n1,甲\n\n2,\"乙\n丙\"\r\n3,丁\n")
    #expect(diagnostics.isEmpty)
    #expect(try #require(sheet).header == ["id", "name"])
    #expect(
      try #require(sheet).rows == [
        .init(line: 2, cells: ["1", "甲"]), .init(line: 4, cells: ["2", "乙\n丙"]),
        .init(line: 6, cells: ["3", "丁"]),
      ])
  }

  @Test func `cells are trimmed, the ideographic space included`() throws {
    let sheet = try #require(read(" id ,name\n  1 ,\u{3000}甲 乙\u{3000}\n").sheet)
    #expect(sheet.header == ["id", "name"])
    #expect(sheet.rows.first?.cells == ["1", "甲 乙"])
    #expect(sheet.index(of: "name") == 1)
  }

  @Test func `doubled quotes and commas inside quotes belong to the cell`() throws {
    let sheet = try #require(read("a,b\n\"x, \"\"y\"\"\",z").sheet)
    #expect(sheet.rows.first?.cells == ["x, \"y\"", "z"])
  }

  @Test func `an empty last cell is kept, even at the end of the file`() throws {
    let (sheet, diagnostics) = read("a,b\n1,\n2,")
    #expect(diagnostics.isEmpty)
    #expect(sheet?.rows.map(\.cells) == [["1", ""], ["2", ""]])
  }

  @Test func `blank rows and blank cells beyond the header are ignored`() throws {
    let (sheet, diagnostics) = read("\n,,\na,b,,\n1,2,,\n,,,\n3,4\n")
    #expect(diagnostics.isEmpty)
    #expect(sheet?.rows.map(\.cells) == [["1", "2"], ["3", "4"]])
  }

  @Test func `a first line with tabs and no comma means tabs separate`() throws {
    let sheet = try #require(read("a\tb\n1,5\t2\n").sheet)
    #expect(sheet.rows.first?.cells == ["1,5", "2"])
  }

  @Test(
    arguments: [
      [0xEF, 0xBB, 0xBF, 0xE5, 0xA7, 0x93, 0xE5, 0x90, 0x8D, 0x0A, 0xE7, 0x94, 0xB2],
      [0xE5, 0xA7, 0x93, 0xE5, 0x90, 0x8D, 0x0A, 0xE7, 0x94, 0xB2],
      [0xFF, 0xFE, 0xD3, 0x59, 0x0D, 0x54, 0x0A, 0x00, 0x32, 0x75],
      [0xFE, 0xFF, 0x59, 0xD3, 0x54, 0x0D, 0x00, 0x0A, 0x75, 0x32],
      [0xD0, 0xD5, 0xC3, 0xFB, 0x0A, 0xBC, 0xD7],
    ] as [[UInt8]])
  func `the same names are read from every encoding`(bytes: [UInt8]) throws {
    let (sheet, diagnostics) = Sheet.read(bytes, file: "名册.csv")
    #expect(diagnostics.isEmpty)
    #expect(sheet == Sheet(header: ["姓名"], rows: [.init(line: 2, cells: ["甲"])]))
  }

  @Test func `a rare name in four bytes of GB18030 is read`() throws {
    // 𠮷 is U+20BB7, which GB18030 counts 68,535 after 90 30 81 30 (U+10000): 95 34 B2 35.
    let (sheet, _) = Sheet.read([0x61, 0x0A, 0x95, 0x34, 0xB2, 0x35, 0xC4, 0xE3], file: "x")
    #expect(sheet?.rows.first?.cells == ["𠮷你"])
  }

  @Test func `a data slice is read like an array`() throws {
    let bytes: ArraySlice<UInt8> = [0x2C, 0x61, 0x0A, 0x31].dropFirst()
    #expect(Sheet.read(bytes, file: "x").sheet?.rows.first?.cells == ["1"])
  }
}
