import Competency
import Courses
import Foundation
import Recommendation
import Sheets
import Storage

/// A plan as files: for a spreadsheet program and for a program.
struct PlanFiles {
  let plan: OpenedPlan
  let phrases: Phrases

  /// One line a course, as CSV.
  func csv() -> [UInt8] {
    Sheet.csv(
      header: header,
      rows: rows().map { row in
        row.map { cell in
          switch cell {
          case .text(let text): text
          case .number(let number): Numeral.hours(number)
          }
        }
      })
  }

  /// The courses, and what the plan holds against its programme.
  ///
  /// - Parameter temporaryFolder: where it is written on the way.
  /// - Returns: the file's bytes.
  /// - Throws: the fault of writing.
  func workbook(temporaryFolder: URL) throws -> [UInt8] {
    let rules = PlanRuleRows(
      plan: plan.stored.plan, programme: plan.programme, rules: plan.rules, phrases: phrases)
    return try Workbook(pages: [
      .init(name: phrases("print.sheetCourses"), header: header, rows: rows()),
      .init(
        name: phrases("print.sheetRules"),
        header: ["rule", "required", "planned", "state"].map { phrases("plan.\($0)") },
        rows: rules.texts().map { $0.map { .text($0) } }),
    ]).bytes(temporaryFolder: temporaryFolder)
  }

  /// The plan with its reasons and numbers, as the API answers it.
  ///
  /// - Throws: ``Refusal/notFound`` if the published courses lack the programme.
  func json() throws -> [UInt8] {
    guard let programme = plan.programme else { throw Refusal.notFound }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    return [UInt8](
      try encoder.encode(
        StoredPlanBody(
          plan: PlanBody(
            plan.stored.plan, programme: programme, courses: plan.courses,
            wishes: plan.stored.wishes, language: phrases.language), stored: plan.stored)))
  }

  private var header: [String] {
    [
      "number", "course", "provider", "form", "mode", "hours", "points", "due", "evidence", "price",
    ].map { phrases("print.\($0)") }
  }

  private func rows() -> [[Workbook.Cell]] {
    let language = phrases.language
    return PlannedCourses(plan).entries.enumerated().map { index, entry in
      let course = entry.course
      let points = PlannedCourses.points(of: course, in: plan.planning.framework)
      return [
        .number(Double(index + 1)), .text(course.title.text(in: language)),
        .text(plan.courses.catalogue.provider(course.provider)?.name.text(in: language) ?? ""),
        .text(phrases("course.\(course.form.rawValue)")),
        .text(phrases(course.mode == .online ? "chart.online" : "chart.practice")),
        .number(course.hours),
        .text(points.map(\.rawValue).joined(separator: phrases("result.listSeparator"))),
        .text(entry.due?.iso ?? ""), .text(course.evidence?.text(in: language) ?? ""),
        course.price.map { .number($0) } ?? .text(""),
      ]
    }
  }
}

/// A plan that was kept, with its version and what the teacher wants of it.
struct StoredPlanBody: Encodable {
  var id: String
  var version: Int
  var createdAt: Date
  var locked: [String]
  var excluded: [String]
  var start: String?
  var end: String?
  var plan: PlanBody

  init(plan: PlanBody, stored: StoredPlan) {
    self.plan = plan
    id = stored.id.rawValue
    version = stored.version
    createdAt = stored.createdAt
    locked = stored.wishes.locked.map(\.rawValue)
    excluded = stored.wishes.excluded.map(\.rawValue)
    start = stored.wishes.start?.iso
    end = stored.wishes.end?.iso
  }
}
