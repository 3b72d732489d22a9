import Foundation
import HTTPTypes
import People
import Storage

/// Who of a school has finished: all that a school learns of single persons.
struct PeoplePage {
  /// The values of one row, on the school's page and on the teacher's own page about it.
  ///
  /// Only these fields leave the server about a person: no ability, no result, no answer.
  static func row(_ row: ParticipationRow, _ phrases: Phrases) -> [String: Any] {
    let entry = row.person.entry
    return [
      "name": entry.name, "staffNumber": row.person.staffNumber,
      "group": entry.group ?? phrases("people.noGroup"),
      "stateText": row.finishedAt.map { phrases("people.finishedOn", ["date": phrases.date($0)]) }
        ?? phrases("people.state.\(row.state.rawValue)"),
      "class": row.state.rawValue,
      "isExempt": entry.isNearRetirement,
    ]
  }

  let unit: AdministrativeUnit
  /// The teaching group that is shown; nil for the whole school.
  let group: TeachingGroup?
  let rows: [ParticipationRow]
  /// The programme by whose standard they have finished or not.
  let choice: ReportedProgramme
  let language: Language
  let phrases: Phrases
  let mayIssueCodes: Bool
  let mayImport: Bool
  /// The groups that may be given a leader here.
  let appointable: [TeachingGroup]

  private var name: String { group.map { "\(unit.name) \($0.name)" } ?? unit.name }
  private var address: String {
    group.map { SitePath.people($0.id) } ?? SitePath.people(unit.id)
  }

  /// The page, after a form for one teacher perhaps with the number that nobody has.
  func page(unknownNumber: String? = nil) -> Page {
    let title = phrases("people.title", ["school": name])
    let asked = rows.filter { !$0.person.entry.isNearRetirement || $0.state == .finished }
    let finished = asked.count { $0.state == .finished }
    let missing = asked.filter { $0.state != .finished }
    var values: [String: Any] = [
      "titleText": title, "schoolName": unit.name,
      "code": unit.code ?? "",
      "summaryText": phrases(
        "people.summary", ["finished": "\(finished)", "asked": "\(asked.count)"]),
      "missingText": missing.isEmpty
        ? phrases("people.allFinished")
        : phrases("people.missing", ["count": "\(missing.count)"]),
      "people": rows.map { Self.row($0, phrases) },
      "standardHTML": choice.standardHTML(language, phrases),
      "csvURL": "\(address)/export.csv\(choice.query)",
      "noticeURL": "\(address)/notice\(choice.query)",
      "hasMissing": !missing.isEmpty, "isEmpty": rows.isEmpty,
    ]
    if let form = choice.form(action: address, language) { values["choice"] = form }
    let exempt = rows.count - asked.count
    if exempt > 0 {
      values["exemptText"] = phrases("people.exemptCount", ["count": "\(exempt)"])
    }
    if mayIssueCodes { values["codes"] = ["action": "\(SitePath.people(unit.id))/codes"] }
    if !appointable.isEmpty {
      values["appoint"] = [
        "groups": appointable.map { group in
          ["name": group.name, "action": "/groups/\(group.id.rawValue)/leader"]
        }
      ]
    }
    if mayIssueCodes { values["paperURL"] = SitePath.paper(unit.id) }
    if mayImport { values["roster"] = ["url": SitePath.schoolRoster(unit.id)] }
    if let unknownNumber {
      values["staffNumber"] = unknownNumber
      values["errorSummary"] = FormFaults.summary(
        [("staffNumber", "people.unknownNumber")], phrases)
    }
    return Page(
      template: "school/people",
      title: unknownNumber == nil ? title : phrases("site.errorTitle", ["page": title]),
      address: address + choice.query, status: unknownNumber == nil ? .ok : .unprocessableContent,
      values: values)
  }

  /// The notice for those who have not finished, to print and hang up or hand round.
  func notice() -> Page {
    let missing = rows.filter { $0.state != .finished && !$0.person.entry.isNearRetirement }
    return Page(
      template: "school/notice", title: phrases("people.noticeTitle"),
      address: "\(address)/notice\(choice.query)",
      values: [
        "schoolName": name, "code": unit.code ?? "",
        "people": missing.map { Self.row($0, phrases) }, "isEmpty": missing.isEmpty,
      ])
  }
}
