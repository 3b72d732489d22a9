/// Why the store could not do its work, where the reason is not the database's own error.
public enum StoreError: Error, Hashable, Sendable {
  /// Commits would not reach the disk: SQLite answered this level instead of FULL (2).
  case notDurable(synchronous: Int?)
  /// The disk is full or does not let itself be written to. Nothing was kept.
  case cannotWrite
  /// More writes are waiting than can be served soon.
  case busy
  /// The database was written by a newer version of the program.
  case newerSchema(found: Int, known: Int)
  /// An item was published for another audience than the one it would have now.
  case audience(item: String)
  /// Another bank came into service under the name since it was looked at.
  case bankChanged
  /// Another version of the courses came into service since it was looked at.
  case coursesChanged
  /// A transaction ended without an answer: a defect of the program.
  case savepointLost
  /// Something stored cannot be read back: a defect of the program or a damaged file.
  case unreadable(table: String)
}
