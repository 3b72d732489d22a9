public import Competency
public import Courses

/// One competency point as the planner sees it: what is believed about it, and what is wanted.
public struct PlanPoint: Hashable, Sendable {
  /// The point.
  public var id: CompetencyPoint.ID
  /// Its dimension.
  public var dimension: Dimension.ID
  /// Its environment.
  public var environment: Environment.ID
  /// The expected ability, in logits.
  public var mean: Double
  /// The standard error of the ability, above 0, in logits.
  public var standardError: Double
  /// The ability wanted, in logits.
  public var target: Double
  /// The standard error of the target, at least 0, in logits: how far below it somebody is, is less sure
  /// than the ability.
  public var targetStandardError: Double
  /// How much a logit of gap on this point counts, at least 0.
  public var weight: Double

  /// Creates a point.
  public init(
    id: CompetencyPoint.ID, dimension: Dimension.ID, environment: Environment.ID, mean: Double,
    standardError: Double, target: Double, targetStandardError: Double = 0, weight: Double
  ) {
    self.targetStandardError = targetStandardError
    self.id = id
    self.dimension = dimension
    self.environment = environment
    self.mean = mean
    self.standardError = standardError
    self.target = target
    self.weight = weight
  }
}

/// Everything a study plan is decided from.
public struct PlanProblem: Hashable, Sendable {
  /// The points, each once.
  public var points: [PlanPoint]
  /// Where courses of each level teach best, lowest level first, in logits.
  public var levelLocations: [Double]
  /// How far from its location a course still teaches well, above 0, in logits.
  public var levelWidth: Double
  /// The probability of having reached a prerequisite's level from which it is waived.
  public var prerequisiteWaivedAt: Double
  /// The utility an hour of study costs, at least 0.
  public var hourPenalty: Double
  /// The environments to choose from, at least one: the plan is made for one of them.
  public var environments: [Environment.ID]
  /// The programme's rules.
  public var rules: ProgrammeRules
  /// The courses on offer, each once.
  ///
  /// Gains on points that are not in ``points`` count nothing.
  public var courses: [Course]
  /// Courses the teacher has kept: always in the plan.
  public var locked: Set<Course.ID>
  /// Courses the teacher does not want: never in the plan, even if locked.
  public var excluded: Set<Course.ID>
  /// The seed of the search: the same problem and seed give the same plan.
  public var seed: UInt64

  /// Creates a problem.
  public init(
    points: [PlanPoint], levelLocations: [Double], levelWidth: Double,
    prerequisiteWaivedAt: Double, hourPenalty: Double, environments: [Environment.ID],
    rules: ProgrammeRules, courses: [Course], locked: Set<Course.ID> = [],
    excluded: Set<Course.ID> = [], seed: UInt64
  ) {
    self.points = points
    self.levelLocations = levelLocations
    self.levelWidth = levelWidth
    self.prerequisiteWaivedAt = prerequisiteWaivedAt
    self.hourPenalty = hourPenalty
    self.environments = environments
    self.rules = rules
    self.courses = courses
    self.locked = locked
    self.excluded = excluded
    self.seed = seed
  }
}
