public import ItemBank

/// What the answers say about one item.
///
/// A figure without enough answers behind it is nil; the number of answers is always there.
public struct ItemStatistics: Hashable, Sendable, Codable {
  /// One choice, and who takes it.
  public struct Option: Hashable, Sendable, Codable {
    /// The choice.
    public var choice: SimpleChoice.ID
    /// What it is worth.
    public var category: Int
    /// The share of those who chose that took it.
    public var share: Estimate
    /// The mean ability of those who took it, by their other answers, in standard deviations from
    /// the mean of all who chose.
    public var ability: Estimate?
    /// The share that took it in each fifth of ability, lowest first.
    public var curve: [Estimate?]
  }

  /// The answers of one fifth of ability, by the teachers' other answers.
  public struct Fifth: Hashable, Sendable, Codable {
    /// The mean ability on what the item measures, in logits.
    public var ability: Double
    /// The mean score, as a share of the highest.
    public var observed: Estimate
    /// The share that the model expects.
    public var expected: Double
  }

  /// How well the item's curve agrees with the answers.
  public struct Fit: Hashable, Sendable, Codable {
    /// The information-weighted mean square of what the model does not foresee; about 1.
    public var meanSquare: Double
    /// Where 95 % of them lie when the model is right.
    public var lower: Double
    /// The upper end.
    public var upper: Double
    /// The χ² of the fifths against the curve.
    public var chiSquare: Double
    /// Its degrees of freedom.
    public var degreesOfFreedom: Int
    /// The probability of a χ² at least as large by chance.
    public var probability: Double
    /// How many answers there are behind it.
    public var count: Int
  }

  /// How much harder the item is for one group than for all others, at equal ability.
  public struct Difference: Hashable, Sendable, Codable {
    /// By what people are told apart.
    public var grouping: Grouping
    /// The group.
    public var group: String
    /// The difference in logits of ability, above 0 where it is harder for the group.
    public var shift: Estimate
    /// The probability of one at least as large by chance.
    public var probability: Double
    /// How many of the group answered.
    public var groupCount: Int
    /// How many others.
    public var otherCount: Int
  }

  /// How much harder the item has become from the first half of its answers to the second.
  public struct Drift: Hashable, Sendable, Codable {
    /// The difference in logits of ability, below 0 where it has become easier.
    public var shift: Estimate
    /// The probability of one at least as large by chance.
    public var probability: Double
  }

  /// The item.
  public var item: AssessmentItem.ID
  /// SHA-256 of the item's content when it was analysed.
  public var contentHash: String
  /// The answers that can be scored.
  public var count: Int
  /// The highest category.
  public var maximumCategory: Int
  /// The mean score as a share of the highest; of a right-or-wrong item the proportion right.
  public var mean: Estimate?
  /// The correlation of the score with the ability that the other answers say.
  public var restCorrelation: Estimate?
  /// How many answered 我不确定.
  public var unsure: Estimate?
  /// The median time an answer took, in seconds, of those whose browser sent it alone.
  public var medianSeconds: Double?
  /// How many answers have a time.
  public var timedCount: Int
  /// The mean location of its steps, in logits of ability, by the answers.
  public var location: Estimate?
  /// The discrimination, per logit, by the answers.
  public var slope: Estimate?
  /// How unsure the ability of those who answered is, by their other answers: the mean variance of it
  /// on what the item measures, in logits².
  public var beliefVariance: Double?
  /// The choices, of an item that asks for one.
  public var options: [Option]
  /// The fifths of ability.
  public var fifths: [Fifth]
  /// The fit.
  public var fit: Fit?
  /// The groups that can be compared.
  public var differences: [Difference]
  /// How it has changed while it was in use.
  public var drift: Drift?
  /// How far its location is from that of its parameters, in logits; only where those were estimated.
  public var displacement: Drift?
  /// Its share of the sessions that could have had it.
  public var exposure: Estimate?
  /// How many people are at each place of ``populationPlaces``, by what their other answers say of
  /// what the item measures.
  public var population: [Int]

  /// The middles of the bars of ``population``, in logits.
  public static let populationPlaces: [Double] = (0..<17).map { -4 + 0.5 * Double($0) }
}
