import Competency
import Sheets

extension Catalogue {
  /// All courses as one sheet that can be brought in again as it stands.
  ///
  /// - Returns: a CSV file's bytes: UTF-8 with a byte order mark.
  public func coursesSheet() -> [UInt8] {
    Sheet.csv(
      header: CourseRow.columns + CourseRow.furtherColumns, rows: courses.map(Self.cells(of:)))
  }

  /// All institutions as one sheet that can be brought in again as it stands.
  ///
  /// - Returns: a CSV file's bytes: UTF-8 with a byte order mark.
  public func providersSheet() -> [UInt8] {
    Sheet.csv(
      header: CatalogueReader.providerColumns,
      rows: providers.map { [$0.id.rawValue, $0.name.chinese, $0.name.english] })
  }

  private static func cells(of course: Course) -> [String] {
    // The chief point first: a person looks for it there.
    let points =
      [course.primary]
      + course.gains.keys.filter { $0 != course.primary }
      .sorted { ($0.rawValue.count, $0.rawValue) < ($1.rawValue.count, $1.rawValue) }
    let gains = points.map { "\($0.rawValue):\(number(course.gains[$0] ?? 0))" }
    return [
      course.id.rawValue, course.title.chinese, course.title.english, course.provider.rawValue,
      course.form.rawValue, course.mode.rawValue, number(course.hours), "\(course.level)",
      course.primary.rawValue, gains.joined(separator: ";"), course.prerequisite?.rawValue ?? "",
      course.equivalents?.rawValue ?? "", course.price.map(number) ?? "",
      course.evidence?.chinese ?? "", course.evidence?.english ?? "",
      course.framework?.rawValue ?? "", course.topic?.rawValue ?? "",
      course.stages.joined(separator: ";"), course.subjects.joined(separator: ";"),
    ] + uptake(of: course)
  }

  private static func uptake(of course: Course) -> [String] {
    guard let uptake = course.uptake else { return ["", "", "", ""] }
    return [
      "\(uptake.enrolled)", "\(uptake.completed)", "\(uptake.ratings)",
      uptake.ratings > 0 ? number(uptake.meanRating) : "",
    ]
  }

  /// The columns of the sheet of courses, in their order.
  public static var courseColumns: [String] { CourseRow.columns + CourseRow.furtherColumns }

  /// The cells of a course by the names of their columns: what a form begins with.
  public static func fields(of course: Course) -> [String: String] {
    [String: String](
      uniqueKeysWithValues: zip(CourseRow.columns + CourseRow.furtherColumns, cells(of: course)))
  }

  /// The catalogue's courses as a sheet, one of them with other cells.
  ///
  /// - Parameters:
  ///   - course: the course whose row is written anew.
  ///   - fields: its cells by the names of their columns.
  /// - Returns: a CSV file's bytes, and the line the course stands on.
  public func coursesSheet(
    changing course: Course.ID, to fields: [String: String]
  ) -> (bytes: [UInt8], line: Int)? {
    guard let place = courses.firstIndex(where: { $0.id == course }) else { return nil }
    let header = CourseRow.columns + CourseRow.furtherColumns
    var rows = courses.map(Self.cells(of:))
    // A line end in a cell would move the lines below it.
    rows[place] = header.map { (fields[$0] ?? "").filter { !$0.isNewline } }
    let lines = rows[..<place].reduce(2) { sum, cells in
      sum + 1 + cells.reduce(0) { $0 + $1.count { $0.isNewline } }
    }
    return (Sheet.csv(header: header, rows: rows), lines)
  }

  /// A number that reads back exactly, whole ones without a point.
  private static func number(_ number: Double) -> String {
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
