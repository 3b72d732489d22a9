public import Competency

/// A course a teacher can choose.
public struct Course: Hashable, Sendable {
  /// Identifies a course within its catalogue.
  public struct ID: RawRepresentable, Hashable, Sendable {
    /// The identifier as the catalogue writes it.
    public var rawValue: String
    /// Wraps an identifier.
    public init(rawValue: String) { self.rawValue = rawValue }
  }

  /// Identifies a set of courses of which a plan holds at most one.
  public struct EquivalenceGroup: RawRepresentable, Hashable, Sendable {
    /// The identifier as the catalogue writes it.
    public var rawValue: String
    /// Wraps an identifier.
    public init(rawValue: String) { self.rawValue = rawValue }
  }

  /// How a course is taken.
  public enum Form: String, Hashable, Sendable, CaseIterable {
    /// 视频课程: watched online, in the teacher's own time.
    case video
    /// 线下工作坊: people meet, hands on.
    case workshop
    /// 校本实践: done in the teacher's own classroom, with a result to hand in.
    case practice
  }

  /// Which hours of a programme a course counts towards.
  public enum Mode: String, Hashable, Sendable, CaseIterable {
    /// 线上学时.
    case online
    /// 实践学时.
    case practice
  }

  /// The course's identifier.
  public var id: ID
  /// The framework its points are of; nil when only one is at hand.
  public var framework: Framework.ID?
  /// The topic of a course standard it belongs to; nil when it belongs to none.
  public var topic: CourseTopic.ID?
  /// Its title.
  public var title: LocalizedName
  /// Who offers it.
  public var provider: Provider.ID
  /// How it is taken.
  public var form: Form
  /// Which hours it counts towards.
  public var mode: Mode
  /// Its credit hours (学时), above 0.
  public var hours: Double
  /// Its level: an index into the framework's course level locations, from 0.
  public var level: Int
  /// How much it is expected to raise each point at best, in logits, above 0.
  ///
  /// Judged, not measured.
  public var gains: [CompetencyPoint.ID: Double]
  /// The point it is chiefly about; one of ``gains``.
  public var primary: CompetencyPoint.ID
  /// The course to take before it, unless its level has been reached.
  public var prerequisite: ID?
  /// Courses that teach the same: a plan holds at most one of a group.
  public var equivalents: EquivalenceGroup?
  /// What it costs the teacher, in yuan; nil when the catalogue does not say.
  public var price: Double?
  /// The result it ends in, in the words of the catalogue.
  public var evidence: LocalizedName?
  /// The school stages (学段) it is for, in the words in which teachers name theirs; empty for all.
  public var stages: [String]
  /// The subjects it is for, in the same words; empty for all.
  public var subjects: [String]
  /// How it was taken up; nil when the catalogue does not say.
  public var uptake: CourseUptake?

  /// Creates a course.
  public init(
    id: ID, title: LocalizedName, provider: Provider.ID, form: Form, mode: Mode, hours: Double,
    level: Int, gains: [CompetencyPoint.ID: Double], primary: CompetencyPoint.ID,
    prerequisite: ID? = nil, equivalents: EquivalenceGroup? = nil, price: Double? = nil,
    evidence: LocalizedName? = nil, framework: Framework.ID? = nil,
    topic: CourseTopic.ID? = nil, stages: [String] = [], subjects: [String] = [],
    uptake: CourseUptake? = nil
  ) {
    self.id = id
    self.framework = framework
    self.topic = topic
    self.title = title
    self.provider = provider
    self.form = form
    self.mode = mode
    self.hours = hours
    self.level = level
    self.gains = gains
    self.primary = primary
    self.prerequisite = prerequisite
    self.equivalents = equivalents
    self.price = price
    self.evidence = evidence
    self.stages = stages
    self.subjects = subjects
    self.uptake = uptake
  }

  /// Whether it is for a teacher of a stage and a subject; one that is not named suits every course.
  public func suits(stage: String?, subject: String?) -> Bool {
    func isFor(_ words: [String], _ word: String?) -> Bool {
      words.isEmpty || word.map(words.contains) ?? true
    }
    return isFor(stages, stage) && isFor(subjects, subject)
  }
}

/// A training institution (培训机构) that offers courses.
public struct Provider: Hashable, Sendable {
  /// Identifies a provider.
  public struct ID: RawRepresentable, Hashable, Sendable {
    /// The identifier as the catalogue writes it.
    public var rawValue: String
    /// Wraps an identifier.
    public init(rawValue: String) { self.rawValue = rawValue }
  }

  /// The provider's identifier.
  public var id: ID
  /// Its name.
  public var name: LocalizedName

  /// Creates a provider.
  public init(id: ID, name: LocalizedName) {
    self.id = id
    self.name = name
  }
}
