public import Courses

/// A school's own training: which workshops are held and who takes part.
public struct SchoolPlan: Hashable, Sendable {
  /// The workshops held: places in the problem, ascending.
  public var workshops: [Int]
  /// The workshops of each teacher, ascending; for the teacher alone.
  public var assignments: [[Int]]
  /// The expected gap closed less the price of the hours, over all teachers, in logits.
  public var value: Double

  /// How many take part in a workshop.
  public func attendance(of workshop: Int) -> Int {
    assignments.count { $0.contains(workshop) }
  }
}

/// What the school is shown of a plan: no names, and no number of people from 1 to 4.
public struct SchoolReport: Hashable, Sendable {
  /// A workshop that is held.
  public struct Workshop: Hashable, Sendable {
    /// The topic.
    public var course: Course.ID
    /// The groups it is for; nil for everybody.
    public var groups: Set<String>?
    /// Its hours.
    public var hours: Double
    /// How many take part; at least the minimum attendance.
    public var attendance: Int
  }

  /// The workshops held.
  public var workshops: [Workshop]
  /// The hours of all workshops.
  public var hours: Double
  /// How many teachers have a likely gap that a workshop of theirs is about; nil when that number, or
  /// the number of the others with a gap, is from 1 to the minimum attendance.
  public var covered: Int?
  /// How many teachers have a likely gap.
  public var inNeed: Int?
  /// The share of the whole expected gap that is closed, 0…1.
  public var closedShare: Double
}

/// One step of the curve of what more hours bring.
public struct SchoolBudgetStep: Hashable, Sendable {
  /// The hours of all workshops that may be held.
  public var hours: Double
  /// The plan within them.
  public var plan: SchoolPlan
  /// What the school is shown of it.
  public var report: SchoolReport
  /// How many teachers more are covered than at the step before; nil when that is not shown.
  public var moreCovered: Int?
}

extension SchoolPlan {
  /// The probability of being below the target from which a gap is called likely.
  static let likelyGap = 0.6

  /// What the school is shown.
  public func report(for problem: SchoolProblem) -> SchoolReport {
    let counts = coverage(for: problem)
    let isShown =
      Self.isShown(counts.covered, problem)
      && Self.isShown(counts.inNeed - counts.covered, problem)
      && Self.isShown(counts.inNeed, problem)
    let gap = problem.teachers.reduce(0) { sum, teacher in
      sum + teacher.points.reduce(0) { $0 + $1.closure.weight * $1.closure.expectedGap }
    }
    let hours = assignments.reduce(0) { sum, own in
      sum + own.reduce(0) { $0 + problem.workshops[$1].course.hours }
    }
    return SchoolReport(
      workshops: workshops.map { place in
        let workshop = problem.workshops[place]
        return SchoolReport.Workshop(
          course: workshop.course.id, groups: workshop.groups, hours: workshop.course.hours,
          attendance: attendance(of: place))
      },
      hours: workshops.reduce(0) { $0 + problem.workshops[$1].course.hours },
      covered: isShown ? counts.covered : nil, inNeed: isShown ? counts.inNeed : nil,
      closedShare: gap > 0 ? (value + problem.hourPenalty * hours) / gap : 0)
  }

  /// How many teachers have a likely gap, and how many of them a workshop about it.
  func coverage(for problem: SchoolProblem) -> (covered: Int, inNeed: Int) {
    var (covered, inNeed) = (0, 0)
    for (teacher, own) in zip(problem.teachers, assignments) {
      let gaps = Set(
        teacher.points.filter {
          $0.weight > 0 && $0.closure.probabilityBelowTarget(afterGain: 0) >= Self.likelyGap
        }.map(\.id))
      guard !gaps.isEmpty else { continue }
      inNeed += 1
      if own.contains(where: { !gaps.isDisjoint(with: problem.workshops[$0].course.gains.keys) }) {
        covered += 1
      }
    }
    return (covered, inNeed)
  }

  /// Whether a number of people may be shown: nobody, or enough to hide in.
  static func isShown(_ count: Int, _ problem: SchoolProblem) -> Bool {
    count == 0 || count >= problem.limits.minimumAttendance
  }
}

extension PlanPoint {
  /// The closure of the point's gap.
  var closure: ExpectedGapClosure {
    ExpectedGapClosure(
      mean: mean, standardError: gapVariance.squareRoot(), target: target, weight: weight)
  }

  /// The variance of how far the ability lies below the target, in squared logits.
  var gapVariance: Double {
    standardError * standardError + targetStandardError * targetStandardError
  }
}
