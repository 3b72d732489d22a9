import Competency
import Courses
import Recommendation

/// What `bianque plan` prints.
struct PlanAnswer: Encodable, Hashable, Sendable {
  /// A rule that is broken, or would be.
  struct Violation: Encodable, Hashable, Sendable {
    var rule: String
    var direction: String
    var amount: Double
    var penalty: Double
    /// The course that waits for ``missing``.
    var course: String?
    /// The prerequisite that is not in the plan.
    var missing: String?
    /// The group of equivalents that is in the plan more than once.
    var equivalents: String?
  }

  /// What a course does for a point.
  struct Effect: Encodable, Hashable, Sendable {
    var point: String
    var gain: Double
    var expectedGap: Double
    var probabilityBelowTargetBefore: Double
    var probabilityBelowTargetAfter: Double
    var contribution: Double
  }

  /// The best course to take instead.
  struct Exchange: Encodable, Hashable, Sendable {
    var course: String
    var utilityChange: Double
  }

  /// Why a course is in the plan.
  struct Explanation: Encodable, Hashable, Sendable {
    var course: String
    var effects: [Effect]
    var contribution: Double
    var lossIfDropped: Double
    var rulesHeld: [Violation]
    var isRequiredByRuleOnly: Bool
    var replacement: Exchange?
  }

  /// What the plan holds against the rules.
  struct Balance: Encodable, Hashable, Sendable {
    var hours: Double
    var online: Double
    var practice: Double
    var points: Int
    var dimensions: Int
    var requiredPoints: Int
    var requiredDimensions: Int
  }

  var environment: String
  var courses: [String]
  var utility: Double
  var violation: Double
  var violatedRules: [Violation]
  var balance: Balance
  var explanations: [Explanation]
  var seconds: Double

  init(_ plan: StudyPlan, seconds: Double) {
    environment = plan.environment.rawValue
    courses = plan.courses.map(\.rawValue)
    utility = plan.utility
    violation = plan.violation
    violatedRules = plan.violatedRules.map { Violation($0) }
    balance = Balance(
      hours: plan.balance.hours, online: plan.balance.online, practice: plan.balance.practice,
      points: plan.balance.points, dimensions: plan.balance.dimensions,
      requiredPoints: plan.balance.requiredPoints,
      requiredDimensions: plan.balance.requiredDimensions)
    explanations = plan.explanations.map { Explanation($0) }
    self.seconds = seconds
  }
}

extension PlanAnswer.Violation {
  fileprivate init(_ violation: RuleViolation) {
    direction = violation.direction.rawValue
    amount = violation.amount
    penalty = violation.penalty
    switch violation.rule {
    case .programme(let programmeRule):
      rule = programmeRule.rawValue
    case .prerequisite(let waiting, let required):
      rule = "prerequisite"
      course = waiting.rawValue
      missing = required.rawValue
    case .equivalents(let group):
      rule = "equivalents"
      equivalents = group.rawValue
    }
  }
}

extension PlanAnswer.Explanation {
  fileprivate init(_ explanation: CourseExplanation) {
    course = explanation.course.rawValue
    effects = explanation.effects.map {
      PlanAnswer.Effect(
        point: $0.point.rawValue, gain: $0.gain, expectedGap: $0.expectedGap,
        probabilityBelowTargetBefore: $0.probabilityBelowTargetBefore,
        probabilityBelowTargetAfter: $0.probabilityBelowTargetAfter,
        contribution: $0.contribution)
    }
    contribution = explanation.contribution
    lossIfDropped = explanation.lossIfDropped
    rulesHeld = explanation.rulesHeld.map { PlanAnswer.Violation($0) }
    isRequiredByRuleOnly = explanation.isRequiredByRuleOnly
    replacement = explanation.replacement.map {
      PlanAnswer.Exchange(course: $0.course.rawValue, utilityChange: $0.utilityChange)
    }
  }
}
