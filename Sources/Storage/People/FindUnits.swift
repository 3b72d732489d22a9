public import People

extension Store {
  /// A unit with the units above it, itself first.
  ///
  /// - Returns: empty if there is no such unit.
  /// - Throws: the database's error if it cannot be read.
  public func path(of unit: AdministrativeUnit.ID) async throws -> [AdministrativeUnit] {
    try await engine.read { try $0.path(of: unit) }
  }

  /// A unit and all below it, or all units if none is named.
  ///
  /// Below a named unit, parents come before children.
  ///
  /// - Throws: the database's error if it cannot be read.
  public func units(below unit: AdministrativeUnit.ID?) async throws -> [AdministrativeUnit] {
    try await engine.read { try $0.units(below: unit) }
  }

  /// The teaching groups of a unit, by name.
  ///
  /// - Throws: the database's error if it cannot be read.
  public func teachingGroups(of unit: AdministrativeUnit.ID) async throws -> [TeachingGroup] {
    try await engine.read { connection in
      try connection.rows(
        "SELECT id, name FROM teaching_group WHERE unit = \(unit.rawValue) ORDER BY name"
      ).map {
        TeachingGroup(
          id: TeachingGroupID(rawValue: try $0.text("id")), name: try $0.text("name"))
      }
    }
  }

  /// The school of a teaching group; nil if there is no such group.
  ///
  /// - Throws: the database's error if it cannot be read.
  public func unit(of group: TeachingGroupID) async throws -> AdministrativeUnit.ID? {
    try await engine.read { connection in
      try connection.row("SELECT unit FROM teaching_group WHERE id = \(group.rawValue)")
        .map { AdministrativeUnit.ID(rawValue: try $0.text("unit")) }
    }
  }
}

/// A teaching group (教研组) of a school.
public struct TeachingGroup: Hashable, Sendable {
  /// Identifies it.
  public var id: TeachingGroupID
  /// Its name.
  public var name: String
}

extension SQLiteConnection {
  func path(of unit: AdministrativeUnit.ID) throws -> [AdministrativeUnit] {
    try rows(
      """
      WITH RECURSIVE above (id, depth) AS (
        SELECT id, 0 FROM unit WHERE id = \(unit.rawValue)
        UNION ALL
        SELECT unit.parent, depth + 1 FROM above JOIN unit ON unit.id = above.id
        WHERE unit.parent IS NOT NULL AND depth < 10
      )
      SELECT unit.id AS id, kind, parent, name, code, identifier, source_id
      FROM above JOIN unit ON unit.id = above.id ORDER BY depth
      """
    ).map(AdministrativeUnit.init(row:))
  }

  func units(below unit: AdministrativeUnit.ID?) throws -> [AdministrativeUnit] {
    guard let unit else {
      return try rows(
        "SELECT id, kind, parent, name, code, identifier, source_id FROM unit ORDER BY name"
      ).map(AdministrativeUnit.init(row:))
    }
    return try rows(
      """
      WITH RECURSIVE below (id, depth) AS (
        SELECT id, 0 FROM unit WHERE id = \(unit.rawValue)
        UNION ALL
        SELECT unit.id, depth + 1 FROM below JOIN unit ON unit.parent = below.id WHERE depth < 10
      )
      SELECT unit.id AS id, kind, parent, name, code, identifier, source_id
      FROM below JOIN unit ON unit.id = below.id ORDER BY depth, name
      """
    ).map(AdministrativeUnit.init(row:))
  }

  /// The persons of some units; those of all if none are named.
  func persons(of units: [AdministrativeUnit]?) throws -> [Person] {
    let all = units == nil ? 1 : 0
    return try rows(
      """
      SELECT person.id AS id, person.unit AS unit, staff_number, person.name AS name, school_stage,
        subject, teaching_group.name AS group_name, is_near_retirement, source_id, has_left
      FROM person LEFT JOIN teaching_group ON teaching_group.id = teaching_group
      WHERE \(all) = 1 OR person.unit IN \(list: (units ?? []).map(\.id.rawValue))
      """
    ).map(Person.init(row:))
  }
}

extension AdministrativeUnit {
  init(row: Row) throws {
    guard let kind = Kind(rawValue: try row.text("kind")) else {
      throw StoreError.unreadable(table: "unit")
    }
    self.init(
      id: ID(rawValue: try row.text("id")), kind: kind,
      parent: try row.optionalText("parent").map(ID.init(rawValue:)), name: try row.text("name"),
      code: try row.optionalText("code"), identifier: try row.optionalText("identifier"),
      sourceID: try row.optionalText("source_id"))
  }
}

extension Person {
  init(row: Row) throws {
    self.init(
      id: ID(rawValue: try row.text("id")),
      unit: AdministrativeUnit.ID(rawValue: try row.text("unit")),
      staffNumber: try row.text("staff_number"),
      entry: Entry(
        name: try row.text("name"), schoolStage: try row.optionalText("school_stage"),
        subject: try row.optionalText("subject"), group: try row.optionalText("group_name"),
        isNearRetirement: try row.integer("is_near_retirement") == 1),
      sourceID: try row.optionalText("source_id"), hasLeft: try row.integer("has_left") == 1)
  }
}
