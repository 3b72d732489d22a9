import RealModule

/// What classical test theory says of one item.
public struct ClassicalItemStatistics: Hashable, Sendable {
  /// How many persons answered it.
  public var count: Int
  /// The mean score: of an item scored 0 and 1 the proportion correct, *p*; nil when nobody answered.
  public var mean: Double?
  /// The 95 % interval of the mean: Wilson's for a proportion, otherwise by the standard error.
  public var meanInterval: ConfidenceInterval?
  /// The standard deviation of the score, with n − 1.
  public var standardDeviation: Double?
  /// The correlation of the item's score with the sum of all items, itself among them.
  public var itemTotalCorrelation: Double?
  /// The correlation of the item's score with the sum of the others (corrected item–rest *r*).
  public var itemRestCorrelation: Double?
  /// Its 95 % interval.
  public var itemRestInterval: ConfidenceInterval?
  /// The scale's α without the item.
  public var alphaIfDropped: Double?
}

/// The classical analysis of a test: difficulty and discrimination of its items, reliability of its
/// sum score.
///
/// Correlations and reliabilities come from the covariances of pairs of items, each pair over the
/// persons who answered both, as R's psych does. What cannot be computed is nil, never nan: an item
/// that nobody answered, one without variance, a pair that nobody answered in full.
public struct ClassicalAnalysis: Hashable, Sendable {
  /// The items, in the order of the table.
  public var items: [ClassicalItemStatistics]
  /// Cronbach's α of the sum of all items that vary.
  public var alpha: Double?
  /// Its 95 % interval.
  public var alphaInterval: ConfidenceInterval?
  /// McDonald's ω: the share of the sum's variance that one common factor explains.
  public var omega: Double?
  /// The mean of the sum, of persons who answered every item.
  public var totalMean: Double?
  /// The standard deviation of the sum, from the covariances.
  public var totalStandardDeviation: Double?
  /// The standard error of measurement of the sum: SD · √(1 − α).
  public var standardErrorOfMeasurement: Double?
  /// Pairs of items on which everybody who answered both has the same score on each, with
  /// correlation 1.
  public var identicalItems: [[Int]]

  /// Analyses a table of scores.
  ///
  /// Sources: Cronbach (1951), Psychometrika 16, 297–334; Bonett (2002), *Sample size requirements for
  /// testing and estimating coefficient alpha*, Journal of Educational and Behavioral Statistics
  /// 27(4), 335–340, for its interval; McDonald (1999), *Test theory*, for ω.
  ///
  /// - Parameter table: *N* persons × *J* items.
  /// - Complexity: O(*N* · *J*²).
  public init(_ table: ScoreTable) {
    let covariance = ScoreCovariance(table)
    let varying = (0..<table.itemCount).filter { covariance[$0, $0] > 0 }
    let scale = ScaleSums(covariance, items: varying)
    items = (0..<table.itemCount).map { item in
      Self.statistics(ofItem: item, table: table, covariance: covariance, scale: scale)
    }
    alpha = scale.alpha
    alphaInterval = scale.alpha.flatMap {
      Self.interval(ofAlpha: $0, items: varying.count, persons: scale.smallestPair)
    }
    omega = OneFactorModel(covariance: covariance, items: varying)?.omega
    let complete = Self.completeTotals(table)
    totalMean =
      complete.isEmpty ? nil : complete.reduce(0) { $0 + Double($1) } / Double(complete.count)
    totalStandardDeviation = scale.variance.flatMap { $0 >= 0 ? $0.squareRoot() : nil }
    standardErrorOfMeasurement = totalStandardDeviation.flatMap { deviation in
      scale.alpha.map { deviation * max(0, 1 - $0).squareRoot() }
    }
    identicalItems = Self.identicalPairs(table, covariance: covariance, among: varying)
  }

  private static func statistics(
    ofItem item: Int, table: ScoreTable, covariance: ScoreCovariance, scale: ScaleSums
  ) -> ClassicalItemStatistics {
    let counts = table.categoryCounts(ofItem: item)
    let count = counts.reduce(0, +)
    let variance = covariance[item, item]
    let mean =
      count == 0
      ? nil
      : Double(counts.enumerated().reduce(0) { $0 + $1.offset * $1.element }) / Double(count)
    let rest = scale.correlations(ofItem: item, covariance: covariance)
    return ClassicalItemStatistics(
      count: count, mean: mean,
      meanInterval: mean.map { mean in
        counts.count <= 2
          ? .proportion(successes: mean * Double(count), of: Double(count))
          : .mean(mean, standardError: (max(variance, 0) / Double(count)).squareRoot())
      },
      standardDeviation: variance.isNaN ? nil : variance.squareRoot(),
      itemTotalCorrelation: rest?.total, itemRestCorrelation: rest?.rest,
      itemRestInterval: rest.flatMap { .correlation($0.rest, count: count) },
      alphaIfDropped: scale.alpha(without: item, covariance: covariance))
  }

  /// ln(1 − α) is nearly normal with variance 2J / ((J − 1)(N − 2)).
  private static func interval(
    ofAlpha alpha: Double, items: Int, persons: Int
  ) -> ConfidenceInterval? {
    guard persons > 2, alpha < 1 else { return nil }
    let error =
      (2 * Double(items) / (Double(items - 1) * Double(persons - 2))).squareRoot()
    let half = ConfidenceInterval.normalHalfWidth * error
    return ConfidenceInterval(
      lower: 1 - (1 - alpha) * Double.exp(half), upper: 1 - (1 - alpha) * Double.exp(-half))
  }

  private static func completeTotals(_ table: ScoreTable) -> [Int] {
    var sums = [Int?](repeating: 0, count: table.personCount)
    for item in 0..<table.itemCount {
      for (person, score) in table.column(item).enumerated() {
        sums[person] = score == ScoreTable.missing ? nil : sums[person].map { $0 + Int(score) }
      }
    }
    return sums.compactMap { $0 }
  }

  private static func identicalPairs(
    _ table: ScoreTable, covariance: ScoreCovariance, among items: [Int]
  ) -> [[Int]] {
    var pairs: [[Int]] = []
    for (place, first) in items.enumerated() {
      for second in items[(place + 1)...] {
        let product = covariance[first, first] * covariance[second, second]
        let shared = covariance[first, second]
        // Only pairs that could be identical are compared person by person.
        guard shared > 0, shared * shared >= 0.999 * product,
          zip(table.column(first), table.column(second)).allSatisfy({
            $0 == $1 || $0 == ScoreTable.missing || $1 == ScoreTable.missing
          })
        else { continue }
        pairs.append([first, second])
      }
    }
    return pairs
  }
}

/// The sums over a scale's covariances that reliabilities are made of.
private struct ScaleSums {
  let items: [Int]
  /// The variance of the sum; nil where some pair has no covariance.
  let variance: Double?
  /// The sum of the items' variances.
  let diagonal: Double
  /// The smallest number of persons behind a covariance.
  let smallestPair: Int

  init(_ covariance: ScoreCovariance, items: [Int]) {
    self.items = items
    let total = items.reduce(0) { $0 + covariance.sum(ofItem: $1, with: items) }
    variance = total.isNaN ? nil : total
    diagonal = items.reduce(0) { $0 + covariance[$1, $1] }
    smallestPair =
      items.map { row in
        items.map { covariance.pairCounts[row * covariance.itemCount + $0] }.min() ?? 0
      }.min() ?? 0
  }

  var alpha: Double? { variance.flatMap { Self.alpha($0, diagonal, items.count) } }

  private static func alpha(_ variance: Double, _ diagonal: Double, _ count: Int) -> Double? {
    guard count >= 2, variance > 0 else { return nil }
    return Double(count) / Double(count - 1) * (1 - diagonal / variance)
  }

  func alpha(without item: Int, covariance: ScoreCovariance) -> Double? {
    guard let variance, items.contains(item) else { return alpha }
    let own = covariance[item, item]
    let shared = covariance.sum(ofItem: item, with: items)
    return Self.alpha(variance - 2 * shared + own, diagonal - own, items.count - 1)
  }

  func correlations(
    ofItem item: Int, covariance: ScoreCovariance
  ) -> (total: Double, rest: Double)? {
    guard let variance, items.contains(item) else { return nil }
    let own = covariance[item, item]
    let shared = covariance.sum(ofItem: item, with: items)
    let rest = variance - 2 * shared + own
    guard rest > 1e-12 * variance, variance > 0 else { return nil }
    return (shared / (own * variance).squareRoot(), (shared - own) / (own * rest).squareRoot())
  }
}
