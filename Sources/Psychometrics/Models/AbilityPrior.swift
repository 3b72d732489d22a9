/// What is believed about a teacher's abilities before any response: θ ~ N(mean, covariance).
///
/// Abilities are in logits, in the order of the framework's points.
public struct AbilityPrior: Hashable, Sendable {
  /// The mean of each of *n* abilities.
  public let mean: [Double]
  /// The covariance of the abilities: *n* × *n*, symmetric, positive semidefinite, row after row.
  public let covariance: [Double]

  /// Creates a prior.
  ///
  /// - Parameters:
  ///   - mean: *n* ≥ 1 means.
  ///   - covariance: *n* · *n* covariances, row after row.
  /// - Precondition: the lengths agree.
  public init(mean: [Double], covariance: [Double]) {
    precondition(!mean.isEmpty, "a prior is about at least one ability")
    precondition(
      covariance.count == mean.count * mean.count, "the covariance has a row for each ability")
    self.mean = mean
    self.covariance = covariance
  }

  /// How many abilities it is about.
  public var count: Int { mean.count }

  /// The prior in which abilities share what is general, what belongs to their dimension and what
  /// belongs to their environment: the bifactor model with its factors integrated out.
  ///
  /// Σ_kl = general + dimension·[same dimension] + environment·[same environment] + specific·[k = l].
  ///
  /// - Parameters:
  ///   - mean: *n* means.
  ///   - dimensions: for each ability a number that is equal for abilities of one dimension.
  ///   - environments: the same for environments.
  ///   - general: the variance shared by all.
  ///   - dimension: the variance shared within a dimension.
  ///   - environment: the variance shared within an environment.
  ///   - specific: the variance of each for itself.
  /// - Returns: the prior.
  /// - Precondition: the lengths agree and no variance is negative.
  public static func structured(
    mean: [Double], dimensions: [Int], environments: [Int], general: Double, dimension: Double,
    environment: Double, specific: Double
  ) -> AbilityPrior {
    let count = mean.count
    precondition(dimensions.count == count, "each ability has a dimension")
    precondition(environments.count == count, "each ability has an environment")
    precondition(
      min(general, dimension, environment, specific) >= 0, "a variance is at least 0")
    var covariance = [Double](repeating: general, count: count * count)
    for row in 0..<count {
      for column in 0..<count {
        let place = row * count + column
        if dimensions[row] == dimensions[column] { covariance[place] += dimension }
        if environments[row] == environments[column] { covariance[place] += environment }
        if row == column { covariance[place] += specific }
      }
    }
    return AbilityPrior(mean: mean, covariance: covariance)
  }
}
