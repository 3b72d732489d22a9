/// The logarithm of one category's probability at an ability, with its first two derivatives.
///
/// Kept as logarithms because the likelihood of a long test underflows, and because every quantity
/// that scoring needs follows from them without cancellation.
public struct CategoryCurve: Hashable, Sendable {
  /// log P, at most 0.
  public var logProbability: Double
  /// ∂ log P / ∂θ, in 1/logit: the score function of this answer.
  public var slope: Double
  /// ∂² log P / ∂θ², in 1/logit².
  public var curvature: Double

  /// Creates a point of a curve.
  public init(logProbability: Double, slope: Double, curvature: Double) {
    self.logProbability = logProbability
    self.slope = slope
    self.curvature = curvature
  }
}
