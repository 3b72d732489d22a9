/// How often one option of an item is chosen, and by whom.
public struct OptionStatistics: Hashable, Sendable {
  /// How many persons chose it.
  public var count: Int
  /// Their share of all who answered, 0…1.
  public var share: Double
  /// The 95 % interval of the share.
  public var shareInterval: ConfidenceInterval
  /// The mean sum score of those who chose it; nil when nobody did.
  public var meanTotal: Double?
  /// The correlation of choosing it with the sum score (point-biserial); nil without variance.
  public var totalCorrelation: Double?
  /// The correlation of choosing it with the sum of the other items.
  public var restCorrelation: Double?
  /// The share that chose it in each group of ability, from the lowest to the highest; nil for a
  /// group without persons.
  public var curve: [Double?]
}

/// The options of one item: their frequencies, and their curves over groups of ability.
public struct OptionAnalysis: Hashable, Sendable {
  /// How many groups of ability a curve has: fifths.
  public static let groupCount = 5

  /// The options, in the order of their numbers.
  public var options: [OptionStatistics]
  /// How many persons chose some option.
  public var count: Int
  /// How many persons each group of ability has.
  public var groupCounts: [Int]

  /// Counts the options of an item.
  ///
  /// Groups of ability are fifths of the persons by the sum of the other items; persons with the same
  /// sum are never parted.
  ///
  /// - Parameters:
  ///   - choices: for each person the number of the option chosen, 0..<`optionCount`; negative when
  ///     none was.
  ///   - optionCount: how many options there are.
  ///   - scores: each person's score on the item, or ``ScoreTable/missing``.
  ///   - totals: each person's sum score, the item included; nil when there is none.
  /// - Precondition: all are about the same persons.
  public init(
    choices: [Int16], optionCount: Int, scores: ArraySlice<Int16>, totals: [Int?]
  ) {
    precondition(
      choices.count == scores.count && choices.count == totals.count,
      "choices, scores and totals are of the same persons")
    var chosen: [Int] = []
    var sums: [Double] = []
    var rests: [Double] = []
    for ((choice, score), total) in zip(zip(choices, scores), totals) {
      guard choice >= 0, let total else { continue }
      chosen.append(Int(choice))
      sums.append(Double(total))
      rests.append(Double(total) - Double(max(score, 0)))
    }
    count = chosen.count
    let groups = Self.groups(of: rests)
    groupCounts = (0..<Self.groupCount).map { group in groups.count { $0 == group } }
    let sizes = groupCounts
    options = (0..<optionCount).map { option in
      let marks = chosen.map { $0 == option ? 1.0 : 0.0 }
      let own = chosen.indices.filter { chosen[$0] == option }
      var inGroup = [Int](repeating: 0, count: Self.groupCount)
      for place in own { inGroup[groups[place]] += 1 }
      return OptionStatistics(
        count: own.count, share: chosen.isEmpty ? 0 : Double(own.count) / Double(chosen.count),
        shareInterval: .proportion(
          successes: Double(own.count), of: Double(max(chosen.count, 1))),
        meanTotal: own.isEmpty
          ? nil : own.reduce(0) { $0 + sums[$1] } / Double(own.count),
        totalCorrelation: Self.correlation(marks, sums),
        restCorrelation: Self.correlation(marks, rests),
        curve: zip(inGroup, sizes).map { $1 == 0 ? nil : Double($0) / Double($1) })
    }
  }

  /// The fifth each value lies in, by the middle of its rank.
  private static func groups(of values: [Double]) -> [Int] {
    var counts: [Double: Int] = [:]
    for value in values { counts[value, default: 0] += 1 }
    var groupOfValue: [Double: Int] = [:]
    var below = 0
    for value in counts.keys.sorted() {
      let own = counts[value, default: 0]
      groupOfValue[value] = min(
        groupCount - 1, groupCount * (2 * below + own) / (2 * values.count))
      below += own
    }
    return values.map { groupOfValue[$0, default: 0] }
  }

  /// Pearson's correlation; nil when one side does not vary.
  static func correlation(_ first: [Double], _ second: [Double]) -> Double? {
    let count = Double(first.count)
    guard count >= 2 else { return nil }
    let (firstMean, secondMean) = (first.reduce(0, +) / count, second.reduce(0, +) / count)
    var (own, other, shared) = (0.0, 0.0, 0.0)
    for (x, y) in zip(first, second) {
      own += (x - firstMean) * (x - firstMean)
      other += (y - secondMean) * (y - secondMean)
      shared += (x - firstMean) * (y - secondMean)
    }
    guard own > 0, other > 0 else { return nil }
    return shared / (own * other).squareRoot()
  }
}
