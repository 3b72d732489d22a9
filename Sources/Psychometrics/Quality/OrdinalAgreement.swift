import RealModule

/// How far several judges agree who rate the same things in order: Krippendorff's α with the ordinal
/// metric.
///
/// 1 is full agreement, 0 what chance gives, below 0 systematic disagreement. Judges may have left
/// things out. Two ratings are the further apart the more ratings lie between them, so nothing is
/// assumed about the distances of neighbouring grades.
///
/// Source: Krippendorff (2011), *Computing Krippendorff's Alpha-Reliability*, University of
/// Pennsylvania; Hayes & Krippendorff (2007), *Answering the call for a standard reliability measure
/// for coding data*, Communication Methods and Measures 1(1), 77–89. The interval leaves out one judge
/// after the other: how far another panel might agree (Gwet 2014, *Handbook of Inter-Rater
/// Reliability*, fourth edition, chapter 5, on the variance due to the choice of raters).
public struct OrdinalAgreement: Hashable, Sendable {
  /// α, at most 1.
  public var alpha: Double
  /// The 95 % interval over judges, with Student's t of one degree of freedom fewer than judges.
  ///
  /// Nil for fewer than three judges, or when one of them alone makes the ratings differ.
  public var interval: ConfidenceInterval?
  /// The judges who rated something that another one rated as well.
  public var judgeCount: Int
  /// The things that at least two judges rated.
  public var unitCount: Int

  /// Compares judges.
  ///
  /// Nil when nothing was rated twice, or when all ratings are the same: agreement by chance cannot
  /// then be told from agreement.
  ///
  /// - Parameters:
  ///   - ratings: for each judge one rating for each thing, from 0 to below `grades`; nil where there
  ///     is none. All judges have as many.
  ///   - grades: how many grades there are.
  public init?(ratings: [[Int?]], grades: Int) {
    let units = ratings.first?.count ?? 0
    precondition(
      ratings.allSatisfy { $0.count == units }, "every judge has a place for every thing")
    let counts = Self.counts(ratings, units: units, grades: grades)
    guard let alpha = Self.alpha(counts) else { return nil }
    self.alpha = alpha
    let paired = counts.indices.filter { counts[$0].reduce(0, +) >= 2 }
    let judges = ratings.filter { judge in paired.contains { judge[$0] != nil } }
    unitCount = paired.count
    judgeCount = judges.count
    interval = Self.interval(alpha, judges: judges, counts: counts)
  }

  /// How many judges gave each grade, for each thing.
  private static func counts(_ ratings: [[Int?]], units: Int, grades: Int) -> [[Int]] {
    var counts = [[Int]](repeating: [Int](repeating: 0, count: grades), count: units)
    for judge in ratings {
      for (unit, rating) in judge.enumerated() {
        if let rating { counts[unit][rating] += 1 }
      }
    }
    return counts
  }

  /// α of counts: one minus observed over expected disagreement.
  private static func alpha(_ counts: [[Int]]) -> Double? {
    let paired = counts.filter { $0.reduce(0, +) >= 2 }
    guard let grades = paired.first?.count else { return nil }
    let totals = (0..<grades).map { grade in Double(paired.reduce(0) { $0 + $1[grade] }) }
    let all = totals.reduce(0, +)
    var (observed, expected) = (0.0, 0.0)
    for low in 0..<grades {
      var between = totals[low] / 2
      for high in (low + 1)..<max(grades, low + 1) {
        between += totals[high] / 2
        let distance = between * between
        between += totals[high] / 2
        observed +=
          distance
          * paired.reduce(0) { sum, unit in
            sum + Double(unit[low] * unit[high]) / Double(unit.reduce(0, +) - 1)
          }
        expected += distance * totals[low] * totals[high]
      }
    }
    return expected > 0 ? 1 - (all - 1) * observed / expected : nil
  }

  /// The jackknife over judges.
  private static func interval(
    _ alpha: Double, judges: [[Int?]], counts: [[Int]]
  ) -> ConfidenceInterval? {
    guard judges.count >= 3 else { return nil }
    var left: [Double] = []
    for judge in judges {
      var counts = counts
      for (unit, rating) in judge.enumerated() {
        if let rating { counts[unit][rating] -= 1 }
      }
      guard let alpha = self.alpha(counts) else { return nil }
      left.append(alpha)
    }
    let count = Double(judges.count)
    let mean = left.reduce(0, +) / count
    let variance = (count - 1) / count * left.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let half = StudentT.halfWidth(degreesOfFreedom: judges.count - 1) * variance.squareRoot()
    return ConfidenceInterval(lower: max(-1, alpha - half), upper: min(1, alpha + half))
  }
}
