public import Psychometrics

/// Whether a teacher measures higher the second time, told apart from the error of both
/// measurements.
///
/// z = (second − first) / √(SE₁² + SE₂² + linking²). Both abilities lean towards the same prior mean,
/// so the difference of two measurements of an unchanged teacher varies less than that: the error rates
/// are at most the nominal ones.
public struct Growth: Hashable, Sendable {
  /// What is said of a difference.
  public enum Verdict: String, Hashable, Sendable, CaseIterable {
    /// 有提升，把握大: an unchanged teacher hears this at most once in twenty times.
    case certain
    /// 可能有提升: an unchanged teacher hears this or ``certain`` at most once in five times.
    case likely
    /// 看不出变化.
    case none

    /// The share of unchanged teachers who may hear it, or more, by chance.
    public var nominalRate: Double {
      switch self {
      case .certain: 0.05
      case .likely: 0.20
      case .none: 1
      }
    }
  }

  /// The second ability minus the first, in logits.
  public var difference: Double
  /// The standard error of the difference.
  public var standardError: Double

  /// Compares two measurements.
  ///
  /// - Parameters:
  ///   - first: the earlier ability.
  ///   - second: the later one, from another form.
  ///   - linkingStandardError: the error of putting both forms on one scale, in logits; 0 for items of
  ///     one calibration.
  public init(
    from first: CompositeAbility, to second: CompositeAbility, linkingStandardError: Double = 0
  ) {
    difference = second.mean - first.mean
    standardError =
      (first.standardError * first.standardError + second.standardError * second.standardError
      + linkingStandardError * linkingStandardError).squareRoot()
  }

  /// What is said of it.
  public var verdict: Verdict {
    guard standardError > 0 else { return difference > 0 ? .certain : .none }
    let z = difference / standardError
    // The 95 % and the 80 % quantile of the standard normal distribution.
    if z >= 1.6448536269514722 { return .certain }
    return z >= 0.8416212335729143 ? .likely : .none
  }
}
