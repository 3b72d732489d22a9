import Competency

/// A programme as its file writes it.
struct ProgrammeDocument: Decodable {
  struct Range: Decodable {
    var min: Double
    var max: Double?

    var hours: ProgrammeRules.HoursRange { .init(minimum: min, maximum: max) }
  }

  struct Count: Decodable {
    var min: Int
  }

  struct Rules: Decodable {
    var hours: Range
    var online: Range
    var practice: Range
    var points: Count
    var dimensions: Count
    var oneEnvironment: Bool?
  }

  struct Source: Decodable {
    var rule: String
    var paragraph: String
    var quote: String?
    var setting: Bool
  }

  var id: String
  var name: NameDocument
  var issuer: NameDocument
  var documentNumber: String
  var framework: String
  var rules: Rules
  var sources: [Source]
  var terms: ProgrammeTermsDocument?

  /// Every path a file may have, elements of a list written `*`.
  static let paths: Set<String> = ProgrammeTermsDocument.paths.union([
    "", "id", "name", "name.zh-Hans", "name.en", "issuer", "issuer.zh-Hans", "issuer.en",
    "documentNumber", "framework", "rules", "rules.hours", "rules.hours.min", "rules.hours.max",
    "rules.online", "rules.online.min", "rules.online.max", "rules.practice",
    "rules.practice.min", "rules.practice.max", "rules.points", "rules.points.min",
    "rules.dimensions", "rules.dimensions.min", "rules.oneEnvironment", "sources", "sources.*",
    "sources.*.rule", "sources.*.paragraph", "sources.*.quote", "sources.*.setting",
  ])

  /// The programme, if every source names a rule.
  var programme: Programme? {
    let known = sources.compactMap { source in
      ProgrammeRule(rawValue: source.rule).map {
        ProgrammeRuleSource(
          rule: $0, paragraph: source.paragraph, quote: source.quote, isSetting: source.setting)
      }
    }
    guard known.count == sources.count else { return nil }
    return Programme(
      id: Programme.ID(rawValue: id), name: name.localized, issuer: issuer.localized,
      documentNumber: documentNumber, framework: Framework.ID(rawValue: framework),
      rules: ProgrammeRules(
        hours: rules.hours.hours, online: rules.online.hours, practice: rules.practice.hours,
        minimumPoints: rules.points.min, minimumDimensions: rules.dimensions.min,
        isForOneEnvironment: rules.oneEnvironment ?? true),
      sources: known, terms: terms?.terms ?? ProgrammeTerms())
  }
}
