import Psychometrics
import RealModule

/// How much of the expected gap on one point a gain closes.
///
/// With θ ~ N(mean, standardError²) and ψ(t) = E(t − θ)₊, a gain G closes
/// f(G) = weight · [ψ(target) − ψ(target − G)] = weight · E min{(target − θ)₊, G}: concave and
/// increasing, so that a second course on the same point is worth less than the first.
public struct ExpectedGapClosure: Hashable, Sendable {
  /// The expected ability, in logits.
  public var mean: Double
  /// The standard error of the ability, at least 0, in logits.
  public var standardError: Double
  /// The ability wanted, in logits.
  public var target: Double
  /// How much a logit of gap counts.
  public var weight: Double

  /// Creates the closure of one point's gap.
  public init(mean: Double, standardError: Double, target: Double, weight: Double) {
    self.mean = mean
    self.standardError = standardError
    self.target = target
    self.weight = weight
  }

  /// The expected gap before any course: ψ(target), in logits.
  public var expectedGap: Double {
    Self.expectedGap(below: target, mean: mean, standardError: standardError)
  }

  /// The value of a gain: f(G), 0 for no gain.
  ///
  /// - Parameter gain: the sum of the courses' gains on the point, at least 0, in logits.
  /// - Returns: the expected gap it closes, times the weight.
  public func value(ofGain gain: Double) -> Double {
    let rest = Self.expectedGap(below: target - gain, mean: mean, standardError: standardError)
    return weight * (expectedGap - rest)
  }

  /// The value of a little more gain: f′(G) = weight · P(still below the target).
  public func marginalValue(atGain gain: Double) -> Double {
    weight * probabilityBelowTarget(afterGain: gain)
  }

  /// The probability of being below the target after a gain.
  public func probabilityBelowTarget(afterGain gain: Double) -> Double {
    Normal.probability(below: target - gain, mean: mean, variance: standardError * standardError)
  }

  /// How far a normal ability is expected to lie below a bound: ψ(t) = E(t − θ)₊.
  ///
  /// - Parameters:
  ///   - bound: t, in logits.
  ///   - mean: the ability's mean.
  ///   - standardError: its standard error, at least 0.
  /// - Returns: the expected gap, at least 0, in logits.
  public static func expectedGap(
    below bound: Double, mean: Double, standardError: Double
  ) -> Double {
    let distance = bound - mean
    guard standardError > 0 else { return max(distance, 0) }
    let z = distance / standardError
    return max(distance * Normal.cumulative(z) + standardError * Normal.density(z), 0)
  }

  /// How well a course's level suits a teacher: E exp(−(θ − location)²/2·width²), 0…1.
  ///
  /// - Parameters:
  ///   - location: where courses of the level teach best, in logits.
  ///   - width: how far from there they still teach well, above 0, in logits.
  ///   - mean: the ability's mean.
  ///   - standardError: its standard error.
  /// - Returns: the share of a course's gain that the teacher can expect.
  public static func fit(
    ofLocation location: Double, width: Double, mean: Double, standardError: Double
  ) -> Double {
    let variance = width * width + standardError * standardError
    let distance = mean - location
    return width / variance.squareRoot() * Double.exp(-distance * distance / (2 * variance))
  }
}
