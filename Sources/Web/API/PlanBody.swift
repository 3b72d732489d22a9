import Competency
import Courses
import Recommendation
import Storage

/// A study plan for a program.
struct PlanBody: Encodable {
  struct Effect: Encodable {
    var point: String
    var gain: Double
    var expectedGap: Double
    var probabilityBelowTargetBefore: Double
    var probabilityBelowTargetAfter: Double
    var contribution: Double
  }

  struct Violation: Encodable {
    var rule: String
    var direction: String
    var amount: Double
    /// The course or group meant, where the rule is about one.
    var subject: String?
  }

  struct Replacement: Encodable {
    var course: String
    var utilityChange: Double
  }

  struct CourseBody: Encodable {
    var id: String
    var title: String
    var provider: String
    var form: String
    var mode: String
    var hours: Double
    var level: Int
    var effects: [Effect]
    var contribution: Double
    var lossIfDropped: Double
    var rulesHeld: [Violation]
    var requiredByRuleOnly: Bool
    var replacement: Replacement?
  }

  struct Rule: Encodable {
    var rule: String
    var minimum: Double
    var maximum: Double?
    var planned: Double
    var met: Bool
  }

  var programme: String
  var environment: String
  var courses: [CourseBody]
  var rules: [Rule]
  /// The hours that the diagnosis itself earns; the rules are for the hours left to courses.
  var creditedHours: Double?
  /// The course chosen because a new technology was asked for.
  var technologyCourse: String?
  /// The hours that were asked for at most.
  var hoursBudget: Double?
  var utility: Double
  var violation: Double
  var violatedRules: [Violation]
  var coursesVersion: String
  var sample: Bool

  init(
    _ plan: StudyPlan, programme: Programme, courses published: Publications.Courses,
    wishes: PlanWishes, language: Language
  ) {
    self.programme = programme.id.rawValue
    environment = plan.environment.rawValue
    courses = plan.explanationsByContribution.compactMap { explanation in
      published.catalogue.course(explanation.course).map {
        CourseBody($0, explanation, language: language)
      }
    }
    technologyCourse = wishes.technology?.course?.rawValue
    hoursBudget = wishes.hoursBudget
    let balance = plan.balance
    let judged = programme.rules(for: wishes).judged(within: wishes.hoursBudget)
    let met = { (rule: ProgrammeRule) in
      !plan.violatedRules.contains { $0.rule == .programme(rule) }
    }
    rules = [
      (ProgrammeRule.hours, judged.hours, balance.hours),
      (.online, judged.online, balance.online),
      (.practice, judged.practice, balance.practice),
    ].map { rule, range, planned in
      Rule(
        rule: rule.rawValue, minimum: range.minimum, maximum: range.maximum, planned: planned,
        met: met(rule))
    }
    rules.append(
      Rule(
        rule: ProgrammeRule.points.rawValue, minimum: Double(programme.rules.minimumPoints),
        maximum: nil, planned: Double(balance.points), met: met(.points)))
    rules.append(
      Rule(
        rule: ProgrammeRule.dimensions.rawValue,
        minimum: Double(programme.rules.minimumDimensions), maximum: nil,
        planned: Double(balance.dimensions), met: met(.dimensions)))
    if let video = programme.courseRules.video {
      rules.append(
        Rule(
          rule: ProgrammeRule.video.rawValue, minimum: video.minimum, maximum: video.maximum,
          planned: balance.video, met: met(.video)))
    }
    creditedHours = programme.terms.structure?.credited?.hours
    utility = plan.utility
    violation = plan.violation
    violatedRules = plan.violatedRules.map(Violation.init)
    coursesVersion = published.catalogue.version
    sample = published.catalogue.isSample
  }
}

extension PlanBody.CourseBody {
  init(_ course: Course, _ explanation: CourseExplanation, language: Language) {
    self.init(
      id: course.id.rawValue, title: course.title.text(in: language),
      provider: course.provider.rawValue, form: course.form.rawValue,
      mode: course.mode.rawValue, hours: course.hours, level: course.level,
      effects: explanation.effects.map { effect in
        PlanBody.Effect(
          point: effect.point.rawValue, gain: effect.gain, expectedGap: effect.expectedGap,
          probabilityBelowTargetBefore: effect.probabilityBelowTargetBefore,
          probabilityBelowTargetAfter: effect.probabilityBelowTargetAfter,
          contribution: effect.contribution)
      },
      contribution: explanation.contribution, lossIfDropped: explanation.lossIfDropped,
      rulesHeld: explanation.rulesHeld.map(PlanBody.Violation.init),
      requiredByRuleOnly: explanation.isRequiredByRuleOnly,
      replacement: explanation.replacement.map {
        PlanBody.Replacement(course: $0.course.rawValue, utilityChange: $0.utilityChange)
      })
  }
}

extension PlanBody.Violation {
  init(_ violation: RuleViolation) {
    direction = violation.direction.rawValue
    amount = violation.amount
    switch violation.rule {
    case .programme(let programmeRule): rule = programmeRule.rawValue
    case .prerequisite(let course, _):
      rule = "prerequisite"
      subject = course.rawValue
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
}
