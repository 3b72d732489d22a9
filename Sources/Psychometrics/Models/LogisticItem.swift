/// The logistic model of an item that is right or wrong, with one to four parameters.
///
/// P(right | θ) = c + (d − c) σ(slope · θ + intercept). With c = 0 and d = 1 it is the 2PL; with a
/// slope shared by a test's items the 1PL; with a slope of 1 Rasch's; with c > 0 the 3PL. No factor
/// 1.7 is hidden in the slope.
///
/// Source: Birnbaum (1968), *Some latent trait models and their use in inferring an examinee's
/// ability*, in Lord & Novick; Barton & Lord (1981) for the upper asymptote.
public struct LogisticItem: Hashable, Sendable {
  /// The slope in the logit, per logit of ability; also called discrimination.
  public let slope: Double
  /// The logit at ability 0.
  public let intercept: Double
  /// c: the probability of a right answer far below the item, 0 ≤ c < d.
  public let lowerAsymptote: Double
  /// d: the probability of a right answer far above the item, c < d ≤ 1.
  public let upperAsymptote: Double

  /// Creates an item from slope and intercept.
  ///
  /// - Throws: ``ItemParameterError`` for numbers that are not finite or asymptotes out of order.
  public init(
    slope: Double, intercept: Double, lowerAsymptote: Double = 0, upperAsymptote: Double = 1
  ) throws(ItemParameterError) {
    guard slope.isFinite, intercept.isFinite else { throw .notFinite }
    guard lowerAsymptote >= 0, lowerAsymptote < upperAsymptote, upperAsymptote <= 1 else {
      throw .asymptotesOutOfOrder(lower: lowerAsymptote, upper: upperAsymptote)
    }
    self.slope = slope
    self.intercept = intercept
    self.lowerAsymptote = lowerAsymptote
    self.upperAsymptote = upperAsymptote
  }

  /// Creates an item from discrimination and difficulty: logit = discrimination · (θ − difficulty).
  ///
  /// - Throws: ``ItemParameterError``, as for slope and intercept.
  public init(
    discrimination: Double, difficulty: Double, lowerAsymptote: Double = 0,
    upperAsymptote: Double = 1
  ) throws(ItemParameterError) {
    try self.init(
      slope: discrimination, intercept: -discrimination * difficulty,
      lowerAsymptote: lowerAsymptote, upperAsymptote: upperAsymptote)
  }

  /// Another word for ``slope``.
  public var discrimination: Double { slope }

  /// The ability at which the logit is 0, in logits; nil for a slope of 0.
  public var difficulty: Double? { slope == 0 ? nil : -intercept / slope }

  /// P(right | θ).
  public func probability(at ability: Double) -> Double {
    lowerAsymptote
      + (upperAsymptote - lowerAsymptote) * Logistic.probability(slope * ability + intercept)
  }

  /// The logarithm of the probability of an answer.
  ///
  /// - Parameters:
  ///   - isCorrect: how the answer was scored.
  ///   - ability: θ, in logits.
  /// - Returns: log P or log(1 − P), at most 0.
  public func logProbability(of isCorrect: Bool, at ability: Double) -> Double {
    curve(of: isCorrect, at: ability).logProbability
  }

  /// The logarithm of the probability of an answer, with its derivatives in ability.
  ///
  /// The wrong answer is the mirror image of the right one, σ(−z) in place of σ(z), so that it keeps
  /// full precision for a very able person.
  public func curve(of isCorrect: Bool, at ability: Double) -> CategoryCurve {
    let logit = slope * ability + intercept
    return isCorrect
      ? Self.curve(logit: logit, slope: slope, floor: lowerAsymptote, ceiling: upperAsymptote)
      : Self.curve(
        logit: -logit, slope: -slope, floor: 1 - upperAsymptote, ceiling: 1 - lowerAsymptote)
  }

  /// The Fisher information about ability, in 1/logit².
  public func information(at ability: Double) -> Double {
    // P′² / P + P′² / (1 − P), with what cancels cancelled: one exponential, and no 0 / 0 in a tail.
    let logit = slope * ability + intercept
    let tail = Elementary.exp(-logit.magnitude)
    let (larger, smaller) = (1 / (1 + tail), tail / (1 + tail))
    let (right, wrong) = logit >= 0 ? (larger, smaller) : (smaller, larger)
    let square = slope * slope
    guard lowerAsymptote > 0 || upperAsymptote < 1 else { return square * right * wrong }
    let range = upperAsymptote - lowerAsymptote
    let common = range * right * wrong
    let ofRight =
      lowerAsymptote > 0
      ? common * common / (lowerAsymptote + range * right) : common * wrong
    let ofWrong =
      upperAsymptote < 1
      ? common * common / (1 - upperAsymptote + range * wrong) : common * right
    return square * (ofRight + ofWrong)
  }

  /// Not less than the information at any ability of a range.
  ///
  /// The information of an item without an upper asymptote has one summit, at the logit
  /// ln((1 + √(1 + 8c)) / 2) (Birnbaum 1968); in a range it is largest nearest to that.
  func informationBound(within range: ClosedRange<Double>) -> Double {
    guard upperAsymptote == 1, slope != 0 else { return slope * slope / 4 }
    let peak = Elementary.log((1 + (1 + 8 * lowerAsymptote).squareRoot()) / 2)
    let summit = (peak - intercept) / slope
    return information(at: min(max(summit, range.lowerBound), range.upperBound)) * (1 + 1e-9)
  }

  /// The curve of log(floor + (ceiling − floor) σ(logit)).
  private static func curve(
    logit: Double, slope: Double, floor: Double, ceiling: Double
  ) -> CategoryCurve {
    let range = ceiling - floor
    let (right, wrong) = (Logistic.probability(logit), Logistic.probability(-logit))
    guard floor > 0 else {
      return CategoryCurve(
        logProbability: (range == 1 ? 0 : Elementary.log(range)) + Logistic.logProbability(logit),
        slope: slope * wrong, curvature: -slope * slope * right * wrong)
    }
    let probability = floor + range * right
    // The share of the probability that is due to ability, not to the asymptote.
    let share = range * right / probability
    return CategoryCurve(
      logProbability: Elementary.log(probability), slope: slope * share * wrong,
      curvature: slope * slope * share * wrong * (wrong * (1 - share) - right))
  }
}
