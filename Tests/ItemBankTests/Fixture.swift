import Foundation

/// The files these tests read.
enum Fixture {
  static func url(_ path: String) -> URL {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(path)")
  }

  static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: url(path)))
  }

  /// Runs a test with a copy of the package that it may change.
  static func withPackage(_ test: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "bank-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.copyItem(at: url("package"), to: folder)
    defer {
      do { try FileManager.default.removeItem(at: folder) } catch {
        // What stays in the temporary folder harms no other test.
      }
    }
    try test(folder)
  }
}

extension URL {
  /// Replaces text in a file below a folder.
  func replace(_ old: String, with new: String, in path: String) throws {
    let file = appending(path: path)
    let text = try String(contentsOf: file, encoding: .utf8)
    try Data(text.replacing(old, with: new).utf8).write(to: file)
  }
}
