/// A border on the ability scale, with its standard error.
public struct AbilityCut: Hashable, Sendable {
  /// The ability, in logits.
  public var location: Double
  /// Its standard error: how far another panel might have set it.
  public var standardError: Double

  /// Creates a cut.
  public init(location: Double, standardError: Double) {
    self.location = location
    self.standardError = standardError
  }

  /// The cut of a point with few items, shrunk towards the cut of its dimension.
  ///
  /// Each is weighed by the inverse of its variance.
  ///
  /// - Parameter dimension: the cut of the whole dimension.
  /// - Returns: the weighted mean with its standard error.
  public func shrunk(towards dimension: AbilityCut) -> AbilityCut {
    let (own, other) = (
      1 / max(standardError * standardError, 1e-12),
      1 / max(dimension.standardError * dimension.standardError, 1e-12)
    )
    return AbilityCut(
      location: (own * location + other * dimension.location) / (own + other),
      standardError: (1 / (own + other)).squareRoot())
  }
}

/// Why judgements give no cut.
public enum CutScoreError: Error, Hashable, Sendable {
  /// There are fewer than two judges: their spread is unknown.
  case tooFewJudges(Int)
  /// A judge did not judge every item.
  case incompleteJudge(Int)
  /// A judgement is no score an item can have.
  case scoreOutOfRange(judge: Int, item: Int)
  /// No ability is expected to score what the judges say.
  case outOfReach
  /// A bookmark stands outside the booklet.
  case bookmarkOutOfRange(judge: Int)
}

/// Cut scores from judges' expectations of a person at the border (Angoff's method).
public enum Angoff {
  /// Sets a cut.
  ///
  /// The cut is the ability at which the expected sum equals the mean of the judges' sums; its standard
  /// error is that of the mean over the slope of the expected sum.
  ///
  /// Source: Angoff (1971), *Scales, norms, and equivalent scores*, in Thorndike (ed.), Educational
  /// Measurement; Hambleton & Plake (1995) for expected scores of more than two categories.
  ///
  /// - Parameters:
  ///   - judgements: for each judge and each item the score expected of a person at the border.
  ///   - models: the items' models.
  /// - Returns: the cut.
  /// - Throws: ``CutScoreError`` if the judgements give none.
  public static func cut(
    judgements: [[Double]], models: [ResponseModel]
  ) throws(CutScoreError) -> AbilityCut {
    guard judgements.count >= 2 else { throw .tooFewJudges(judgements.count) }
    for (judge, scores) in judgements.enumerated() {
      guard scores.count == models.count else { throw .incompleteJudge(judge) }
      for (item, score) in scores.enumerated()
      where !(score >= 0 && score <= Double(models[item].maximumScore)) {
        throw .scoreOutOfRange(judge: judge, item: item)
      }
    }
    let sums = judgements.map { $0.reduce(0, +) }
    let count = Double(sums.count)
    let mean = sums.reduce(0, +) / count
    let deviation = (sums.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)).squareRoot()
    let location = try ability(expecting: mean, models: models)
    // The slope of the expected sum, by a small symmetric step.
    let step = 1e-5
    let slope =
      (expected(models, at: location + step) - expected(models, at: location - step)) / (2 * step)
    return AbilityCut(
      location: location, standardError: deviation / count.squareRoot() / max(slope, 1e-12))
  }

  static func expected(_ models: [ResponseModel], at ability: Double) -> Double {
    models.reduce(0) { $0 + $1.expectedScore(at: ability) }
  }

  /// The ability with an expected sum, by bisection: the sum rises.
  private static func ability(
    expecting sum: Double, models: [ResponseModel]
  ) throws(CutScoreError) -> Double {
    var (low, high) = (-12.0, 12.0)
    guard expected(models, at: low) < sum, expected(models, at: high) > sum else {
      throw .outOfReach
    }
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if expected(models, at: middle) < sum { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
