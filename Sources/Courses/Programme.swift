public import Competency

/// A training programme (工程方案): whose rules a study plan obeys, each with the paragraph it comes
/// from.
public struct Programme: Hashable, Sendable {
  /// Identifies a programme.
  public struct ID: RawRepresentable, Hashable, Sendable {
    /// The identifier as the data writes it.
    public var rawValue: String
    /// Wraps an identifier.
    public init(rawValue: String) { self.rawValue = rawValue }
  }

  /// The programme's identifier.
  public var id: ID
  /// Its name.
  public var name: LocalizedName
  /// Who issued the document.
  public var issuer: LocalizedName
  /// The number of the document.
  public var documentNumber: String
  /// The framework it is about.
  public var framework: Framework.ID
  /// Its rules.
  public var rules: ProgrammeRules
  /// Where each rule comes from, in the order they are shown.
  public var sources: [ProgrammeRuleSource]
  /// What it says beyond what the courses of a plan must hold.
  public var terms: ProgrammeTerms

  /// Creates a programme.
  public init(
    id: ID, name: LocalizedName, issuer: LocalizedName, documentNumber: String,
    framework: Framework.ID, rules: ProgrammeRules, sources: [ProgrammeRuleSource],
    terms: ProgrammeTerms = ProgrammeTerms()
  ) {
    self.id = id
    self.name = name
    self.issuer = issuer
    self.documentNumber = documentNumber
    self.framework = framework
    self.rules = rules
    self.sources = sources
    self.terms = terms
  }
}

/// What a study plan must hold to satisfy a programme.
///
/// Hours are credit hours (学时).
public struct ProgrammeRules: Hashable, Sendable {
  /// A range of hours, both ends included.
  public struct HoursRange: Hashable, Sendable {
    /// The fewest hours.
    public var minimum: Double
    /// The most hours; nil when there is no limit.
    public var maximum: Double?

    /// Creates a range.
    public init(minimum: Double, maximum: Double? = nil) {
      self.minimum = minimum
      self.maximum = maximum
    }
  }

  /// A share of all hours that has to be practice, hours already earned counted in.
  public struct PracticeShare: Hashable, Sendable {
    /// The least share, 0…1.
    public var minimum: Double
    /// Hours already earned, of any kind.
    public var earnedHours: Double
    /// Practice hours already earned.
    public var earnedPractice: Double

    /// Creates a share.
    public init(minimum: Double, earnedHours: Double = 0, earnedPractice: Double = 0) {
      self.minimum = minimum
      self.earnedHours = earnedHours
      self.earnedPractice = earnedPractice
    }

    /// How many practice hours are missing beside a plan's.
    public func missing(hours: Double, practice: Double) -> Double {
      max(0, minimum * (earnedHours + hours) - (earnedPractice + practice))
    }
  }

  /// All hours together.
  public var hours: HoursRange
  /// Online hours.
  public var online: HoursRange
  /// Practice hours.
  public var practice: HoursRange
  /// How many points of the chosen environment at least one course must cover.
  public var minimumPoints: Int
  /// How many dimensions those points must come from.
  public var minimumDimensions: Int
  /// Hours of video courses that the teacher chooses: online, in the form of a video, and not
  /// compulsory; nil when the programme does not ask.
  public var video: HoursRange?
  /// How much of all hours has to be practice; nil when the programme does not ask.
  public var practiceShare: PracticeShare?
  /// Courses that everybody takes, in the order they are shown.
  public var compulsory: [Course.ID]
  /// The only institution whose courses count; nil when all do.
  public var provider: Provider.ID?
  /// Whether a plan is made for the points of one environment.
  ///
  /// A programme without environments plans for all points the teacher was asked about.
  public var isForOneEnvironment: Bool

  /// Creates rules.
  public init(
    hours: HoursRange, online: HoursRange, practice: HoursRange, minimumPoints: Int,
    minimumDimensions: Int, isForOneEnvironment: Bool = true, video: HoursRange? = nil,
    practiceShare: PracticeShare? = nil, compulsory: [Course.ID] = [],
    provider: Provider.ID? = nil
  ) {
    self.hours = hours
    self.online = online
    self.practice = practice
    self.minimumPoints = minimumPoints
    self.minimumDimensions = minimumDimensions
    self.isForOneEnvironment = isForOneEnvironment
    self.video = video
    self.practiceShare = practiceShare
    self.compulsory = compulsory
    self.provider = provider
  }
}

/// The name of one rule of a programme.
public enum ProgrammeRule: String, Hashable, Sendable, CaseIterable {
  /// All hours together.
  case hours
  /// Online hours.
  case online
  /// Practice hours.
  case practice
  /// The number of points.
  case points
  /// The number of dimensions.
  case dimensions
  /// Hours of video courses the teacher chooses.
  case video
  /// The share of practice in all hours.
  case practiceShare
  /// The courses everybody takes.
  case compulsory

  /// The rules every programme states.
  public static let stated: [ProgrammeRule] = [.hours, .online, .practice, .points, .dimensions]
}

/// Where a rule of a programme comes from.
public struct ProgrammeRuleSource: Hashable, Sendable {
  /// The rule.
  public var rule: ProgrammeRule
  /// The paragraph of the document.
  public var paragraph: String
  /// The document's words; nil when only an altered copy of them was at hand.
  public var quote: String?
  /// Whether the rule is a setting of this product where the document says nothing.
  public var isSetting: Bool

  /// Creates a source.
  public init(rule: ProgrammeRule, paragraph: String, quote: String?, isSetting: Bool) {
    self.rule = rule
    self.paragraph = paragraph
    self.quote = quote
    self.isSetting = isSetting
  }
}
