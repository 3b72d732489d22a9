import Courses

/// What a programme says beyond the rules for courses, in words: what the diagnosis earns, what the
/// training costs, who teaches and who need not take part.
struct ProgrammeTermsText {
  let programme: Programme
  let phrases: Phrases

  private var terms: ProgrammeTerms { programme.terms }

  /// One sentence for each thing it says.
  func sentences() -> [String] {
    [credit(), period(), cost(), provider(), exemption()].compactMap { $0 }
  }

  /// The themes with their hours and results; nil when it has none.
  func themes() -> [String: Any]? {
    guard let structure = terms.structure else { return nil }
    return [
      "rows": structure.themes.map { theme in
        [
          "number": "\(theme.number)", "title": theme.title,
          "online": Numeral.hours(theme.online), "practice": Numeral.hours(theme.practice),
          "deliverable": theme.deliverable,
        ]
      },
      "sourceText": structure.source.paragraph,
    ]
  }

  /// What the diagnosis itself earns; nil when it earns nothing.
  func credit() -> String? {
    terms.structure?.credited.map { theme in
      phrases(
        "terms.credit",
        [
          "total": Numeral.hours(programme.rules.hours.minimum),
          "credit": Numeral.hours(theme.hours), "theme": "\(theme.number)",
          "rest": Numeral.hours(programme.courseRules.hours.minimum),
        ])
    }
  }

  private func period() -> String? {
    terms.period.map { phrases("terms.period", ["years": "\($0.years)"]) }
  }

  private func cost() -> String? {
    terms.cost.map { cost in
      phrases(
        "terms.cost",
        [
          "perHour": Numeral.hours(cost.perHour), "perTeacher": Numeral.hours(cost.perTeacher),
          "hours": Numeral.hours(programme.rules.hours.minimum),
        ])
    }
  }

  private func provider() -> String? {
    terms.provider.map { provider in
      phrases(
        "terms.provider",
        [
          "chooser": phrases("terms.chooser.\(provider.chooser.rawValue)"),
          "candidates": "\(provider.candidates)",
        ])
    }
  }

  private func exemption() -> String? {
    terms.exemption.map {
      phrases("terms.exemption", ["years": Numeral.hours($0.yearsToRetirementBelow)])
    }
  }
}
