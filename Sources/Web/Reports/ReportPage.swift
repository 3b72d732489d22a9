import Competency
import Courses
import Foundation
import Reporting

/// The page of a school or a region: what to train first, where, and who is missing.
struct ReportPage {
  /// Where the page is, and where its downloads are.
  struct Paths {
    /// The page's address before any question.
    var plain: String
    var page: String
    var csv: String
    var progressCSV: String
    var workbook: String
  }

  /// Who of a school has not finished by now.
  struct Missing {
    var names: [String]
    /// The address of the list.
    var list: String
    /// The address of the reminder to print.
    var notice: String
  }

  /// How many names stand on the first screen; the list has all.
  private static let shownNames = 6

  let report: UnitReport
  let paths: Paths
  /// The programme it is by, and those to choose from.
  let choice: ReportedProgramme
  /// Nil where the reader may only see numbers.
  let missing: Missing?
  let language: Language
  let phrases: Phrases

  func page() -> Page {
    let tables = GapMapTables(report: report, language: language, phrases: phrases)
    var values: [String: Any] = [
      "unitName": report.name,
      "metaText": metaText(), "standardHTML": choice.standardHTML(language, phrases),
      "leadHTML": leadHTML(),
      "participation": participationRows(tables), "hasCost": report.cost(of: 0) != nil,
      "csvPath": paths.csv, "progressPath": paths.progressCSV, "workbookPath": paths.workbook,
      "progressTitle": phrases(report.isSchool ? "report.costTitle" : "report.quotaTitle"),
      "progress": ReportProgress(report: report, language: language, phrases: phrases).values(),
    ]
    // Before anybody has finished there is nothing to draw, only many times 未测.
    if report.participation.finished + report.participation.exemptFinished > 0 {
      values["map"] = map(tables)
    }
    if let text = missingText() { values["missingText"] = text }
    if let missing, !missing.names.isEmpty { values["missing"] = names(missing) }
    if let missing { values["peoplePath"] = missing.list }
    if let form = choice.form(action: paths.plain, language) { values["choice"] = form }
    if report.isSchool {
      values["school"] =
        ["topics": topics(tables)]
    } else if let first = report.summary.first {
      values["bands"] = bands(on: first.point, tables)
    }
    return Page(
      template: "reports/report", title: phrases("report.title", ["unit": report.name]),
      address: paths.page, values: values)
  }

  private func map(_ tables: GapMapTables) -> [String: Any] {
    [
      "mapTitle": phrases(report.isSchool ? "report.mapTitle" : "report.mapTitleRegion"),
      "mapHint": phrases(report.isSchool ? "report.mapHintSchool" : "report.mapHintRegion"),
      "maps": tables.values(), "legend": tables.legend(),
      "suppressionText": phrases("report.suppression", ["k": "\(report.rules.minimumPeople)"]),
    ]
  }

  private func names(_ missing: Missing) -> [String: Any] {
    let shown = missing.names.prefix(Self.shownNames)
      .joined(separator: phrases("result.listSeparator"))
    let more = missing.names.count > Self.shownNames
    return [
      "namesText": phrases(
        more ? "report.missingMore" : "report.missingNames",
        ["names": shown, "count": "\(missing.names.count)"]),
      "path": missing.list, "noticePath": missing.notice,
    ]
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

  /// How many are missing: of a school by now, of a region as of the snapshot.
  private func missingText() -> String? {
    let people = report.participation
    let count = missing?.names.count ?? max(0, people.enrolled - people.finished)
    if report.takenAt == nil && missing == nil { return nil }
    return count == 0
      ? phrases("report.missingNobody") : phrases("report.missing", ["count": "\(count)"])
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
    var row: [String: Any] = [
      "name": name, "enrolled": participation.enrolled, "finished": participation.finished,
      "started": participation.started, "notStarted": participation.notStarted,
      "exemptText": participation.exempt == 0
        ? phrases("site.none")
        : phrases(
          "report.exemptOf",
          ["finished": "\(participation.exemptFinished)", "exempt": "\(participation.exempt)"]),
    ]
    if let cost = report.cost(of: participation.enrolled) {
      row["cost"] = ["yuan": ReportProgress.yuan(cost)]
    }
    return row
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
