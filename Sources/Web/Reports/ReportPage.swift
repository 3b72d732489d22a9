import Competency
import Foundation
import Reporting

/// The page of a school or a region: what to train first, where, and who is missing.
struct ReportPage {
  /// Where the page is, and where its downloads are.
  struct Paths {
    var page: String
    var csv: String
    var workbook: String
    /// The list of who has finished; nil where the reader may not see it.
    var people: String?
  }

  let report: UnitReport
  let paths: Paths
  let language: Language
  let phrases: Phrases

  func page() -> Page {
    let tables = GapMapTables(report: report, language: language, phrases: phrases)
    var values: [String: Any] = [
      "unitName": report.name,
      "metaText": metaText(),
      "leadHTML": leadHTML(),
      "maps": tables.values(), "legend": tables.legend(),
      "participation": participationRows(tables),
      "mapHint": phrases(report.isSchool ? "report.mapHintSchool" : "report.mapHintRegion"),
      "csvPath": paths.csv, "workbookPath": paths.workbook,
      "suppressionText": phrases("report.suppression", ["k": "\(report.rules.minimumPeople)"]),
    ]
    if let people = paths.people { values["peoplePath"] = people }
    if report.isSchool {
      values["school"] =
        ["topics": topics(tables)]
    } else {
      values["region"] = region(tables)
    }
    return Page(
      template: "reports/report", title: phrases("report.title", ["unit": report.name]),
      address: paths.page, values: values)
  }

  // MARK: One sentence

  private func metaText() -> String {
    guard let takenAt = report.takenAt else { return phrases("report.nothingYet") }
    return phrases(
      "report.meta",
      [
        "date": phrases.date(takenAt), "finished": "\(report.participation.finished)",
        "enrolled": "\(report.participation.enrolled)",
      ])
  }

  private func leadHTML() -> String {
    let summary = report.summary
    guard let first = summary.first else { return phrases("report.leadNothing") }
    let values = [
      "point": HTML(escaping: name(of: first.point)).markup, "count": "\(first.shown.count)",
      "plusMinus": "\(first.shown.plusMinus)", "people": "\(first.shown.need.people)",
      "others": HTML(
        escaping: summary.tied.prefix(3).map { name(of: $0.point) }
          .joined(separator: phrases("result.listSeparator"))
      ).markup, "more": "\(summary.tied.count)",
    ]
    return switch summary.tied.count {
    case 0: phrases("report.leadFirst", values)
    case 1...3: phrases("report.leadTied", values)
    default: phrases("report.leadTiedMore", values)
    }
  }

  private func name(of point: Int) -> String {
    let point = report.framework.points[point]
    return "\(point.id.rawValue) \(point.shownName(phrases))"
  }

  // MARK: Participation

  private func participationRows(_ tables: GapMapTables) -> [[String: Any]] {
    var rows = report.map.rows.compactMap { row -> [String: Any]? in
      guard case .unit(let unit) = row.subject, let part = report.parts[unit] else { return nil }
      return participationRow(part.name, part.participation)
    }
    var total = participationRow(phrases("report.total"), report.participation)
    total["isTotal"] = true
    rows.append(total)
    return rows
  }

  private func participationRow(_ name: String, _ participation: Participation) -> [String: Any] {
    [
      "name": name, "enrolled": participation.enrolled, "finished": participation.finished,
      "started": participation.started, "notStarted": participation.notStarted,
      "exemptText": participation.exempt == 0
        ? phrases("site.none")
        : phrases(
          "report.exemptOf",
          ["finished": "\(participation.exemptFinished)", "exempt": "\(participation.exempt)"]),
    ]
  }

  // MARK: A school

  private func topics(_ tables: GapMapTables) -> [[String: Any]] {
    TrainingTopics(map: report.map, count: 3).topics.map { topic in
      var values: [String: Any] = [
        "name": name(of: topic.point),
        "needText": phrases(
          "report.topicNeed",
          [
            "count": "\(topic.shown.count)", "plusMinus": "\(topic.shown.plusMinus)",
            "people": "\(topic.shown.need.people)",
          ]),
      ]
      if !topic.parts.isEmpty {
        values["partsText"] = phrases(
          "report.topicParts",
          [
            "parts": topic.parts.map { tables.name(of: .unit($0)) }
              .joined(separator: phrases("result.listSeparator"))
          ])
      }
      return values
    }
  }

  // MARK: A region

  private func region(_ tables: GapMapTables) -> [String: Any] {
    var values: [String: Any] = [:]
    if let first = report.summary.first {
      values["bands"] = bands(on: first.point, tables)
    }
    values["quotas"] = report.quotas.map(quota)
    if let cost = report.cost {
      values["costText"] = phrases(
        "report.cost",
        [
          "people": "\(cost.ledger.people)", "hours": Numeral.hours(cost.ledger.planned),
          "rate": Numeral.hours(cost.rate),
          "yuan": Numeral.hours(cost.ledger.cost(rate: cost.rate)),
        ])
    }
    return values
  }

  private func quota(_ state: UnitReport.QuotaState) -> [String: Any] {
    let progress = state.progress
    var numbers = ["finished": "\(progress.finished)", "total": "\(progress.total)"]
    let key = "report.quota.\(state.counting.rawValue)"
    guard let year = state.year else { return ["text": phrases("\(key)Plain", numbers)] }
    numbers["year"] = "\(year)"
    numbers["due"] = "\(progress.due)"
    let word =
      progress.missing == 0
      ? phrases("report.quota.met")
      : phrases("report.quota.missing", ["missing": "\(progress.missing)"])
    return [
      "text": phrases(key, numbers),
      "state": ["class": progress.missing == 0 ? "met" : "short", "word": word],
    ]
  }

  private func bands(on point: Int, _ tables: GapMapTables) -> [String: Any] {
    let cells = report.map.rows.compactMap { row -> (unit: ReportingUnit.ID, cell: GapCell)? in
      guard case .unit(let unit) = row.subject else { return nil }
      return (unit, row.cells[point])
    }
    let compared = OverlapBands(cells, rules: report.rules)
    let names = { (units: [ReportingUnit.ID]) in
      units.map { tables.name(of: .unit($0)) }.joined(separator: phrases("result.listSeparator"))
    }
    var values: [String: Any] = [
      "titleText": phrases("report.bandsTitle", ["point": name(of: point)]),
      "list": compared.bands.map { band in
        [
          "rangeText": phrases(
            "report.bandRange",
            [
              "low": "\(Int((band.range.lowerBound * 100).rounded()))",
              "high": "\(Int((band.range.upperBound * 100).rounded()))",
            ]),
          "unitsText": names(band.units),
          "noteText": band.units.count > 1 ? phrases("report.bandSame") : phrases("report.bandOne"),
        ]
      },
    ]
    if !compared.insufficient.isEmpty {
      values["insufficientText"] = phrases(
        "report.insufficient", ["units": names(compared.insufficient)])
    }
    return values
  }
}
