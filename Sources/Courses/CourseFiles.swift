public import Foundation

/// The files of a folder of courses, as they were published.
public enum CourseFiles {
  /// Lays files in a folder for as long as it takes to read them.
  ///
  /// - Parameters:
  ///   - files: the files by their path in the folder.
  ///   - read: reads the folder.
  /// - Returns: what was read.
  /// - Throws: the fault of writing, or of reading.
  public static func withFolder<Value>(
    of files: [String: [UInt8]], _ read: (URL) throws -> Value
  ) throws -> Value {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "bianque-courses-\(UUID().uuidString)")
    defer {
      do {
        try FileManager.default.removeItem(at: folder)
      } catch {
        // A folder left in the temporary directory harms nobody and is the system's to clear.
      }
    }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (path, content) in files {
      let file = folder.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(content).write(to: file)
    }
    return try read(folder)
  }
}
