/// Decides whether a figure may be published, from what everybody already knows.
///
/// The principle: **every total is a sum of published cells, and every step from one published
/// figure to the next is itself fit to be published.** Totals are then mere post-processing, so a
/// hidden cell cannot be had by subtracting, at any level. In a hierarchy a hidden cell beside a
/// published total would be known as a sum with its hidden neighbours anyway; here that sum is the
/// published cell (其他组), and what does not reach the size goes up to the next level's rest.
///
/// Over time people only join a figure or take the test again; nobody leaves one. Take any linear
/// combination of a figure's published values, and the last step whose suffix of coefficients does
/// not sum to 0: everybody who changed in that step keeps a coefficient other than 0. So no
/// combination of dates and levels speaks of fewer people than a step does, that is K.
///
/// Source of the vocabulary: Hundepool et al. (2012), *Statistical Disclosure Control*, Wiley.
enum Suppression {
  /// A change between two published figures: who changed, and how.
  struct Step {
    /// How many people are new.
    var joined = 0
    /// How many have taken the test again.
    var retaken = 0
  }

  /// Whether one figure may follow another without saying too much about those who changed.
  ///
  /// - Parameters:
  ///   - after: the range that the new figure allows, in people; a point for an exact figure.
  ///   - before: the range that the former figure allows; 0…0 where there was none.
  ///   - step: who changed.
  ///   - rules: the rules.
  /// - Returns: whether at least K changed and they do not all look the same.
  static func allows(
    _ after: ClosedRange<Double>, after before: ClosedRange<Double>, step: Step,
    rules: DisclosureRules
  ) -> Bool {
    guard step.joined + step.retaken >= rules.minimumPeople else { return false }
    let lowest = -Double(step.retaken)
    let highest = Double(step.joined + step.retaken)
    let low = max(lowest, after.lowerBound - before.upperBound)
    let high = min(highest, after.upperBound - before.lowerBound)
    let margin = rules.extremeShare * (highest - lowest)
    return low <= highest - margin && high >= lowest + margin
  }

  /// How wide the range of a part stays when the sum of the whole becomes known.
  ///
  /// - Parameters:
  ///   - part: how many people are in the part.
  ///   - whole: how many are in the whole.
  ///   - sum: the published sum over the whole, each person between 0 and 1.
  /// - Returns: the width of [max(0, sum − rest), min(part, sum)], in people.
  static func width(ofPart part: Int, of whole: Int, sum: Double) -> Double {
    let rest = Double(whole - part)
    return max(0, min(Double(part), sum) - max(0, sum - rest))
  }

  /// How a sum may be shown at all: exactly, as a band, or not.
  ///
  /// A band is shown only where its end holds at least one person; "≤ 10 %" of six people would be
  /// all six.
  static func form(ofSum sum: Double, people: Int, rules: DisclosureRules) -> Figure.Form? {
    guard people >= rules.minimumPeople else { return nil }
    let margin = rules.extremeShare * Double(people)
    if sum >= margin && sum <= Double(people) - margin { return .exact }
    guard margin >= 1 else { return nil }
    return sum < margin ? .lowBand : .highBand
  }
}
