import RealModule

/// The generalised partial credit model (GPCM) of one item, over its linear predictor η.
///
/// P(X = c | η) = exp(c·η − B_c) / Σ_v exp(v·η − B_v), for categories c = 0…C. The slope is in η and
/// in B, so an item that measures two points with different weights has the same form.
///
/// Source: Muraki (1992), *A generalized partial credit model: application of an EM algorithm*,
/// Applied Psychological Measurement 16(2), 159–176.
public struct PartialCreditItem: Hashable, Sendable {
  /// B_c for each category c = 0…C, the price of c points in the predictor's unit.
  ///
  /// Cumulated over the steps; the first is 0.
  public let cumulative: [Double]

  /// Creates an item from its cumulated step parameters.
  ///
  /// - Parameter cumulative: B_0 = 0, B_1, …, B_C; finite; at least two categories.
  /// - Precondition: the shape above. Whoever reads parameters from data checks them first.
  public init(cumulative: [Double]) {
    precondition(cumulative.count >= 2, "an item has at least two categories")
    precondition(cumulative.first == 0, "the cumulated parameter of category 0 is 0")
    precondition(cumulative.allSatisfy { $0.isFinite }, "item parameters are finite")
    self.cumulative = cumulative
  }

  /// Creates an item from a slope and the locations of its steps: B_c = Σ_{v≤c} slope · location_v.
  ///
  /// - Parameters:
  ///   - slope: the sum of the item's loadings.
  ///   - stepLocations: where each step lies, in logits of ability; one fewer than the categories.
  public init(slope: Double, stepLocations: [Double]) {
    var cumulative = [0.0]
    var sum = 0.0
    for location in stepLocations {
      sum += slope * location
      cumulative.append(sum)
    }
    self.init(cumulative: cumulative)
  }

  /// The highest score, C; scores are 0…C.
  public var maximumScore: Int { cumulative.count - 1 }

  /// The log-normaliser and the central moments of the score at one value of the predictor.
  public struct Moments: Hashable, Sendable {
    /// log Σ_v exp(v·η − B_v).
    public var logNormalizer: Double
    /// The expected score, κ₁.
    public var mean: Double
    /// The score's variance, κ₂: also the Fisher information about η.
    public var variance: Double
    /// The score's third central moment, κ₃.
    public var thirdCentralMoment: Double
  }

  /// The log-normaliser and the central moments of the score.
  ///
  /// - Parameter eta: the linear predictor η, in logits.
  /// - Returns: moments without overflow or cancellation for every finite η.
  public func moments(at eta: Double) -> Moments {
    cumulative.withUnsafeBufferPointer { Self.moments(at: eta, cumulative: $0) }
  }

  /// The logarithm of the probability of one score.
  ///
  /// - Parameters:
  ///   - score: the score, 0…``maximumScore``.
  ///   - eta: the linear predictor η, in logits.
  /// - Returns: log P, at most 0 up to rounding.
  public func logProbability(of score: Int, at eta: Double) -> Double {
    Double(score) * eta - cumulative[score] - moments(at: eta).logNormalizer
  }

  /// The probability of each category, 0…C; they sum to 1.
  public func categoryProbabilities(at eta: Double) -> [Double] {
    let logNormalizer = moments(at: eta).logNormalizer
    return cumulative.indices.map { Double.exp(Double($0) * eta - cumulative[$0] - logNormalizer) }
  }

  /// The moments for parameters that lie in a buffer.
  static func moments(
    at eta: Double, cumulative: UnsafeBufferPointer<Double>
  ) -> Moments {
    // The largest exponent is taken out before exponentiating: 3·700 would overflow.
    var mode = 0
    var largest = -cumulative[0]
    for category in 1..<cumulative.count {
      let exponent = Double(category) * eta - cumulative[category]
      if exponent > largest {
        largest = exponent
        mode = category
      }
    }
    // Sums are taken about the most probable category, so that a score that is nearly certain
    // keeps the relative precision of its tiny variance.
    var others = 0.0
    var (first, second, third) = (0.0, 0.0, 0.0)
    for category in 0..<cumulative.count where category != mode {
      let weight = Double.exp(Double(category) * eta - cumulative[category] - largest)
      let distance = Double(category - mode)
      others += weight
      first += distance * weight
      second += distance * distance * weight
      third += distance * distance * distance * weight
    }
    let total = 1 + others
    let shift = first / total
    let square = second / total
    return Moments(
      logNormalizer: largest + Double.log(onePlus: others),
      mean: Double(mode) + shift,
      variance: square - shift * shift,
      thirdCentralMoment: third / total - 3 * shift * square + 2 * shift * shift * shift)
  }
}
