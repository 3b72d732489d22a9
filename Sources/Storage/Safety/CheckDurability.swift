import Foundation

extension DatabaseFile {
  /// Whether commits reach the disk before they are answered, as the service opens this database.
  ///
  /// - Throws: ``StoreError/notDurable(synchronous:)`` if not; the database's error if it cannot be
  ///   opened for writing.
  public func checkDurability() throws {
    guard exists else { throw DatabaseFileError.missing }
    let engine = try SQLiteEngine(path: url.path)
    try engine.close()
  }
}
