import Competency
import Reporting

/// The heat map as tables, one an environment: units down, points across.
///
/// Each cell says its state in words; colour only repeats it.
struct GapMapTables {
  let report: UnitReport
  let language: Language
  let phrases: Phrases

  func values() -> [[String: Any]] {
    report.framework.environments.compactMap { environment in
      let points = report.framework.points.indices.filter {
        report.framework.points[$0].environment == environment.id
      }
      guard !points.isEmpty else { return nil }
      return [
        "id": "map-\(environment.id.rawValue)",
        "caption": environment.name.text(in: language),
        "points": points.map { ["code": report.framework.points[$0].id.rawValue] },
        "names": points.map {
          [
            "code": report.framework.points[$0].id.rawValue,
            "name": report.framework.points[$0].shownName(phrases),
          ]
        },
        "rows": (report.map.rows + [report.map.total]).map { row($0, points: points) },
      ]
    }
  }

  /// The states of a cell with their words.
  func legend() -> [[String: Any]] {
    GapCell.Absence.allCases.map { absence in
      [
        "class": "gx-\(absence.rawValue)", "text": phrases("report.cell.\(absence.rawValue)"),
        "word": phrases("report.state.\(absence.rawValue)"),
      ]
    }
  }

  /// The name of a row.
  func name(of subject: GapMap.Row.Subject) -> String {
    switch subject {
    case .unit(let unit): report.parts[unit]?.name ?? unit.rawValue
    case .rest: phrases(report.isSchool ? "report.restGroups" : "report.restSchools")
    case .total: phrases("report.total")
    }
  }

  /// What a cell says in a word or number.
  func text(of cell: GapCell) -> String {
    switch cell {
    case .absent(let absence): phrases("report.cell.\(absence.rawValue)")
    case .shown(let shown):
      switch shown.form {
      case .lowBand: phrases("report.cell.low")
      case .highBand: phrases("report.cell.high")
      case .exact: "\(shown.count)±\(shown.plusMinus)"
      }
    }
  }

  private func row(_ row: GapMap.Row, points: [Int]) -> [String: Any] {
    var values: [String: Any] = [
      "name": name(of: row.subject), "finished": row.finished,
      // As markup at once: a county of five hundred schools has fifteen thousand cells.
      "cellsHTML": points.map { point in
        let cell = row.cells[point]
        return
          "<td class=\"\(Self.look(of: cell))\">\(HTML(escaping: text(of: cell)).markup)</td>"
      }.joined(),
    ]
    if case .unit(let unit) = row.subject, let path = report.parts[unit]?.path {
      values["link"] = ["href": path]
    }
    if row.subject == .total { values["isTotal"] = true }
    return values
  }

  private static func look(of cell: GapCell) -> String {
    switch cell {
    case .absent(let absence): "gx gx-\(absence.rawValue)"
    case .shown(let shown): "g\(shown.darkness)"
    }
  }
}
