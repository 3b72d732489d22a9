public import ItemBank
import Psychometrics

/// How often items may be offered, so that none becomes known to a whole staff room.
///
/// The item-eligibility method: before a session begins, each item is admitted to it with a probability
/// that follows from how often the item was given before. The probabilities stay as they are until a
/// new window of sessions is counted; a session can then be retold.
///
/// Source: van der Linden & Veldkamp (2004), *Constraining item exposure in computerized adaptive
/// testing with shadow tests*, Journal of Educational and Behavioral Statistics 29(3), 273–291.
public struct ItemExposure: Hashable, Sendable {
  /// The probability that an item is admitted to a session; 1 for items not named.
  public var admission: [AssessmentItem.ID: Double]

  /// Creates an exposure control; without probabilities every item is admitted.
  public init(admission: [AssessmentItem.ID: Double] = [:]) {
    self.admission = admission
  }

  /// Which items are admitted to a session.
  ///
  /// - Parameters:
  ///   - items: the items.
  ///   - seed: the session's; the same for all its stages, so an item once held back stays away.
  /// - Returns: one value for each item.
  func admitted(_ items: [AssessmentItem.ID], seed: UInt64) -> [Bool] {
    items.map { item in
      guard let admission = admission[item], admission < 1 else { return true }
      var generator = SeededGenerator(seed: seed, purpose: "admission of \(item.rawValue)")
      return Double(generator.next() >> 11) * 0x1p-53 < admission
    }
  }

  /// The admission probability for the next window of sessions.
  ///
  /// - Parameters:
  ///   - admission: the probability in the last window.
  ///   - rate: the share of that window's sessions which had the item, of those that could have had
  ///     it; 0…1.
  ///   - maximum: the largest share wanted.
  /// - Returns: maximum · admission / rate, at most 1, and at least a thousandth, so that an item
  ///   can come back.
  public static func admission(
    after admission: Double, rate: Double, maximum: Double
  ) -> Double {
    guard rate > 0 else { return 1 }
    return min(1, max(0.001, maximum * admission / rate))
  }
}
