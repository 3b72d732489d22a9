import Competency
import Courses
import Foundation
import Recommendation

/// The cases of `Oracles/plan.json`.
struct PlanOracle: Decodable {
  struct Point: Decodable {
    var id: String
    var dimension: String
    var environment: String
  }
  struct Posterior: Decodable {
    var mean: [Double]
    var standardError: [Double]
  }
  struct Range: Decodable {
    var min: Double
    var max: Double?
  }
  struct Minimum: Decodable {
    var min: Int
  }
  struct Rules: Decodable {
    var hours: Range
    var online: Range
    var practice: Range
    var points: Minimum
    var dimensions: Minimum
  }
  struct OfferedCourse: Decodable {
    var id: String
    var hours: Double
    var mode: String
    var level: Int
    var provider: String
    var gains: [String: Double]
    var primary: String
    var prerequisite: String?
    var equivalents: String?
  }
  struct Request: Decodable {
    var points: [Point]
    var posterior: Posterior
    var target: [Double]
    var weight: [Double]
    var levelLocations: [Double]
    var levelWidth: Double
    var prerequisiteWaivedAt: Double
    var hourPenalty: Double
    var environment: String
    var rules: Rules
    var courses: [OfferedCourse]
  }
  struct Best: Decodable {
    var courses: [String]
    var utility: Double
  }
  struct Expected: Decodable {
    var violation: Double
    var bestKnown: Best
  }
  struct Case: Decodable {
    var name: String
    var request: Request
    var expected: Expected
  }
  struct Gap: Decodable {
    var t: Double
    var m: Double
    var s: Double
    var out: Double
  }
  struct Fit: Decodable {
    var mean: Double
    var standardError: Double
    var level: Double
    var width: Double
    var out: Double
  }
  struct Unit: Decodable {
    var psi: [Gap]
    var fit: [Fit]
  }

  var plan: [Case]
  var unit: Unit

  static func read() throws -> PlanOracle {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Oracles/plan.json")
    return try JSONDecoder().decode(PlanOracle.self, from: Data(contentsOf: file))
  }
}

extension PlanOracle.Request {
  /// The request as the planner takes it.
  func problem(seed: UInt64) -> PlanProblem {
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
      environments: [Environment.ID(rawValue: environment)],
      rules: ProgrammeRules(
        hours: .init(minimum: rules.hours.min, maximum: rules.hours.max),
        online: .init(minimum: rules.online.min, maximum: rules.online.max),
        practice: .init(minimum: rules.practice.min, maximum: rules.practice.max),
        minimumPoints: rules.points.min, minimumDimensions: rules.dimensions.min),
      courses: courses.map(\.course), seed: seed)
  }
}

extension PlanOracle.OfferedCourse {
  var course: Course {
    Course(
      id: Course.ID(rawValue: id), title: LocalizedName(chinese: id, english: id),
      provider: Provider.ID(rawValue: provider), form: mode == "online" ? .video : .practice,
      mode: mode == "online" ? .online : .practice, hours: hours, level: level,
      gains: Dictionary(
        uniqueKeysWithValues: gains.map { (CompetencyPoint.ID(rawValue: $0), $1) }),
      primary: CompetencyPoint.ID(rawValue: primary),
      prerequisite: prerequisite.map { Course.ID(rawValue: $0) },
      equivalents: equivalents.map { Course.EquivalenceGroup(rawValue: $0) })
  }
}
