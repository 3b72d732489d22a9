import Competency
import Foundation

/// What a teacher thought of the dimensions before the first item, as it is kept.
struct SelfRatingRecord: Codable, Hashable {
  /// The level, from 0, by dimension.
  var levels: [String: Int]

  init(_ rating: [Competency.Dimension.ID: Int]) {
    levels = rating.reduce(into: [:]) { $0[$1.key.rawValue] = $1.value }
  }

  init(json: String) throws {
    self = try JSONDecoder().decode(SelfRatingRecord.self, from: Data(json.utf8))
  }

  /// Nil when nothing was said.
  func json() throws -> String? {
    guard !levels.isEmpty else { return nil }
    return try storedJSON()
  }

  var rating: [Competency.Dimension.ID: Int] {
    levels.reduce(into: [:]) { $0[Competency.Dimension.ID(rawValue: $1.key)] = $1.value }
  }
}
