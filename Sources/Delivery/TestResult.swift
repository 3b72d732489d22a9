public import Competency
public import ItemBank
import Psychometrics

/// What a finished session says about a teacher, with its uncertainty.
///
/// A pure function of the session's events, the bank and the framework's constants: worked out again
/// it is the same to the last bit.
public struct TestResult: Hashable, Sendable {
  /// One competency point.
  public struct Point: Hashable, Sendable {
    /// The point.
    public var point: CompetencyPoint.ID
    /// The expected ability, in logits.
    public var ability: Double
    /// The standard error of the ability, provisional parameters included.
    public var standardError: Double
    /// The probability that the ability is below the target.
    public var probabilityBelowTarget: Double
    /// How many items about it were answered, 我不确定 included.
    public var evidenceCount: Int
    /// How many of these were answered 我不确定.
    public var unsureCount: Int
    /// Misconceptions behind the choices taken, in the words of the bank, most frequent first.
    public var misconceptions: [String]
    /// Whether the teacher's environments include the point's.
    public var isInScope: Bool

    /// Creates a point.
    public init(
      point: CompetencyPoint.ID, ability: Double, standardError: Double,
      probabilityBelowTarget: Double, evidenceCount: Int, unsureCount: Int,
      misconceptions: [String], isInScope: Bool
    ) {
      self.point = point
      self.ability = ability
      self.standardError = standardError
      self.probabilityBelowTarget = probabilityBelowTarget
      self.evidenceCount = evidenceCount
      self.unsureCount = unsureCount
      self.misconceptions = misconceptions
      self.isInScope = isInScope
    }

    /// What is said about it; nil where nothing was asked (未测).
    public var verdict: GapVerdict? {
      evidenceCount > 0 ? GapVerdict(probabilityBelowTarget: probabilityBelowTarget) : nil
    }

    /// The range in which the ability lies with a probability of 80 %.
    public var interval: ClosedRange<Double> {
      let half = Normal.eightyPercentHalfWidth * standardError
      return (ability - half)...(ability + half)
    }
  }

  /// A dimension, or the whole.
  public struct Composite: Hashable, Sendable {
    /// The expected ability: the mean over its points, in logits.
    public var ability: Double
    /// Its standard error.
    public var standardError: Double
    /// The probability that it is below the target.
    public var probabilityBelowTarget: Double
    /// The probability of each level, lowest first; they sum to 1.
    public var levelProbabilities: [Double]
    /// How many items about it were answered.
    public var evidenceCount: Int

    /// Creates a composite.
    public init(
      ability: Double, standardError: Double, probabilityBelowTarget: Double,
      levelProbabilities: [Double], evidenceCount: Int
    ) {
      self.ability = ability
      self.standardError = standardError
      self.probabilityBelowTarget = probabilityBelowTarget
      self.levelProbabilities = levelProbabilities
      self.evidenceCount = evidenceCount
    }

    /// What is said about it; nil where nothing was asked (未测).
    public var verdict: GapVerdict? {
      evidenceCount > 0 ? GapVerdict(probabilityBelowTarget: probabilityBelowTarget) : nil
    }

    /// The place of the most probable level.
    public var likelyLevel: Int {
      levelProbabilities.indices.max { levelProbabilities[$0] < levelProbabilities[$1] } ?? 0
    }

    /// The range in which the ability lies with a probability of 80 %.
    public var interval: ClosedRange<Double> {
      let half = Normal.eightyPercentHalfWidth * standardError
      return (ability - half)...(ability + half)
    }
  }

  /// A dimension with what is known of it.
  public struct DimensionResult: Hashable, Sendable {
    /// The dimension.
    public var id: Dimension.ID
    /// What is known.
    public var composite: Composite

    /// Creates a dimension.
    public init(
      id: Dimension.ID, composite: Composite
    ) {
      self.id = id
      self.composite = composite
    }
  }

  /// One answered item, for "how do we know".
  public struct ItemEvidence: Hashable, Sendable {
    /// The item.
    public var item: AssessmentItem.ID
    /// The category it was scored in, from 0.
    public var category: Int
    /// The highest category.
    public var maximumCategory: Int
    /// Whether the answer was 我不确定.
    public var isUnsure: Bool

    /// Creates an item.
    public init(
      item: AssessmentItem.ID, category: Int, maximumCategory: Int, isUnsure: Bool
    ) {
      self.item = item
      self.category = category
      self.maximumCategory = maximumCategory
      self.isUnsure = isUnsure
    }
  }

  /// What the numbers were worked out from.
  public struct Versions: Hashable, Sendable {
    /// The version of the bank.
    public var bank: String
    /// The calibration the item parameters come from.
    public var calibration: String
    /// The version of the framework's measurement constants.
    public var measurement: String
    /// The version of the computation; a new one may round otherwise.
    public var engine: String

    /// Creates versions.
    public init(
      bank: String, calibration: String, measurement: String, engine: String
    ) {
      self.bank = bank
      self.calibration = calibration
      self.measurement = measurement
      self.engine = engine
    }
  }

  /// The framework's points, in its order.
  public var points: [Point]
  /// The framework's dimensions, in its order, over the points in scope.
  public var dimensions: [DimensionResult]
  /// All points in scope together.
  public var overall: Composite
  /// The answered items, in the order they were shown.
  public var evidence: [ItemEvidence]
  /// Whether any parameter behind it is provisional (暂定).
  public var isProvisional: Bool
  /// What it was worked out from.
  public var versions: Versions
  /// The points to work on first, surest first: at most five, each asked about and called needed or
  /// likely.
  public var priorities: [CompetencyPoint.ID]
  /// How many of ``priorities``, from the first, cannot be put in an order (分不出先后).
  public var unorderedPriorityCount: Int

  /// Creates a result that was worked out before.
  public init(
    points: [Point], dimensions: [DimensionResult], overall: Composite, evidence: [ItemEvidence],
    isProvisional: Bool, versions: Versions, priorities: [CompetencyPoint.ID],
    unorderedPriorityCount: Int
  ) {
    self.points = points
    self.dimensions = dimensions
    self.overall = overall
    self.evidence = evidence
    self.isProvisional = isProvisional
    self.versions = versions
    self.priorities = priorities
    self.unorderedPriorityCount = unorderedPriorityCount
  }

  /// The version of this computation.
  public static let engineVersion = "1"
}
