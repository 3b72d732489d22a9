import Psychometrics

/// A figure with its 95 % interval and the number of answers behind it.
public struct Estimate: Hashable, Sendable, Codable {
  /// The figure.
  public var value: Double
  /// The lower end.
  public var lower: Double
  /// The upper end.
  public var upper: Double
  /// How many answers there are behind it.
  public var count: Int

  /// Creates a figure.
  public init(value: Double, lower: Double, upper: Double, count: Int) {
    self.value = value
    self.lower = lower
    self.upper = upper
    self.count = count
  }

  init(_ value: Double, standardError: Double, count: Int) {
    let half = ConfidenceInterval.normalHalfWidth * standardError
    self.init(value: value, lower: value - half, upper: value + half, count: count)
  }

  init(_ value: Double, _ interval: ConfidenceInterval, count: Int) {
    self.init(value: value, lower: interval.lower, upper: interval.upper, count: count)
  }

  /// The standard error that the interval was made from.
  var standardError: Double { (upper - lower) / (2 * ConfidenceInterval.normalHalfWidth) }

  /// A proportion with Wilson's interval; nil with nobody to count.
  static func proportion(_ successes: Int, of count: Int) -> Estimate? {
    guard count > 0 else { return nil }
    return Estimate(
      Double(successes) / Double(count),
      .proportion(successes: Double(successes), of: Double(count)), count: count)
  }
}

/// Which of many findings stand when only a small share of them may be chance.
enum Discoveries {
  /// Chooses among tests by their probabilities.
  ///
  /// Source: Benjamini & Hochberg (1995), *Controlling the false discovery rate*, JRSS B 57(1),
  /// 289–300.
  ///
  /// - Parameters:
  ///   - probabilities: of each test's result by chance alone.
  ///   - rate: the share of the chosen that may be chance.
  /// - Returns: for each test whether it is chosen.
  static func chosen(_ probabilities: [Double], rate: Double) -> [Bool] {
    let sorted = probabilities.sorted()
    var limit = -1.0
    for (place, probability) in sorted.enumerated()
    where probability <= rate * Double(place + 1) / Double(sorted.count) {
      limit = probability
    }
    return probabilities.map { $0 <= limit }
  }

  /// The probability of a normal deviate at least as far from 0.
  static func twoSided(_ deviate: Double) -> Double {
    2 * Normal.cumulative(-deviate.magnitude)
  }
}
