extension AbilityEstimate {
  /// Estimates ability as the mean of its posterior distribution (expected a posteriori, EAP).
  ///
  /// Finite for every pattern of answers, all-right and all-wrong included; needs no iteration.
  ///
  /// Source: Bock & Mislevy (1982), *Adaptive EAP estimation of ability in a microcomputer
  /// environment*, Applied Psychological Measurement 6(4), 431–444.
  ///
  /// - Parameters:
  ///   - responses: *n* ≥ 0 answers in any order. None returns the prior's moments.
  ///   - prior: *K* nodes with the prior's weights.
  /// - Returns: the posterior mean and standard deviation.
  /// - Complexity: O(*n* · *K*).
  public static func expectedAPosteriori(
    _ responses: [ItemResponse], prior: Quadrature = .standardNormal()
  ) -> AbilityEstimate {
    expectedAPosteriori(
      logLikelihood: prior.nodes.map { node in
        responses.reduce(0) { $0 + $1.model.curve(of: $1.score, at: node).logProbability }
      }, prior: prior)
  }

  /// The same from the log-likelihood at each node, which an adaptive test adds up as it goes.
  ///
  /// - Parameters:
  ///   - logLikelihood: *K* numbers, one a node, up to a constant.
  ///   - prior: *K* nodes with the prior's weights.
  /// - Returns: the posterior mean and standard deviation.
  /// - Precondition: there is a log-likelihood for every node.
  public static func expectedAPosteriori(
    logLikelihood: [Double], prior: Quadrature
  ) -> AbilityEstimate {
    precondition(logLikelihood.count == prior.count, "every node has a log-likelihood")
    // The largest is subtracted before exponentiating: the likelihood of a long test underflows
    // well before its end.
    let logDensity = zip(prior.logWeights, logLikelihood).map { $0 + $1 }
    let largest = logDensity.reduce(-.infinity, max)
    let density = logDensity.map { Elementary.exp($0 - largest) }
    let total = density.reduce(0, +)
    let mean = zip(prior.nodes, density).reduce(0) { $0 + $1.0 * $1.1 } / total
    // About the mean, not E[θ²] − E[θ]², which cancels when the mean is far from 0.
    let variance =
      zip(prior.nodes, density).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1 } / total
    return AbilityEstimate(ability: mean, standardError: variance.squareRoot())
  }
}
