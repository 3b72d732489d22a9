/// What came of trying a blueprint on teachers who do not exist.
///
/// Kept with the trial, so that the page shows later what was known when somebody decided.
public struct FormTrialReport: Hashable, Sendable, Codable {
  /// The middle and the usual range of a number.
  public struct Spread: Hashable, Sendable, Codable {
    /// Half of the teachers have less.
    public var median: Double
    /// One in ten has less.
    public var low: Double
    /// One in ten has more.
    public var high: Double

    /// The spread of values; zeros for none.
    public init(_ values: [Double]) {
      let sorted = values.sorted()
      func quantile(_ share: Double) -> Double {
        sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]
      }
      median = quantile(0.5)
      low = quantile(0.1)
      high = quantile(0.9)
    }
  }

  /// A dimension.
  public struct Dimension: Hashable, Sendable, Codable {
    /// The dimension's identifier.
    public var id: String
    /// How many teachers were asked about it.
    public var teachers: Int
    /// The root of the mean squared error of its estimates, in logits.
    public var error: Double
    /// The mean of the standard errors given, in logits.
    public var standardError: Double
  }

  /// Teachers of similar ability.
  public struct AbilityBand: Hashable, Sendable, Codable {
    /// How many.
    public var teachers: Int
    /// The mean of their true abilities over their points, in logits.
    public var ability: Double
    /// The root of the mean squared error of the estimates of the whole, in logits.
    public var error: Double
  }

  /// A competency point.
  public struct Point: Hashable, Sendable, Codable {
    /// The point's identifier.
    public var id: String
    /// The bank's items of the test that count for it.
    public var items: Int
    /// How many teachers have an environment with it.
    public var teachers: Int
    /// How many of them were asked about it.
    public var asked: Int
    /// How many of those heard that there is not enough evidence.
    public var uncertain: Int

    /// The share of those asked who heard that there is not enough evidence; nil when none was.
    public var uncertainShare: Double? {
      asked > 0 ? Double(uncertain) / Double(asked) : nil
    }

    /// The share of teachers who were not asked about it.
    public var untestedShare: Double { 1 - Double(asked) / Double(max(teachers, 1)) }
  }

  /// How often items were given.
  public struct Exposure: Hashable, Sendable, Codable {
    /// An item.
    public struct Item: Hashable, Sendable, Codable {
      /// The item's identifier.
      public var item: String
      /// The share of the sessions that could have had it in which it was.
      public var rate: Double
    }

    /// The largest rate wanted; nil when none is set.
    public var limit: Double?
    /// The largest rate.
    public var maximum: Double
    /// The items of the test that are given.
    public var items: Int
    /// How many of them were given at all.
    public var used: Int
    /// The ten that were given most often.
    public var mostGiven: [Item]
    /// The items above the limit, most often given first.
    public var over: [Item]
  }

  /// How many teachers took the test.
  public var teachers: Int
  /// What everything followed from.
  public var seed: UInt64
  /// How many items a teacher gets, those that are tried out included.
  public var items: Spread
  /// How many minutes a teacher reads and answers, see ``ReadingLength``.
  public var minutes: Spread
  /// How many forms were given.
  public var forms: Int
  /// How many of them break the blueprint.
  public var violations: Int
  /// The share of points' abilities within their 90 % intervals.
  public var coverage90: Double
  /// The dimensions, in the framework's order.
  public var dimensions: [Dimension]
  /// Teachers by their ability, lowest first.
  public var abilities: [AbilityBand]
  /// The points, in the framework's order.
  public var points: [Point]
  /// How often items were given.
  public var exposure: Exposure
}
