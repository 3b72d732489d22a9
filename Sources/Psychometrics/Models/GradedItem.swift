/// The graded response model (GRM) of an item whose categories are steps on one scale.
///
/// P(X ≥ k | θ) = σ(slope · θ + intercepts[k − 1]) for k = 1…C; the intercepts fall.
///
/// Source: Samejima (1969), *Estimation of latent ability using a response pattern of graded
/// scores*, Psychometrika Monograph 17.
public struct GradedItem: Hashable, Sendable {
  /// The slope, per logit of ability.
  public let slope: Double
  /// The logit of reaching category 1…C at ability 0; strictly falling.
  public let intercepts: [Double]

  /// Creates an item.
  ///
  /// - Throws: ``ItemParameterError`` unless the numbers are finite and the intercepts fall.
  public init(slope: Double, intercepts: [Double]) throws(ItemParameterError) {
    guard !intercepts.isEmpty else { throw .noCategories }
    guard slope.isFinite, intercepts.allSatisfy(\.isFinite) else { throw .notFinite }
    guard zip(intercepts, intercepts.dropFirst()).allSatisfy({ $0 > $1 }) else {
      throw .interceptsNotFalling
    }
    self.slope = slope
    self.intercepts = intercepts
  }

  /// The highest score, C; scores are 0…C.
  public var maximumScore: Int { intercepts.count }

  /// The logarithm of the probability of a category, with its derivatives in ability.
  ///
  /// A difference of two logistic curves is written as the product
  /// σ(u) − σ(v) = σ(u) σ(−v) (1 − e^(v − u)), which loses nothing where both are near 0 or 1.
  ///
  /// - Parameters:
  ///   - score: the category, 0…``maximumScore``.
  ///   - ability: θ, in logits.
  /// - Returns: the curve of that category.
  public func curve(of score: Int, at ability: Double) -> CategoryCurve {
    let ranges = (score > 0, score < maximumScore)
    var curve = CategoryCurve(logProbability: 0, slope: 0, curvature: 0)
    if ranges.0 {
      let reached = slope * ability + intercepts[score - 1]
      let (above, below) = (Logistic.probability(reached), Logistic.probability(-reached))
      curve.logProbability += Logistic.logProbability(reached)
      curve.slope += slope * below
      curve.curvature -= slope * slope * above * below
    }
    if ranges.1 {
      let next = slope * ability + intercepts[score]
      let (above, below) = (Logistic.probability(next), Logistic.probability(-next))
      curve.logProbability += Logistic.logProbability(-next)
      curve.slope -= slope * above
      curve.curvature -= slope * slope * above * below
    }
    if ranges.0, ranges.1 {
      curve.logProbability += Elementary.log(
        -Elementary.expMinusOne(intercepts[score] - intercepts[score - 1]))
    }
    return curve
  }
}
