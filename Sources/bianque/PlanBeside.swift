import Competency
import Courses
import Diagnostics
import Recommendation

/// The demands that no plan meets together.
struct ConflictAnswer: Encodable, Hashable, Sendable {
  struct Demand: Encodable, Hashable, Sendable {
    var kind: String
    var subject: String?
    var chinese: String
    var english: String
  }

  var demands: [Demand]
  /// Whether it is proved; otherwise the search found no plan with all, and one with any less.
  var proved: Bool

  init(_ conflict: PlanConflict, rules: ProgrammeRules) {
    proved = conflict.isProved
    demands = conflict.demands.map { demand in
      let (kind, subject, words) = Self.words(for: demand, rules: rules)
      return Demand(kind: kind, subject: subject, chinese: words.chinese, english: words.english)
    }
  }

  private static func words(
    for demand: PlanConflict.Demand, rules: ProgrammeRules
  ) -> (kind: String, subject: String?, words: Text) {
    switch demand {
    case .bound(.minimum(let rule)):
      ("minimum", rule.rawValue, rules.words(for: .minimum(rule)))
    case .bound(.maximum(let rule)):
      ("maximum", rule.rawValue, rules.words(for: .maximum(rule)))
    case .points(let count):
      ("minimum", "points", Text("能力点至少 \(count) 个", "at least \(count) points"))
    case .dimensions(let count):
      ("minimum", "dimensions", Text("能力维度至少 \(count) 个", "at least \(count) dimensions"))
    case .provider(let provider):
      (
        "provider", provider.rawValue,
        Text("只计“\(provider.rawValue)”的课", "only the courses of \(provider.rawValue)")
      )
    case .compulsory(let course):
      (
        "compulsory", course.rawValue,
        Text("必修课“\(course.rawValue)”", "the compulsory course \(course.rawValue)")
      )
    case .locked(let course):
      (
        "locked", course.rawValue,
        Text("锁定的课“\(course.rawValue)”", "the locked course \(course.rawValue)")
      )
    case .excluded(let course):
      (
        "excluded", course.rawValue,
        Text("不选的课“\(course.rawValue)”", "the excluded course \(course.rawValue)")
      )
    case .prerequisites: ("prerequisites", nil, Text("先修要求", "prerequisites"))
    case .equivalents:
      ("equivalents", nil, Text("同类课只选一门", "one course of those that teach the same"))
    }
  }
}

/// Where a teacher stands in a programme.
struct StandingAnswer: Encodable, Hashable, Sendable {
  struct Gate: Encodable, Hashable, Sendable {
    var gate: String
    var state: String
    var missing: Double
  }

  struct Uncounted: Encodable, Hashable, Sendable {
    var day: String
    var hours: Double
    var reason: String
  }

  /// `required`, `unknown`, `exempt` or `optedIn`.
  var participation: String
  var retires: String?
  var online: Double
  var practice: Double
  var uncounted: [Uncounted]
  var gates: [Gate]

  init(_ standing: ProgrammeStanding) {
    switch standing.participation {
    case .required: participation = "required"
    case .unknown: participation = "unknown"
    case .exempt(let day): (participation, retires) = ("exempt", day.description)
    case .optedIn(let day): (participation, retires) = ("optedIn", day.description)
    }
    online = standing.counted.online
    practice = standing.counted.practice
    uncounted = standing.uncounted.map {
      Uncounted(day: $0.credit.day.description, hours: $0.hours, reason: $0.reason.rawValue)
    }
    gates = standing.gates.map { step in
      let name =
        switch step.gate {
        case .hours(let mode, _): mode.rawValue
        case .activities: "activities"
        case .results: "results"
        }
      return Gate(gate: name, state: step.state.rawValue, missing: step.missing)
    }
  }
}

/// Why a course is not in the plan.
struct AbsenceAnswer: Encodable, Hashable, Sendable {
  struct Reason: Encodable, Hashable, Sendable {
    var reason: String
    /// The course or institution the reason is about.
    var subject: String?
    /// The points the teacher has probably reached.
    var points: [String]?
    /// The rule that would be broken, or broken further.
    var violation: PlanAnswer.Violation?

    init(name: String) { reason = name }

    init(_ reason: CourseAbsence.Reason) {
      switch reason {
      case .excluded: self.reason = "excluded"
      case .otherProvider(let provider):
        self.reason = "otherProvider"
        subject = provider.rawValue
      case .otherEnvironment: self.reason = "otherEnvironment"
      case .equivalent(let other):
        self.reason = "equivalent"
        subject = other.rawValue
      case .prerequisite(let required):
        self.reason = "prerequisite"
        subject = required.rawValue
      case .reached(let reached):
        self.reason = "reached"
        points = reached.map(\.rawValue)
      case .level: self.reason = "level"
      case .rule(let broken):
        self.reason = "rule"
        violation = PlanAnswer.Violation(broken)
      case .lessGain: self.reason = "lessGain"
      }
    }
  }

  var course: String
  /// The reasons, the most telling first; for a course of the plan `planned`, for one that is not on
  /// offer `notOffered`.
  var reasons: [Reason]
  /// The course of the plan in whose place it would come at the least cost.
  var instead: String?
  /// How the plan's utility changes by that exchange, in logits.
  var utilityChange: Double?

  init(of course: Course.ID, in plan: StudyPlan, for problem: PlanProblem) {
    self.course = course.rawValue
    let absence = CourseAbsence(of: course, in: plan, for: problem)
    reasons =
      absence.map { $0.reasons.map { Reason($0) } }
      ?? [Reason(name: plan.courses.contains(course) ? "planned" : "notOffered")]
    instead = absence?.exchange?.replaced.rawValue
    utilityChange = absence?.exchange?.utilityChange
  }
}
