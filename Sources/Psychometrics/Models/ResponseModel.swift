/// The response model of one item of a one-dimensional scale: how probable each of its categories
/// is at an ability θ, in logits.
public enum ResponseModel: Hashable, Sendable {
  /// Right or wrong, with one to four parameters.
  case logistic(LogisticItem)
  /// Graded response.
  case graded(GradedItem)
  /// Generalised partial credit, with the predictor η = slope · θ.
  case partialCredit(slope: Double, PartialCreditItem)
  /// Unordered options.
  case nominal(NominalItem)

  /// The highest category, C; categories are 0…C.
  public var maximumScore: Int {
    switch self {
    case .logistic: 1
    case .graded(let item): item.maximumScore
    case .partialCredit(_, let item): item.maximumScore
    case .nominal(let item): item.maximumScore
    }
  }

  /// The logarithm of the probability of one category, with its derivatives in ability.
  ///
  /// - Parameters:
  ///   - score: the category, 0…``maximumScore``.
  ///   - ability: θ, in logits.
  /// - Returns: the curve of that category.
  /// - Precondition: the category is one of the model's.
  public func curve(of score: Int, at ability: Double) -> CategoryCurve {
    precondition((0...maximumScore).contains(score), "the score is one of the categories")
    switch self {
    case .logistic(let item): return item.curve(of: score == 1, at: ability)
    case .graded(let item): return item.curve(of: score, at: ability)
    case .partialCredit(let slope, let item):
      let eta = slope * ability
      let moments = item.moments(at: eta)
      return CategoryCurve(
        logProbability: Double(score) * eta - item.cumulative[score] - moments.logNormalizer,
        slope: slope * (Double(score) - moments.mean),
        curvature: -slope * slope * moments.variance)
    case .nominal(let item): return item.curves(at: ability)[score]
    }
  }

  /// The curves of all categories at an ability, 0…C.
  public func curves(at ability: Double) -> [CategoryCurve] {
    if case .nominal(let item) = self { return item.curves(at: ability) }
    return (0...maximumScore).map { curve(of: $0, at: ability) }
  }

  /// The probability of each category at an ability; they sum to 1.
  public func categoryProbabilities(at ability: Double) -> [Double] {
    curves(at: ability).map { Elementary.exp($0.logProbability) }
  }

  /// The expected category at an ability.
  public func expectedScore(at ability: Double) -> Double {
    categoryProbabilities(at: ability).enumerated().reduce(0) { $0 + Double($1.0) * $1.1 }
  }

  /// The Fisher information about ability, in 1/logit²: the variance of the score function.
  public func information(at ability: Double) -> Double {
    curves(at: ability).reduce(0) {
      $0 + Elementary.exp($1.logProbability) * $1.slope * $1.slope
    }
  }
}

/// One answer to an item of a one-dimensional scale.
///
/// An item that was not answered has none.
public struct ItemResponse: Hashable, Sendable {
  /// The item's response model.
  public let model: ResponseModel
  /// The category, 0…`model.maximumScore`.
  public let score: Int

  /// Creates an answer.
  ///
  /// - Precondition: the score is one of the model's categories. Whoever reads scores checks them.
  public init(model: ResponseModel, score: Int) {
    precondition((0...model.maximumScore).contains(score), "the score is one of the categories")
    self.model = model
    self.score = score
  }
}
