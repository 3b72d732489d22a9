/// The nominal response model of an item whose options have no order, such as distractors.
///
/// P(X = c | θ) = exp(slopes[c] · θ + intercepts[c]) / Σ_v exp(slopes[v] · θ + intercepts[v]). Only
/// differences between options matter: option 0 has slope and intercept 0.
///
/// Source: Bock (1972), *Estimating item parameters and latent ability when responses are scored in
/// two or more nominal categories*, Psychometrika 37(1), 29–51.
public struct NominalItem: Hashable, Sendable {
  /// The slope of each option, per logit of ability; the first is 0.
  public let slopes: [Double]
  /// The intercept of each option; the first is 0.
  public let intercepts: [Double]

  /// Creates an item; slopes and intercepts are taken relative to those of option 0.
  ///
  /// - Parameters:
  ///   - slopes: *C* + 1 ≥ 2 numbers.
  ///   - intercepts: as many.
  /// - Throws: ``ItemParameterError`` for fewer than two options or numbers that are not finite.
  public init(slopes: [Double], intercepts: [Double]) throws(ItemParameterError) {
    guard let slope = slopes.first, let intercept = intercepts.first, slopes.count >= 2,
      slopes.count == intercepts.count
    else { throw .noCategories }
    guard slopes.allSatisfy(\.isFinite), intercepts.allSatisfy(\.isFinite) else {
      throw .notFinite
    }
    self.slopes = slopes.map { $0 - slope }
    self.intercepts = intercepts.map { $0 - intercept }
  }

  /// The highest option's number, C; options are 0…C.
  public var maximumScore: Int { slopes.count - 1 }

  /// The logarithm of the probability of each option, with its derivatives in ability.
  public func curves(at ability: Double) -> [CategoryCurve] {
    let exponents = slopes.indices.map { slopes[$0] * ability + intercepts[$0] }
    let largest = exponents.reduce(-.infinity, max)
    let weights = exponents.map { Elementary.exp($0 - largest) }
    let total = weights.reduce(0, +)
    let mean = zip(weights, slopes).reduce(0) { $0 + $1.0 * $1.1 } / total
    let variance =
      zip(weights, slopes).reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) } / total
    let logNormalizer = largest + Elementary.log(total)
    return slopes.indices.map {
      CategoryCurve(
        logProbability: exponents[$0] - logNormalizer, slope: slopes[$0] - mean,
        curvature: -variance)
    }
  }
}
