public import Competency
public import Courses

/// Why one course is in a plan.
public struct CourseExplanation: Hashable, Sendable {
  /// What the course does for one point.
  public struct PointEffect: Hashable, Sendable {
    /// The point.
    public var point: CompetencyPoint.ID
    /// How much the course is expected to raise it for this teacher, in logits.
    public var gain: Double
    /// The expected gap before the plan, E(target − θ)₊, in logits.
    public var expectedGap: Double
    /// The probability of being below the target before the plan.
    public var probabilityBelowTargetBefore: Double
    /// The probability of still being below the target after the whole plan.
    public var probabilityBelowTargetAfter: Double
    /// The part of the course's contribution that comes from this point.
    public var contribution: Double

    /// Creates an effect.
    public init(
      point: CompetencyPoint.ID, gain: Double, expectedGap: Double,
      probabilityBelowTargetBefore: Double, probabilityBelowTargetAfter: Double,
      contribution: Double
    ) {
      self.point = point
      self.gain = gain
      self.expectedGap = expectedGap
      self.probabilityBelowTargetBefore = probabilityBelowTargetBefore
      self.probabilityBelowTargetAfter = probabilityBelowTargetAfter
      self.contribution = contribution
    }
  }

  /// The course.
  public var course: Course.ID
  /// What it does for each point it teaches, the largest contribution first.
  public var effects: [PointEffect]
  /// The course's share of the expected gap closure.
  ///
  /// The shares of a plan's courses sum to its
  /// utility plus the price of its hours (Aumann–Shapley for additive gains).
  public var contribution: Double
  /// How much utility the plan loses without the course; below 0 if it would gain.
  ///
  /// Never more than ``contribution``: where courses overlap, the others close part of its share.
  public var lossIfDropped: Double
  /// What would be broken, or broken further, without the course.
  public var rulesHeld: [RuleViolation]
  /// Whether the course is there for a rule only.
  ///
  /// Without it a rule breaks, and the plan would lose no more than the course's hours cost. The page
  /// then says that little gain is expected.
  public var isRequiredByRuleOnly: Bool
  /// The best course to take instead without breaking more; nil when there is none, or when the
  /// course is locked.
  public var replacement: Replacement?

  /// Creates an explanation.
  public init(
    course: Course.ID, effects: [PointEffect], contribution: Double, lossIfDropped: Double,
    rulesHeld: [RuleViolation], isRequiredByRuleOnly: Bool, replacement: Replacement? = nil
  ) {
    self.course = course
    self.effects = effects
    self.contribution = contribution
    self.lossIfDropped = lossIfDropped
    self.rulesHeld = rulesHeld
    self.isRequiredByRuleOnly = isRequiredByRuleOnly
    self.replacement = replacement
  }

  /// The point to which the course contributes most; nil when it teaches no point of the problem.
  public var topGap: PointEffect? { effects.first }
}
