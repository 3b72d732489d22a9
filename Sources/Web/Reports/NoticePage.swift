import Foundation
import Reporting

/// The notice to hang up: who has not finished yet.
///
/// It holds names and nothing about them.
struct NoticePage {
  let report: UnitReport
  let path: String
  let backPath: String
  let phrases: Phrases

  func page() -> Page {
    let groups = Dictionary(grouping: report.reminders, by: \.group)
    let order = report.reminders.map(\.group)
    var seen: Set<String> = []
    let values: [String: Any] = [
      "unitName": report.name, "backPath": backPath,
      "dateText": phrases.date(report.takenAt),
      "groups": order.filter { seen.insert($0).inserted }.map { group in
        [
          "name": group,
          "namesText": (groups[group] ?? []).map(\.name)
            .joined(separator: phrases("result.listSeparator")),
        ]
      },
    ]
    return Page(
      template: "reports/notice", title: phrases("report.noticeTitle"), address: path,
      values: values)
  }
}
