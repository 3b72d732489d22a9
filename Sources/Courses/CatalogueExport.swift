import Competency
import Sheets

extension Catalogue {
  /// All courses as one sheet that can be brought in again as it stands.
  ///
  /// - Returns: a CSV file's bytes: UTF-8 with a byte order mark.
  public func coursesSheet() -> [UInt8] {
    Sheet.csv(
      header: CourseRow.columns + ["framework", "topic"], rows: courses.map(Self.cells(of:)))
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
    ]
  }

  /// A number that reads back exactly, whole ones without a point.
  private static func number(_ number: Double) -> String {
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
