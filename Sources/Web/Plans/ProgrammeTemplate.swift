import Courses
import Recommendation

/// The form of a plan that a programme's document prescribes: themes with what is handed in.
struct ProgrammeTemplate {
  let programme: Programme
  /// The first day; nil if the teacher gave none.
  let start: StudyDay?
  let phrases: Phrases

  /// The themes with hours, what is handed in, and when their stage lies; nil when there are none.
  func themes() -> [String: Any]? {
    guard let structure = programme.terms.structure else { return nil }
    let spans = spans(structure)
    return [
      "rows": structure.themes.map { theme in
        var row: [String: Any] = [
          "number": "\(theme.number)", "title": theme.title,
          "online": Numeral.hours(theme.online), "practice": Numeral.hours(theme.practice),
          "deliverable": theme.deliverable,
          "spanText": theme.stage.flatMap { spans[$0] } ?? "",
        ]
        if theme.number == structure.diagnosisTheme { row["isThis"] = true }
        return row
      },
      "sourceText": structure.source.paragraph,
      "totalText": phrases(
        "print.themesTotal",
        [
          "online": Numeral.hours(structure.themes.reduce(0) { $0 + $1.online }),
          "practice": Numeral.hours(structure.themes.reduce(0) { $0 + $1.practice }),
        ]),
    ]
  }

  /// The weeks, or days, of each stage.
  private func spans(_ structure: ProgrammeTerms.Structure) -> [Int: String] {
    var spans: [Int: String] = [:]
    var week = 0
    for stage in structure.stages {
      let (first, last) = (week + 1, week + stage.weeks)
      if let start {
        spans[stage.number] = phrases(
          "print.span",
          [
            "start": StudyDay(number: start.number + 7 * week).iso,
            "end": StudyDay(number: start.number + 7 * last - 1).iso,
          ])
      } else {
        spans[stage.number] = phrases("print.weeks", ["first": "\(first)", "last": "\(last)"])
      }
      week = last
    }
    return spans
  }
}
