import RealModule

/// Whether an item favours one of two groups at equal matching score, by logistic regression.
///
/// The item's score is regressed on the matching score (model 1), on the group too (model 2), and on
/// their product too (model 3). Model 2 against 1 tests uniform, 3 against 2 non-uniform, 3 against 1
/// any difference. An item with more than two categories has the cumulative logit model.
///
/// Sources: Swaminathan & Rogers (1990), Journal of Educational Measurement 27(4), 361–370; Zumbo (1999)
/// for ordered scores; Jodoin & Gierl (2001), Applied Measurement in Education 14(4), 329–349, for the
/// grades; Nagelkerke (1991), Biometrika 78, 691–692, for R².
public struct LogisticFunctioning: Hashable, Sendable {
  /// A likelihood-ratio test.
  public struct Test: Hashable, Sendable {
    /// Twice the difference of the log-likelihoods.
    public var chiSquare: Double
    /// Its degrees of freedom.
    public var degreesOfFreedom: Int
    /// The probability of a statistic at least as large when no group is favoured.
    public var probability: Double

    init(_ smaller: OrdinalRegression, _ larger: OrdinalRegression, degreesOfFreedom: Int) {
      chiSquare = max(0, 2 * (larger.logLikelihood - smaller.logLikelihood))
      self.degreesOfFreedom = degreesOfFreedom
      probability = ChiSquare.upperTail(
        chiSquare, degreesOfFreedom: Double(degreesOfFreedom))
    }
  }

  /// Any difference: two degrees of freedom.
  public var any: Test
  /// A difference that is the same at every matching score: one degree of freedom.
  public var uniform: Test
  /// A difference that depends on the matching score: one degree of freedom.
  public var nonUniform: Test
  /// How much the group adds to Nagelkerke's R², 0…1.
  public var effectSize: Double
  /// A below .035 or without significance, B below .070, else C.
  public var grade: MantelHaenszel.Class
  /// Whether all three regressions settled; not so when a group is told apart completely.
  public var isConverged: Bool

  /// Compares two groups on an item.
  ///
  /// - Returns: nil when one group or all but one category is empty, or all matching scores are equal.
  public init?(_ scores: StratifiedScores) {
    guard scores.referenceCount > 0, scores.focalCount > 0, scores.categories.count >= 2,
      scores.strata.count >= 2
    else { return nil }
    let cells = Self.cells(scores)
    func fit(_ count: Int) -> OrdinalRegression {
      OrdinalRegression(
        cells.map { .init(predictors: Array($0.predictors.prefix(count)), counts: $0.counts) })
    }
    let (empty, matched, grouped, crossed) = (fit(0), fit(1), fit(2), fit(3))
    any = Test(matched, crossed, degreesOfFreedom: 2)
    uniform = Test(matched, grouped, degreesOfFreedom: 1)
    nonUniform = Test(grouped, crossed, degreesOfFreedom: 1)
    let count = Double(scores.referenceCount + scores.focalCount)
    func share(_ model: OrdinalRegression) -> Double {
      (1 - Double.exp(2 * (empty.logLikelihood - model.logLikelihood) / count))
        / (1 - Double.exp(2 * empty.logLikelihood / count))
    }
    effectSize = max(0, share(crossed) - share(matched))
    grade =
      any.probability >= 0.05 || effectSize < 0.035
      ? .negligible : (effectSize < 0.07 ? .moderate : .large)
    isConverged = matched.isConverged && grouped.isConverged && crossed.isConverged
  }

  /// The counts with their predictors: matching score, group, and the product of both.
  ///
  /// The matching score is centred and scaled: the tests do not change, the search is steadier.
  private static func cells(_ scores: StratifiedScores) -> [OrdinalRegression.Cell] {
    let count = Double(scores.referenceCount + scores.focalCount)
    let mean =
      scores.strata.reduce(0) { $0 + Double($1.matchingScore * $1.count) } / count
    let square = scores.strata.reduce(0) { sum, stratum in
      let distance = Double(stratum.matchingScore) - mean
      return sum + distance * distance * Double(stratum.count)
    }
    let deviation = max((square / count).squareRoot(), 1e-12)
    return scores.strata.flatMap { stratum in
      let matching = (Double(stratum.matchingScore) - mean) / deviation
      return [(stratum.reference, 0.0), (stratum.focal, 1.0)].map { counts, group in
        OrdinalRegression.Cell(
          predictors: [matching, group, matching * group],
          counts: scores.categories.map { Double(counts[$0]) })
      }
    }
  }
}
