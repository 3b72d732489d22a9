/// Hours of study of a unit's people, and what they cost.
public struct HoursLedger: Hashable, Sendable {
  /// How many people have a plan.
  public var people: Int
  /// The hours of their plans together (学时·人).
  public var planned: Double
  /// The hours they have finished together.
  public var finished: Double

  /// Creates a ledger.
  public init(people: Int = 0, planned: Double = 0, finished: Double = 0) {
    self.people = people
    self.planned = planned
    self.finished = finished
  }

  /// Two units without a person in common, together.
  public static func + (left: Self, right: Self) -> Self {
    HoursLedger(
      people: left.people + right.people, planned: left.planned + right.planned,
      finished: left.finished + right.finished)
  }

  /// What the planned hours cost.
  ///
  /// - Parameter rate: yuan for an hour of a person; a setting of the programme, such as 3
  ///   (泉教人〔2016〕71号).
  /// - Returns: yuan.
  public func cost(rate: Double) -> Double { planned * rate }
}
