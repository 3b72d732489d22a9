/// The terms of a programme as its file writes them.
struct ProgrammeTermsDocument: Decodable {
  struct Period: Decodable {
    var years: Int
    var paragraph: String
    var quote: String?
  }

  struct Certificates: Decodable {
    struct Certificate: Decodable {
      var name: String
      var hours: Double
      var issuers: [String]
    }

    var list: [Certificate]
    var paragraph: String
    var quote: String?
  }

  struct Structure: Decodable {
    struct Stage: Decodable {
      var number: Int
      var name: String
      var online: Double
      var practice: Double
      var weeks: Int
    }

    struct Theme: Decodable {
      var number: Int
      var title: String
      var stage: Int?
      var online: Double
      var practice: Double
      var deliverable: String
    }

    var stages: [Stage]
    var themes: [Theme]
    var diagnosisTheme: Int?
    var paragraph: String
    var quote: String?
  }

  struct Cost: Decodable {
    var perHour: Double
    var perTeacher: Double
    var paragraph: String
    var quote: String?
  }

  struct Provider: Decodable {
    var chooser: ProgrammeTerms.ProviderChoice.Chooser
    var candidates: Int
    var institutions: [String]?
    var paragraph: String
    var quote: String?
  }

  struct Exemption: Decodable {
    struct Age: Decodable {
      struct Delay: Decodable {
        var bornFrom: String
        var birthMonths: Int
        var until: Int
      }

      var sex: RetirementAge.Sex
      var post: RetirementAge.Post?
      var years: Int
      var delay: Delay?
    }

    var yearsToRetirementBelow: Double
    var ages: [Age]?
    var paragraph: String
    var quote: String?
  }

  struct Gates: Decodable {
    struct Gate: Decodable {
      enum Kind: String, Decodable {
        case online
        case practice
        case activities
        case results
      }

      var kind: Kind
      var min: Double?
      var names: [String]?
    }

    var list: [Gate]
    var paragraph: String
    var quote: String?
  }

  struct Evidence: Decodable {
    struct Activity: Decodable {
      var name: String
      var maximumHours: Double?
    }

    var activities: [Activity]
    var mode: Course.Mode
    var paragraph: String
    var quote: String?
  }

  struct Quota: Decodable {
    struct Year: Decodable {
      var year: Int
      var share: Double
    }

    var counting: ProgrammeTerms.Quota.Counting
    var years: [Year]
    var paragraph: String
    var quote: String?
  }

  var period: Period?
  var certificates: Certificates?
  var structure: Structure?
  var cost: Cost?
  var provider: Provider?
  var exemption: Exemption?
  var quota: Quota?
  var gates: Gates?
  var evidence: Evidence?

  /// Every path below `terms` that a file may have, elements of a list written `*`.
  static let paths: Set<String> = {
    let blocks: [String: [String]] = [
      "period": ["years"],
      "certificates": ["list", "list.*", "list.*.name", "list.*.hours", "list.*.issuers"]
        + ["list.*.issuers.*"],
      "structure": ["stages", "stages.*", "themes", "themes.*", "diagnosisTheme"]
        + ["number", "name", "online", "practice", "weeks"].map { "stages.*.\($0)" }
        + ["number", "title", "stage", "online", "practice", "deliverable"].map { "themes.*.\($0)" },
      "cost": ["perHour", "perTeacher"],
      "quota": ["counting", "years", "years.*", "years.*.year", "years.*.share"],
      "provider": ["chooser", "candidates", "institutions", "institutions.*"],
      "exemption": ["yearsToRetirementBelow", "ages", "ages.*"]
        + ["sex", "post", "years", "delay", "delay.bornFrom", "delay.birthMonths", "delay.until"]
        .map { "ages.*.\($0)" },
      "gates": ["list", "list.*", "list.*.names", "list.*.names.*"]
        + ["kind", "min"].map { "list.*.\($0)" },
      "evidence": ["activities", "activities.*", "mode"]
        + ["name", "maximumHours"].map { "activities.*.\($0)" },
    ]
    var paths: Set<String> = ["terms"]
    for (block, fields) in blocks {
      paths.insert("terms.\(block)")
      for field in fields + ["paragraph", "quote"] { paths.insert("terms.\(block).\(field)") }
    }
    return paths
  }()

  /// The terms.
  var terms: ProgrammeTerms {
    ProgrammeTerms(
      period: period.map {
        .init(years: $0.years, source: .init(paragraph: $0.paragraph, quote: $0.quote))
      },
      certificates: certificates.map {
        .init(
          list: $0.list.map { .init(name: $0.name, hours: $0.hours, issuers: $0.issuers) },
          source: .init(paragraph: $0.paragraph, quote: $0.quote))
      },
      structure: structure.map(\.structure),
      cost: cost.map {
        .init(
          perHour: $0.perHour, perTeacher: $0.perTeacher,
          source: .init(paragraph: $0.paragraph, quote: $0.quote))
      },
      provider: provider.map {
        .init(
          chooser: $0.chooser, candidates: $0.candidates, institutions: $0.institutions ?? [],
          source: .init(paragraph: $0.paragraph, quote: $0.quote))
      },
      exemption: exemption.map {
        .init(
          yearsToRetirementBelow: $0.yearsToRetirementBelow,
          ages: ($0.ages ?? []).compactMap(\.age),
          source: .init(paragraph: $0.paragraph, quote: $0.quote))
      }, quota: quota.map(\.quota),
      gates: gates.map {
        ProgrammeGates(
          gates: $0.list.map(\.gate), source: .init(paragraph: $0.paragraph, quote: $0.quote))
      },
      evidence: evidence.map {
        .init(
          activities: $0.activities.map { .init(name: $0.name, maximumHours: $0.maximumHours) },
          mode: $0.mode, source: .init(paragraph: $0.paragraph, quote: $0.quote))
      })
  }
}

extension ProgrammeTermsDocument.Exemption.Age {
  /// The age; nil when its day cannot be read, which the check has told.
  fileprivate var age: RetirementAge? {
    guard let delay else { return RetirementAge(sex: sex, post: post, years: years) }
    return CalendarDay(delay.bornFrom).map {
      RetirementAge(
        sex: sex, post: post, years: years,
        delay: .init(bornFrom: $0, birthMonths: delay.birthMonths, untilYears: delay.until))
    }
  }
}

extension ProgrammeTermsDocument.Gates.Gate {
  fileprivate var gate: ProgrammeGates.Gate {
    switch kind {
    case .online: .hours(.online, minimum: min ?? 0)
    case .practice: .hours(.practice, minimum: min ?? 0)
    case .activities: .activities(names ?? [])
    case .results: .results(minimum: Int(min ?? 0))
    }
  }
}

extension RetirementAge.Sex: Decodable {}

extension RetirementAge.Post: Decodable {}

extension Course.Mode: Decodable {}

extension ProgrammeTermsDocument.Structure {
  fileprivate var structure: ProgrammeTerms.Structure {
    .init(
      stages: stages.map {
        .init(
          number: $0.number, name: $0.name, online: $0.online, practice: $0.practice,
          weeks: $0.weeks)
      },
      themes: themes.map {
        .init(
          number: $0.number, title: $0.title, stage: $0.stage, online: $0.online,
          practice: $0.practice, deliverable: $0.deliverable)
      },
      diagnosisTheme: diagnosisTheme, source: .init(paragraph: paragraph, quote: quote))
  }
}

extension ProgrammeTermsDocument.Quota {
  fileprivate var quota: ProgrammeTerms.Quota {
    .init(
      counting: counting, years: years.map { .init(year: $0.year, share: $0.share) },
      source: .init(paragraph: paragraph, quote: quote))
  }
}

extension ProgrammeTerms.ProviderChoice.Chooser: Decodable {}
extension ProgrammeTerms.Quota.Counting: Decodable {}
