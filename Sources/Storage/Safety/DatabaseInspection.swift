public import Foundation

/// What was found in a database file.
public struct DatabaseInspection: Hashable, Sendable {
  /// The newest step of the schema that was applied.
  public var schemaVersion: Int
  /// What `integrity_check` says; empty if the file is whole.
  public var integrityFaults: [String]
  /// How many rows point to a row that is not there.
  public var brokenReferences: Int
  /// Tables, indices and triggers that the schema has and the file lacks, or has otherwise.
  public var missingObjects: [String]
  /// Tables, indices, views and triggers that no version of the schema made.
  public var strangeObjects: [String]
  /// The rows of each table.
  public var rowCounts: [String: Int]
  /// The audit log; nil in a file from before there was one.
  public var audit: AuditVerification?
  /// The newest time that is noted in it; nil if none is.
  public var newestTime: Date?
  /// Versions of bank and courses that sessions and plans are pinned to and that are not there.
  public var missingPublications: [String]

  /// Whether nothing is wrong with the file itself.
  public var isSound: Bool {
    integrityFaults.isEmpty && brokenReferences == 0 && missingObjects.isEmpty
      && strangeObjects.isEmpty && audit?.firstBrokenPosition == nil && missingPublications.isEmpty
  }
}

/// Why a file was not taken for a backup, or a backup not restored.
///
/// Nothing was changed.
public enum DatabaseFileError: Error, Hashable, Sendable {
  /// There is no such file.
  case missing
  /// It is there already, and is not overwritten.
  case alreadyThere
  /// It is no database, or no database of this program.
  case foreign
  /// It was written by a newer version of the program.
  case newerSchema(found: Int, known: Int)
  /// Something is wrong in it.
  case damaged(DatabaseInspection)
  /// SQLite cannot read it to the end.
  case unreadable
  /// What was copied is not what was to be copied.
  case notTheSame
  /// A service is using the database that would be replaced.
  case inUse
}
