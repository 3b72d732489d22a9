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
    var video: Double
  }

  var environment: String
  var courses: [String]
  var utility: Double
  var violation: Double
  var violatedRules: [Violation]
  var balance: Balance
  var explanations: [Explanation]
  /// The demands that no plan meets together; only where rules are broken.
  var conflict: ConflictAnswer?
  /// Where the teacher stands in the programme; only where the request says what was earned.
  var standing: StandingAnswer?
  /// Why courses that were asked about are not in the plan.
  var absences: [AbsenceAnswer]?
  /// What the plan's hours cost, in yuan; only where the programme names a price.
  var cost: Double?
  var certificate: CertificateAnswer?
  var seconds: Double

  init(_ plan: StudyPlan, of task: PlanTask, seconds: Double) {
    environment = plan.environment.rawValue
    courses = plan.courses.map(\.rawValue)
    utility = plan.utility
    violation = plan.violation
    violatedRules = plan.violatedRules.map { Violation($0) }
    balance = Balance(
      hours: plan.balance.hours, online: plan.balance.online, practice: plan.balance.practice,
      points: plan.balance.points, dimensions: plan.balance.dimensions,
      requiredPoints: plan.balance.requiredPoints,
      requiredDimensions: plan.balance.requiredDimensions, video: plan.balance.video)
    explanations = plan.explanations.map { Explanation($0) }
    self.seconds = seconds
    if plan.violation > 0 {
      conflict = PlanConflict.minimal(in: task.problem).map {
        ConflictAnswer($0, rules: task.problem.rules)
      }
    }
    standing = task.standing.map { StandingAnswer($0) }
    if !task.why.isEmpty {
      absences = task.why.map { AbsenceAnswer(of: $0, in: plan, for: task.problem) }
    }
    cost = task.programme?.terms.cost?.total(forHours: plan.balance.hours)
  }
}

extension PlanAnswer.Violation {
  init(_ violation: RuleViolation) {
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
    case .compulsory(let missing):
      rule = "compulsory"
      course = missing.rawValue
    case .provider(let other):
      rule = "provider"
      course = other.rawValue
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
