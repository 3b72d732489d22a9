import Diagnostics
import Foundation
import People
import Testing

struct RosterTests {
  private static let units = """
    单位名称,类型,上级单位
    城关中心校,学校,示范县
    河边教学点,教学点,城关中心校
    示范县,区县,
    """

  private func roster(_ sheet: String) -> (roster: Roster?, diagnostics: [Diagnostic]) {
    RosterReader.read([UInt8](sheet.utf8), file: "名册.csv")
  }

  private func compared(
    _ sheet: String, with directory: RosterComparison.Directory = .init(units: [], persons: [])
  ) throws -> RosterComparison {
    var next = 0
    return RosterComparison(
      try #require(roster(sheet).roster), with: directory,
      newID: {
        next += 1
        return "id\(next)-\(directory.units.count)"
      },
      newCode: {
        next += 1
        return "\(100_000 + next)"
      })
  }

  private func directory() throws -> RosterComparison.Directory {
    .init(units: try compared(Self.units).addedUnits, persons: [])
  }

  @Test func `units find their parents whatever the order of the rows`() throws {
    let comparison = try compared(Self.units)
    #expect(comparison.diagnostics.isEmpty)
    #expect(comparison.addedUnits.map(\.name) == ["示范县", "城关中心校", "河边教学点"])
    let school = comparison.addedUnits[1]
    #expect(comparison.addedUnits[2].parent == school.id)
    #expect(school.code?.count == 6 && comparison.addedUnits[0].code == nil)
  }

  @Test func `the same file again changes nothing`() throws {
    var known = try directory()
    #expect(try compared(Self.units, with: known).unchangedUnits == 3)
    let sheet = "工号,姓名,学校,教研组\nT1,王丽,城关中心校,数学组\nT1,赵敏,河边教学点,\n"
    let first = try compared(sheet, with: known)
    #expect(first.diagnostics.isEmpty && first.addedPersons.count == 2)
    known.persons = first.addedPersons
    let second = try compared(sheet, with: known)
    #expect(second.addedPersons.isEmpty && second.changedPersons.isEmpty)
    #expect(second.unchangedPersons == 2)
  }

  @Test(arguments: [
    ("工号,姓名,学校\nT1,王丽,城关中心校\nT1,李强,城关中心校\n", "duplicate-staff-number", 3, 0),
    ("工号,姓名,学校\nT1,王丽,不存在的学校\n", "unknown-unit", 2, 3),
    ("工号,姓名,学校\nT1,=cmd|'/c calc'!A0,城关中心校\n", "formula-cell", 2, 2),
    ("工号,姓名,学校\nT1,,城关中心校\n", "empty-cell", 2, 2),
    ("工号,姓名\nT1,王丽\n", "missing-column", 1, 0),
    ("工号,姓名,学校,临近退休\nT1,王丽,城关中心校,也许\n", "bad-flag", 2, 4),
    ("工号,姓名,学校\nT1,王丽,示范县\n", "unknown-unit", 2, 3),
    ("单位名称,类型,上级单位\n甲校,学校,城关中心校\n", "misplaced-unit", 2, 0),
    ("单位名称,类型,上级单位\n甲县,区县,乙县\n乙县,区县,甲县\n", "circular-units", 2, 0),
    ("单位名称,类型\n甲校,公司\n", "unknown-unit-kind", 2, 2),
  ])
  func `a fault is told with its place, and nothing may be kept`(
    sheet: String, code: String, line: Int, column: Int
  ) throws {
    let read = roster(sheet)
    var diagnostics = read.diagnostics
    if let roster = read.roster {
      let comparison = RosterComparison(
        roster, with: try directory(), newID: { UUID().uuidString }, newCode: { "123456" })
      diagnostics += comparison.diagnostics
    }
    let fault = try #require(diagnostics.first { $0.code == code }, "\(diagnostics)")
    #expect(fault.line == line && fault.column == column)
    #expect(fault.severity == .error)
  }

  @Test func `a unit that is changed is still one unit, and is not found under its old name`()
    throws
  {
    let known = try directory()
    let sheet = """
      单位名称,类型,上级单位,标识码
      示范县,区县,,450329
      城关中心校,学校,示范县,
      """
    let again = try compared(sheet, with: known)
    #expect(again.diagnostics.isEmpty, "\(again.diagnostics)")
    #expect(again.changedUnits.map(\.name) == ["示范县"] && again.unchangedUnits == 1)

    var roster = Roster()
    var named = known
    named.units[0].sourceID = "county"
    roster.units = [
      .init(
        kind: .county, name: "新县", parent: nil, sourceID: "county",
        place: .init(file: "orgs.csv", line: 2)),
      .init(
        kind: .school, name: "新校", parent: .name("示范县"),
        place: .init(file: "orgs.csv", line: 3)),
    ]
    let renamed = RosterComparison(
      roster, with: named, newID: { "id" }, newCode: { "123456" })
    #expect(renamed.changedUnits.map(\.name) == ["新县"])
    #expect(renamed.diagnostics.map(\.code) == ["unknown-unit"])
  }

  @Test func `a chain of units longer than there are kinds is refused at once`() throws {
    let rows = (0..<20_000).map { "u\($0),学校,u\($0 + 1)" }
    let sheet = "单位名称,类型,上级单位\n" + rows.joined(separator: "\n") + "\n"
    let comparison = try compared(sheet)
    #expect(comparison.isRefused)
    #expect(comparison.addedUnits.count < 10)
  }

  @Test func `a school's own file changes the school and its sites, and nothing above or beside`()
    throws
  {
    var known = try directory()
    let school = known.units[1]
    known.units.removeAll { $0.kind == .county }
    known.school = school.id
    known.takenSources = ["elsewhere"]
    func compared(_ rows: String) throws -> RosterComparison {
      try self.compared("单位名称,类型,上级单位,标识码\n" + rows, with: known)
    }
    // The authority above is left aside, and the school stays below it.
    let export = try compared("新县,区县,,\n城关中心校,学校,新县,2133010009\n")
    #expect(!export.isRefused && export.addedUnits.isEmpty)
    #expect(export.diagnostics.map(\.code) == ["left-aside"])
    #expect(export.diagnostics.first?.severity == .warning)
    #expect(export.changedUnits.map(\.identifier) == ["2133010009"])
    #expect(export.changedUnits.first?.parent == school.parent)
    let site = try compared("山上教学点,教学点,城关中心校,\n")
    #expect(!site.isRefused && site.addedUnits.map(\.parent) == [school.id])
    for other in ["邻校,学校,,\n", "邻校,学校,城关中心校,\n"] {
      let comparison = try compared(other)
      #expect(comparison.isRefused && comparison.addedUnits.isEmpty)
      #expect(comparison.diagnostics.map(\.code) == ["other-school"])
    }
    // What another system calls a unit elsewhere cannot be taken from it.
    var roster = Roster()
    roster.units = [
      Roster.UnitRow(
        kind: .site, name: "山上教学点", parent: .name("城关中心校"), sourceID: "elsewhere",
        place: .init(file: "名册.csv", line: 2))
    ]
    let taken = RosterComparison(
      roster, with: known, newID: { "id" }, newCode: { "123456" })
    #expect(taken.diagnostics.map(\.code) == ["other-school"])
  }

  @Test func `who stands in a file again is known to be listed, though nothing of them is new`()
    throws
  {
    var known = try directory()
    let sheet = "工号,姓名,学校\nT1,王丽,城关中心校\n"
    known.persons = try compared(sheet, with: known).addedPersons
    #expect(try compared(sheet, with: known).listedAgain == known.persons.map(\.id))
    #expect(try compared("工号,姓名,学校\nT1,王莉,城关中心校\n", with: known).listedAgain.isEmpty)
  }

  @Test func `a roster in GB18030 is read as one in UTF-8`() throws {
    // “工号,姓名,学校” and “T1,王丽,城关中心校” as Excel in China saves them.
    let bytes: [UInt8] = [
      0xB9, 0xA4, 0xBA, 0xC5, 0x2C, 0xD0, 0xD5, 0xC3, 0xFB, 0x2C, 0xD1, 0xA7, 0xD0, 0xA3, 0x0A,
      0x54, 0x31, 0x2C, 0xCD, 0xF5, 0xC0, 0xF6, 0x2C, 0xB3, 0xC7, 0xB9, 0xD8, 0xD6, 0xD0, 0xD0,
      0xC4, 0xD0, 0xA3, 0x0A,
    ]
    let persons = try #require(RosterReader.read(bytes, file: "名册.csv").roster).persons
    #expect(persons.map(\.entry.name) == ["王丽"])
  }

  @Test func `two hundred thousand rows are refused as too many`() {
    let sheet = "工号,姓名,学校\n" + (0..<200_000).map { "\($0),王丽,甲\n" }.joined()
    let read = roster(sheet)
    #expect(read.roster == nil)
    #expect(read.diagnostics.map(\.code) == ["too-many-rows"])
  }
}
