public import Diagnostics
import Sheets

/// Reads a roster from a plain sheet: of persons (工号, 姓名, 学校 …) or of units (单位名称, 类型 …).
///
/// Which of the two it is, its header tells.
public enum RosterSheetReader {
  /// The columns of a sheet of persons; the first three are required.
  public static let personColumns = ["工号", "姓名", "学校", "学段", "学科", "教研组", "临近退休"]
  /// The columns of a sheet of units; the first two are required.
  public static let unitColumns = ["单位名称", "类型", "上级单位", "标识码"]

  /// Reads a sheet.
  ///
  /// - Parameters:
  ///   - bytes: the file.
  ///   - file: its name, for the diagnostics.
  /// - Returns: the roster with every row that could be read, nil when none can be; and what is
  ///   wrong, by row and column.
  public static func read(
    _ bytes: [UInt8], file: String
  ) -> (roster: Roster?, diagnostics: [Diagnostic]) {
    let (sheet, found) = Sheet.read(bytes, file: file)
    var faults = found
    guard let sheet else { return (nil, faults) }
    guard sheet.rows.count <= Roster.rowLimit else {
      return (nil, faults + [tooManyRows(sheet.rows.count, file: file)])
    }
    var roster = Roster()
    if sheet.index(of: unitColumns[0]) != nil {
      let records = SheetRecord.records(
        of: sheet, file: file, required: Array(unitColumns.prefix(2)), faults: &faults)
      roster.units = records.compactMap { unit($0, file: file, faults: &faults) }
    } else {
      let records = SheetRecord.records(
        of: sheet, file: file, required: Array(personColumns.prefix(3)), faults: &faults)
      let schoolColumn = (sheet.index(of: personColumns[2]) ?? -1) + 1
      roster.persons = records.compactMap {
        person($0, file: file, schoolColumn: schoolColumn, faults: &faults)
      }
    }
    return (roster, faults)
  }

  private static func unit(
    _ record: SheetRecord, file: String, faults: inout [Diagnostic]
  ) -> Roster.UnitRow? {
    let name = record.filled("单位名称", faults: &faults)
    let word = record.text("类型")
    guard let kind = kinds[word] else {
      faults.append(
        record.fault(
          "unknown-unit-kind", in: "类型",
          Text("“\(word)”不是单位类型。", "“\(word)” is no kind of unit."),
          remedy: Text(
            "请写省、市、区县、学校或教学点。",
            "Write one of 省, 市, 区县, 学校, 教学点 (province, city, county, school, site).")))
      return nil
    }
    guard let name, isPlain(name, in: "单位名称", of: record, faults: &faults) else { return nil }
    let parent = record.text("上级单位")
    return Roster.UnitRow(
      kind: kind, name: name, parent: parent.isEmpty ? nil : .name(parent),
      identifier: present(record.text("标识码")),
      place: Roster.Place(file: file, line: record.line))
  }

  private static func person(
    _ record: SheetRecord, file: String, schoolColumn: Int, faults: inout [Diagnostic]
  ) -> Roster.PersonRow? {
    let number = record.filled("工号", faults: &faults)
    let name = record.filled("姓名", faults: &faults)
    let school = record.filled("学校", faults: &faults)
    let before = faults.count
    for (column, text) in [("工号", number), ("姓名", name)] {
      if let text { _ = isPlain(text, in: column, of: record, faults: &faults) }
    }
    for column in ["学段", "学科", "教研组"] {
      _ = isPlain(record.text(column), in: column, of: record, faults: &faults)
    }
    let nearRetirement = flag("临近退休", of: record, faults: &faults)
    guard let number, let name, let school, faults.count == before else { return nil }
    return Roster.PersonRow(
      staffNumber: number, unit: .name(school),
      entry: Person.Entry(
        name: name, schoolStage: present(record.text("学段")), subject: present(record.text("学科")),
        group: present(record.text("教研组")), isNearRetirement: nearRetirement),
      hasLeft: false, place: Roster.Place(file: file, line: record.line), unitColumn: schoolColumn)
  }

  /// Whether a text can be a name or number: short, in one line, and nothing a spreadsheet would
  /// run.
  static func isPlain(
    _ text: String, in column: String, of record: SheetRecord, faults: inout [Diagnostic]
  ) -> Bool {
    if let first = text.unicodeScalars.first, "=+-@＝＋－＠".unicodeScalars.contains(first) {
      faults.append(
        record.fault(
          "formula-cell", in: column,
          Text(
            "“\(column)”以“\(Character(first))”开头，像是公式。",
            "“\(column)” begins with “\(Character(first))”, as a formula does."),
          remedy: Text("请改成普通文字。", "Write plain text.")))
      return false
    }
    guard text.count <= 60, !text.unicodeScalars.contains(where: isControl) else {
      faults.append(
        record.fault(
          "unusable-text", in: column,
          Text(
            "“\(column)”太长，或含有换行等控制字符。",
            "“\(column)” is too long or holds control characters."),
          remedy: Text("最多 60 个字，写在一行里。", "At most 60 characters, in one line.")))
      return false
    }
    return true
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .control
      || scalar.properties.generalCategory == .format
  }

  private static func flag(
    _ column: String, of record: SheetRecord, faults: inout [Diagnostic]
  ) -> Bool {
    switch record.text(column) {
    case "", "否", "no", "0": return false
    case "是", "yes", "1": return true
    default:
      faults.append(
        record.fault(
          "bad-flag", in: column,
          Text("“\(column)”要写是或否。", "“\(column)” must be 是 (yes) or 否 (no)."),
          remedy: Text("请写“是”或“否”，也可以空着。", "Write 是 or 否, or leave it empty.")))
      return false
    }
  }

  static func tooManyRows(_ count: Int, file: String) -> Diagnostic {
    Diagnostic(
      "too-many-rows", file: file,
      message: Text(
        "文件有 \(count) 行，一次最多 \(Roster.rowLimit) 行。",
        "The file has \(count) rows; at most \(Roster.rowLimit) are taken at once."),
      remedy: Text("请按学校或区县分成几个文件。", "Split it by school or county."))
  }

  private static func present(_ text: String) -> String? { text.isEmpty ? nil : text }

  private static let kinds: [String: AdministrativeUnit.Kind] = [
    "省": .province, "自治区": .province, "直辖市": .province, "市": .city, "设区市": .city,
    "区县": .county, "县": .county, "区": .county, "县市区": .county, "学校": .school, "中心校": .school,
    "教学点": .site, "村小": .site, "province": .province, "city": .city, "county": .county,
    "school": .school, "site": .site,
  ]
}
