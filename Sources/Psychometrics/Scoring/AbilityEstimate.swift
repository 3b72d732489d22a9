/// An estimate of one ability with its uncertainty, in logits.
public struct AbilityEstimate: Hashable, Sendable {
  /// The ability.
  public var ability: Double
  /// Its standard error: a posterior standard deviation for Bayesian estimates, the inverse root of
  /// the information for likelihood estimates.
  public var standardError: Double

  /// Creates an estimate.
  public init(ability: Double, standardError: Double) {
    self.ability = ability
    self.standardError = standardError
  }
}
