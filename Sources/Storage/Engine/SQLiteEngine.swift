import Foundation
import GRDB

/// SQLite as an engine: one writer, many readers, every commit on the disk before it is answered.
struct SQLiteEngine: Sendable {
  private let pool: DatabasePool

  /// Opens a database file, making it if there is none.
  ///
  /// - Throws: ``StoreError/notDurable(synchronous:)`` if commits would not reach the disk; GRDB's
  ///   errors otherwise.
  init(path: String) throws {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(5)
    configuration.maximumReaderCount = 4
    pool = try DatabasePool(path: path, configuration: configuration)

    // GRDB sets synchronous back to NORMAL when it switches the writer to WAL, after
    // `prepareDatabase` has run. FULL has to be set afterwards, on the writer, and read back there:
    // a reader would answer 2 either way.
    let synchronous = try pool.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA synchronous = FULL")
      return try Int.fetchOne(database, sql: "PRAGMA synchronous")
    }
    guard synchronous == 2 else { throw StoreError.notDurable(synchronous: synchronous) }
  }

  /// Reads without waiting for writers.
  func read<Value: Sendable>(
    _ body: @escaping @Sendable (SQLiteConnection) throws -> Value
  ) async throws -> Value {
    try await pool.read { try body(SQLiteConnection(database: $0)) }
  }

  /// Writes in one transaction, which is on the disk when this returns.
  func write<Value: Sendable>(
    _ body: @escaping @Sendable (SQLiteConnection) throws -> Value
  ) async throws -> Value {
    try await pool.write { try body(SQLiteConnection(database: $0)) }
  }

  /// Writes in one transaction on the calling thread, for the steps before the service starts.
  func writeBlocking<Value>(_ body: (SQLiteConnection) throws -> Value) throws -> Value {
    try pool.write { try body(SQLiteConnection(database: $0)) }
  }

  /// What a failed write means: a disk that cannot be written to is told apart from the rest.
  static func refusal(of error: any Error) -> any Error {
    guard let error = error as? DatabaseError else { return error }
    switch error.resultCode {
    case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY: return StoreError.cannotWrite
    default: return error
    }
  }

  /// Closes the file.
  ///
  /// Nothing may be read or written afterwards.
  func close() throws {
    try pool.close()
  }
}

/// A transaction of ``SQLiteEngine``.
struct SQLiteConnection: Connection {
  let database: Database

  @discardableResult
  func execute(_ statement: SQL) throws -> Int {
    let (text, arguments) = Self.rendered(statement)
    let prepared = try database.cachedStatement(sql: text)
    try prepared.execute(arguments: arguments)
    return database.changesCount
  }

  func rows(_ statement: SQL) throws -> [Row] {
    let (text, arguments) = Self.rendered(statement)
    let prepared = try database.cachedStatement(sql: text)
    return try GRDB.Row.fetchAll(prepared, arguments: arguments).map { row in
      var columns: [String: SQLValue] = [:]
      for (column, value) in row { columns[column] = SQLValue(value.storage) }
      return Row(columns)
    }
  }

  func savepoint<Value>(_ body: (SQLiteConnection) throws -> Value) throws -> Value {
    var value: Value?
    try database.inSavepoint {
      value = try body(self)
      return .commit
    }
    guard let value else { throw StoreError.savepointLost }
    return value
  }

  private static func rendered(_ statement: SQL) -> (String, StatementArguments) {
    var text = ""
    var values: [(any DatabaseValueConvertible)?] = []
    for element in statement.elements {
      switch element {
      case .text(let piece): text += piece
      case .word(let word): text += rendered(word)
      case .value(let value):
        text += "?"
        values.append(value.databaseValue)
      }
    }
    return (text, StatementArguments(values))
  }

  private static func rendered(_ word: SQL.DialectWord) -> String {
    switch word {
    case .integer: "INTEGER"
    case .real: "REAL"
    case .blob: "BLOB"
    case .strict: "STRICT"
    }
  }
}

extension SQLValue {
  fileprivate init(_ storage: DatabaseValue.Storage) {
    self =
      switch storage {
      case .null: .null
      case .int64(let value): .integer(value)
      case .double(let value): .real(value)
      case .string(let value): .text(value)
      case .blob(let value): .blob([UInt8](value))
      }
  }

  fileprivate var databaseValue: (any DatabaseValueConvertible)? {
    switch self {
    case .null: nil
    case .integer(let value): value
    case .real(let value): value
    case .text(let value): value
    case .blob(let value): Data(value)
    }
  }
}
