public import Competency

/// The steps of a programme in their order (ZY-15): one opens when those before it are done.
public struct ProgrammeGates: Hashable, Sendable {
  /// One step.
  public enum Gate: Hashable, Sendable {
    /// Hours of one kind, at least so many.
    case hours(Course.Mode, minimum: Double)
    /// Activities, such as 研课、磨课、授课、评课, each at least once.
    case activities([String])
    /// Results of points handed in, at least so many.
    case results(minimum: Int)
  }

  /// How far a teacher is with a step.
  public enum State: String, Hashable, Sendable, CaseIterable {
    /// Done.
    case done
    /// To be done now.
    case open
    /// Waits for a step before it.
    case closed
  }

  /// A step and how far a teacher is with it.
  public struct Standing: Hashable, Sendable {
    /// The step.
    public var gate: Gate
    /// How far the teacher is.
    public var state: State
    /// What is missing: hours, activities or results.
    public var missing: Double
  }

  /// The steps, first to last.
  public var gates: [Gate]
  /// Where they are named.
  public var source: ProgrammeTerms.Source

  /// Creates gates.
  public init(gates: [Gate], source: ProgrammeTerms.Source) {
    self.gates = gates
    self.source = source
  }

  /// How far a teacher is with each step.
  ///
  /// Hours of practice that were earned before their turn count once their turn has come.
  ///
  /// - Parameters:
  ///   - hours: what counts of the teacher's hours.
  ///   - activities: the activities done.
  ///   - results: the points whose results were handed in.
  /// - Returns: one standing for each gate, in their order.
  public func standings(
    hours: EarnedHours, activities: Set<String>, results: Set<CompetencyPoint.ID>
  ) -> [Standing] {
    var isBlocked = false
    return gates.map { gate in
      let missing: Double
      switch gate {
      case .hours(let mode, let minimum): missing = max(0, minimum - hours.hours(of: mode))
      case .activities(let names): missing = Double(names.count { !activities.contains($0) })
      case .results(let minimum): missing = Double(max(0, minimum - results.count))
      }
      let isDone = missing <= 1e-9
      defer { if !isDone { isBlocked = true } }
      return Standing(
        gate: gate, state: isBlocked ? .closed : isDone ? .done : .open, missing: missing)
    }
  }

  /// Whether practice waits for online hours, or the other way round; nil when neither does.
  public var firstMode: Course.Mode? {
    let modes = gates.compactMap { gate -> Course.Mode? in
      if case .hours(let mode, _) = gate { mode } else { nil }
    }
    return Set(modes).count > 1 ? modes.first : nil
  }

  /// Courses in an order that the gates and the prerequisites allow.
  ///
  /// - Parameter courses: the courses of a plan.
  /// - Returns: the courses, those of the first gate first; a course never before its prerequisite.
  ///   ``Order/contradictions`` names courses of the first gate whose prerequisite is of a later one:
  ///   no order satisfies both, and the prerequisite then goes first.
  public func order(_ courses: [Course]) -> Order {
    let first = firstMode
    let byID = [Course.ID: Course](courses.map { ($0.id, $0) }) { known, _ in known }
    var order: [Course] = []
    var placed: Set<Course.ID> = []
    var contradictions: [Course.ID] = []
    func place(_ course: Course, from waiting: Set<Course.ID>) {
      guard !placed.contains(course.id), !waiting.contains(course.id) else { return }
      if let before = course.prerequisite.flatMap({ byID[$0] }), !placed.contains(before.id) {
        if course.mode == first, before.mode != first { contradictions.append(course.id) }
        place(before, from: waiting.union([course.id]))
      }
      placed.insert(course.id)
      order.append(course)
    }
    for course in courses where course.mode == first { place(course, from: []) }
    for course in courses { place(course, from: []) }
    return Order(courses: order.map(\.id), contradictions: contradictions)
  }

  /// Courses in order.
  public struct Order: Hashable, Sendable {
    /// The courses, first to last.
    public var courses: [Course.ID]
    /// Courses that come after a later gate's course because they need it.
    public var contradictions: [Course.ID]
  }
}

/// Hours that count.
public struct EarnedHours: Hashable, Sendable {
  /// Online hours.
  public var online: Double
  /// Practice hours.
  public var practice: Double
  /// Of the online hours, those of video courses the teacher chose.
  public var video: Double

  /// Creates hours.
  public init(online: Double = 0, practice: Double = 0, video: Double = 0) {
    self.online = online
    self.practice = practice
    self.video = video
  }

  /// All hours.
  public var total: Double { online + practice }

  /// The hours of one kind.
  public func hours(of mode: Course.Mode) -> Double { mode == .online ? online : practice }
}
