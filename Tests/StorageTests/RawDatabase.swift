import Foundation
import GRDB

/// The database file as another program would open it, to see what is really there.
struct RawDatabase {
  private let queue: DatabaseQueue

  init(_ folder: URL) throws {
    queue = try DatabaseQueue(path: folder.appending(path: "bianque.sqlite").path)
  }

  func execute(_ sql: String) throws {
    try queue.write { try $0.execute(sql: sql) }
  }

  /// The rows of a query, their values joined by bars.
  func rows(_ sql: String) throws -> [String] {
    try queue.read { database in
      try Row.fetchAll(database, sql: sql).map { row in
        row.map { _, value in
          switch value.storage {
          case .null: "NULL"
          case .int64(let number): "\(number)"
          case .double(let number): "\(number)"
          case .string(let text): text
          case .blob(let data): "\(data.count) bytes"
          }
        }.joined(separator: "|")
      }
    }
  }
}
