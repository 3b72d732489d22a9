import Sheets
import Testing

/// A sheet that goes back with its faults in it.
struct SheetMarkingTests {
  private func marked(_ sheet: String, _ remarks: [SheetRemark], inChinese: Bool = true) -> String?
  {
    Sheet.marked([UInt8](sheet.utf8), with: remarks, inChinese: inChinese)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func `each row keeps its cells and gets what is wrong with it in front`() {
    let found = marked(
      "id,hours\na,3\nb,x\nc,0\n",
      [
        SheetRemark(.cell(line: 3, column: 2), "不是数。"),
        SheetRemark(.cell(line: 4, column: 2), "要大于 0。"),
        SheetRemark(.cell(line: 4, column: 0), "整行。"),
      ])
    #expect(
      found
        == "\u{FEFF}错误,id,hours\r\n,a,3\r\nhours：不是数。,b,x\r\n\"hours：要大于 0。\n整行。\",c,0\r\n")
  }

  @Test func `a remark finds its row by the identifier too`() {
    let found = marked("题号,题干\nq1,甲\nq2,乙\n", [SheetRemark(.identifier("q2"), "重复。")])
    #expect(found?.contains("重复。,q2,乙") == true && found?.contains("\r\n,q1,甲") == true)
  }

  @Test func `a sheet that was marked before is marked anew, and says the column's own name`() {
    let once = marked("id,hours\na,x\nb,2\n", [SheetRemark(.cell(line: 2, column: 2), "不是数。")])
    // The column of faults moved the others by one.
    let twice = marked(once ?? "", [SheetRemark(.cell(line: 3, column: 3), "太多。")])
    #expect(twice == "\u{FEFF}错误,id,hours\r\n,a,x\r\nhours：太多。,b,2\r\n")
  }

  @Test func `rows with a cell too few are shown even where nobody told of them`() {
    let rows = (1...150).map { "\($0)" }.joined(separator: "\n")
    let found = marked("id,hours\n" + rows + "\n", [], inChinese: false)
    #expect(found?.contains("errors,id,hours") == true)
    #expect(found?.split(separator: "\r\n").filter { $0.contains("1 cells") }.count == 150)
  }

  @Test func `a formula does not come back as one, and a sheet without faults not at all`() {
    let found = marked("id,note\na,=1+1\n", [SheetRemark(.identifier("a"), "看。")])
    #expect(found?.contains("a,'=1+1") == true)
    #expect(marked("id,note\na,b\n", []) == nil)
    #expect(Sheet.marked([0x50, 0x4B, 0x03, 0x04], with: [], inChinese: true) == nil)
  }

  @Test func `five thousand rows with faults come back whole`() {
    let rows = (1...5000).map { "c\($0),x" }.joined(separator: "\n")
    let found = marked(
      "id,hours\n" + rows + "\n",
      (2...5001).map { SheetRemark(.cell(line: $0, column: 2), "不是数。") })
    #expect(found?.split(separator: "\r\n").count == 5001)
    #expect(found?.split(separator: "\r\n").last == "hours：不是数。,c5000,x")
  }
}
