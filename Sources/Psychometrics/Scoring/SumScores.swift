/// Abilities for the sums of scores on a fixed set of items, when only the sums are known.
public struct SumScoreConversion: Hashable, Sendable {
  /// The ability of each sum, 0…Σ C.
  public let estimates: [AbilityEstimate]
  /// How probable each sum is in the population; they sum to 1.
  public let probabilities: [Double]

  /// Converts every sum to the mean and standard deviation of the posterior given it.
  ///
  /// Source: Lord & Wingersky (1984), *Comparison of IRT true-score and equipercentile
  /// observed-score "equatings"*, Applied Psychological Measurement 8(4), 453–461; Thissen,
  /// Pommerich, Billeaud & Williams (1995) for the expected ability given a sum.
  ///
  /// - Parameters:
  ///   - items: the items, all of them answered.
  ///   - prior: the population.
  public init(items: [ResponseModel], prior: Quadrature) {
    let distributions = prior.nodes.map { Self.logDistribution(items: items, ability: $0) }
    let sums = distributions.first?.count ?? 1
    estimates = (0..<sums).map { sum in
      AbilityEstimate.expectedAPosteriori(
        logLikelihood: distributions.map { $0[sum] }, prior: prior)
    }
    probabilities = (0..<sums).map { sum in
      zip(prior.weights, distributions).reduce(0) { $0 + $1.0 * Elementary.exp($1.1[sum]) }
    }
  }

  /// The logarithm of the probability of each sum at an ability.
  ///
  /// Items are added one after the other. Sums so improbable that they underflow are kept in
  /// logarithms: each distribution is tilted by e^(t · sum) so that its tail of interest is not one.
  static func logDistribution(items: [ResponseModel], ability: Double) -> [Double] {
    let logs = items.map { item in item.curves(at: ability).map(\.logProbability) }
    let length = items.reduce(1) { $0 + $1.maximumScore }
    var result = [Double](repeating: -.infinity, count: length)
    for tilt in [0.0, -3, 3, -10, 10, -40, 40] where result.contains(-.infinity) {
      let (tilted, logScale) = tiltedDistribution(logs, tilt: tilt)
      for sum in 0..<length where result[sum] == -.infinity && tilted[sum] > 1e-250 {
        result[sum] = Elementary.log(tilted[sum]) + logScale - tilt * Double(sum)
      }
    }
    return result.map { max($0, -1e6) }
  }

  private static func tiltedDistribution(
    _ logs: [[Double]], tilt: Double
  ) -> (distribution: [Double], logScale: Double) {
    var distribution = [1.0]
    var logScale = 0.0
    for log in logs {
      let exponents = log.enumerated().map { $1 + tilt * Double($0) }
      let largest = exponents.reduce(-.infinity, max)
      let weights = exponents.map { Elementary.exp($0 - largest) }
      let total = weights.reduce(0, +)
      logScale += largest + Elementary.log(total)
      var next = [Double](repeating: 0, count: distribution.count + log.count - 1)
      for (sum, mass) in distribution.enumerated() where mass > 0 {
        for (score, weight) in weights.enumerated() { next[sum + score] += mass * weight / total }
      }
      distribution = next
    }
    return (distribution, logScale)
  }
}
