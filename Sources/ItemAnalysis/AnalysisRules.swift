/// From how many answers what may be said, and from what size it is worth saying.
///
/// In one place, so that pages can show the rule beside the figure. Below a count there is no figure,
/// only the number of answers.
public enum AnalysisRules {
  /// Answers from which counts and correlations are shown.
  ///
  /// At 50 the 95 % interval of a proportion is
  /// ± 14 points and of a correlation ± .28: enough to see what is broken, and no more.
  public static let classicalCount = 50
  /// Answers from which difficulty, discrimination and fit are shown.
  ///
  /// At 200 the location is known to
  /// about ± .2 logits; slopes settle between 150 and 500 answers.
  public static let parameterCount = 200
  /// Answers of each of two groups from which they are compared: a difference of half a logit is
  /// then about three standard errors.
  public static let groupCount = 100
  /// People who chose an option from which it is compared with others; their mean is then
  /// known to about a third of a standard deviation.
  public static let optionCount = 10
  /// Teachers of a level from which it is said how well they are measured.
  public static let levelCount = 50
  /// Teachers from which a bar of the population is drawn.
  public static let populationCount = 10

  /// The share of false alarms that is accepted among the alarms of one kind (Benjamini–Hochberg).
  public static let falseDiscoveryRate = 0.05
  /// By how many standard deviations of ability the people of a lower option must be ahead of those
  /// of a better one.
  public static let optionAdvantage = 0.25
  /// The bounds of an item's mean square that need no explanation.
  public static let meanSquareBounds = 0.7...1.3
  /// How far the mean of a fifth of the people may be from the curve, as a share of the highest score.
  public static let curveDeparture = 0.1
  /// The correlation with ability, from which it says too little.
  public static let weakCorrelation = 0.15
  /// The difference between groups, or between times, in logits of ability, that is worth a look.
  public static let locationDifference = 0.5
  /// The share of the sessions that could have had an item in which it may be, where a test does not
  /// say another.
  public static let maximumExposure = 0.40
  /// A teacher is measured too coarsely when more than this share of the uncertainty from before the
  /// test is left.
  public static let remainingVariance = 0.6
  /// The share of coarsely measured teachers of a level that is worth a look.
  public static let coarseShare = 0.3
}
