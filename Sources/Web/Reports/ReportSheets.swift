import Competency
import Courses
import Foundation
import Reporting
import Sheets

/// The heat map and the participation of a unit as files for a spreadsheet program.
///
/// They say what the page says and nothing more.
struct ReportSheets {
  let report: UnitReport
  let language: Language
  let phrases: Phrases

  /// One line for each unit and point, as CSV.
  func csv() -> [UInt8] {
    Sheet.csv(
      header: longHeader,
      rows: longRows().map { $0.map(text) })
  }

  private func text(_ cell: Workbook.Cell) -> String {
    switch cell {
    case .text(let text): text
    case .number(let number): Numeral.hours(number)
    }
  }

  /// Who takes part, how far the unit is with its quota and what it costs, one line a number, as
  /// CSV.
  func progressCSV() -> [UInt8] {
    Sheet.csv(header: progressHeader, rows: progressRows().map { $0.map(text) })
  }

  /// The heat map as it is drawn, the same in lines, the participation, and quota and cost.
  ///
  /// - Parameter temporaryFolder: where it is written on the way.
  /// - Returns: the file's bytes.
  /// - Throws: the fault of writing.
  func workbook(temporaryFolder: URL) throws -> [UInt8] {
    let tables = GapMapTables(report: report, language: language, phrases: phrases)
    let rows = report.map.rows + [report.map.total]
    return try Workbook(pages: [
      .init(
        name: phrases("report.sheetMap"),
        header: [phrases("report.unit"), phrases("report.finished")]
          + report.framework.points.map(\.id.rawValue),
        rows: rows.map { row in
          [.text(tables.name(of: row.subject)), .number(Double(row.finished))]
            + row.cells.map { .text(tables.text(of: $0)) }
        }),
      .init(name: phrases("report.sheetLines"), header: longHeader, rows: longRows()),
      .init(
        name: phrases("report.sheetParticipation"),
        header: ["unit", "enrolled", "finished", "started", "notStarted", "exempt"].map {
          phrases("report.\($0)")
        }, rows: participation(tables)),
      .init(
        name: phrases(report.isSchool ? "report.sheetCost" : "report.sheetProgress"),
        header: progressHeader, rows: progressRows()),
    ]).bytes(temporaryFolder: temporaryFolder)
  }

  private var progressHeader: [String] {
    ["programme", "unit", "measureColumn", "year", "value", "countedIn"].map {
      phrases("report.\($0)")
    }
  }

  private func progressRows() -> [[Workbook.Cell]] {
    ReportProgress(report: report, language: language, phrases: phrases).lines().map { line in
      [
        .text(report.programme.name.text(in: language)), .text(line.unit),
        .text(phrases("report.measure.\(line.measure)")), .text(line.year.map { "\($0)" } ?? ""),
        .number(line.value), .text(phrases("report.in.\(line.countedIn)")),
      ]
    }
  }

  private var longHeader: [String] {
    ["unit", "point", "pointName", "stateColumn", "need", "plusMinus", "counted"].map {
      phrases("report.\($0)")
    }
  }

  private func longRows() -> [[Workbook.Cell]] {
    let tables = GapMapTables(report: report, language: language, phrases: phrases)
    return (report.map.rows + [report.map.total]).flatMap { row in
      zip(report.framework.points, row.cells).map { point, cell in
        [
          .text(tables.name(of: row.subject)), .text(point.id.rawValue),
          .text(point.name.text(in: language)),
        ] + columns(of: cell, tables)
      }
    }
  }

  private func columns(of cell: GapCell, _ tables: GapMapTables) -> [Workbook.Cell] {
    guard case .shown(let shown) = cell else {
      guard case .absent(let absence) = cell else { return [] }
      return [.text(phrases("report.state.\(absence.rawValue)")), .text(""), .text(""), .text("")]
    }
    guard shown.form == .exact else {
      return [
        .text(tables.text(of: cell)), .text(""), .text(""), .number(Double(shown.need.people)),
      ]
    }
    return [
      .text(phrases("report.shown")), .number(Double(shown.count)),
      .number(Double(shown.plusMinus)), .number(Double(shown.need.people)),
    ]
  }

  private func participation(_ tables: GapMapTables) -> [[Workbook.Cell]] {
    let parts = report.map.rows.compactMap { row -> (String, Participation)? in
      guard case .unit(let unit) = row.subject, let part = report.parts[unit] else { return nil }
      return (part.name, part.participation)
    }
    return (parts + [(phrases("report.total"), report.participation)]).map { name, numbers in
      [
        .text(name), .number(Double(numbers.enrolled)), .number(Double(numbers.finished)),
        .number(Double(numbers.started)), .number(Double(numbers.notStarted)),
        .number(Double(numbers.exempt)),
      ]
    }
  }
}
