/// What is believed of an item's linear predictor η: normal, in the unit of η.
public struct PredictorBelief: Hashable, Sendable {
  /// The expected predictor.
  public var mean: Double
  /// Its variance, above 0.
  public var variance: Double

  /// Creates a belief.
  public init(mean: Double, variance: Double) {
    self.mean = mean
    self.variance = variance
  }
}
