import Competency
import Courses
import Diagnostics
import Foundation
import Recommendation

/// What `bianque plan` reads in its self-contained form: a profile, rules and courses.
struct PlanRequest: Decodable, Hashable, Sendable {
  /// What is believed about each point, in the order of ``PlanRequest/points``.
  struct Posterior: Decodable, Hashable, Sendable {
    var mean: [Double]
    var standardError: [Double]
  }

  /// A range of hours; an end that is not given does not bind.
  struct Hours: Decodable, Hashable, Sendable {
    var min: Double?
    var max: Double?
  }

  /// A count that has to be reached.
  struct Minimum: Decodable, Hashable, Sendable {
    var min: Int?
  }

  /// The programme's rules; one that is not given does not bind.
  struct Rules: Decodable, Hashable, Sendable {
    var hours: Hours?
    var online: Hours?
    var practice: Hours?
    var points: Minimum?
    var dimensions: Minimum?
    var video: Hours?
    var practiceShare: Share?
    var compulsory: [String]?
    /// The only institution whose courses count.
    var provider: String?
  }

  /// A share that has to be reached, 0…1.
  struct Share: Decodable, Hashable, Sendable {
    var min: Double
  }

  /// A course on offer.
  struct OfferedCourse: Decodable, Hashable, Sendable {
    var id: String
    var hours: Double
    var mode: String
    /// `video`, `workshop` or `practice`; online hours are of videos where it is not given.
    var form: String?
    /// A whole number, read as any number so that another can be refused by its place.
    var level: Double
    var provider: String?
    var gains: [String: Double]
    var primary: String
    var prerequisite: String?
    var equivalents: String?
  }

  var points: [RequestPoint]
  var posterior: Posterior
  var target: [Double]
  var weight: [Double]
  var levelLocations: [Double]
  var levelWidth: Double
  var prerequisiteWaivedAt: Double
  var hourPenalty: Double
  /// The environment to plan for; null tries each.
  var environment: String?
  var rules: Rules
  var courses: [OfferedCourse]
  var locked: [String]?
  var excluded: [String]?
  /// Courses of which the answer says why they are not in the plan.
  var why: [String]?
  var seed: UInt64?

  /// Reads and checks a request.
  ///
  /// - Parameter data: a JSON document.
  /// - Returns: a request that can be answered.
  /// - Throws: ``RequestError`` naming the field that is wrong.
  static func read(_ data: Data) throws -> PlanRequest {
    let request = try RequestDocument.decode(PlanRequest.self, from: data)
    try request.check()
    return request
  }

  /// What is planned.
  var task: PlanTask {
    PlanTask(problem: problem, why: (why ?? []).map(Course.ID.init(rawValue:)))
  }

  /// The request as the planner takes it.
  private var problem: PlanProblem {
    PlanProblem(
      points: points.indices.map { place in
        PlanPoint(
          id: CompetencyPoint.ID(rawValue: points[place].id),
          dimension: Dimension.ID(rawValue: points[place].dimension),
          environment: Environment.ID(rawValue: points[place].environment),
          mean: posterior.mean[place], standardError: posterior.standardError[place],
          target: target[place], weight: weight[place])
      },
      levelLocations: levelLocations, levelWidth: levelWidth,
      prerequisiteWaivedAt: prerequisiteWaivedAt, hourPenalty: hourPenalty,
      environments: environments, rules: rules.programmeRules, courses: courses.map(\.course),
      locked: Set((locked ?? []).map { Course.ID(rawValue: $0) }),
      excluded: Set((excluded ?? []).map { Course.ID(rawValue: $0) }), seed: seed ?? 1)
  }

  private var environments: [Environment.ID] {
    var names: [String] = []
    for point in points where !names.contains(point.environment) { names.append(point.environment) }
    return (environment.map { [$0] } ?? names).map { Environment.ID(rawValue: $0) }
  }
}

extension PlanRequest.Rules {
  fileprivate var programmeRules: ProgrammeRules {
    ProgrammeRules(
      hours: (hours ?? .init()).range, online: (online ?? .init()).range,
      practice: (practice ?? .init()).range, minimumPoints: points?.min ?? 0,
      minimumDimensions: dimensions?.min ?? 0,
      video: video?.range,
      practiceShare: practiceShare.map { ProgrammeRules.PracticeShare(minimum: $0.min) },
      compulsory: (compulsory ?? []).map(Course.ID.init(rawValue:)),
      provider: provider.map(Provider.ID.init(rawValue:)))
  }
}

extension PlanRequest.Hours {
  fileprivate var range: ProgrammeRules.HoursRange {
    ProgrammeRules.HoursRange(minimum: min ?? 0, maximum: max)
  }
}

extension PlanRequest.OfferedCourse {
  fileprivate var course: Course {
    // Where the form is not given, online hours are watched and practice hours practised.
    Course(
      id: Course.ID(rawValue: id), title: LocalizedName(chinese: id, english: id),
      provider: Provider.ID(rawValue: provider ?? ""),
      form: form.flatMap(Course.Form.init(rawValue:)) ?? (mode == "online" ? .video : .practice),
      mode: mode == "online" ? .online : .practice, hours: hours, level: Int(level),
      gains: Dictionary(
        uniqueKeysWithValues: gains.map { (CompetencyPoint.ID(rawValue: $0), $1) }),
      primary: CompetencyPoint.ID(rawValue: primary),
      prerequisite: prerequisite.map { Course.ID(rawValue: $0) },
      equivalents: equivalents.map { Course.EquivalenceGroup(rawValue: $0) })
  }
}
