import Courses
import Foundation
import Recommendation

/// An edit as it is kept: JSON with sorted keys.
struct PlanEditRecord: Codable, Hashable {
  var kind: String
  var course: String?
  var replacement: String?
  var value: String?
  var undone: Int?
  var came: [String]
  var went: [String]
  var hours: [Double]
  var points: [Int]
  var closure: [Double]
  var violation: [Double]

  init(_ edit: PlanEdit) {
    kind = edit.kind.rawValue
    course = edit.course?.rawValue
    replacement = edit.replacement?.rawValue
    value = edit.value
    undone = edit.undone
    let difference = edit.difference
    came = difference.came.map(\.rawValue)
    went = difference.went.map(\.rawValue)
    hours = [difference.hoursBefore, difference.hoursAfter]
    points = [difference.pointsBefore, difference.pointsAfter]
    closure = [difference.closureBefore, difference.closureAfter]
    violation = [difference.violationBefore, difference.violationAfter]
  }

  init(json: String) throws {
    self = try JSONDecoder().decode(PlanEditRecord.self, from: Data(json.utf8))
  }

  func json() throws -> String {
    try storedJSON()
  }

  /// The edit as it was made.
  ///
  /// - Throws: ``StoreError/unreadable(table:)`` if it holds a word that this program does not know.
  func edit() throws -> PlanEdit {
    guard let kind = PlanEdit.Kind(rawValue: kind), hours.count == 2, points.count == 2,
      closure.count == 2, violation.count == 2
    else { throw StoreError.unreadable(table: "study_plan_version") }
    return PlanEdit(
      kind, course: course.map(Course.ID.init(rawValue:)),
      replacement: replacement.map(Course.ID.init(rawValue:)), value: value, undone: undone,
      difference: PlanDifference(
        came: came.map(Course.ID.init(rawValue:)), went: went.map(Course.ID.init(rawValue:)),
        hoursBefore: hours[0], hoursAfter: hours[1], pointsBefore: points[0],
        pointsAfter: points[1], closureBefore: closure[0], closureAfter: closure[1],
        violationBefore: violation[0], violationAfter: violation[1]))
  }
}
