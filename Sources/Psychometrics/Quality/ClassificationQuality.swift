import RealModule

/// How often persons are put in their true class, and how often in the same one by a second form.
public struct ClassificationQuality: Hashable, Sendable {
  /// The share put in their true class.
  public var accuracy: Double
  /// The share that a parallel form would put in the same class.
  public var consistency: Double

  /// From abilities with their standard errors.
  ///
  /// Source: Rudner (2001, 2005), *Expected classification accuracy*, Practical Assessment, Research &
  /// Evaluation 10(13).
  ///
  /// - Parameters:
  ///   - abilities: the maximum-likelihood abilities, with their standard errors.
  ///   - cuts: the cuts between classes, rising, in logits.
  /// - Returns: the means over the persons; nil for none.
  public static func rudner(
    _ abilities: [CompositeAbility], cuts: [Double]
  ) -> ClassificationQuality? {
    guard !abilities.isEmpty else { return nil }
    var sums = (accuracy: 0.0, consistency: 0.0)
    for ability in abilities {
      let shares = classProbabilities(
        mean: ability.mean, deviation: ability.standardError, cuts: cuts)
      sums.accuracy += shares[cuts.count { $0 <= ability.mean }]
      sums.consistency += shares.reduce(0) { $0 + $1 * $1 }
    }
    let count = Double(abilities.count)
    return ClassificationQuality(
      accuracy: sums.accuracy / count, consistency: sums.consistency / count)
  }

  /// From sum scores: at each ability the distribution of the sum is known.
  ///
  /// The true class of an ability is that of its expected sum.
  ///
  /// Source: Lee (2010), *Classification consistency and accuracy for complex assessments using item
  /// response theory*, Journal of Educational Measurement 47(1), 1–17.
  ///
  /// - Parameters:
  ///   - models: the items' models.
  ///   - cuts: the lowest sum of each class but the first, rising.
  ///   - quadrature: the distribution of ability.
  /// - Returns: the means over the abilities.
  public static func lee(
    _ models: [ResponseModel], cuts: [Int], quadrature: Quadrature
  ) -> ClassificationQuality {
    var quality = ClassificationQuality(accuracy: 0, consistency: 0)
    for (node, weight) in zip(quadrature.nodes, quadrature.weights) {
      let curves = models.map { $0.categoryProbabilities(at: node) }
      let sums = SumScoreDistribution.probabilities(curves)
      var shares = [Double](repeating: 0, count: cuts.count + 1)
      for (sum, probability) in sums.enumerated() {
        shares[cuts.count { $0 <= sum }] += probability
      }
      let expected = models.reduce(0) { $0 + $1.expectedScore(at: node) }
      quality.accuracy += weight * shares[cuts.count { Double($0) <= expected }]
      quality.consistency += weight * shares.reduce(0) { $0 + $1 * $1 }
    }
    return quality
  }

  /// The probability of each class for a normal ability.
  static func classProbabilities(mean: Double, deviation: Double, cuts: [Double]) -> [Double] {
    let below =
      [0]
      + cuts.map { Normal.probability(below: $0, mean: mean, variance: deviation * deviation) }
      + [1]
    return zip(below, below.dropFirst()).map { $1 - $0 }
  }
}

/// How alike the scores of two parallel forms are when each borrows strength from a prior.
///
/// For posterior means 1 − wᵀVw / wᵀΣw is not the correlation of parallel forms: both forms lean on the
/// same prior, and the other abilities of a person help. With Q = Σ − V, the covariance of posterior
/// means, ρ₁₂ = wᵀQ Σ⁻¹ Q w / wᵀQw, and the second score given the first is normal with mean ρ₁₂ · first
/// and variance wᵀQw (1 − ρ₁₂²).
public struct ParallelForms: Hashable, Sendable {
  /// ρ₁₂: the correlation of the scores of two forms.
  public var correlation: Double
  /// wᵀQw: the variance of the scores.
  public var scoreVariance: Double
  /// 1 − wᵀVw / wᵀΣw: the share of the ability's variance that one form explains.
  public var reliability: Double

  /// Compares two forms.
  ///
  /// - Parameters:
  ///   - prior: Σ.
  ///   - posteriorCovariance: V, averaged over persons, row after row.
  ///   - weights: w, one for each ability.
  /// - Returns: nil when Σ is singular or the form says nothing about the composite.
  public static func compared(
    prior: AbilityPrior, posteriorCovariance: [Double], weights: [Double]
  ) -> ParallelForms? {
    let count = prior.count
    precondition(
      posteriorCovariance.count == count * count && weights.count == count,
      "covariance and weights are of the prior's abilities")
    guard let system = PositiveDefiniteSystem(prior.covariance, order: count) else { return nil }
    let explained = zip(prior.covariance, posteriorCovariance).map { $0 - $1 }
    func product(_ matrix: [Double], _ vector: [Double]) -> [Double] {
      (0..<count).map { row in
        (0..<count).reduce(0) { $0 + matrix[row * count + $1] * vector[$1] }
      }
    }
    func dot(_ first: [Double], _ second: [Double]) -> Double {
      zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let shared = product(explained, weights)
    let variance = dot(weights, shared)
    let whole = dot(weights, product(prior.covariance, weights))
    guard variance > 0, whole > 0 else { return nil }
    return ParallelForms(
      correlation: dot(shared, system.solved(shared)) / variance, scoreVariance: variance,
      reliability: variance / whole)
  }
}
