/// What pairs of items share beyond ability: the correlations of their residuals (Q3).
///
/// Source: Yen (1984), Applied Psychological Measurement 8(2), 125–145; Christensen, Makransky & Horton
/// (2017), Applied Psychological Measurement 41(3), 178–194, for judging each against the mean.
public struct LocalDependence: Hashable, Sendable {
  /// A pair of items.
  public struct Pair: Hashable, Sendable {
    /// The first item.
    public var first: Int
    /// The second item.
    public var second: Int
    /// The correlation of the residuals.
    public var correlation: Double
    /// Its 95 % interval.
    public var interval: ConfidenceInterval?
    /// How many persons answered both.
    public var count: Int
  }

  /// The pairs that enough persons answered, in the order of the items.
  public var pairs: [Pair]
  /// The mean correlation; about −1/(items − 1) when nothing is shared.
  public var mean: Double

  /// The fewest persons a pair is judged by.
  public static let minimumCount = 50
  /// How far above the mean a correlation is worth a look.
  public static let critical = 0.2

  /// The pairs whose correlation lies ``critical`` or more above the mean.
  public var dependentPairs: [Pair] { pairs.filter { $0.correlation - mean >= Self.critical } }

  /// Correlates the residuals of all pairs.
  ///
  /// - Parameters:
  ///   - table: the scores.
  ///   - models: the items' models.
  ///   - abilities: each person's ability.
  public init(_ table: ScoreTable, models: [ResponseModel], abilities: [Double]) {
    precondition(
      models.count == table.itemCount && abilities.count == table.personCount,
      "every item has a model, every person an ability")
    let residuals = models.indices.map { item in
      abilities.indices.map { person in
        table.score(person: person, item: item).map {
          Double($0) - models[item].expectedScore(at: abilities[person])
        }
      }
    }
    var pairs: [Pair] = []
    for first in models.indices {
      for second in (first + 1)..<max(models.count, first + 1) {
        var (own, other) = ([Double](), [Double]())
        for case (let one?, let two?) in zip(residuals[first], residuals[second]) {
          own.append(one)
          other.append(two)
        }
        guard own.count >= Self.minimumCount,
          let correlation = OptionAnalysis.correlation(own, other)
        else { continue }
        pairs.append(
          Pair(
            first: first, second: second, correlation: correlation,
            interval: .correlation(correlation, count: own.count), count: own.count))
      }
    }
    self.pairs = pairs
    mean = pairs.reduce(0) { $0 + $1.correlation } / Double(max(pairs.count, 1))
  }
}
