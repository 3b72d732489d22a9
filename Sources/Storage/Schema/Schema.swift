/// The migrations, in order.
///
/// A shipped migration is never edited: what it made is in people's files.
struct Schema {
  /// One step of the schema.
  struct Migration {
    /// Its place, from 1.
    var version: Int
    /// What it does, for a person who reads the table of applied migrations.
    var name: String
    /// The statements.
    var statements: [SQL]
  }

  static let migrations: [Migration] = [
    Migration(version: 1, name: "sessions, results, plans, publications", statements: firstSchema),
    Migration(version: 2, name: "people, accounts, audit log", statements: peopleSchema),
    Migration(version: 3, name: "reports", statements: reports),
    Migration(version: 4, name: "how long persons are kept", statements: retentionSchema),
    Migration(version: 5, name: "banks in service, audiences of items", statements: bankSchema),
    Migration(version: 6, name: "plans that are changed and printed", statements: plansSchema),
    Migration(
      version: 7, name: "chosen stages, exposure of items", statements: stageSelectionSchema),
    Migration(
      version: 8, name: "further stages, forms on paper", statements: furtherStagesSchema),
    Migration(
      version: 9, name: "devices, answer sheets, item analyses", statements: itemAnalysisSchema),
    Migration(version: 10, name: "releases of banks", statements: bankReleaseSchema),
    Migration(version: 11, name: "calibrations", statements: calibrationSchema),
    Migration(version: 12, name: "drafts of items", statements: itemDraftSchema),
    Migration(version: 13, name: "panels of judges", statements: panelSchema),
    Migration(
      version: 14, name: "blueprints tried, windows of tests", statements: formSchema),
    Migration(version: 15, name: "demand and gains of courses", statements: coursesSchema),
    Migration(version: 16, name: "what reports count of results", statements: resultNeedSchema),
  ]

  /// Brings a database to the newest schema, or to an older one.
  ///
  /// - Throws: ``StoreError/newerSchema(found:known:)`` if the file was written by a newer program.
  static func migrate(_ connection: some Connection, at time: String, upTo last: Int = .max) throws
  {
    try connection.execute(
      """
      CREATE TABLE IF NOT EXISTS schema_migration (
        version \(word: .integer) NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        applied_at TEXT NOT NULL
      ) \(word: .strict)
      """)
    let applied = Set(
      try connection.rows("SELECT version FROM schema_migration").map {
        Int(try $0.integer("version"))
      })
    let current = applied.max() ?? 0
    let known = migrations.last?.version ?? 0
    guard current <= known else { throw StoreError.newerSchema(found: current, known: known) }
    // By what was applied, not by the highest: work that was done side by side comes in any order.
    for migration in migrations
    where !applied.contains(migration.version) && migration.version <= last {
      for statement in migration.statements { try connection.execute(statement) }
      try connection.execute(
        """
        INSERT INTO schema_migration (version, name, applied_at)
        VALUES (\(migration.version), \(migration.name), \(time))
        """)
    }
  }
}
