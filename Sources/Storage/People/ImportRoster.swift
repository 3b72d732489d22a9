public import Foundation
public import People

extension Store {
  /// Compares a roster with what is known and, if asked and nothing is wrong, keeps what it changes.
  ///
  /// All or nothing, in one transaction; the comparison is made inside it, so two imports at once
  /// cannot add somebody twice.
  ///
  /// - Parameters:
  ///   - roster: the file's content.
  ///   - scope: the school that brings it in, which may change itself and its sites; nil for all.
  ///   - keeps: whether to keep the changes; false for a dry run.
  ///   - actor: who asks, for the audit log.
  ///   - time: the time.
  ///   - newID: makes a random identifier.
  ///   - newCode: makes a random school code.
  /// - Returns: what it changes, or would; with errors in it nothing was kept.
  /// - Throws: the database's error if it cannot be kept.
  public func importRoster(
    _ roster: Roster, within scope: AdministrativeUnit.ID?, keeps: Bool, actor: String,
    at time: Date,
    newID: @escaping @Sendable () -> String, newCode: @escaping @Sendable () -> String
  ) async throws -> RosterComparison {
    guard keeps else {
      // A look must not hold up those whose answers are being kept.
      return try await engine.read { connection in
        RosterComparison(
          roster, with: try connection.directory(of: scope), newID: newID, newCode: newCode)
      }
    }
    return try await commits.commit { connection in
      let comparison = RosterComparison(
        roster, with: try connection.directory(of: scope), newID: newID, newCode: newCode)
      guard !comparison.isRefused else { return comparison }
      try connection.keep(comparison, at: time, newID: newID)
      try connection.audit(
        AuditEvent(
          actor: actor, action: "import-roster",
          object: scope.map { "unit:\($0.rawValue)" } ?? "service",
          detail:
            "units +\(comparison.addedUnits.count) ~\(comparison.changedUnits.count); persons "
            + "+\(comparison.addedPersons.count) ~\(comparison.changedPersons.count)"),
        at: time)
      return comparison
    }
  }
}

extension SQLiteConnection {
  /// What is known of what a roster may change.
  fileprivate func directory(
    of school: AdministrativeUnit.ID?
  ) throws -> RosterComparison.Directory {
    let units = try self.units(below: school)
    var sources: Set<String> = []
    if school != nil {
      sources = Set(
        try rows("SELECT source_id FROM unit WHERE source_id IS NOT NULL")
          .map { try $0.text("source_id") }
      ).subtracting(units.compactMap(\.sourceID))
    }
    return RosterComparison.Directory(
      units: units, persons: try persons(of: school == nil ? nil : units), school: school,
      takenSources: sources)
  }
}

extension SQLiteConnection {
  fileprivate func keep(
    _ comparison: RosterComparison, at time: Date, newID: () -> String
  ) throws {
    for unit in comparison.addedUnits {
      try execute(
        """
        INSERT INTO unit (id, kind, parent, name, code, identifier, source_id)
        VALUES (\(unit.id.rawValue), \(unit.kind.rawValue), \(unit.parent?.rawValue), \(unit.name),
          \(unit.code), \(unit.identifier), \(unit.sourceID))
        """)
    }
    for unit in comparison.changedUnits {
      try execute(
        """
        UPDATE unit SET parent = \(unit.parent?.rawValue), name = \(unit.name),
          identifier = \(unit.identifier), source_id = \(unit.sourceID)
        WHERE id = \(unit.id.rawValue)
        """)
    }
    var groups = try groups()
    for person in comparison.addedPersons + comparison.changedPersons {
      let group = try group(of: person, known: &groups, newID: newID)
      let entry = person.entry
      try execute(
        """
        INSERT INTO person (id, unit, staff_number, name, school_stage, subject, teaching_group,
          is_near_retirement, source_id, has_left, listed_at, left_at)
        VALUES (\(person.id.rawValue), \(person.unit.rawValue), \(person.staffNumber),
          \(entry.name), \(entry.schoolStage), \(entry.subject), \(group),
          \(entry.isNearRetirement ? 1 : 0), \(person.sourceID), \(person.hasLeft ? 1 : 0),
          \(time.storedTime), \(person.hasLeft ? time.storedTime : nil))
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, school_stage = excluded.school_stage,
          subject = excluded.subject, teaching_group = excluded.teaching_group,
          is_near_retirement = excluded.is_near_retirement, source_id = excluded.source_id,
          has_left = excluded.has_left,
          listed_at = CASE WHEN excluded.has_left = 1
            THEN person.listed_at ELSE excluded.listed_at END,
          left_at = CASE WHEN excluded.has_left = 1
            THEN coalesce(person.left_at, excluded.left_at) END
        """)
      // Whoever has left opens nothing any more.
      if person.hasLeft { try endAccess(of: person.id) }
    }
    // Who stands in a roster is known to be here, though nothing of them is new.
    for person in comparison.listedAgain {
      try execute(
        """
        UPDATE person SET listed_at = \(time.storedTime) WHERE id = \(person.rawValue)
        """)
    }
  }

  private struct GroupKey: Hashable {
    var unit: String
    var name: String
  }

  private func groups() throws -> [GroupKey: String] {
    try rows("SELECT id, unit, name FROM teaching_group").reduce(into: [:]) { groups, row in
      groups[GroupKey(unit: try row.text("unit"), name: try row.text("name"))] = try row.text("id")
    }
  }

  private func group(
    of person: Person, known: inout [GroupKey: String], newID: () -> String
  ) throws -> String? {
    guard let name = person.entry.group else { return nil }
    let key = GroupKey(unit: person.unit.rawValue, name: name)
    if let id = known[key] { return id }
    let id = newID()
    try execute(
      """
      INSERT INTO teaching_group (id, unit, name)
      VALUES (\(id), \(person.unit.rawValue), \(name))
      """)
    known[key] = id
    return id
  }

  /// Takes everything with which a person signs in.
  func endAccess(of person: Person.ID) throws {
    try execute("DELETE FROM access_session WHERE person = \(person.rawValue)")
    try execute("DELETE FROM sign_in_code WHERE person = \(person.rawValue)")
  }
}
