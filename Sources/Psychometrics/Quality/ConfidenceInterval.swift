import RealModule

/// A range that covers the true value in a stated share of samples.
public struct ConfidenceInterval: Hashable, Sendable {
  /// The lower end.
  public var lower: Double
  /// The upper end.
  public var upper: Double

  /// Creates an interval.
  public init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// Half the width of a central 95 % interval of the standard normal distribution: its 97.5 %
  /// quantile.
  ///
  /// Statistics that experts read have 95 % intervals, as their software gives them.
  public static let normalHalfWidth = 1.959963984540054

  /// The 95 % interval of a proportion, which stays within 0…1.
  ///
  /// Source: Wilson (1927), *Probable inference, the law of succession, and statistical inference*,
  /// JASA 22(158), 209–212.
  ///
  /// - Parameters:
  ///   - successes: how often it happened.
  ///   - count: how often it could have, at least 1.
  /// - Returns: the interval.
  public static func proportion(successes: Double, of count: Double) -> ConfidenceInterval {
    let square = normalHalfWidth * normalHalfWidth
    let share = successes / count
    let middle = (share + square / (2 * count)) / (1 + square / count)
    let half =
      normalHalfWidth / (1 + square / count)
      * (share * (1 - share) / count + square / (4 * count * count)).squareRoot()
    return ConfidenceInterval(lower: max(0, middle - half), upper: min(1, middle + half))
  }

  /// The 95 % interval of a mean, by its standard error.
  public static func mean(_ mean: Double, standardError: Double) -> ConfidenceInterval {
    ConfidenceInterval(
      lower: mean - normalHalfWidth * standardError,
      upper: mean + normalHalfWidth * standardError)
  }

  /// The 95 % interval of a correlation, by Fisher's transformation.
  ///
  /// - Parameters:
  ///   - correlation: r, −1…1.
  ///   - count: the number of persons.
  /// - Returns: nil for fewer than four persons.
  public static func correlation(_ correlation: Double, count: Int) -> ConfidenceInterval? {
    guard count > 3 else { return nil }
    let bounded = min(max(correlation, -1), 1)
    guard bounded.magnitude < 1 else { return ConfidenceInterval(lower: bounded, upper: bounded) }
    let transformed = Double.atanh(bounded)
    let half = normalHalfWidth / Double(count - 3).squareRoot()
    return ConfidenceInterval(
      lower: Double.tanh(transformed - half), upper: Double.tanh(transformed + half))
  }
}
