import Foundation
import Testing

/// A folder of content that goes away with the test.
final class ContentFolder {
  let url: URL

  init(_ files: [String: String]) throws {
    url = FileManager.default.temporaryDirectory.appending(path: "courses-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    for (name, text) in files {
      try Data(text.utf8).write(to: url.appending(path: name))
    }
  }

  deinit {
    do {
      try FileManager.default.removeItem(at: url)
    } catch {
      Issue.record(error)
    }
  }
}

/// A fault planted in otherwise good content, and where it is told.
struct PlantedFault: Sendable, CustomTestStringConvertible {
  var code: String
  var change: String
  var to: String
  var line: Int
  var column: Int

  init(_ code: String, _ change: String, to: String, line: Int, column: Int) {
    self.code = code
    self.change = change
    self.to = to
    self.line = line
    self.column = column
  }

  var testDescription: String { "\(code): \(to)" }

  /// The text with the fault; the place to change must be there once.
  func plant(in text: String) throws -> String {
    try #require(text.components(separatedBy: change).count == 2)
    return text.replacingOccurrences(of: change, with: to)
  }
}
