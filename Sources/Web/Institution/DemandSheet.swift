import Competency
import Courses
import Reporting
import Sheets

/// Demand as a file for a spreadsheet program: what the page says and nothing more.
struct DemandSheet {
  let report: DemandReport
  let phrases: Phrases

  /// One line for each point, topic and course.
  func csv() -> [UInt8] {
    var rows = report.points.map { row($0) }
    rows += report.topics.map { row($0) }
    rows += report.courses.map { row($0) }
    return Sheet.csv(
      header: [
        "kindColumn", "idColumn", "nameColumn", "needLow", "needPlusMinus", "counted", "plansLow",
        "plansHigh", "hoursLow", "hoursHigh", "coursesColumn", "state",
      ].map { phrases("demand.\($0)") }, rows: rows)
  }

  private func row(_ line: DemandReport.PointLine) -> [String] {
    var cells = [
      phrases("demand.kind.point"), line.point.id.rawValue,
      line.point.name.text(in: phrases.language),
    ]
    cells += need(line.cell)
    cells += ["", ""]
    cells += hours(line.hours)
    cells += ["\(line.courses)", state(of: line.cell)]
    return cells
  }

  private func row(_ line: DemandReport.TopicLine) -> [String] {
    let cell = line.point.map { report.points[$0].cell }
    var cells = [
      phrases("demand.kind.topic"), line.topic.id.rawValue,
      line.topic.title.text(in: phrases.language),
    ]
    cells += cell.map(need) ?? ["", "", ""]
    cells += ["", "", "", "", "\(line.courses)"]
    cells.append(cell.map(state) ?? phrases("demand.none"))
    return cells
  }

  private func row(_ line: DemandReport.CourseLine) -> [String] {
    var cells = [
      phrases("demand.kind.course"), line.course.id.rawValue,
      line.course.title.text(in: phrases.language), "", "", "",
    ]
    cells += [line.plans.map { "\($0.lowest)" } ?? "", line.plans.map { "\($0.highest)" } ?? ""]
    cells += hours(line.hours)
    cells += ["", phrases(line.plans == nil ? "demand.none" : "report.shown")]
    return cells
  }

  private func need(_ cell: GapCell) -> [String] {
    guard case .shown(let shown) = cell else { return ["", "", ""] }
    // A band has no number of its own.
    guard shown.form == .exact else { return ["", "", "\(shown.need.people)"] }
    return ["\(shown.count)", "\(shown.plusMinus)", "\(shown.need.people)"]
  }

  private func hours(_ range: ClosedRange<Double>?) -> [String] {
    guard let range else { return ["", ""] }
    return [Numeral.hours(range.lowerBound), Numeral.hours(range.upperBound)]
  }

  private func state(of cell: GapCell) -> String {
    switch cell {
    case .absent(let absence): phrases("report.state.\(absence.rawValue)")
    case .shown(let shown):
      shown.form == .exact
        ? phrases("report.shown") : DemandText(phrases: phrases).need(cell)
    }
  }
}
