public import Courses

/// What a school's own training (校本研修) is designed from: teachers, workshops on offer, and what
/// there is room for.
public struct SchoolProblem: Hashable, Sendable {
  /// A teacher, without a name: the school never learns who needs what.
  public struct Teacher: Hashable, Sendable {
    /// The points as the planner sees them, the same in the same order for all teachers.
    public var points: [PlanPoint]
    /// The group the teacher belongs to, such as a subject.
    public var group: String

    /// Creates a teacher.
    public init(points: [PlanPoint], group: String) {
      self.points = points
      self.group = group
    }
  }

  /// A workshop that could be held: a topic, for everybody or for some groups.
  public struct Workshop: Hashable, Sendable {
    /// The topic: its hours, level and gains.
    public var course: Course
    /// How many can take part, at least 1.
    public var capacity: Int
    /// The groups it is for; nil for everybody.
    public var groups: Set<String>?

    /// Creates a workshop.
    public init(course: Course, capacity: Int, groups: Set<String>? = nil) {
      self.course = course
      self.capacity = capacity
      self.groups = groups
    }
  }

  /// What there is room for.
  public struct Limits: Hashable, Sendable {
    /// The hours of all workshops together.
    public var hours: Double
    /// How many workshops at most.
    public var workshops: Int
    /// The hours of one teacher.
    public var hoursPerTeacher: Double
    /// How many have to take part for a workshop to be held: no group smaller than this is ever formed
    /// or reported.
    public var minimumAttendance: Int

    /// Creates limits.
    public init(
      hours: Double = .infinity, workshops: Int = .max, hoursPerTeacher: Double,
      minimumAttendance: Int = 5
    ) {
      self.hours = hours
      self.workshops = workshops
      self.hoursPerTeacher = hoursPerTeacher
      self.minimumAttendance = minimumAttendance
    }
  }

  /// The teachers.
  public var teachers: [Teacher]
  /// The workshops that could be held.
  public var workshops: [Workshop]
  /// What there is room for.
  public var limits: Limits
  /// Where courses of each level teach best, in logits.
  public var levelLocations: [Double]
  /// How far from there they still teach well, above 0, in logits.
  public var levelWidth: Double
  /// What an hour of a teacher costs, in logits.
  public var hourPenalty: Double
  /// The seed of the search.
  public var seed: UInt64

  /// Creates a problem.
  ///
  /// - Precondition: all teachers have the same points in the same order.
  public init(
    teachers: [Teacher], workshops: [Workshop], limits: Limits, levelLocations: [Double],
    levelWidth: Double, hourPenalty: Double, seed: UInt64
  ) {
    let ids = teachers.first?.points.map(\.id)
    precondition(
      teachers.allSatisfy { $0.points.map(\.id) == ids }, "teachers are asked the same points")
    self.teachers = teachers
    self.workshops = workshops
    self.limits = limits
    self.levelLocations = levelLocations
    self.levelWidth = levelWidth
    self.hourPenalty = hourPenalty
    self.seed = seed
  }
}
