import RealModule

/// How probable a person's answers are for somebody of the estimated ability: lz*.
///
/// Standard normal under the model, far below 0 for answers that do not fit: guessed, copied, or in
/// another order. Unlike lz it allows for the ability being estimated from the same answers.
///
/// Sources: Drasgow, Levine & Williams (1985) for lz; Snijders (2001), Psychometrika 66(3), 331–342, and
/// Sinharay (2016), Psychometrika 81(4), 992–1013, for the correction and more than two categories.
public struct PersonFit: Hashable, Sendable {
  /// lz*.
  public var statistic: Double
  /// The probability of one at least as low.
  public var probability: Double
  /// How many answers it is from.
  public var count: Int

  /// The fewest answers it is computed from.
  public static let minimumCount = 5

  /// Measures a person's fit.
  ///
  /// - Parameters:
  ///   - responses: the answers.
  ///   - ability: the maximum-likelihood, maximum a posteriori or weighted-likelihood ability.
  /// - Returns: nil for fewer than ``minimumCount`` answers, or where nothing varies.
  public static func measured(_ responses: [ItemResponse], ability: Double) -> PersonFit? {
    guard responses.count >= minimumCount else { return nil }
    // For each item: log P and its slope in ability for every category.
    let items = responses.map { $0.model.curves(at: ability) }
    var (shared, information) = (0.0, 0.0)
    for curves in items {
      for curve in curves {
        let probability = Double.exp(curve.logProbability)
        shared += probability * curve.slope * curve.logProbability
        information += probability * curve.slope * curve.slope
      }
    }
    guard information > 0 else { return nil }
    // What of log P follows from the ability is taken out.
    let factor = shared / information
    var (distance, variance) = (0.0, 0.0)
    for (response, curves) in zip(responses, items) {
      let rest = curves.map { $0.logProbability - factor * $0.slope }
      let probabilities = curves.map { Double.exp($0.logProbability) }
      let mean = zip(probabilities, rest).reduce(0) { $0 + $1.0 * $1.1 }
      distance += rest[response.score] - mean
      variance += zip(probabilities, rest).reduce(0) {
        $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean)
      }
    }
    guard variance > 1e-12 else { return nil }
    let statistic = distance / variance.squareRoot()
    return PersonFit(
      statistic: statistic, probability: Normal.cumulative(statistic), count: responses.count)
  }
}
