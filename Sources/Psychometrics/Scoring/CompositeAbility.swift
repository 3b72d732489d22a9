/// A weighted sum of abilities with its uncertainty, in logits: a dimension, or the whole.
public struct CompositeAbility: Hashable, Sendable {
  /// The expected value.
  public var mean: Double
  /// The posterior standard deviation.
  public var standardError: Double

  /// Creates a composite.
  public init(mean: Double, standardError: Double) {
    self.mean = mean
    self.standardError = standardError
  }

  /// The central interval that holds the value with probability .80 (八成可能).
  public var eightyPercentInterval: ClosedRange<Double> {
    let half = Normal.eightyPercentHalfWidth * standardError
    return (mean - half)...(mean + half)
  }

  /// The probability that the value lies below a cut, with the cut's own standard error.
  public func probability(below cut: Double, cutStandardError: Double = 0) -> Double {
    Normal.probability(
      below: cut, mean: mean,
      variance: standardError * standardError + cutStandardError * cutStandardError)
  }

  /// The probability of each level that the cuts divide the scale into, lowest level first.
  ///
  /// - Parameters:
  ///   - cuts: *n* cuts in rising order, in logits.
  ///   - cutStandardErrors: the standard error of each.
  /// - Returns: *n* + 1 probabilities, none negative, which sum to 1. Cuts whose errors differ
  ///   could cross in a tail; a level between crossed cuts gets 0.
  /// - Precondition: there are as many errors as cuts.
  public func levelProbabilities(cuts: [Double], cutStandardErrors: [Double]) -> [Double] {
    precondition(cuts.count == cutStandardErrors.count, "each cut has a standard error")
    var probabilities: [Double] = []
    var reached = 0.0
    for (cut, error) in zip(cuts, cutStandardErrors) {
      let below = max(reached, probability(below: cut, cutStandardError: error))
      probabilities.append(below - reached)
      reached = below
    }
    probabilities.append(1 - reached)
    return probabilities
  }
}
