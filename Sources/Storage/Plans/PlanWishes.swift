public import Courses
public import Recommendation

/// What a teacher wants of a plan beside the programme's rules.
public struct PlanWishes: Hashable, Sendable {
  /// One new technology to learn.
  public struct Technology: Hashable, Sendable {
    /// Where.
    public var field: NewTechnology.Field
    /// The course chosen for it; nil if there is none.
    public var course: Course.ID?

    /// Creates a wish.
    public init(_ field: NewTechnology.Field, course: Course.ID?) {
      self.field = field
      self.course = course
    }
  }

  /// Courses to keep.
  public var locked: [Course.ID]
  /// Courses not wanted.
  public var excluded: [Course.ID]
  /// One new technology to learn; nil for none.
  public var technology: Technology?
  /// The most credit hours; nil for what the programme says.
  public var hoursBudget: Double?
  /// The credit hours the teacher says were earned before, which the plan need not hold again; nil
  /// for none.
  public var earned: EarnedHours?
  /// The institution that teaches the teacher's county; nil while that is not said.
  public var provider: Provider.ID?
  /// Whether the teacher need not take part, and the plan is a suggestion.
  public var isExempt: Bool
  /// The first day; nil if it is not said.
  public var start: StudyDay?
  /// The last day, not before the first; nil if it is not said.
  public var end: StudyDay?

  /// Creates wishes.
  public init(
    locked: [Course.ID] = [], excluded: [Course.ID] = [], technology: Technology? = nil,
    hoursBudget: Double? = nil, earned: EarnedHours? = nil, start: StudyDay? = nil,
    end: StudyDay? = nil, provider: Provider.ID? = nil, isExempt: Bool = false
  ) {
    self.locked = locked
    self.excluded = excluded
    self.technology = technology
    self.hoursBudget = hoursBudget
    self.earned = earned
    self.start = start
    self.end = end
    self.provider = provider
    self.isExempt = isExempt
  }

  /// The courses that a plan has to hold: the locked ones and the one for the new technology.
  public var held: Set<Course.ID> {
    Set(locked + [technology?.course].compactMap { $0 })
  }

  /// Whether these wishes differ from others only by more courses kept or not wanted: every plan they
  /// allow, the others allow too.
  ///
  /// - Parameter other: the wishes before.
  /// - Returns: whether that is so; days change no course and are not looked at.
  public func narrow(_ other: PlanWishes) -> Bool {
    var same = self
    (same.locked, same.excluded) = (other.locked, other.excluded)
    (same.start, same.end) = (other.start, other.end)
    return same == other && Set(locked).isSuperset(of: other.locked)
      && Set(excluded).isSuperset(of: other.excluded)
  }
}
