import Courses
import Foundation
import Reporting

/// How far a unit is with its programme, who need not take part and what it costs.
///
/// All of it is counts of people who are enrolled or have finished, times numbers of the programme:
/// no result goes into it, so none can be read out of it.
struct ReportProgress {
  /// One number, as a file tells it.
  struct Line: Hashable {
    var unit: String
    /// What is counted, a key below `report.measure`.
    var measure: String
    /// By the end of which year; nil for today.
    var year: Int?
    var value: Double
    /// What it is counted in, a key below `report.in`.
    var countedIn: String
  }

  let report: UnitReport
  let language: Language
  let phrases: Phrases

  /// The values of the page.
  func values() -> [String: Any] {
    var values: [String: Any] = [
      "sentences": [exemptSentence(), costSentence()].compactMap { $0 }
    ]
    guard !report.isSchool else { return values }
    if let quota = report.programme.terms.quota {
      values["quota"] = [
        "countingText": phrases("report.quota.counted.\(quota.counting.rawValue)"),
        "sourceText": quota.source.paragraph, "quoteText": quota.source.quote ?? "",
        "years": quota.years.map { year(of: $0.year, counting: quota.counting) },
      ]
    } else {
      values["plain"] = Quota.Counting.allCases.map { counting in
        let progress = report.progress(counting, by: report.year)
        return phrases(
          "report.quota.\(counting.rawValue)Plain",
          ["finished": "\(progress.finished)", "total": "\(progress.total)"])
      }
    }
    return values
  }

  /// The same for a file: one line a number.
  func lines() -> [Line] {
    var lines = lines(of: report.participation, unit: report.name)
    if !report.isSchool {
      for counting in Quota.Counting.allCases {
        lines += quotaLines(counting)
      }
    }
    for row in report.map.rows {
      guard case .unit(let unit) = row.subject, let part = report.parts[unit] else { continue }
      lines += self.lines(of: part.participation, unit: part.name)
    }
    return lines
  }

  /// Yuan in words: whole, for no estimate is finer.
  static func yuan(_ cost: TrainingCost) -> String { "\(Int(cost.yuan.rounded()))" }

  // MARK: Years

  private func year(of year: Int, counting: ProgrammeTerms.Quota.Counting) -> [String: Any] {
    let share = Int((quotaShare(by: year) * 100).rounded())
    var values: [String: Any] = ["year": "\(year)", "shareText": "\(share)%"]
    for kind in Quota.Counting.allCases {
      let progress = report.progress(kind, by: year)
      values["\(kind.rawValue)Text"] = phrases(
        "report.quota.cell",
        [
          "due": "\(progress.due)", "total": "\(progress.total)",
          "finished": "\(progress.finished)",
        ])
      // What the document counts decides; the other column is there to compare.
      guard kind.rawValue == counting.rawValue, year <= report.year else { continue }
      values["state"] = [
        "class": progress.missing == 0 ? "met" : "short",
        "word": progress.missing == 0
          ? phrases("report.quota.met")
          : phrases("report.quota.missing", ["missing": "\(progress.missing)"]),
      ]
    }
    if values["state"] == nil { values["laterText"] = phrases("report.quota.later") }
    return values
  }

  private func quotaShare(by year: Int) -> Double {
    let years = report.programme.terms.quota?.years ?? []
    return Quota(
      counting: .teachers, years: years.map { .init(year: $0.year, share: $0.share) }
    ).shareDue(by: year)
  }

  private func quotaLines(_ counting: Quota.Counting) -> [Line] {
    let (measure, unit) = ("done.\(counting.rawValue)", counting.rawValue)
    let now = report.progress(counting, by: report.year)
    let finished = [
      Line(
        unit: report.name, measure: "total.\(counting.rawValue)", value: Double(now.total),
        countedIn: unit),
      Line(unit: report.name, measure: measure, value: Double(now.finished), countedIn: unit),
    ]
    return finished
      + (report.programme.terms.quota?.years ?? []).map { year in
        Line(
          unit: report.name, measure: "due.\(counting.rawValue)", year: year.year,
          value: Double(report.progress(counting, by: year.year).due), countedIn: unit)
      }
  }

  // MARK: People and money

  private func lines(of people: Participation, unit: String) -> [Line] {
    let counts = [
      ("enrolled", people.enrolled), ("finished", people.finished), ("started", people.started),
      ("notStarted", people.notStarted), ("exempt", people.exempt),
      ("exemptFinished", people.exemptFinished),
    ].map { name, count in
      Line(unit: unit, measure: name, value: Double(count), countedIn: "teachers")
    }
    guard let cost = report.cost(of: people.enrolled) else { return counts }
    return counts + [
      Line(unit: unit, measure: "personHours", value: cost.personHours, countedIn: "personHours"),
      Line(unit: unit, measure: "cost", value: cost.yuan, countedIn: "yuan"),
    ]
  }

  /// Who need not take part; nil where nobody is marked and the document says nothing of it.
  private func exemptSentence() -> String? {
    let people = report.participation
    let values = ["exempt": "\(people.exempt)", "finished": "\(people.exemptFinished)"]
    guard let exemption = report.programme.terms.exemption else {
      return people.exempt == 0 ? nil : phrases("report.exemptUnsaid", values)
    }
    return phrases(
      "report.exemptSaid",
      values.merging(["years": Numeral.hours(exemption.yearsToRetirementBelow)]) { $1 })
  }

  private func costSentence() -> String {
    guard let cost = report.cost(of: report.participation.enrolled) else {
      return phrases("report.costUnsaid")
    }
    let values = [
      "people": "\(cost.people)", "hours": Numeral.hours(cost.hours),
      "rate": Numeral.hours(cost.rate), "yuan": Self.yuan(cost),
    ]
    guard report.participation.exempt > 0, let more = report.cost(of: report.participation.exempt)
    else { return phrases("report.cost", values) }
    return phrases("report.cost", values) + phrases("site.sentenceGap")
      + phrases(
        "report.costMore", ["people": "\(more.people)", "yuan": Self.yuan(more)])
  }
}
