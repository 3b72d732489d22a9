import RealModule

/// The χ² distribution.
public enum ChiSquare {
  /// The probability of a value at least as large.
  ///
  /// The regularised upper incomplete gamma function Q(df/2, x/2), by its series below df/2 + 1 and by
  /// Lentz's continued fraction above, so that small tails keep their relative precision.
  ///
  /// Source: Press et al. (2007), *Numerical Recipes*, third edition, §6.2.
  ///
  /// - Parameters:
  ///   - value: the value, at least 0.
  ///   - degreesOfFreedom: above 0.
  /// - Returns: a probability, 0…1.
  public static func upperTail(_ value: Double, degreesOfFreedom: Double) -> Double {
    precondition(degreesOfFreedom > 0, "χ² has degrees of freedom")
    guard value > 0 else { return 1 }
    guard value.isFinite else { return 0 }
    let (shape, half) = (degreesOfFreedom / 2, value / 2)
    let front = Double.exp(shape * Double.log(half) - half - Double.logGamma(shape))
    return half < shape + 1
      ? 1 - front * series(shape, half)
      : front * continuedFraction(shape, half)
  }

  /// Σ x^n Γ(a)/Γ(a + 1 + n), the lower tail without its front factor.
  private static func series(_ shape: Double, _ half: Double) -> Double {
    var (term, sum, denominator) = (1 / shape, 1 / shape, shape)
    // A term is at most half/(shape + n) of the last: far fewer steps are needed.
    for _ in 0..<100_000 {
      denominator += 1
      term *= half / denominator
      sum += term
      if term < sum * 1e-17 { break }
    }
    return sum
  }

  private static func continuedFraction(_ shape: Double, _ half: Double) -> Double {
    let tiny = 1e-300
    var b = half + 1 - shape
    var c = 1 / tiny
    var d = 1 / b
    var fraction = d
    for step in 1..<100_000 {
      let a = -Double(step) * (Double(step) - shape)
      b += 2
      d = a * d + b
      if d.magnitude < tiny { d = tiny }
      c = b + a / c
      if c.magnitude < tiny { c = tiny }
      d = 1 / d
      let change = c * d
      fraction *= change
      if (change - 1).magnitude < 1e-16 { break }
    }
    return fraction
  }

  /// The probability of a value at most so large when the distribution is shifted by a noncentrality:
  /// a Poisson mixture of central ones.
  static func cumulative(
    _ value: Double, degreesOfFreedom: Double, noncentrality: Double
  ) -> Double {
    guard noncentrality > 0 else {
      return 1 - upperTail(value, degreesOfFreedom: degreesOfFreedom)
    }
    let half = noncentrality / 2
    // Weights are summed around the Poisson's middle; ten standard deviations hold all of them.
    let spread = 10 * half.squareRoot() + 20
    let first = max(0, Int(half - spread))
    var sum = 0.0
    for step in first...Int(half + spread) {
      let weight = Double.exp(
        Double(step) * Double.log(half) - half - Double.logGamma(Double(step) + 1))
      sum +=
        weight * (1 - upperTail(value, degreesOfFreedom: degreesOfFreedom + 2 * Double(step)))
    }
    return sum
  }

  /// The noncentrality at which a value lies at a given probability of the distribution; 0 when even
  /// the central one has it lower.
  static func noncentrality(
    of value: Double, degreesOfFreedom: Double, probability: Double
  ) -> Double {
    func at(_ noncentrality: Double) -> Double {
      cumulative(value, degreesOfFreedom: degreesOfFreedom, noncentrality: noncentrality)
    }
    guard at(0) > probability else { return 0 }
    var (low, high) = (0.0, max(1, value))
    while at(high) > probability, high < 1e7 { high *= 2 }
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if at(middle) > probability { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
