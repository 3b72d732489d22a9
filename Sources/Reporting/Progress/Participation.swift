/// How far a unit's people are; it says nothing of what they can do.
///
/// Counts of finished people are no secret to a school, which sees who has finished: they are not
/// suppressed and move every night.
public struct Participation: Hashable, Sendable {
  /// How many are to take part, without the exempt.
  public var enrolled: Int
  /// How many of these have begun and not finished.
  public var started: Int
  /// How many of these have finished.
  public var finished: Int
  /// How many are exempt, such as those close to retirement.
  public var exempt: Int
  /// How many of the exempt have finished of their own will; they are not in ``finished``.
  public var exemptFinished: Int

  /// Creates a participation.
  public init(
    enrolled: Int = 0, started: Int = 0, finished: Int = 0, exempt: Int = 0,
    exemptFinished: Int = 0
  ) {
    self.enrolled = enrolled
    self.started = started
    self.finished = finished
    self.exempt = exempt
    self.exemptFinished = exemptFinished
  }

  /// How many have not begun.
  public var notStarted: Int { max(0, enrolled - started - finished) }

  /// The share that has finished, 0…1; nil where nobody is to take part.
  public var share: Double? { enrolled > 0 ? Double(finished) / Double(enrolled) : nil }

  /// Two units without a person in common, together.
  public static func + (left: Self, right: Self) -> Self {
    Participation(
      enrolled: left.enrolled + right.enrolled, started: left.started + right.started,
      finished: left.finished + right.finished, exempt: left.exempt + right.exempt,
      exemptFinished: left.exemptFinished + right.exemptFinished)
  }

  /// Each unit with all units below it.
  ///
  /// - Parameters:
  ///   - own: what each unit counts directly, in the order of the tree.
  ///   - tree: the units.
  /// - Returns: one for each unit.
  /// - Precondition: there is one for each unit.
  public static func totals(_ own: [Participation], in tree: UnitTree) -> [Participation] {
    precondition(own.count == tree.units.count, "every unit has its participation")
    var totals = own
    for place in tree.units.indices.reversed() {
      guard let parent = tree.parents[place] else { continue }
      totals[parent] = totals[parent] + totals[place]
    }
    return totals
  }
}
