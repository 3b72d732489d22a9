public import Foundation
import GRDB

extension DatabaseFile {
  /// Copies the database into one file while a service writes to it, and checks the copy.
  ///
  /// The copy is one moment of the database. It is made under another name and takes its own only
  /// when it is whole, has every row and is on the disk. The key of sign-in codes is not in it.
  ///
  /// - Parameters:
  ///   - target: the file to make.
  ///   - time: the time, for the line in the database's audit log.
  /// - Returns: what was found in the copy.
  /// - Throws: ``DatabaseFileError``; the file system's or the database's error otherwise. Nothing is
  ///   then left of the copy.
  public func backUp(to target: DatabaseFile, at time: Date) throws -> DatabaseInspection {
    guard exists else { throw DatabaseFileError.missing }
    guard !target.exists else { throw DatabaseFileError.alreadyThere }
    let copy = DatabaseFile(
      target.url.deletingLastPathComponent()
        .appending(path: ".\(target.url.lastPathComponent).\(UUID().uuidString)"))
    do {
      // Noted first: the copy then says itself that it is one.
      try note("back-up", at: time, detail: "")
      try copy.makePrivate()
      let counts = try copyRows(to: copy)
      let inspection = try copy.inspect()
      guard inspection.isSound else { throw DatabaseFileError.damaged(inspection) }
      guard inspection.rowCounts == counts else { throw DatabaseFileError.notTheSame }
      try copy.synchronise()
      guard !target.exists else { throw DatabaseFileError.alreadyThere }
      try copy.take(nameOf: target)
      return inspection
    } catch {
      try copy.remove()
      throw (error as? DatabaseError).map(Self.meaning(of:)) ?? error
    }
  }

  /// Copies every page in one read transaction.
  ///
  /// - Returns: the rows of each table as that transaction sees them.
  private func copyRows(to copy: DatabaseFile) throws -> [String: Int] {
    let (source, target) = (try openForReading(), try copy.openForWriting())
    let counts = try target.writeWithoutTransaction { copied in
      let counts = try source.read { database in
        // Counted and copied in the same transaction: what is written meanwhile is in neither.
        let counts = try SQLiteConnection(database: database).rowCounts()
        try database.backup(to: copied)
        return counts
      }
      // One file, without a write-ahead log beside it.
      _ = try String.fetchOne(copied, sql: "PRAGMA journal_mode = DELETE")
      return counts
    }
    try source.close()
    try target.close()
    return counts
  }

  /// Adds a line about the file itself to its audit log, if it has one.
  func note(_ action: String, at time: Date, detail: String) throws {
    let queue = try openForWriting()
    try queue.write { database in
      let connection = SQLiteConnection(database: database)
      guard try connection.hasAuditLog() else { return }
      try connection.audit(
        AuditEvent(actor: "command", action: action, object: "service", detail: detail), at: time)
    }
    try queue.close()
  }
}

extension SQLiteConnection {
  fileprivate func hasAuditLog() throws -> Bool {
    try row("SELECT name FROM sqlite_schema WHERE name = 'audit_event'") != nil
  }
}
