public import Courses

/// What a plan holds against the programme's rules; hours are credit hours.
public struct RuleBalance: Hashable, Sendable {
  /// All hours together.
  public var hours: Double
  /// The online hours.
  public var online: Double
  /// The practice hours.
  public var practice: Double
  /// How many points of the environment at least one course covers.
  public var points: Int
  /// How many dimensions those points come from.
  public var dimensions: Int
  /// How many points are demanded: the rule's, but no more than the courses on offer can cover.
  public var requiredPoints: Int
  /// How many dimensions are demanded: the rule's, but no more than can be covered.
  public var requiredDimensions: Int
  /// Of the online hours, those of video courses that are not compulsory.
  public var video: Double

  /// Creates a balance.
  public init(
    hours: Double, online: Double, practice: Double, points: Int, dimensions: Int,
    requiredPoints: Int, requiredDimensions: Int, video: Double = 0
  ) {
    self.hours = hours
    self.online = online
    self.practice = practice
    self.points = points
    self.dimensions = dimensions
    self.requiredPoints = requiredPoints
    self.requiredDimensions = requiredDimensions
    self.video = video
  }
}

/// One rule that a plan breaks, and by how much.
public struct RuleViolation: Hashable, Sendable {
  /// What is broken.
  public enum Rule: Hashable, Sendable {
    /// A rule of the programme.
    case programme(ProgrammeRule)
    /// A course without the course that goes before it.
    case prerequisite(of: Course.ID, missing: Course.ID)
    /// More than one course that teaches the same.
    case equivalents(Course.EquivalenceGroup)
    /// A compulsory course that is not in the plan.
    case compulsory(Course.ID)
    /// A course that the only institution whose courses count does not offer.
    case provider(of: Course.ID)
  }

  /// On which side of the rule the plan lies.
  public enum Direction: String, Hashable, Sendable, CaseIterable {
    /// Too little.
    case short
    /// Too much.
    case over
  }

  /// What is broken.
  public var rule: Rule
  /// Whether there is too little or too much.
  public var direction: Direction
  /// By how much: credit hours for hour rules, a count for the others.
  public var amount: Double

  /// Creates a violation.
  public init(
    rule: Rule, direction: Direction, amount: Double
  ) {
    self.rule = rule
    self.direction = direction
    self.amount = amount
  }

  /// What the violation counts when plans are compared: 1 per hour, 3 per missing point or dimension,
  /// 5 per missing prerequisite, doubled or missing course.
  public var penalty: Double { amount * Self.weight(of: rule) }

  static func weight(of rule: Rule) -> Double {
    switch rule {
    case .programme(.hours), .programme(.online), .programme(.practice), .programme(.video),
      .programme(.practiceShare):
      1
    case .programme(.points), .programme(.dimensions): PlanScore.coverageWeight
    case .prerequisite, .equivalents, .compulsory, .provider, .programme(.compulsory):
      PlanScore.orderWeight
    }
  }
}
