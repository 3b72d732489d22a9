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
    var video: Range?
    var practiceShare: Share?
    var compulsory: [String]?
  }

  struct Share: Decodable {
    var min: Double
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
    "rules.dimensions", "rules.dimensions.min", "rules.oneEnvironment", "rules.video",
    "rules.video.min", "rules.video.max", "rules.practiceShare", "rules.practiceShare.min",
    "rules.compulsory", "rules.compulsory.*", "sources", "sources.*",
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
      rules: rules.rules,
      sources: known, terms: terms?.terms ?? ProgrammeTerms())
  }
}

extension ProgrammeDocument.Rules {
  /// The rules as plans obey them.
  var rules: ProgrammeRules {
    ProgrammeRules(
      hours: hours.hours, online: online.hours, practice: practice.hours,
      minimumPoints: points.min, minimumDimensions: dimensions.min,
      isForOneEnvironment: oneEnvironment ?? true, video: video?.hours,
      practiceShare: practiceShare.map { ProgrammeRules.PracticeShare(minimum: $0.min) },
      compulsory: (compulsory ?? []).map(Course.ID.init(rawValue:)))
  }

  /// The rules that are there, in the order they are shown.
  var present: [ProgrammeRule] {
    ProgrammeRule.stated + (video == nil ? [] : [.video])
      + (practiceShare == nil ? [] : [.practiceShare])
      + (compulsory?.isEmpty == false ? [.compulsory] : [])
  }
}
