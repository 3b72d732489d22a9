public import Foundation

/// Everything that is kept: sessions, events, results, plans and publications.
///
/// Each operation is one file and one transaction. Writes return when they are on the disk.
public struct Store: Sendable {
  let engine: SQLiteEngine
  let commits: GroupCommit

  /// Opens the database of a data folder, making it and bringing it to the newest schema.
  ///
  /// - Parameters:
  ///   - folder: where `bianque.sqlite` is or shall be. It must exist and be writable.
  ///   - now: the time to note beside migrations.
  /// - Throws: ``StoreError`` or the database's error if it cannot be opened.
  public init(folder: URL, now: Date) throws {
    engine = try SQLiteEngine(path: DatabaseFile(folder: folder).url.path)
    commits = GroupCommit(engine: engine)
    try engine.writeBlocking { try Schema.migrate($0, at: now.storedTime) }
  }

  /// Whether the database can be written to, for readiness.
  ///
  /// - Throws: the database's error if it cannot.
  public func checkWritable() async throws {
    // A row is really written: a full disk shows only then.
    try await commits.commit { connection in
      try connection.execute("UPDATE schema_migration SET name = name")
      return
    }
  }

  /// Closes the database.
  ///
  /// - Throws: the database's error if something still uses it.
  public func close() throws {
    try engine.close()
  }
}

extension Date {
  /// The time as it is stored: ISO 8601, UTC, milliseconds.
  var storedTime: String {
    formatted(
      .iso8601.year().month().day().dateTimeSeparator(.standard)
        .time(includingFractionalSeconds: true).timeZone(separator: .omitted))
  }

  /// Reads a time as it is stored.
  ///
  /// - Throws: the parser's error if it was not written by ``storedTime``.
  init(storedTime text: String) throws {
    try self.init(
      text,
      strategy: .iso8601.year().month().day().dateTimeSeparator(.standard)
        .time(includingFractionalSeconds: true).timeZone(separator: .omitted))
  }
}
