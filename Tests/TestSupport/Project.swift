public import Foundation

/// Where the project lies, so that tests can read what it ships.
public enum Project {
  /// The folder with `Package.swift`.
  public static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A folder of its own for one test, removed by the test.
  ///
  /// - Throws: the file system's error if it cannot be made.
  public static func temporaryFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "bianque-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }
}
