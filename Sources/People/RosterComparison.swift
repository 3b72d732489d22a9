public import Diagnostics

/// What a roster changes, once it is compared with the units and persons already known.
///
/// The same file again changes nothing: a unit is the same when its identifier in the other system
/// is, else when its name below the same parent is; a person when school and 工号 are. A person who
/// is in no file is left alone: absence from a file says nothing.
public struct RosterComparison: Hashable, Sendable {
  /// What is already known.
  public struct Directory: Hashable, Sendable {
    /// All units.
    public var units: [AdministrativeUnit]
    /// The persons of all units.
    public var persons: [Person]
    /// The school that speaks for itself and its sites alone; nil where everything may be changed.
    public var school: AdministrativeUnit.ID?
    /// The identifiers in other systems that units outside ``units`` have.
    public var takenSources: Set<String>

    /// Creates a directory.
    public init(
      units: [AdministrativeUnit], persons: [Person], school: AdministrativeUnit.ID? = nil,
      takenSources: Set<String> = []
    ) {
      self.units = units
      self.persons = persons
      self.school = school
      self.takenSources = takenSources
    }
  }

  /// New units, parents before children.
  public private(set) var addedUnits: [AdministrativeUnit] = []
  /// Units whose name, parent or number is new.
  public private(set) var changedUnits: [AdministrativeUnit] = []
  /// How many units are as they were.
  public private(set) var unchangedUnits = 0
  /// New persons.
  public private(set) var addedPersons: [Person] = []
  /// Persons of whom the file says something new; leaving is one such thing.
  public private(set) var changedPersons: [Person] = []
  /// How many persons are as they were.
  public private(set) var unchangedPersons = 0
  /// Those of them whom the file lists as being here.
  public private(set) var listedAgain: [Person.ID] = []
  /// What stands in the way; nothing may be kept while there is an error.
  public private(set) var diagnostics: [Diagnostic] = []

  /// Whether an error stands in the way.
  public var isRefused: Bool { diagnostics.contains { $0.severity == .error } }

  private let school: AdministrativeUnit.ID?
  private let takenSources: Set<String>
  private var units: [AdministrativeUnit]
  private var byName: [String: [Int]] = [:]
  private var bySource: [String: Int] = [:]
  private var byCode: [String: Int] = [:]

  /// Compares a roster with what is known.
  ///
  /// - Parameters:
  ///   - roster: the file's content.
  ///   - directory: what is known.
  ///   - newID: makes a random identifier.
  ///   - newCode: makes a random school code of six digits.
  public init(
    _ roster: Roster, with directory: Directory, newID: () -> String, newCode: () -> String
  ) {
    school = directory.school
    takenSources = directory.takenSources
    units = directory.units
    for place in units.indices { index(unitAt: place) }
    addUnits(roster.units, newID: newID, newCode: newCode)
    addPersons(roster.persons, known: directory.persons, newID: newID)
  }

  private mutating func index(unitAt index: Int) {
    let unit = units[index]
    byName[unit.name, default: []].append(index)
    if let source = unit.sourceID { bySource[source] = index }
    for code in [unit.code, unit.identifier].compactMap({ $0 }) { byCode[code] = index }
  }

  /// The unit a file means; nil, with why, when there is none or more than one.
  private func resolve(_ reference: Roster.Reference) -> (unit: AdministrativeUnit?, fault: Text) {
    switch reference {
    case .source(let source):
      return (
        bySource[source].map { units[$0] },
        Text("找不到编号为“\(source)”的单位。", "There is no unit with the identifier “\(source)”.")
      )
    case .name(let name):
      if let index = byCode[name] { return (units[index], Text("", "")) }
      let found = byName[name] ?? []
      guard found.count <= 1 else {
        return (
          nil,
          Text(
            "有 \(found.count) 个单位叫“\(name)”。", "\(found.count) units are called “\(name)”.")
        )
      }
      return (
        found.first.map { units[$0] }, Text("没有叫“\(name)”的单位。", "No unit is called “\(name)”.")
      )
    }
  }

  // MARK: units

  private mutating func addUnits(
    _ rows: [Roster.UnitRow], newID: () -> String, newCode: () -> String
  ) {
    var waiting = rows
    var rounds = 0
    // Files list children before parents as well: go round until nothing more finds its place. There
    // are five kinds of units, so no more rounds than that.
    while !waiting.isEmpty {
      rounds += 1
      let inFile = Set(waiting.flatMap { [$0.name, $0.sourceID].compactMap { $0 } })
      let (next, ready) = waiting.partitioned(by: { row in
        switch row.parent {
        case .name(let name): inFile.contains(name) && name != row.name
        case .source(let source): inFile.contains(source) && source != row.sourceID
        case nil: false
        }
      })
      guard !ready.isEmpty, rounds <= AdministrativeUnit.Kind.allCases.count else {
        for row in waiting { diagnostics.append(Self.circular(row)) }
        return
      }
      for row in ready { add(row, newID: newID, newCode: newCode) }
      waiting = next
    }
  }

  private mutating func add(
    _ row: Roster.UnitRow, newID: () -> String, newCode: () -> String
  ) {
    if let school, row.kind != .site { return add(row, bySchool: school) }
    var parent: AdministrativeUnit?
    if let reference = row.parent {
      let (found, fault) = resolve(reference)
      guard let found else {
        return diagnostics.append(Self.unknownUnit(fault, at: row.place, column: 0))
      }
      parent = found
    }
    guard row.kind.mayStand(below: parent?.kind) else {
      return diagnostics.append(Self.misplaced(row, below: parent))
    }
    if let source = row.sourceID, takenSources.contains(source) {
      return diagnostics.append(Self.outside(row))
    }
    let known = knownUnit(row, below: parent)
    if let known, units[known].kind != row.kind {
      return diagnostics.append(Self.otherKind(row, units[known]))
    }
    guard let known else {
      let unit = AdministrativeUnit(
        id: AdministrativeUnit.ID(rawValue: newID()), kind: row.kind, parent: parent?.id,
        name: row.name,
        code: row.kind.hasTeachers ? unusedCode(newCode) : nil, identifier: row.identifier,
        sourceID: row.sourceID)
      units.append(unit)
      index(unitAt: units.count - 1)
      return addedUnits.append(unit)
    }
    change(known, to: row, below: parent?.id)
  }

  /// What a school's own file says of a unit that is not one of its sites: of the school itself
  /// everything but where it belongs, of the authorities above it nothing, of other schools nothing
  /// either, which is an error.
  private mutating func add(_ row: Roster.UnitRow, bySchool school: AdministrativeUnit.ID) {
    guard row.kind == .school else { return diagnostics.append(Self.leftAside(row)) }
    let own = units.firstIndex { unit in
      guard unit.id == school else { return false }
      return unit.sourceID.flatMap { known in row.sourceID.map { $0 == known } }
        ?? (unit.name == row.name)
    }
    guard let own, row.sourceID.map({ !takenSources.contains($0) }) ?? true else {
      return diagnostics.append(Self.outside(row))
    }
    change(own, to: row, below: units[own].parent)
  }

  private mutating func change(
    _ known: Int, to row: Roster.UnitRow, below parent: AdministrativeUnit.ID?
  ) {
    var unit = units[known]
    unit.name = row.name
    unit.parent = parent
    unit.identifier = row.identifier ?? unit.identifier
    unit.sourceID = row.sourceID ?? unit.sourceID
    if unit == units[known] {
      unchangedUnits += 1
    } else {
      byName[units[known].name]?.removeAll { $0 == known }
      units[known] = unit
      index(unitAt: known)
      changedUnits.append(unit)
    }
  }

  private func knownUnit(_ row: Roster.UnitRow, below parent: AdministrativeUnit?) -> Int? {
    if let source = row.sourceID, let index = bySource[source] { return index }
    return (byName[row.name] ?? []).first {
      units[$0].parent == parent?.id && units[$0].kind == row.kind
        && (row.sourceID == nil || units[$0].sourceID == nil)
    }
  }

  private func unusedCode(_ newCode: () -> String) -> String {
    var code = newCode()
    while byCode[code] != nil { code = newCode() }
    return code
  }

  // MARK: persons

  private struct Key: Hashable {
    var unit: AdministrativeUnit.ID
    var staffNumber: String
  }

  private mutating func addPersons(
    _ rows: [Roster.PersonRow], known: [Person], newID: () -> String
  ) {
    var persons: [Key: Person] = [:]
    for person in known {
      persons[Key(unit: person.unit, staffNumber: person.staffNumber)] = person
    }
    var seen: [Key: Int] = [:]
    for row in rows {
      let (unit, fault) = resolve(row.unit)
      guard let unit, unit.kind.hasTeachers else {
        diagnostics.append(
          Self.unknownUnit(
            unit == nil
              ? fault : Text("“\(unit?.name ?? "")”不是学校。", "“\(unit?.name ?? "")” is no school."),
            at: row.place, column: row.unitColumn))
        continue
      }
      let key = Key(unit: unit.id, staffNumber: row.staffNumber)
      if let first = seen[key] {
        diagnostics.append(Self.duplicate(row, firstLine: first))
        continue
      }
      seen[key] = row.place.line
      take(row, in: unit, known: persons[key], newID: newID)
    }
  }

  private mutating func take(
    _ row: Roster.PersonRow, in unit: AdministrativeUnit, known: Person?, newID: () -> String
  ) {
    guard var person = known else {
      // Whoever has left before they were ever here is nobody.
      guard !row.hasLeft else { return unchangedPersons += 1 }
      return addedPersons.append(
        Person(
          id: Person.ID(rawValue: newID()), unit: unit.id, staffNumber: row.staffNumber,
          entry: row.entry, sourceID: row.sourceID))
    }
    person.entry = row.entry
    person.sourceID = row.sourceID ?? person.sourceID
    person.hasLeft = row.hasLeft
    if row.sourceID != nil {
      // OneRoster says nothing of these: what a sheet said before stays.
      person.entry.schoolStage = known?.entry.schoolStage
      person.entry.subject = known?.entry.subject
      person.entry.group = known?.entry.group
      person.entry.isNearRetirement = known?.entry.isNearRetirement ?? false
    }
    if person == known {
      unchangedPersons += 1
      if !person.hasLeft { listedAgain.append(person.id) }
    } else {
      changedPersons.append(person)
    }
  }

  // MARK: what is wrong

  private static func unknownUnit(
    _ fault: Text, at place: Roster.Place, column: Int
  ) -> Diagnostic {
    place.fault(
      "unknown-unit", column: column, fault,
      remedy: Text(
        "请写学校的全名、学校代码或标识码；新单位先用单位表导入。",
        "Write the school's full name, code or number; bring new units in with a sheet of units."))
  }

  private static func duplicate(_ row: Roster.PersonRow, firstLine: Int) -> Diagnostic {
    row.place.fault(
      "duplicate-staff-number",
      Text(
        "工号“\(row.staffNumber)”在这所学校里与第 \(firstLine) 行重复。",
        "The staff number “\(row.staffNumber)” stands in line \(firstLine) for the same school."),
      remedy: Text("请改正其中一行，或删去重复的一行。", "Correct one of the two, or delete it."))
  }

  private static func misplaced(_ row: Roster.UnitRow, below parent: AdministrativeUnit?)
    -> Diagnostic
  {
    let (chinese, english) = (parent?.name ?? "顶层", parent?.name ?? "the top")
    return row.place.fault(
      "misplaced-unit",
      Text(
        "“\(row.name)”不能放在“\(chinese)”下面。", "“\(row.name)” cannot stand below “\(english)”."),
      remedy: Text(
        "学校的上级是区县、市或省，教学点的上级是学校。",
        "A school stands below a county, city or province; a site below a school."))
  }

  private static func outside(_ row: Roster.UnitRow) -> Diagnostic {
    row.place.fault(
      "other-school",
      Text(
        "“\(row.name)”不是本校，也不是本校的教学点，不能由本校导入。",
        "“\(row.name)” is neither this school nor one of its sites; a school cannot bring it in."),
      remedy: Text(
        "请只留本校和本校教学点；其他学校由运维人员导入。",
        "Keep this school and its sites only; the operator brings in other schools."))
  }

  private static func leftAside(_ row: Roster.UnitRow) -> Diagnostic {
    row.place.note(
      "left-aside",
      Text(
        "“\(row.name)”是上级单位，学校的名册不改它，已略过。",
        "“\(row.name)” stands above the school, whose roster does not change it; left aside."),
      remedy: Text("不用处理。", "Nothing needs to be done."))
  }

  private static func otherKind(
    _ row: Roster.UnitRow, _ known: AdministrativeUnit
  ) -> Diagnostic {
    row.place.fault(
      "other-kind",
      Text(
        "“\(row.name)”的编号已经是“\(known.name)”的，两者类型不同。",
        "The identifier of “\(row.name)” is that of “\(known.name)”, which is of another kind."),
      remedy: Text("请核对单位的编号和类型。", "Check identifiers and kinds of the units."))
  }

  private static func circular(_ row: Roster.UnitRow) -> Diagnostic {
    row.place.fault(
      "circular-units",
      Text(
        "“\(row.name)”的上级单位绕成了一圈，或者层级太多。",
        "The units above “\(row.name)” go round in a circle, or are too many."),
      remedy: Text("请改正上级单位。", "Correct the unit above."))
  }
}

extension Array {
  /// The elements that fulfil a condition, and the rest.
  fileprivate func partitioned(
    by condition: (Element) -> Bool
  ) -> (fulfilling: [Element], rest: [Element]) {
    reduce(into: ([], [])) { parts, element in
      if condition(element) { parts.0.append(element) } else { parts.1.append(element) }
    }
  }
}
