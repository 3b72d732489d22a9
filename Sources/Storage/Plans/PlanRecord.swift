import Competency
import Courses
import Foundation
import Recommendation

/// A plan as it is kept: JSON with sorted keys and numbers that read back exactly.
struct PlanRecord: Codable, Hashable {
  struct Violation: Codable, Hashable {
    /// A programme rule, `prerequisite` or `equivalents`.
    var rule: String
    /// The course without its prerequisite, or the group of equivalent courses.
    var subject: String?
    var missing: String?
    var direction: String
    var amount: Double
  }

  struct Effect: Codable, Hashable {
    var point: String
    var gain: Double
    var expectedGap: Double
    var before: Double
    var after: Double
    var contribution: Double
  }

  struct Explanation: Codable, Hashable {
    var course: String
    var effects: [Effect]
    var contribution: Double
    var lossIfDropped: Double
    var rulesHeld: [Violation]
    var ruleOnly: Bool
    var replacement: String?
    var replacementChange: Double?
  }

  struct Balance: Codable, Hashable {
    var hours: Double
    var online: Double
    var practice: Double
    var points: Int
    var dimensions: Int
    var requiredPoints: Int
    var requiredDimensions: Int
    /// Not in plans kept before the rule was known.
    var video: Double?
  }

  var environment: String
  var courses: [String]
  var utility: Double
  var violation: Double
  var balance: Balance
  var violated: [Violation]
  var explanations: [Explanation]
  var locked: [String]
  var excluded: [String]
  var unlockedUtility: Double?
  /// Absent where the teacher wishes nothing, and in plans from before there was such a wish.
  var technologyField: String?
  var technologyCourse: String?
  var hoursBudget: Double?
  var earnedOnline: Double?
  var earnedPractice: Double?
  /// Days since 1970-01-01.
  var startDay: Int?
  var endDay: Int?
  /// Absent where the county's institution is not said, and in plans from before it was asked.
  var provider: String?
  /// Absent where the teacher has to take part.
  var exempt: Bool?
  /// Absent where the catalogue's own gains were used.
  var gainsVersion: Int?

  init(json: String) throws {
    self = try JSONDecoder().decode(PlanRecord.self, from: Data(json.utf8))
  }

  func json() throws -> String {
    try storedJSON()
  }
}

extension PlanRecord {
  init(_ stored: StoredPlan) {
    let plan = stored.plan
    environment = plan.environment.rawValue
    courses = plan.courses.map(\.rawValue)
    utility = plan.utility
    violation = plan.violation
    balance = Balance(
      hours: plan.balance.hours, online: plan.balance.online, practice: plan.balance.practice,
      points: plan.balance.points, dimensions: plan.balance.dimensions,
      requiredPoints: plan.balance.requiredPoints,
      requiredDimensions: plan.balance.requiredDimensions, video: plan.balance.video)
    violated = plan.violatedRules.map(Violation.init)
    explanations = plan.explanations.map(Explanation.init)
    locked = stored.wishes.locked.map(\.rawValue)
    excluded = stored.wishes.excluded.map(\.rawValue)
    unlockedUtility = stored.unlockedUtility
    technologyField = stored.wishes.technology?.field.rawValue
    technologyCourse = stored.wishes.technology?.course?.rawValue
    hoursBudget = stored.wishes.hoursBudget
    earnedOnline = stored.wishes.earned?.online
    earnedPractice = stored.wishes.earned?.practice
    startDay = stored.wishes.start?.number
    endDay = stored.wishes.end?.number
    provider = stored.wishes.provider?.rawValue
    exempt = stored.wishes.isExempt ? true : nil
    gainsVersion = stored.gainsVersion
  }

  /// What the teacher wants of the plan.
  ///
  /// - Throws: ``StoreError/unreadable(table:)`` if it holds a word that this program does not know.
  func wishes() throws -> PlanWishes {
    let technology = try technologyField.map { word in
      guard let field = NewTechnology.Field(rawValue: word) else {
        throw StoreError.unreadable(table: "study_plan_version")
      }
      return PlanWishes.Technology(field, course: technologyCourse.map(Course.ID.init(rawValue:)))
    }
    return PlanWishes(
      locked: locked.map(Course.ID.init(rawValue:)),
      excluded: excluded.map(Course.ID.init(rawValue:)), technology: technology,
      hoursBudget: hoursBudget,
      earned: earnedOnline == nil && earnedPractice == nil
        ? nil : EarnedHours(online: earnedOnline ?? 0, practice: earnedPractice ?? 0),
      start: startDay.map(StudyDay.init(number:)),
      end: endDay.map(StudyDay.init(number:)),
      provider: provider.map(Provider.ID.init(rawValue:)), isExempt: exempt ?? false)
  }

  /// The plan as it was decided.
  ///
  /// - Throws: ``StoreError/unreadable(table:)`` if it holds a word that this program does not know.
  func studyPlan() throws -> StudyPlan {
    StudyPlan(
      environment: Environment.ID(rawValue: environment),
      courses: courses.map(Course.ID.init(rawValue:)),
      utility: utility,
      violation: violation,
      balance: RuleBalance(
        hours: balance.hours, online: balance.online, practice: balance.practice,
        points: balance.points, dimensions: balance.dimensions,
        requiredPoints: balance.requiredPoints, requiredDimensions: balance.requiredDimensions,
        video: balance.video ?? 0),
      violatedRules: try violated.map { try $0.ruleViolation() },
      explanations: try explanations.map { try $0.courseExplanation() })
  }
}

extension PlanRecord.Violation {
  init(_ violation: RuleViolation) {
    direction = violation.direction.rawValue
    amount = violation.amount
    switch violation.rule {
    case .programme(let programmeRule):
      rule = programmeRule.rawValue
    case .prerequisite(let course, let missing):
      rule = "prerequisite"
      subject = course.rawValue
      self.missing = missing.rawValue
    case .equivalents(let group):
      rule = "equivalents"
      subject = group.rawValue
    case .compulsory(let course):
      rule = "compulsory"
      subject = course.rawValue
    case .provider(let course):
      rule = "provider"
      subject = course.rawValue
    }
  }

  func ruleViolation() throws -> RuleViolation {
    let found: RuleViolation.Rule? =
      switch rule {
      case "prerequisite":
        .prerequisite(
          of: Course.ID(rawValue: subject ?? ""), missing: Course.ID(rawValue: missing ?? ""))
      case "equivalents": .equivalents(Course.EquivalenceGroup(rawValue: subject ?? ""))
      case "compulsory": .compulsory(Course.ID(rawValue: subject ?? ""))
      case "provider": .provider(of: Course.ID(rawValue: subject ?? ""))
      default: ProgrammeRule(rawValue: rule).map(RuleViolation.Rule.programme)
      }
    guard let found, let direction = RuleViolation.Direction(rawValue: direction) else {
      throw StoreError.unreadable(table: "study_plan_version")
    }
    return RuleViolation(rule: found, direction: direction, amount: amount)
  }
}

extension PlanRecord.Explanation {
  init(_ explanation: CourseExplanation) {
    course = explanation.course.rawValue
    effects = explanation.effects.map { effect in
      PlanRecord.Effect(
        point: effect.point.rawValue, gain: effect.gain, expectedGap: effect.expectedGap,
        before: effect.probabilityBelowTargetBefore, after: effect.probabilityBelowTargetAfter,
        contribution: effect.contribution)
    }
    contribution = explanation.contribution
    lossIfDropped = explanation.lossIfDropped
    rulesHeld = explanation.rulesHeld.map(PlanRecord.Violation.init)
    ruleOnly = explanation.isRequiredByRuleOnly
    replacement = explanation.replacement?.course.rawValue
    replacementChange = explanation.replacement?.utilityChange
  }

  func courseExplanation() throws -> CourseExplanation {
    let id = Course.ID(rawValue: course)
    return CourseExplanation(
      course: id,
      effects: effects.map { effect in
        CourseExplanation.PointEffect(
          point: CompetencyPoint.ID(rawValue: effect.point), gain: effect.gain,
          expectedGap: effect.expectedGap, probabilityBelowTargetBefore: effect.before,
          probabilityBelowTargetAfter: effect.after, contribution: effect.contribution)
      },
      contribution: contribution,
      lossIfDropped: lossIfDropped,
      rulesHeld: try rulesHeld.map { try $0.ruleViolation() },
      isRequiredByRuleOnly: ruleOnly,
      replacement: replacement.map {
        Replacement(
          replaced: id, course: Course.ID(rawValue: $0), utilityChange: replacementChange ?? 0)
      })
  }
}
