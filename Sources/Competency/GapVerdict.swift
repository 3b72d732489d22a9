/// What is said to a person about one competency point, from the probability that the teacher is
/// below the target.
///
/// The bounds were chosen so that of the gaps called certain at least 85 % are true.
public enum GapVerdict: String, Hashable, Sendable, CaseIterable {
  /// 需要补，把握大: probability at least .85.
  case needed
  /// 可能需要: .60 up to .85.
  case likely
  /// 证据不足: above .20 and below .60.
  case uncertain
  /// 不需要: at most .20.
  case notNeeded

  /// The verdict for a probability of being below the target, 0…1.
  public init(probabilityBelowTarget probability: Double) {
    self =
      switch probability {
      case 0.85...: .needed
      case 0.60..<0.85: .likely
      case ...0.20: .notNeeded
      default: .uncertain
      }
  }

  /// The probability P(θ_a < θ_b) from which point a may be called weaker than point b.
  ///
  /// Below it the two are 分不出先后.
  public static let orderingProbability = 0.80
}
