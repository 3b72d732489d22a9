public import Competency

/// An item as the bank knows it: what QTI says of it, and what the package says about it.
public struct BankItem: Hashable, Sendable {
  /// What the item asks a teacher for.
  public enum Instruction: String, Hashable, Sendable, CaseIterable {
    /// 最有效的做法: what works best.
    case knowledge
    /// 你最可能怎么做: what the teacher would do.
    case tendency
  }

  /// The item.
  public var item: AssessmentItem
  /// The framework its points belong to; nil when it is aligned to none.
  public var framework: Framework.ID?
  /// The competency points it is aligned to, the chief one first.
  public var points: [CompetencyPoint.ID]
  /// The GUIDs it is aligned to that no framework of its bank knows.
  ///
  /// A checked bank has none.
  public var unknownAlignments: [String]
  /// The environment its story is set in.
  public var environment: Environment.ID?
  /// The calibrations of the item, the one to use first.
  public var calibrations: [PartialCreditParameters]
  /// What somebody who takes a choice may have misunderstood, in the words of the authors' list.
  public var misconceptions: [SimpleChoice.ID: String]
  /// The scenario it shares with other items.
  public var scenario: AssessmentStimulus.ID?
  /// The name its parallel items share: same point and decision, another story; nil when it has none.
  ///
  /// Two of a family never stand in one form: whoever has answered one has practised for the other.
  public var parallelFamily: String?
  /// The school stage of its story, such as 小学; nil when it is not tied to one.
  public var schoolStage: String?
  /// The subject of its story, such as 数学; nil when it is not tied to one.
  public var subject: String?
  /// What it asks for.
  public var instruction: Instruction
  /// The version its authors gave it.
  public var version: String
  /// Whether it is given to teachers, and whether their answers count.
  public var state: ItemState
  /// Where it stands in its authors' work, in LOM's words, such as `draft` or `final`.
  public var status: String?
  /// The difficulty its authors judged, in LOM's words, such as `medium`.
  public var judgedDifficulty: String?

  /// Creates an item.
  public init(
    item: AssessmentItem, framework: Framework.ID?, points: [CompetencyPoint.ID],
    unknownAlignments: [String] = [], environment: Environment.ID?,
    calibrations: [PartialCreditParameters] = [],
    misconceptions: [SimpleChoice.ID: String] = [:], scenario: AssessmentStimulus.ID? = nil,
    parallelFamily: String? = nil, schoolStage: String? = nil, subject: String? = nil,
    instruction: Instruction = .knowledge, version: String = "1", state: ItemState = .live,
    status: String? = nil, judgedDifficulty: String? = nil
  ) {
    self.item = item
    self.framework = framework
    self.points = points
    self.unknownAlignments = unknownAlignments
    self.environment = environment
    self.calibrations = calibrations
    self.misconceptions = misconceptions
    self.scenario = scenario
    self.parallelFamily = parallelFamily
    self.schoolStage = schoolStage
    self.subject = subject
    self.instruction = instruction
    self.version = version
    self.state = state
    self.status = status
    self.judgedDifficulty = judgedDifficulty
  }

  /// The item's identifier.
  public var id: AssessmentItem.ID { item.id }

  /// The parameters to score with: of the calibrations estimated from responses the latest, or else
  /// the latest provisional one.
  ///
  /// Nil when there is none.
  public var parameters: PartialCreditParameters? { calibrations.first }

  /// The highest category: the greatest score the item can give, when scores are whole numbers; nil
  /// beyond a hundred, where they are no categories.
  public var maximumCategory: Int? {
    item.declaredMaximumScore.flatMap(Int.init(exactly:)).flatMap { $0 <= 100 ? $0 : nil }
  }
}
