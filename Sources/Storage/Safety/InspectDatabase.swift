import Foundation
import GRDB

extension DatabaseFile {
  /// Looks at everything that can be wrong with the file, changing nothing.
  ///
  /// - Returns: what was found, in one consistent view even while a service writes.
  /// - Throws: ``DatabaseFileError/missing``, ``DatabaseFileError/foreign``,
  ///   ``DatabaseFileError/newerSchema(found:known:)`` or ``DatabaseFileError/unreadable``.
  public func inspect() throws -> DatabaseInspection {
    guard exists else { throw DatabaseFileError.missing }
    do {
      let queue = try openForReading()
      let inspection = try queue.read { try SQLiteConnection(database: $0).inspection() }
      try queue.close()
      return inspection
    } catch let error as DatabaseError {
      throw Self.meaning(of: error)
    } catch is RowError {
      throw DatabaseFileError.unreadable
    } catch is StoreError {
      throw DatabaseFileError.unreadable
    }
  }

  /// What SQLite's error says about a file.
  static func meaning(of error: DatabaseError) -> any Error {
    switch error.resultCode {
    case .SQLITE_NOTADB: DatabaseFileError.foreign
    case .SQLITE_CORRUPT: DatabaseFileError.unreadable
    default: error
    }
  }
}

extension SQLiteConnection {
  /// What ``DatabaseFile/inspect()`` finds, in this transaction.
  func inspection() throws -> DatabaseInspection {
    let found = try objects()
    guard found["schema_migration"] != nil else { throw DatabaseFileError.foreign }
    let version = Int(
      try row("SELECT coalesce(max(version), 0) AS version FROM schema_migration")?
        .integer("version") ?? 0)
    let known = Schema.migrations.last?.version ?? 0
    guard version <= known else {
      throw DatabaseFileError.newerSchema(found: version, known: known)
    }
    let expected = try Self.objects(ofSchema: version)
    return DatabaseInspection(
      schemaVersion: version, integrityFaults: try integrityFaults(),
      brokenReferences: try rows("SELECT fkid AS place FROM pragma_foreign_key_check").count,
      missingObjects: expected.filter { found[$0.key] != $0.value }.map(\.key).sorted(),
      strangeObjects: found.keys.filter { expected[$0] == nil }.sorted(),
      rowCounts: try rowCounts(),
      audit: found["audit_event"] == nil ? nil : try auditVerification(),
      newestTime: try newestTime(hasAudit: found["audit_event"] != nil),
      missingPublications: try missingPublications())
  }

  /// The names of tables, indices, views and triggers, with the statements that made them.
  private func objects() throws -> [String: String] {
    try rows("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!'")
      .reduce(into: [:]) { objects, row in
        objects[try row.text("name")] = try row.optionalText("sql") ?? ""
      }
  }

  /// What the schema of a version has, made anew in memory: nothing to keep in step by hand.
  private static func objects(ofSchema version: Int) throws -> [String: String] {
    let queue = try DatabaseQueue()
    let objects = try queue.write { database in
      let connection = SQLiteConnection(database: database)
      try Schema.migrate(connection, at: "", upTo: version)
      return try connection.objects()
    }
    try queue.close()
    return objects
  }

  private func integrityFaults() throws -> [String] {
    let lines = try rows("SELECT integrity_check AS line FROM pragma_integrity_check(20)")
      .map { try $0.text("line") }
    return lines == ["ok"] ? [] : lines
  }

  /// The rows of each table.
  func rowCounts() throws -> [String: Int] {
    var counts: [String: Int] = [:]
    let tables = try rows(
      """
      SELECT name FROM sqlite_schema
      WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'
      """)
    for table in tables {
      let name = try table.text("name")
      // The one place where a name comes out of a file: quoted, it cannot be anything else.
      counts[name] = try Int.fetchOne(
        database, sql: "SELECT count(*) FROM \(name.quotedDatabaseIdentifier)")
    }
    return counts
  }

  private func newestTime(hasAudit: Bool) throws -> Date? {
    var times = [
      try row("SELECT max(applied_at) AS time FROM schema_migration")?.optionalText("time"),
      try row("SELECT max(received_at) AS time FROM session_event")?.optionalText("time"),
    ]
    if hasAudit {
      times.append(
        try row("SELECT happened_at AS time FROM audit_event ORDER BY position DESC LIMIT 1")?
          .text("time"))
    }
    return try times.compactMap { $0 }.max().map { try Date(storedTime: $0) }
  }

  private func missingPublications() throws -> [String] {
    try rows(
      """
      SELECT 'bank ' || bank_version AS name FROM test_session
      WHERE bank_version NOT IN (SELECT version FROM publication WHERE kind = 'bank')
      UNION
      SELECT 'courses ' || courses_version FROM study_plan_version
      WHERE courses_version NOT IN (SELECT version FROM publication WHERE kind = 'courses')
      ORDER BY name
      """
    ).map { try $0.text("name") }
  }
}
