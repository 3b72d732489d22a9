public import Competency
public import Courses

/// A study plan (个人研修计划): the courses that close the most of the expected gap under the
/// programme's rules, and why.
public struct StudyPlan: Hashable, Sendable {
  /// The environment it is made for.
  public var environment: Environment.ID
  /// The courses, in the catalogue's order.
  public var courses: [Course.ID]
  /// The expected gap closure less the price of the hours.
  public var utility: Double
  /// How far the rules are broken, 0 when all hold: the sum of the penalties of ``violatedRules``.
  public var violation: Double
  /// What the plan holds against every rule.
  public var balance: RuleBalance
  /// The rules that no plan can hold, or this one does not.
  public var violatedRules: [RuleViolation]
  /// Why each course is in the plan, in the order of ``courses``.
  public var explanations: [CourseExplanation]

  /// Creates a plan from values that were decided before.
  public init(
    environment: Environment.ID, courses: [Course.ID], utility: Double, violation: Double,
    balance: RuleBalance, violatedRules: [RuleViolation], explanations: [CourseExplanation]
  ) {
    self.environment = environment
    self.courses = courses
    self.utility = utility
    self.violation = violation
    self.balance = balance
    self.violatedRules = violatedRules
    self.explanations = explanations
  }
}
