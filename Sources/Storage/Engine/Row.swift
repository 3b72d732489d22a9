/// One row of an answer, its values found by column name.
struct Row: Sendable {
  private let columns: [String: SQLValue]

  init(_ columns: [String: SQLValue]) {
    self.columns = columns
  }

  /// Text that the schema says is never null.
  ///
  /// - Throws: ``RowError`` if the column is missing or holds something else: the statement and the
  ///   schema then disagree, and that is a defect of the program.
  func text(_ column: String) throws(RowError) -> String {
    guard case .text(let value)? = columns[column] else { throw RowError(column: column) }
    return value
  }

  /// Text or null.
  func optionalText(_ column: String) throws(RowError) -> String? {
    switch columns[column] {
    case .text(let value): value
    case .null: nil
    default: throw RowError(column: column)
    }
  }

  /// A whole number that the schema says is never null.
  func integer(_ column: String) throws(RowError) -> Int64 {
    guard case .integer(let value)? = columns[column] else { throw RowError(column: column) }
    return value
  }

  /// A whole number or null.
  func optionalInteger(_ column: String) throws(RowError) -> Int64? {
    switch columns[column] {
    case .integer(let value): value
    case .null: nil
    default: throw RowError(column: column)
    }
  }

  /// A number that the schema says is never null.
  func double(_ column: String) throws(RowError) -> Double {
    guard case .real(let value)? = columns[column] else { throw RowError(column: column) }
    return value
  }

  /// Bytes that the schema says are never null.
  func blob(_ column: String) throws(RowError) -> [UInt8] {
    guard case .blob(let value)? = columns[column] else { throw RowError(column: column) }
    return value
  }
}

/// A column that does not hold what the statement expects of it.
struct RowError: Error, Hashable {
  var column: String
}
