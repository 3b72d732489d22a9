public import Diagnostics
import ItemBank
import Sheets

/// Reads a OneRoster CSV archive, version 1.1 or 1.2: organisations, teachers, their schools.
///
/// Pupils, parents, classes and what else the archive holds are not read. E-mail, telephone and
/// passwords in it are never kept.
public enum OneRosterReader {
  /// Reads an archive.
  ///
  /// - Parameters:
  ///   - bytes: the zip file.
  ///   - file: its name, for the diagnostics.
  /// - Returns: the roster, nil when the archive cannot be used; and what is wrong, by file, row and
  ///   column.
  public static func read(
    archive bytes: [UInt8], file: String
  ) -> (roster: Roster?, diagnostics: [Diagnostic]) {
    let (files, found) = PackageFiles.read(archive: bytes, name: file)
    guard let files else { return (nil, found) }
    var reading = Reading(faults: found, file: file)
    let orgs = reading.records(
      "orgs.csv", in: files, required: ["sourcedId", "name", "type"])
    let users = reading.records(
      "users.csv", in: files, required: ["sourcedId", "givenName", "familyName", "identifier"])
    guard let orgs, let users else { return (nil, reading.faults) }
    // Version 1.2 keeps roles in a file of their own; 1.1 has them in the users' rows.
    let roles =
      files.paths.contains("roles.csv")
      ? reading.records(
        "roles.csv", in: files, required: ["userSourcedId", "role", "orgSourcedId"])
      : nil
    var roster = Roster()
    roster.units = orgs.compactMap { reading.unit($0) }
    let schools = reading.schools(of: users, roles: roles ?? [])
    // Pupils are in the same file, and most of it.
    let count = users.count { schools[$0.text("sourcedId")] != nil }
    guard count <= Roster.rowLimit else {
      return (nil, [RosterSheetReader.tooManyRows(count, file: "\(file)/users.csv")])
    }
    roster.persons = users.compactMap { reading.person($0, school: schools[$0.text("sourcedId")]) }
    return (roster, reading.faults)
  }

  /// What has been found while reading one archive.
  private struct Reading {
    var faults: [Diagnostic]
    var file: String
    private var units: Set<String> = []

    init(faults: [Diagnostic], file: String) {
      self.faults = faults
      self.file = file
    }

    mutating func records(
      _ name: String, in files: PackageFiles, required: [String]
    ) -> [SheetRecord]? {
      guard let bytes = files.bytes(of: name) else {
        faults.append(
          Diagnostic(
            "missing-file", file: file,
            message: Text("压缩包里没有 \(name)。", "The archive has no \(name)."),
            remedy: Text(
              "请导出 OneRoster 1.1 或 1.2 的 CSV 压缩包。",
              "Export a OneRoster 1.1 or 1.2 CSV archive.")))
        return nil
      }
      let (sheet, found) = Sheet.read(bytes, file: "\(file)/\(name)")
      faults += found
      guard let sheet else { return nil }
      return SheetRecord.records(
        of: sheet, file: "\(file)/\(name)", required: required, faults: &faults)
    }

    func place(_ name: String, _ record: SheetRecord) -> Roster.Place {
      Roster.Place(file: "\(file)/\(name)", line: record.line)
    }

    mutating func unit(_ record: SheetRecord) -> Roster.UnitRow? {
      guard let kind = OneRosterReader.kinds[record.text("type")] else {
        // Departments and other kinds carry no teachers of their own.
        return nil
      }
      guard let name = record.filled("name", faults: &faults),
        let source = record.filled("sourcedId", faults: &faults),
        RosterSheetReader.isPlain(name, in: "name", of: record, faults: &faults)
      else { return nil }
      guard units.insert(source).inserted else {
        faults.append(
          record.fault(
            "duplicate-unit", in: "sourcedId",
            Text(
              "编号“\(source.prefix(60))”在这个文件里不止一行。",
              "The identifier “\(source.prefix(60))” stands in more than one row."),
            remedy: Text("请改正编号，或删去重复的一行。", "Correct it, or delete the row.")))
        return nil
      }
      let parent = record.text("parentSourcedId")
      let identifier = record.text("identifier")
      return Roster.UnitRow(
        kind: kind, name: name, parent: parent.isEmpty ? nil : .source(parent),
        identifier: identifier.isEmpty ? nil : identifier, sourceID: source,
        place: place("orgs.csv", record))
    }

    /// The school of each teacher, by the teacher's identifier.
    func schools(of users: [SheetRecord], roles: [SheetRecord]) -> [String: String] {
      var schools: [String: String] = [:]
      for role in roles where role.text("role") == "teacher" {
        let user = role.text("userSourcedId")
        if schools[user] == nil || role.text("roleType") == "primary" {
          schools[user] = role.text("orgSourcedId")
        }
      }
      for user in users where user.text("role") == "teacher" {
        let first = user.text("orgSourcedIds").split(separator: ",").first.map(String.init)
        schools[user.text("sourcedId")] = first?.trimmingWhitespace ?? ""
      }
      for user in users where schools[user.text("sourcedId")] != nil {
        let primary = user.text("primaryOrgSourcedId")
        if !primary.isEmpty { schools[user.text("sourcedId")] = primary }
      }
      return schools
    }

    mutating func person(_ record: SheetRecord, school: String?) -> Roster.PersonRow? {
      // Whoever has no teacher's role is a pupil or a parent.
      guard let school else { return nil }
      let number = record.filled("identifier", faults: &faults)
      guard let source = record.filled("sourcedId", faults: &faults),
        ["identifier", "familyName", "givenName"].allSatisfy({
          RosterSheetReader.isPlain(record.text($0), in: $0, of: record, faults: &faults)
        })
      else { return nil }
      let family = record.text("familyName")
      let given = record.text("givenName")
      // Chinese names are written in one; others have a space between.
      let isSpaced = (family + given).utf8.allSatisfy { $0 < 0x80 }
      let name = isSpaced && !family.isEmpty ? "\(given) \(family)" : family + given
      guard let number, !name.isEmpty else {
        if name.isEmpty {
          faults.append(
            record.fault(
              "empty-cell", in: "familyName",
              Text("没有姓名。", "The name is missing."),
              remedy: Text("请填写姓和名。", "Fill in family and given name.")))
        }
        return nil
      }
      let hasLeft =
        record.text("status") == "tobedeleted" || record.text("enabledUser") == "false"
      return Roster.PersonRow(
        staffNumber: number, unit: .source(school), entry: Person.Entry(name: name),
        sourceID: source, hasLeft: hasLeft,
        place: place("users.csv", record), unitColumn: 0)
    }
  }

  private static let kinds: [String: AdministrativeUnit.Kind] = [
    "state": .province, "province": .province, "local": .city, "city": .city, "district": .county,
    "county": .county, "school": .school,
  ]
}

extension String {
  fileprivate var trimmingWhitespace: String {
    let start = drop(while: \.isWhitespace)
    guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...end])
  }
}
