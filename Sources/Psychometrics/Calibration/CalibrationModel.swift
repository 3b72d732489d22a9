/// The family that the items of a calibration belong to.
///
/// In every family of more than two categories an item with two has the 2PL's form.
public enum CalibrationModel: String, Hashable, Sendable, CaseIterable {
  /// Right or wrong, one slope for all items (1PL, abilities standard normal).
  case onePL = "1pl"
  /// Right or wrong, a slope for each item.
  case twoPL = "2pl"
  /// Right or wrong, with a lower asymptote under a Beta(5, 17) prior (mode .2).
  case threePL = "3pl"
  /// Generalised partial credit.
  case partialCredit = "gpcm"
  /// Graded response.
  case graded = "grm"
  /// Options without order.
  case nominal

  /// Whether items must have exactly two categories.
  public var isDichotomous: Bool {
    switch self {
    case .onePL, .twoPL, .threePL: true
    case .partialCredit, .graded, .nominal: false
    }
  }

  /// How many parameters an item of so many categories has.
  func parameterCount(categories: Int) -> Int {
    switch self {
    case .onePL, .twoPL, .partialCredit, .graded: categories
    case .threePL: 3
    case .nominal: 2 * (categories - 1)
    }
  }
}
