import RealModule

/// Student's t distribution with a whole number of degrees of freedom.
public enum StudentT {
  /// The probability of a value between −t and t.
  ///
  /// Source: Abramowitz & Stegun (1964), *Handbook of Mathematical Functions*, 26.7.3 and 26.7.4.
  ///
  /// - Parameters:
  ///   - value: t, at least 0.
  ///   - degreesOfFreedom: at least 1.
  /// - Returns: a probability, 0…1.
  public static func centralProbability(_ value: Double, degreesOfFreedom: Int) -> Double {
    precondition(degreesOfFreedom >= 1, "t has degrees of freedom")
    let angle = Double.atan(value / Double(degreesOfFreedom).squareRoot())
    let (sine, cosine) = (Double.sin(angle), Double.cos(angle))
    let isOdd = degreesOfFreedom % 2 == 1
    var (term, sum) = (isOdd ? cosine : 1, 0.0)
    var step = isOdd ? 3 : 2
    if degreesOfFreedom > 1 {
      sum = term
      while step <= degreesOfFreedom - 2 {
        term *= Double(step - 1) / Double(step) * cosine * cosine
        sum += term
        step += 2
      }
    }
    return isOdd ? 2 / Double.pi * (angle + sine * sum) : sine * sum
  }

  /// Half the width of a central 95 % interval: the 97.5 % quantile, by bisection.
  ///
  /// - Parameter degreesOfFreedom: at least 1.
  /// - Returns: the quantile; 12.7 for one degree of freedom, towards 1.96 for many.
  public static func halfWidth(degreesOfFreedom: Int) -> Double {
    var (low, high) = (0.0, 64.0)
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if centralProbability(middle, degreesOfFreedom: degreesOfFreedom) < 0.95 {
        low = middle
      } else {
        high = middle
      }
    }
    return (low + high) / 2
  }
}
