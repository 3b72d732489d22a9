/// One transaction's view of the database.
///
/// A protocol because it is written for two production engines: SQLite here, PostgreSQL next. Every
/// statement in this target goes through it, so the second engine changes none of them.
protocol Connection {
  /// Runs a statement that answers nothing.
  ///
  /// - Returns: how many rows it changed.
  @discardableResult
  func execute(_ statement: SQL) throws -> Int

  /// Runs a statement and reads all its rows.
  func rows(_ statement: SQL) throws -> [Row]

  /// Runs statements that are undone together if one of them throws, without ending the
  /// transaction around them.
  func savepoint<Value>(_ body: (Self) throws -> Value) throws -> Value
}

extension Connection {
  /// Runs a statement that answers at most one row.
  func row(_ statement: SQL) throws -> Row? {
    try rows(statement).first
  }
}
