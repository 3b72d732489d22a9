/// What is believed about a teacher's abilities after the responses.
///
/// A normal approximation: its mean is the expected a posteriori (EAP) ability to second order, its
/// covariance the inverse curvature of the log-posterior at the mode. Logits throughout; ``mode``,
/// ``mean`` and the rows of ``covariance`` are in the order of the prior.
public struct AbilityPosterior: Hashable, Sendable {
  /// Whether the search for the mode settled.
  public enum Convergence: Hashable, Sendable {
    /// The last step changed no predictor by 1e-12 or more (relative to predictors beyond ±1).
    case converged
    /// The limit of iterations was reached while predictors still moved.
    case iterationLimit(largestChange: Double)
  }

  /// The most probable abilities.
  public var mode: [Double]
  /// The expected abilities: ``mode`` with the third-cumulant correction.
  public var mean: [Double]
  /// The covariance, *n* × *n*, row after row.
  public var covariance: [Double]
  /// The logarithm of the probability of the responses under the prior (Laplace's approximation).
  public var logEvidence: Double
  /// How many Newton steps were taken.
  public var iterations: Int
  /// Whether they were enough.
  public var convergence: Convergence

  /// How many abilities it is about.
  public var count: Int { mean.count }

  /// The posterior variance of an ability.
  public func variance(ofPoint point: Int) -> Double {
    covariance[point * count + point]
  }

  /// The posterior standard deviation of an ability, in logits.
  public func standardError(ofPoint point: Int) -> Double {
    variance(ofPoint: point).squareRoot()
  }

  /// The probability that an ability lies below a cut.
  ///
  /// - Parameters:
  ///   - point: the place of the ability.
  ///   - cut: the cut, in logits.
  ///   - cutStandardError: the cut's own standard error, added in quadrature.
  /// - Returns: Φ((cut − mean) / √(variance + cutStandardError²)).
  public func probability(
    ofPoint point: Int, below cut: Double, cutStandardError: Double = 0
  ) -> Double {
    Normal.probability(
      below: cut, mean: mean[point],
      variance: variance(ofPoint: point) + cutStandardError * cutStandardError)
  }

  /// The probability that one ability is lower than another, what they share taken into account.
  ///
  /// - Parameters:
  ///   - point: the ability thought to be lower.
  ///   - other: the other ability.
  /// - Returns: P(θ_point < θ_other); one half for an ability and itself.
  public func probability(point: Int, below other: Int) -> Double {
    guard point != other else { return 0.5 }
    let difference =
      variance(ofPoint: point) + variance(ofPoint: other) - 2 * covariance[point * count + other]
    return Normal.probability(below: mean[other], mean: mean[point], variance: difference)
  }

  /// A weighted sum of abilities, such as a dimension or the whole.
  ///
  /// - Parameter weights: one for each ability; those of a mean sum to 1.
  /// - Returns: the sum's mean and standard error.
  /// - Precondition: there are as many weights as abilities.
  public func composite(weights: [Double]) -> CompositeAbility {
    precondition(weights.count == count, "a composite weighs every ability")
    var expected = 0.0
    var variance = 0.0
    for row in 0..<count where weights[row] != 0 {
      expected += weights[row] * mean[row]
      for column in 0..<count {
        variance += weights[row] * weights[column] * covariance[row * count + column]
      }
    }
    return CompositeAbility(mean: expected, standardError: max(variance, 0).squareRoot())
  }

  /// The posterior with more uncertainty about each ability, as provisional item parameters demand.
  ///
  /// - Parameter variance: what is added to every variance, at least 0, in logits².
  /// - Returns: the widened posterior; means, covariances between points and evidence stay.
  public func adding(variance: Double) -> AbilityPosterior {
    precondition(variance >= 0, "uncertainty is added, not taken away")
    var widened = self
    for point in 0..<count { widened.covariance[point * count + point] += variance }
    return widened
  }
}
