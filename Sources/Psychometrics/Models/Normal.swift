import RealModule

/// The standard normal distribution.
public enum Normal {
  /// Half the width of a central 80 % interval, in standard deviations: the 90 % quantile.
  ///
  /// People read intervals as 八成可能; no other quantile is used, so this is a constant.
  public static let eightyPercentHalfWidth = 1.2815515655446004

  /// The density φ(z) = exp(−z²/2) / √(2π).
  public static func density(_ z: Double) -> Double {
    // 1/√(2π).
    0.3989422804014327 * Double.exp(-0.5 * z * z)
  }

  /// The probability Φ(z) of a value at most z.
  ///
  /// Formed from erfc, not as 1 − …, so that the lower tail keeps its full relative precision.
  public static func cumulative(_ z: Double) -> Double {
    // 1/√2.
    0.5 * Double.erfc(-z * 0.7071067811865476)
  }

  /// The probability that a normal quantity lies below a bound.
  ///
  /// - Parameters:
  ///   - bound: the bound, in the quantity's unit.
  ///   - mean: the quantity's mean.
  ///   - variance: its variance, at least 0. A quantity without variance lies below the bound
  ///     surely or surely not, and half and half at the bound itself.
  /// - Returns: a probability, 0…1.
  public static func probability(below bound: Double, mean: Double, variance: Double) -> Double {
    guard variance > 0 else { return bound == mean ? 0.5 : (mean < bound ? 1 : 0) }
    return cumulative((bound - mean) / variance.squareRoot())
  }
}
