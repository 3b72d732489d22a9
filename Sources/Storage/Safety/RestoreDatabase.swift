public import Foundation
import GRDB

/// What a restore did.
public struct Restoration: Hashable, Sendable {
  /// What was found in the backup.
  public var inspection: DatabaseInspection
  /// Where the database that was there before is kept now; nil if there was none.
  public var replaced: URL?
}

extension DatabaseFile {
  /// Puts this backup in the place of a data folder's database: all or nothing.
  ///
  /// The backup is copied into the folder under another name and checked there first. A database
  /// that was there before is kept beside it.
  ///
  /// - Parameters:
  ///   - folder: the data folder; made if it is missing.
  ///   - replaces: whether a database that is there may be replaced.
  ///   - time: the time, for the name of the old database and the line in the audit log.
  /// - Returns: what was found and done.
  /// - Throws: ``DatabaseFileError``; the file system's or the database's error otherwise. The folder
  ///   is then as it was.
  public func restore(into folder: URL, replaces: Bool, at time: Date) throws -> Restoration {
    let target = DatabaseFile(folder: folder)
    guard exists else { throw DatabaseFileError.missing }
    guard replaces || !target.exists else { throw DatabaseFileError.alreadyThere }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let copy = DatabaseFile(folder.appending(path: ".\(Self.name).\(UUID().uuidString)"))
    do {
      try copy.makePrivate()
      try copy.fill(from: self)
      let inspection = try copy.inspect()
      guard inspection.isSound else { throw DatabaseFileError.damaged(inspection) }
      try copy.note("restore", at: time, detail: "\(inspection.rowCounts.values.reduce(0, +)) rows")
      try copy.takeOutOfUse()
      try copy.synchronise()
      let replaced = target.exists ? try target.setAside(at: time) : nil
      try copy.take(nameOf: target)
      return Restoration(inspection: inspection, replaced: replaced)
    } catch {
      try copy.remove()
      throw (error as? DatabaseError).map(Self.meaning(of:)) ?? error
    }
  }

  /// Writes another file's bytes into this one, which is there and empty.
  private func fill(from source: DatabaseFile) throws {
    let (input, output) = (
      try FileHandle(forReadingFrom: source.url), try FileHandle(forWritingTo: url)
    )
    while let piece = try input.read(upToCount: 1 << 20), !piece.isEmpty {
      try output.write(contentsOf: piece)
    }
    try input.close()
    try output.close()
  }

  /// Folds a write-ahead log into the file, so that the file alone is the database.
  ///
  /// - Throws: ``DatabaseFileError/inUse`` if somebody has it open.
  private func takeOutOfUse() throws {
    do {
      let queue = try openForWriting()
      let mode = try queue.writeWithoutTransaction { database in
        try String.fetchOne(database, sql: "PRAGMA journal_mode = DELETE")
      }
      try queue.close()
      guard mode == "delete" else { throw DatabaseFileError.inUse }
    } catch let error as DatabaseError
      where [.SQLITE_BUSY, .SQLITE_LOCKED].contains(error.resultCode)
    {
      throw DatabaseFileError.inUse
    }
  }

  /// Keeps this database under a dated name too, so that its own can be taken.
  private func setAside(at time: Date) throws -> URL {
    do {
      try takeOutOfUse()
    } catch let error as DatabaseError {
      // A damaged database is what one restores for: it is kept as it is, with its log.
      guard [.SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_IOERR].contains(error.resultCode) else {
        throw error
      }
    }
    let stamp = time.storedTime.filter { $0.isNumber || $0 == "T" || $0 == "Z" }
    let kept = url.deletingLastPathComponent().appending(path: "bianque-\(stamp).sqlite")
    guard link(url.path, kept.path) == 0 else { throw StoreError.cannotWrite }
    for end in ["-wal", "-shm"] where FileManager.default.fileExists(atPath: url.path + end) {
      guard rename(url.path + end, kept.path + end) == 0 else { throw StoreError.cannotWrite }
    }
    return kept
  }
}
