import Competency
import Courses
import Diagnostics
import Foundation
import Recommendation

/// What `bianque school-plan` reads: teachers without names, workshops and limits.
struct SchoolPlanRequest: Decodable, Hashable, Sendable {
  /// What is believed of one teacher.
  struct Teacher: Decodable, Hashable, Sendable {
    var mean: [Double]
    var standardError: [Double]
    var group: String?
    /// How much each point counts for the teacher; 1 each where it is not given.
    var weight: [Double]?
  }

  /// A workshop that could be held.
  struct Workshop: Decodable, Hashable, Sendable {
    var id: String
    var hours: Double
    var level: Double
    var gains: [String: Double]
    var capacity: Double
    var groups: [String]?
  }

  /// What there is room for.
  struct Limits: Decodable, Hashable, Sendable {
    var hours: Double?
    var workshops: Double?
    var hoursPerTeacher: Double
    var minimumAttendance: Double?
  }

  var points: [RequestPoint]
  var target: [Double]
  var teachers: [Teacher]
  var workshops: [Workshop]
  var limits: Limits
  /// The hours of all workshops for which the curve is computed, ascending.
  var budgets: [Double]?
  var levelLocations: [Double]
  var levelWidth: Double
  var hourPenalty: Double
  var seed: UInt64?

  /// Reads and checks a request.
  ///
  /// - Throws: ``RequestError`` naming the field that is wrong.
  static func read(_ data: Data) throws(RequestError) -> SchoolPlanRequest {
    let request = try RequestDocument.decode(SchoolPlanRequest.self, from: data)
    try request.check()
    return request
  }

  private func check() throws(RequestError) {
    try RequestError.checkLength(points.count, atMost: 500, "points")
    try RequestError.checkUnique(points.map(\.id), "points")
    try RequestError.checkCount(target.count, points.count, "target")
    try RequestError.checkSizes(target, "target")
    try RequestError.checkLength(teachers.count, atMost: 2000, "teachers")
    try RequestError.checkLength(workshops.count, atMost: 1000, "workshops")
    try RequestError.checkUnique(workshops.map(\.id), "workshops")
    try RequestError.checkLength(levelLocations.count, atMost: 100, "levelLocations")
    try RequestError.checkPositive(levelWidth, "levelWidth")
    try RequestError.checkNotNegative(hourPenalty, "hourPenalty")
    try RequestError.checkPositive(limits.hoursPerTeacher, "limits.hoursPerTeacher")
    try RequestError.checkNotNegative(limits.hours ?? 0, "limits.hours")
    try RequestError.checkPlace(limits.workshops ?? 0, in: 1001, "limits.workshops")
    try RequestError.checkPlace(limits.minimumAttendance ?? 5, in: 2001, "limits.minimumAttendance")
    guard limits.minimumAttendance ?? 5 >= 5 else {
      throw RequestError(
        "limits.minimumAttendance",
        Text("不能少于 5 人：更小的组会让人认出个人。", "It is at least 5: in a smaller group people are known."))
    }
    for place in teachers.indices { try checkTeacher(place) }
    for place in workshops.indices { try checkWorkshop(place) }
    try RequestError.checkSizes(budgets ?? [], "budgets")
    guard (budgets ?? []).count <= 50, (budgets ?? []) == (budgets ?? []).sorted() else {
      throw RequestError(
        "budgets", Text("应从小到大，最多 50 个。", "They ascend, and are at most 50."))
    }
  }

  private func checkTeacher(_ place: Int) throws(RequestError) {
    let (teacher, field) = (teachers[place], "teachers[\(place)]")
    try RequestError.checkCount(teacher.mean.count, points.count, "\(field).mean")
    try RequestError.checkSizes(teacher.mean, "\(field).mean")
    try RequestError.checkCount(
      teacher.standardError.count, points.count, "\(field).standardError")
    for (index, error) in teacher.standardError.enumerated() {
      try RequestError.checkPositive(error, "\(field).standardError[\(index)]")
    }
    if let weight = teacher.weight {
      try RequestError.checkCount(weight.count, points.count, "\(field).weight")
      for (index, value) in weight.enumerated() {
        try RequestError.checkNotNegative(value, "\(field).weight[\(index)]")
      }
    }
  }

  private func checkWorkshop(_ place: Int) throws(RequestError) {
    let (workshop, field) = (workshops[place], "workshops[\(place)]")
    try RequestError.checkPositive(workshop.hours, "\(field).hours")
    try RequestError.checkPlace(workshop.level, in: levelLocations.count, "\(field).level")
    try RequestError.checkPlace(workshop.capacity, in: 100_001, "\(field).capacity")
    try RequestError.checkLength(workshop.gains.count, atMost: 500, "\(field).gains")
    let known = Set(points.map(\.id))
    for (point, gain) in workshop.gains.sorted(by: { $0.key < $1.key }) {
      try RequestError.checkKnown(point, in: known, "\(field).gains.\(point)")
      try RequestError.checkPositive(gain, "\(field).gains.\(point)")
    }
  }

  /// The request as the planner takes it.
  var problem: SchoolProblem {
    SchoolProblem(
      teachers: teachers.map { teacher in
        SchoolProblem.Teacher(
          points: points.indices.map { place in
            PlanPoint(
              id: CompetencyPoint.ID(rawValue: points[place].id),
              dimension: Dimension.ID(rawValue: points[place].dimension),
              environment: Environment.ID(rawValue: points[place].environment),
              mean: teacher.mean[place], standardError: teacher.standardError[place],
              target: target[place], weight: teacher.weight?[place] ?? 1)
          }, group: teacher.group ?? "")
      },
      workshops: workshops.map { workshop in
        SchoolProblem.Workshop(
          course: workshop.course, capacity: Int(workshop.capacity),
          groups: workshop.groups.map(Set.init))
      },
      limits: .init(
        hours: limits.hours ?? .infinity, workshops: limits.workshops.map { Int($0) } ?? .max,
        hoursPerTeacher: limits.hoursPerTeacher,
        minimumAttendance: Int(limits.minimumAttendance ?? 5)),
      levelLocations: levelLocations, levelWidth: levelWidth, hourPenalty: hourPenalty,
      seed: seed ?? 1)
  }
}

extension SchoolPlanRequest.Workshop {
  fileprivate var course: Course {
    Course(
      id: Course.ID(rawValue: id), title: LocalizedName(chinese: id, english: id),
      provider: Provider.ID(rawValue: ""), form: .workshop, mode: .practice, hours: hours,
      level: Int(level),
      gains: Dictionary(
        uniqueKeysWithValues: gains.map { (CompetencyPoint.ID(rawValue: $0), $1) }),
      primary: CompetencyPoint.ID(rawValue: gains.keys.sorted().first ?? ""))
  }
}
