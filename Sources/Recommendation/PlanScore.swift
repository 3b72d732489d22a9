/// How good a plan is: broken rules first, utility second.
struct PlanScore {
  /// What a missing point or dimension counts, in hours.
  static let coverageWeight = 3.0
  /// What a missing prerequisite or a doubled course counts, in hours.
  static let orderWeight = 5.0

  var violation: Double
  var utility: Double

  /// Whether this plan is better, by more than rounding.
  func isBetter(than other: PlanScore) -> Bool {
    if violation < other.violation - 1e-9 { return true }
    return violation <= other.violation + 1e-9 && utility > other.utility + 1e-9
  }
}
