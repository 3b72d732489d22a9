/// The scores of two groups of persons on one item, counted among persons with the same matching
/// score.
///
/// Everything that compares groups at equal ability needs only these counts, so a million persons
/// cost no more than one pass.
public struct StratifiedScores: Hashable, Sendable {
  /// The counts at one matching score.
  public struct Stratum: Hashable, Sendable {
    /// The matching score.
    public var matchingScore: Int
    /// How many of the reference group have each score on the item.
    public var reference: [Int]
    /// How many of the focal group have.
    public var focal: [Int]

    /// How many persons there are.
    public var count: Int { reference.reduce(0, +) + focal.reduce(0, +) }
  }

  /// The strata, by matching score.
  public var strata: [Stratum]
  /// The item's categories that somebody is in, as scores.
  public var categories: [Int]

  /// Counts the scores on an item.
  ///
  /// - Parameters:
  ///   - scores: each person's score on the item, or ``ScoreTable/missing``.
  ///   - matchingScores: what persons are matched on; nil for who has none.
  ///   - isFocal: whether a person is of the focal group; nil for who is of neither.
  /// - Precondition: all are about the same persons.
  public init(scores: ArraySlice<Int16>, matchingScores: [Int?], isFocal: [Bool?]) {
    precondition(
      scores.count == matchingScores.count && scores.count == isFocal.count,
      "scores, matching scores and groups are of the same persons")
    let largest = Int(max(0, scores.max() ?? 0))
    var counts: [Int: Stratum] = [:]
    let none = [Int](repeating: 0, count: largest + 1)
    for ((score, matching), focal) in zip(zip(scores, matchingScores), isFocal) {
      guard score != ScoreTable.missing, let matching, let focal else { continue }
      var stratum =
        counts[matching] ?? Stratum(matchingScore: matching, reference: none, focal: none)
      if focal { stratum.focal[Int(score)] += 1 } else { stratum.reference[Int(score)] += 1 }
      counts[matching] = stratum
    }
    let sorted = counts.values.sorted { $0.matchingScore < $1.matchingScore }
    strata = sorted
    categories = (0...largest).filter { category in
      sorted.contains { $0.reference[category] + $0.focal[category] > 0 }
    }
  }

  /// How many persons of the reference group there are.
  public var referenceCount: Int { strata.reduce(0) { $0 + $1.reference.reduce(0, +) } }
  /// How many persons of the focal group there are.
  public var focalCount: Int { strata.reduce(0) { $0 + $1.focal.reduce(0, +) } }
}
