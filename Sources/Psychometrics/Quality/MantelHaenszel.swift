import RealModule

/// Whether an item favours one of two groups at equal matching score (differential item functioning),
/// by the Mantel–Haenszel method.
///
/// An item scored 0 and 1 has Mantel & Haenszel's statistic with continuity correction. An item with
/// more categories has Mantel's, which compares mean scores, and for α the cumulative common odds ratio
/// of Liu and Agresti, which is the same number for two categories.
///
/// Sources: Holland & Thayer (1988), *Differential item performance and the Mantel–Haenszel procedure*;
/// Mantel (1963), JASA 58, 690–700; Liu & Agresti (1996), Biometrics 52, 1223–1234; Phillips & Holland
/// (1987), Biometrics 43, 425–431, for the variance of log α.
public struct MantelHaenszel: Hashable, Sendable {
  /// How much an item favours a group, as Educational Testing Service grades it.
  public enum Class: String, Hashable, Sendable, CaseIterable {
    /// Negligible.
    case negligible = "A"
    /// Moderate.
    case moderate = "B"
    /// Large.
    case large = "C"
  }

  /// α: the odds of a (higher) score in the reference group over those in the focal group, at equal
  /// matching score; above 1 the item favours the reference group.
  public var alpha: Double
  /// −2.35 · log α; negative when the item is harder for the focal group.
  public var delta: Double
  /// The variance of log α; nil for more than two categories.
  public var logAlphaVariance: Double?
  /// The test statistic, χ² with one degree of freedom.
  public var chiSquare: Double
  /// The same without continuity correction.
  public var uncorrectedChiSquare: Double
  /// The probability of a statistic at least as large when no group is favoured.
  public var probability: Double
  /// The focal group's mean score minus the reference group's at equal matching score, in standard
  /// deviations of the item.
  public var standardizedDifference: Double
  /// The grade.
  ///
  /// Two categories: A unless |Δ| ≥ 1 and significantly not 0; C if |Δ| ≥ 1.5 and significantly above
  /// 1; else B. More categories: the same with .17 and .25 of a standard deviation.
  public var grade: Class
  /// How many persons of the reference group it is from.
  public var referenceCount: Int
  /// How many persons of the focal group it is from.
  public var focalCount: Int

  /// The 95 % interval of ``delta``; nil for more than two categories.
  public var deltaInterval: ConfidenceInterval? {
    logAlphaVariance.map { .mean(delta, standardError: 2.35 * $0.squareRoot()) }
  }

  /// Compares two groups on an item.
  ///
  /// - Returns: nil where no comparison can be made: no stratum holds both groups and two scores, or
  ///   the odds ratio is 0 or infinite.
  public init?(_ scores: StratifiedScores) {
    let sums = Sums(scores)
    guard sums.variance > 0, sums.favouringReference > 0, sums.favouringFocal > 0 else {
      return nil
    }
    let isDichotomous = scores.categories.count == 2
    alpha = sums.favouringReference / sums.favouringFocal
    delta = -2.35 * Double.log(alpha)
    let distance = sums.difference.magnitude
    // Not bounded at a distance of ½, as in difR: below it the statistic is small either way.
    let corrected = distance - (isDichotomous ? 0.5 : 0)
    chiSquare = corrected * corrected / sums.variance
    uncorrectedChiSquare = distance * distance / sums.variance
    probability = ChiSquare.upperTail(chiSquare, degreesOfFreedom: 1)
    logAlphaVariance = isDichotomous ? sums.logAlphaVariance(alpha: alpha) : nil
    standardizedDifference = sums.standardizedDifference
    grade = .negligible
    referenceCount = scores.referenceCount
    focalCount = scores.focalCount
    grade = isDichotomous ? gradeOfDelta : gradeOfDifference
  }

  private var gradeOfDelta: Class {
    guard let variance = logAlphaVariance, delta.magnitude >= 1, probability < 0.05 else {
      return .negligible
    }
    // 1.645: one-sided at 5 %.
    let isAboveOne = delta.magnitude - 1 > 1.6448536269514722 * 2.35 * variance.squareRoot()
    return delta.magnitude >= 1.5 && isAboveOne ? .large : .moderate
  }

  private var gradeOfDifference: Class {
    guard probability < 0.05, standardizedDifference.magnitude > 0.17 else { return .negligible }
    return standardizedDifference.magnitude > 0.25 ? .large : .moderate
  }

  /// The sums over strata that the statistics are made of.
  private struct Sums {
    /// Σ (lower focal · higher reference) / n, over all splits of the categories.
    var favouringReference = 0.0
    /// Σ (higher focal · lower reference) / n.
    var favouringFocal = 0.0
    /// Σ (focal sum of scores − its expectation).
    var difference = 0.0
    /// The variance of that.
    var variance = 0.0
    /// Σ focal persons · (focal mean − reference mean), and the focal persons of those strata.
    var weightedDifference = 0.0
    var weight = 0.0
    /// The item's mean and variance over all persons.
    var moments = (count: 0.0, sum: 0.0, squares: 0.0)
    private var strata: [StratifiedScores.Stratum]
    private var categories: [Int]

    init(_ scores: StratifiedScores) {
      strata = scores.strata
      categories = scores.categories
      for stratum in scores.strata { add(stratum) }
    }

    private mutating func add(_ stratum: StratifiedScores.Stratum) {
      let (reference, focal) = (Self.moments(stratum.reference), Self.moments(stratum.focal))
      let count = reference.count + focal.count
      let sum = reference.sum + focal.sum
      let squares = reference.squares + focal.squares
      moments.count += count
      moments.sum += sum
      moments.squares += squares
      guard reference.count > 0, focal.count > 0 else { return }
      difference += focal.sum - focal.count * sum / count
      variance +=
        reference.count * focal.count * (count * squares - sum * sum)
        / (count * count * (count - 1))
      weightedDifference += focal.sum - focal.count * reference.sum / reference.count
      weight += focal.count
      for split in categories.dropFirst() {
        let cells = Self.cells(stratum, split: split)
        favouringReference += cells.referenceHigh * cells.focalLow / count
        favouringFocal += cells.referenceLow * cells.focalHigh / count
      }
    }

    private static func moments(_ counts: [Int]) -> (count: Double, sum: Double, squares: Double) {
      var (count, sum, squares) = (0, 0, 0)
      for (score, persons) in counts.enumerated() {
        count += persons
        sum += score * persons
        squares += score * score * persons
      }
      return (Double(count), Double(sum), Double(squares))
    }

    private typealias Cells = (
      referenceHigh: Double, referenceLow: Double, focalHigh: Double, focalLow: Double
    )

    private static func cells(_ stratum: StratifiedScores.Stratum, split: Int) -> Cells {
      (
        Double(stratum.reference[split...].reduce(0, +)),
        Double(stratum.reference[..<split].reduce(0, +)),
        Double(stratum.focal[split...].reduce(0, +)),
        Double(stratum.focal[..<split].reduce(0, +))
      )
    }

    var standardizedDifference: Double {
      let mean = moments.sum / moments.count
      let deviation = (moments.squares / moments.count - mean * mean).squareRoot()
      return weight > 0 && deviation > 0 ? weightedDifference / weight / deviation : 0
    }

    /// For two categories.
    func logAlphaVariance(alpha: Double) -> Double? {
      guard let split = categories.last else { return nil }
      var sum = 0.0
      for stratum in strata where stratum.count > 0 {
        let (a, b, c, d) = Self.cells(stratum, split: split)
        let count = Double(stratum.count)
        sum += (a * d + alpha * b * c) * (a + d + alpha * (b + c)) / (count * count)
      }
      return sum / (2 * favouringReference * favouringReference)
    }
  }
}
