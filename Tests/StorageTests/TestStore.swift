import Foundation
import Storage
import TestSupport

/// A new database in a folder of its own.
enum TestStore {
  static let noon = Date(timeIntervalSince1970: 1_795_262_400)

  /// Runs a test on a new database and removes it.
  static func with(_ body: (Store, URL) async throws -> Void) async throws {
    let folder = try Project.temporaryFolder()
    let store = try Store(folder: folder, now: noon)
    do {
      try await body(store, folder)
    } catch {
      try store.close()
      try FileManager.default.removeItem(at: folder)
      throw error
    }
    try store.close()
    try FileManager.default.removeItem(at: folder)
  }
}
