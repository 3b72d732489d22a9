/// What a programme's training costs for some people: how many × hours × price.
///
/// Nothing else goes into it (泉教人〔2016〕71号: 3 元/学时·人). The hours of people's own plans are in
/// no figure: their sum would move by the plan of one person, and a plan tells of its person's gaps.
public struct TrainingCost: Hashable, Sendable {
  /// How many people are to be trained.
  public var people: Int
  /// The credit hours of each.
  public var hours: Double
  /// Yuan for an hour of a person.
  public var rate: Double

  /// Creates a cost.
  ///
  /// - Parameters:
  ///   - people: how many people, whatever they can do.
  ///   - hours: the hours that the programme asks of each.
  ///   - rate: yuan for an hour of a person; a setting of the programme.
  public init(people: Int, hours: Double, rate: Double) {
    self.people = people
    self.hours = hours
    self.rate = rate
  }

  /// All hours together (学时·人).
  public var personHours: Double { Double(people) * hours }

  /// Yuan.
  public var yuan: Double { personHours * rate }
}
