public import Competency
public import Courses

/// What a change of a plan costs or brings.
public struct PlanDifference: Hashable, Sendable {
  /// Courses that came in, in the catalogue's order.
  public var came: [Course.ID]
  /// Courses that went out, in the catalogue's order.
  public var went: [Course.ID]
  /// All credit hours before.
  public var hoursBefore: Double
  /// All credit hours after.
  public var hoursAfter: Double
  /// How many of the points that need work a course served before.
  public var pointsBefore: Int
  /// How many a course serves after.
  public var pointsAfter: Int
  /// The expected gap closure before, in logits.
  public var closureBefore: Double
  /// The expected gap closure after, in logits.
  public var closureAfter: Double
  /// How far rules were broken before.
  public var violationBefore: Double
  /// How far rules are broken after.
  public var violationAfter: Double

  /// Creates a difference from values that were worked out before.
  public init(
    came: [Course.ID], went: [Course.ID], hoursBefore: Double, hoursAfter: Double,
    pointsBefore: Int, pointsAfter: Int, closureBefore: Double, closureAfter: Double,
    violationBefore: Double, violationAfter: Double
  ) {
    self.came = came
    self.went = went
    self.hoursBefore = hoursBefore
    self.hoursAfter = hoursAfter
    self.pointsBefore = pointsBefore
    self.pointsAfter = pointsAfter
    self.closureBefore = closureBefore
    self.closureAfter = closureAfter
    self.violationBefore = violationBefore
    self.violationAfter = violationAfter
  }

  /// Compares two plans of the same teacher.
  ///
  /// - Parameters:
  ///   - before: the plan that was.
  ///   - after: the plan that is.
  ///   - needs: the points that need work.
  public init(
    from before: StudyPlan, to after: StudyPlan, needs: Set<CompetencyPoint.ID>
  ) {
    let (old, new) = (Set(before.courses), Set(after.courses))
    self.init(
      came: after.courses.filter { !old.contains($0) },
      went: before.courses.filter { !new.contains($0) }, hoursBefore: before.balance.hours,
      hoursAfter: after.balance.hours,
      pointsBefore: before.servedPoints.intersection(needs).count,
      pointsAfter: after.servedPoints.intersection(needs).count,
      closureBefore: before.expectedClosure, closureAfter: after.expectedClosure,
      violationBefore: before.violation, violationAfter: after.violation)
  }

  /// No difference.
  public static let nothing = PlanDifference(
    came: [], went: [], hoursBefore: 0, hoursAfter: 0, pointsBefore: 0, pointsAfter: 0,
    closureBefore: 0, closureAfter: 0, violationBefore: 0, violationAfter: 0)

  /// How the expected closure changes, as a share of what it was; 0 where it was nothing.
  public var closureChange: Double {
    closureBefore > 1e-9 ? (closureAfter - closureBefore) / closureBefore : 0
  }
}

extension StudyPlan {
  /// The points that at least one course raises.
  public var servedPoints: Set<CompetencyPoint.ID> {
    Set(explanations.flatMap { $0.effects.filter { $0.gain > 0 }.map(\.point) })
  }

  /// How much of the expected gap the whole plan closes, in logits: the sum of what its courses
  /// contribute.
  public var expectedClosure: Double { explanations.reduce(0) { $0 + $1.contribution } }
}
