/// One result of a person, as reports count it.
public struct TeacherNeed: Hashable, Sendable {
  /// The person, by a number without meaning that stays the same for good.
  public var person: Int64
  /// Which of the person's results: a later one has a higher number.
  public var revision: Int
  /// The place in ``UnitTree/units`` of the unit that enrols the person.
  public var unit: Int
  /// Whether each environment of the framework is one the person teaches in.
  public var environments: [Bool]
  /// The probability of being below the target on each point of the framework, 0…1; points outside
  /// the person's environments are not read.
  public var probabilities: [Double]
  /// Whether each point was asked about.
  public var wasAsked: [Bool]

  /// Creates a result.
  public init(
    person: Int64, revision: Int, unit: Int, environments: [Bool], probabilities: [Double],
    wasAsked: [Bool]
  ) {
    self.person = person
    self.revision = revision
    self.unit = unit
    self.environments = environments
    self.probabilities = probabilities
    self.wasAsked = wasAsked
  }

  /// The result as an entry of a figure.
  var entry: Figure.Entry { Figure.Entry(person: person, revision: revision) }
}
