/// From how many judges what may be said, and when a panel's word is clear.
public enum PanelRules {
  /// Judges from which a panel's figures are shown.
  ///
  /// With fewer one person's habit is a sixth of every figure and more.
  public static let minimumJudges = 6
  /// By how many points a judge must differ from the panel's key to be named as dissenting.
  public static let dissent = 2
  /// The share of judges who must hold the panel's best choice to be the best one.
  public static let bestShare = 0.75
  /// The largest standard deviation of a choice's points that is still agreement.
  public static let largestDeviation = 1.0
  /// Judges from which the others are shown how a first round's judgements are spread: with two,
  /// each would know whose the other is.
  public static let spreadJudges = 3
}
