import Foundation

extension Encodable {
  /// JSON with sorted keys; numbers read back exactly.
  func storedJSON() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
