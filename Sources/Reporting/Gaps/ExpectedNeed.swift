/// How many people of a group are expected to need a point, and how sure that is.
///
/// A group is a census, not a sample: the uncertainty is that of measuring each person, √Σp(1−p),
/// not that of drawing them.
public struct ExpectedNeed: Hashable, Sendable {
  /// How many people are counted.
  public var people: Int
  /// How many of them were asked about the point.
  public var asked: Int
  /// Σp, in people.
  public var expected: Double
  /// Σp(1−p), in people².
  public var variance: Double

  /// Creates a need.
  public init(people: Int = 0, asked: Int = 0, expected: Double = 0, variance: Double = 0) {
    self.people = people
    self.asked = asked
    self.expected = expected
    self.variance = variance
  }

  /// The need of a group, from each person's probability of being below the target.
  ///
  /// - Parameter probabilities: one a person, 0…1, and whether the person was asked.
  public init(_ probabilities: some Sequence<(probability: Double, wasAsked: Bool)>) {
    self.init()
    for person in probabilities { add(person.probability, wasAsked: person.wasAsked) }
  }

  /// √Σp(1−p): one standard error of ``expected``, in people.
  public var standardError: Double { variance.squareRoot() }

  /// The share of the people counted, 0…1; nil where nobody is.
  public var share: Double? { people > 0 ? expected / Double(people) : nil }

  /// Counts one person more.
  mutating func add(_ probability: Double, wasAsked: Bool) {
    people += 1
    asked += wasAsked ? 1 : 0
    expected += probability
    variance += probability * (1 - probability)
  }

  /// Two groups without a person in common, together.
  public static func + (left: Self, right: Self) -> Self {
    ExpectedNeed(
      people: left.people + right.people, asked: left.asked + right.asked,
      expected: left.expected + right.expected, variance: left.variance + right.variance)
  }
}
