/// What a programme says beyond what the courses of a plan must hold: its period, its certificates,
/// its themes, what it costs, who teaches, who need not take part, and what is due each year.
///
/// A programme whose document is silent about something has nothing there.
public struct ProgrammeTerms: Hashable, Sendable {
  /// Where something is said.
  public struct Source: Hashable, Sendable {
    /// The paragraph of the document.
    public var paragraph: String
    /// The document's words; nil when they are not quoted.
    public var quote: String?

    /// Creates a source.
    public init(paragraph: String, quote: String? = nil) {
      self.paragraph = paragraph
      self.quote = quote
    }
  }

  /// How long a teacher has for the hours.
  public struct Period: Hashable, Sendable {
    /// Years, above 0.
    public var years: Int
    /// Where it is said.
    public var source: Source
  }

  /// A proof of hours (合格证明).
  public struct Certificate: Hashable, Sendable {
    /// Its name, in the document's words.
    public var name: String
    /// The credit hours it stands for.
    public var hours: Double
    /// Who issues it, in the document's words.
    public var issuers: [String]
  }

  /// The certificates of a programme.
  public struct Certificates: Hashable, Sendable {
    /// The certificates; their hours are all the programme's hours.
    public var list: [Certificate]
    /// Where they are named.
    public var source: Source
  }

  /// What a teacher does in a programme, in order; hours are credit hours.
  public struct Structure: Hashable, Sendable {
    /// A stage (阶段) as its header gives it.
    public struct Stage: Hashable, Sendable {
      /// Its number, from 1.
      public var number: Int
      /// Its name, in the document's words.
      public var name: String
      /// Online hours.
      public var online: Double
      /// Practice hours.
      public var practice: Double
      /// How many weeks it takes.
      public var weeks: Int
    }

    /// A theme (研修主题).
    public struct Theme: Hashable, Sendable {
      /// Its number, from 1.
      public var number: Int
      /// Its title, in the document's words.
      public var title: String
      /// The stage it belongs to; nil when it stands outside all.
      public var stage: Int?
      /// Online hours.
      public var online: Double
      /// Practice hours.
      public var practice: Double
      /// What is handed in, in the document's words.
      public var deliverable: String

      /// All its hours.
      public var hours: Double { online + practice }
    }

    /// The stages.
    public var stages: [Stage]
    /// The themes that have hours.
    public var themes: [Theme]
    /// The number of the theme that consists of the diagnosis and the plan made from it; nil when
    /// none does.
    public var diagnosisTheme: Int?
    /// Where it is said.
    public var source: Source

    /// The theme whose hours the diagnosis itself earns.
    public var credited: Theme? { themes.first { $0.number == diagnosisTheme } }
  }

  /// What the training costs whoever pays for it, in yuan.
  public struct Cost: Hashable, Sendable {
    /// For each credit hour of a teacher.
    public var perHour: Double
    /// For a teacher, all hours together.
    public var perTeacher: Double
    /// Where it is said.
    public var source: Source
  }

  /// How it is decided which training institution teaches a teacher.
  public struct ProviderChoice: Hashable, Sendable {
    /// Who decides.
    public enum Chooser: String, Hashable, Sendable, CaseIterable {
      /// 县（市、区）.
      case county
      /// 学校.
      case school
      /// 教师.
      case teacher
    }

    /// Who decides.
    public var chooser: Chooser
    /// From how many institutions one is chosen, at least 1.
    public var candidates: Int
    /// Their names in the document's words; empty where it names none.
    public var institutions: [String]
    /// Where it is said.
    public var source: Source
  }

  /// Who need not take part, but may.
  public struct Exemption: Hashable, Sendable {
    /// Teachers with fewer years than this to their retirement.
    public var yearsToRetirementBelow: Double
    /// At what age people retire, by sex and post; empty where the file does not say.
    public var ages: [RetirementAge]
    /// Where it is said.
    public var source: Source

    /// Whether a teacher is exempt, by the years from the day in question to retirement.
    ///
    /// When a teacher retires depends on sex, post and the law of the day, and is for whoever keeps
    /// the register to say.
    public func applies(yearsToRetirement years: Double) -> Bool {
      years < yearsToRetirementBelow
    }
  }

  /// How much of a region is to be trained by the end of each year.
  public struct Quota: Hashable, Sendable {
    /// What is counted.
    public enum Counting: String, Hashable, Sendable, CaseIterable {
      /// 学校, each as a whole (整校推进).
      case schools
      /// 教师.
      case teachers
    }

    /// A year's share.
    public struct Year: Hashable, Sendable {
      /// The year.
      public var year: Int
      /// The share that this year adds, above 0; the years' shares together are at most 1.
      public var share: Double
    }

    /// What is counted.
    public var counting: Counting
    /// The years, ascending.
    public var years: [Year]
    /// Where it is said.
    public var source: Source
  }

  /// Work that earns hours without a course (JS-29).
  public struct Evidence: Hashable, Sendable {
    /// A kind of work.
    public struct Activity: Hashable, Sendable {
      /// Its name, in the document's words.
      public var name: String
      /// The most hours it earns in a period; nil where there is no limit.
      public var maximumHours: Double?
    }

    /// The kinds of work.
    public var activities: [Activity]
    /// Which hours it earns.
    public var mode: Course.Mode
    /// Where it is said.
    public var source: Source

    /// The kind of work of a name.
    public func activity(_ name: String) -> Activity? { activities.first { $0.name == name } }
  }

  /// How long a teacher has.
  public var period: Period?
  /// The proofs of hours.
  public var certificates: Certificates?
  /// Stages and themes.
  public var structure: Structure?
  /// What it costs.
  public var cost: Cost?
  /// Who teaches.
  public var provider: ProviderChoice?
  /// Who need not take part.
  public var exemption: Exemption?
  /// How much is to be done by when.
  public var quota: Quota?
  /// What is done in which order.
  public var gates: ProgrammeGates?
  /// What earns hours without a course.
  public var evidence: Evidence?

  /// Creates terms.
  public init(
    period: Period? = nil, certificates: Certificates? = nil, structure: Structure? = nil,
    cost: Cost? = nil, provider: ProviderChoice? = nil, exemption: Exemption? = nil,
    quota: Quota? = nil,
    gates: ProgrammeGates? = nil, evidence: Evidence? = nil
  ) {
    self.period = period
    self.certificates = certificates
    self.structure = structure
    self.cost = cost
    self.provider = provider
    self.exemption = exemption
    self.quota = quota
    self.gates = gates
    self.evidence = evidence
  }
}

extension Programme {
  /// The rules for the courses of a plan: the programme's, less the hours of the theme that the
  /// diagnosis itself is.
  public var courseRules: ProgrammeRules {
    guard let credited = terms.structure?.credited else { return rules }
    return rules.less(EarnedHours(online: credited.online, practice: credited.practice))
  }
}

extension ProgrammeTerms.Cost {
  /// What a number of credit hours of one teacher costs, in yuan.
  public func total(forHours hours: Double) -> Double { perHour * hours }
}
