import Courses
import Foundation
import Recommendation

/// The draw of a plan's slot as it is kept: with every propensity, so that what was drawn can be
/// weighed years later.
struct RandomisedSlotRecord: Codable, Hashable {
  var planned: String
  var drawn: String
  var propensities: [String: Double]
  var utilityChange: Double

  init(_ slot: RandomisedSlot) {
    planned = slot.planned.rawValue
    drawn = slot.drawn.rawValue
    propensities = [String: Double](
      uniqueKeysWithValues: slot.propensities.map { ($0.key.rawValue, $0.value) })
    utilityChange = slot.utilityChange
  }

  init(json: String) throws {
    self = try JSONDecoder().decode(RandomisedSlotRecord.self, from: Data(json.utf8))
  }

  /// The draw.
  func slot() -> RandomisedSlot {
    RandomisedSlot(
      planned: Course.ID(rawValue: planned),
      propensities: [Course.ID: Double](
        uniqueKeysWithValues: propensities.map { (Course.ID(rawValue: $0.key), $0.value) }),
      drawn: Course.ID(rawValue: drawn), utilityChange: utilityChange)
  }
}
