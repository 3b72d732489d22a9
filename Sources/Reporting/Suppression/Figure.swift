/// A figure about a competency point as it stands in a snapshot: whom it counts and what may be
/// said of them.
public struct Figure: Hashable, Sendable {
  /// How the figure is shown.
  public enum Form: String, Hashable, Sendable {
    /// The expected number of people in need.
    case exact
    /// Only that at most 10 % are in need.
    case lowBand
    /// Only that at least 90 % are in need.
    case highBand
  }

  /// One result that is counted.
  public struct Entry: Hashable, Sendable {
    /// The person, by a number without meaning.
    public var person: Int64
    /// Which of the person's results, 1 for the first.
    public var revision: Int

    /// Creates an entry.
    public init(person: Int64, revision: Int) {
      self.person = person
      self.revision = revision
    }
  }

  /// The results counted, by person.
  public var entries: [Entry]
  /// How many of the people counted were asked about the point.
  public var asked: Int
  /// Σp: the expected number in need.
  ///
  /// Not to be shown where ``form`` is a band.
  public var sum: Double
  /// Σp(1−p): its variance by measurement.
  ///
  /// Not to be shown where ``form`` is a band.
  public var variance: Double
  /// How it may be shown.
  public var form: Form

  /// Creates a figure.
  public init(entries: [Entry], asked: Int, sum: Double, variance: Double, form: Form) {
    self.entries = entries
    self.asked = asked
    self.sum = sum
    self.variance = variance
    self.form = form
  }

  /// What everybody may know of the number in need.
  func range(share: Double) -> ClosedRange<Double> {
    let people = Double(entries.count)
    return switch form {
    case .exact: sum...sum
    case .lowBand: 0...(share * people)
    case .highBand: ((1 - share) * people)...people
    }
  }

  /// The figure as it counts in totals: a band counts as its middle, give or take half its width.
  func published(share: Double) -> ExpectedNeed {
    let known = range(share: share)
    let half = (known.upperBound - known.lowerBound) / 2
    return ExpectedNeed(
      people: entries.count, asked: asked, expected: (known.lowerBound + known.upperBound) / 2,
      variance: form == .exact ? variance : half * half)
  }
}
