public import Competency

/// A topic of a course standard (培训课程标准), such as 技术支持的课堂导入: what courses may be about,
/// and which points of the framework they then serve.
public struct CourseTopic: Hashable, Sendable {
  /// Identifies a topic within its standard.
  public struct ID: RawRepresentable, Hashable, Sendable {
    /// The identifier as the standard writes it.
    public var rawValue: String
    /// Wraps an identifier.
    public init(rawValue: String) { self.rawValue = rawValue }
  }

  /// The topic's identifier.
  public var id: ID
  /// Its title.
  public var title: LocalizedName
  /// The series (系列) it belongs to, as the standard codes it.
  public var series: String
  /// The group within the series, in the standard's words.
  public var group: String
  /// The most credit hours a course on it may have.
  public var maximumHours: Double
  /// The points it serves: its row of the matrix; empty when the standard names none.
  public var points: Set<CompetencyPoint.ID>
  /// What has to be handed in, in the standard's words.
  public var evidence: [String]

  /// Creates a topic.
  public init(
    id: ID, title: LocalizedName, series: String, group: String, maximumHours: Double,
    points: Set<CompetencyPoint.ID>, evidence: [String]
  ) {
    self.id = id
    self.title = title
    self.series = series
    self.group = group
    self.maximumHours = maximumHours
    self.points = points
    self.evidence = evidence
  }
}

/// A course standard: the topics that training for a framework is made of.
public struct CourseStandard: Hashable, Sendable {
  /// The framework it serves.
  public var framework: Framework.ID
  /// Its title.
  public var title: LocalizedName
  /// Its topics, in the standard's order.
  public var topics: [CourseTopic]

  /// Creates a standard.
  public init(framework: Framework.ID, title: LocalizedName, topics: [CourseTopic]) {
    self.framework = framework
    self.title = title
    self.topics = topics
  }

  /// The topic with an identifier.
  public func topic(_ id: CourseTopic.ID) -> CourseTopic? {
    topics.first { $0.id == id }
  }
}
