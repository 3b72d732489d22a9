extension AbilityEstimate {
  /// The most probable ability under a normal prior (maximum a posteriori, MAP).
  ///
  /// Source: Samejima (1969), *Estimation of latent ability using a response pattern of graded
  /// scores*, Psychometrika Monograph 17.
  ///
  /// - Parameters:
  ///   - responses: *n* ≥ 0 answers in any order. None returns the prior's moments.
  ///   - mean: the prior's mean, in logits.
  ///   - standardDeviation: the prior's standard deviation, above 0.
  /// - Returns: the mode, and the inverse root of the curvature there.
  public static func maximumAPosteriori(
    _ responses: [ItemResponse], mean: Double = 0, standardDeviation: Double = 1
  ) -> AbilityEstimate {
    precondition(standardDeviation > 0, "a prior has a spread")
    let precision = 1 / (standardDeviation * standardDeviation)
    let search = ScoreEquation(responses, mean: mean, precision: precision, correctsBias: false)
    let root = search.root(near: mean) ?? mean
    return AbilityEstimate(ability: root, standardError: search.standardError(at: root))
  }

  /// The ability that makes the answers most likely (maximum likelihood, ML).
  ///
  /// - Parameter responses: answers in any order.
  /// - Returns: the maximum, and the inverse root of the observed information there; nil when the
  ///   likelihood has no finite maximum, as for all-right and all-wrong patterns.
  public static func maximumLikelihood(_ responses: [ItemResponse]) -> AbilityEstimate? {
    let search = ScoreEquation(responses, mean: 0, precision: 0, correctsBias: false)
    return search.root(near: 0).map {
      AbilityEstimate(ability: $0, standardError: search.standardError(at: $0))
    }
  }

  /// Warm's weighted likelihood estimate (WLE): maximum likelihood without its first-order bias.
  ///
  /// The root of l′ + J / 2I with J = Σ P′P″/P. Finite for all-right and all-wrong patterns.
  ///
  /// Source: Warm (1989), *Weighted likelihood estimation of ability in item response theory*,
  /// Psychometrika 54(3), 427–450.
  ///
  /// - Parameter responses: answers in any order.
  /// - Returns: the estimate, and the inverse root of the weighted likelihood's curvature there (as R
  ///   mirt has it); nil when the answers say nothing about ability.
  public static func weightedLikelihood(_ responses: [ItemResponse]) -> AbilityEstimate? {
    let search = ScoreEquation(responses, mean: 0, precision: 0, correctsBias: true)
    return search.root(near: 0).map {
      AbilityEstimate(ability: $0, standardError: search.weightedStandardError(at: $0))
    }
  }
}
