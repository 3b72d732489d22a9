public import Competency

/// What a teacher has earned so far, and what else a programme asks about.
///
/// Hours belong to the teacher, not to a school or a county: who moves keeps them, and only
/// ``provider`` changes.
public struct TeacherAccount: Hashable, Sendable {
  /// Hours earned on a day.
  public struct Credit: Hashable, Sendable {
    /// What they were earned with.
    public enum Origin: Hashable, Sendable {
      /// A course of the catalogue.
      case course(Course.ID)
      /// Work that a programme lets count, by the name the programme gives it (JS-29).
      case evidence(String)
      /// A training before, here or elsewhere.
      case earlier
    }

    /// The day they were earned.
    public var day: CalendarDay
    /// How many, at least 0.
    public var hours: Double
    /// Which hours they are; what evidence earns, the programme says.
    public var mode: Course.Mode
    /// What they were earned with.
    public var origin: Origin
    /// Whether they are hours of a video course that the teacher chose.
    public var isChosenVideo: Bool

    /// Creates a credit.
    public init(
      day: CalendarDay, hours: Double, mode: Course.Mode, origin: Origin,
      isChosenVideo: Bool = false
    ) {
      self.day = day
      self.hours = hours
      self.mode = mode
      self.origin = origin
      self.isChosenVideo = isChosenVideo
    }
  }

  /// The hours earned, in any order.
  public var credits: [Credit]
  /// The activities done, by the names the programme gives them.
  public var activities: Set<String>
  /// The points whose results were handed in.
  public var results: Set<CompetencyPoint.ID>
  /// The institution that the county chose for the teacher's present school; nil when none is known.
  public var provider: Provider.ID?
  /// What decides the day of retirement; nil when it is not known.
  public var retirement: RetirementFacts?
  /// Whether a teacher who need not take part wants to.
  public var takesPart: Bool

  /// Creates an account.
  public init(
    credits: [Credit] = [], activities: Set<String> = [], results: Set<CompetencyPoint.ID> = [],
    provider: Provider.ID? = nil, retirement: RetirementFacts? = nil, takesPart: Bool = false
  ) {
    self.credits = credits
    self.activities = activities
    self.results = results
    self.provider = provider
    self.retirement = retirement
    self.takesPart = takesPart
  }
}
