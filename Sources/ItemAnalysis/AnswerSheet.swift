public import Competency
public import Delivery
public import ItemBank

/// What one teacher answered in one finished session, without anything that says who it was.
///
/// Answers are raw: they are scored again with whatever bank is in service, so that a key that was
/// mended counts for those who answered before.
public struct AnswerSheet: Hashable, Sendable {
  /// One item that was given.
  public struct Entry: Hashable, Sendable {
    /// The item.
    public var item: AssessmentItem.ID
    /// The answer that counted; nil where the item was left empty.
    public var answer: TestSession.Answer?
    /// The stage it was given in, from 1.
    public var stage: Int
    /// How long the answer took, in seconds; nil where the browser sent a whole stage at once.
    public var seconds: Int?

    /// Creates an entry.
    public init(
      item: AssessmentItem.ID, answer: TestSession.Answer?, stage: Int, seconds: Int? = nil
    ) {
      self.item = item
      self.answer = answer
      self.stage = stage
      self.seconds = seconds
    }
  }

  /// The test.
  public var test: AssessmentTest.ID
  /// The bank that the session is pinned to.
  public var bankVersion: Bank.Version
  /// The teacher's environment.
  public var environment: Environment.ID
  /// What the teacher has in common with others.
  public var groups: AnswerGroups
  /// When it was finished, in seconds since 1970.
  public var finishedAt: Double
  /// Whether it goes on from another one with a stage more.
  public var isContinuation: Bool
  /// The items of the form, in the order they were given.
  public var entries: [Entry]

  /// Creates a sheet.
  public init(
    test: AssessmentTest.ID, bankVersion: Bank.Version, environment: Environment.ID,
    groups: AnswerGroups, finishedAt: Double, isContinuation: Bool = false, entries: [Entry]
  ) {
    self.test = test
    self.bankVersion = bankVersion
    self.environment = environment
    self.groups = groups
    self.finishedAt = finishedAt
    self.isContinuation = isContinuation
    self.entries = entries
  }
}

/// The groups a teacher belongs to; nil where nothing was said.
public struct AnswerGroups: Hashable, Sendable {
  /// What the test was taken on.
  public var device: DeviceClass?
  /// The school stage.
  public var schoolStage: String?
  /// The subject.
  public var subject: String?
  /// A name of the county that tells nobody which it is.
  public var region: String?

  /// Creates groups.
  public init(
    device: DeviceClass? = nil, schoolStage: String? = nil, subject: String? = nil,
    region: String? = nil
  ) {
    self.device = device
    self.schoolStage = schoolStage
    self.subject = subject
    self.region = region
  }

  /// The group of one kind.
  subscript(grouping: Grouping) -> String? {
    switch grouping {
    case .device: device?.rawValue
    case .schoolStage: schoolStage
    case .subject: subject
    case .region: region
    }
  }
}

/// By what teachers are told apart when an item is compared between them.
public enum Grouping: String, Hashable, Sendable, CaseIterable, Codable {
  /// Phone, tablet or computer.
  case device
  /// The school stage they teach.
  case schoolStage
  /// The subject they teach.
  case subject
  /// The county, under a name that tells nobody which it is.
  case region
}
