/// Moves provisional items by the answers of teachers whose many abilities share a structured prior.
///
/// EM for the most probable parameters: each teacher's posterior by Laplace's approximation gives
/// every answer's ability mixture a mean and a variance (the testlet's effect included); each item is
/// then fitted to its answers under the judges' prior. About 50 answers an item move locations
/// usefully, 150 to 500 slopes.
public struct ProvisionalCalibration: Sendable {
  /// One answer: the item's place among the items, and the score.
  public typealias Answer = (item: Int, score: Int)

  /// The items, moved.
  public private(set) var items: [ProvisionalItem]
  /// How many cycles were done.
  public private(set) var cycles: Int
  /// How far the last cycle moved the parameter it moved most (log slope, or a step in logits).
  public private(set) var largestChange = Double.infinity
  /// The standard errors of each item's log slope and steps, by the last cycle; empty for an anchor
  /// and for an item without answers.
  public private(set) var standardErrors: [[Double]]
  private let judged: [ProvisionalItem]
  private let prior: AbilityPrior
  private let testletVariance: Double

  /// Whether the last cycle moved nothing by .001 or more.
  public var hasSettled: Bool { largestChange < 1e-3 }

  /// Begins, or goes on where another calibration of the same answers stood.
  ///
  /// - Parameters:
  ///   - judged: the items as judged.
  ///   - prior: the prior over the abilities.
  ///   - testletVariance: the variance that a testlet's items share beyond ability.
  ///   - items: the items as an interrupted calibration left them; nil to begin.
  ///   - cycles: how many cycles that calibration had done.
  public init(
    _ judged: [ProvisionalItem], prior: AbilityPrior, testletVariance: Double,
    goingOnFrom items: [ProvisionalItem]? = nil, after cycles: Int = 0
  ) {
    self.judged = judged
    self.items = items ?? judged
    self.cycles = cycles
    self.prior = prior
    self.testletVariance = testletVariance
    standardErrors = [[Double]](repeating: [], count: judged.count)
  }

  /// Does one cycle.
  ///
  /// The result does not depend on the number of threads.
  ///
  /// - Parameters:
  ///   - answers: for each teacher the items answered, with the scores.
  ///   - threads: how many threads work at it.
  public mutating func advance(_ answers: [[Answer]], threads: Int = 1) async {
    // Teachers in fixed parts, so that sums are taken in the same order however many threads.
    let size = 256
    let parts = stride(from: 0, to: answers.count, by: size).map {
      $0..<min($0 + size, answers.count)
    }
    let (items, prior, variance) = (items, prior, testletVariance)
    let expected = await InParallel.map(parts, threads: threads) { part in
      Self.expected(items, answers[part], prior: prior, testletVariance: variance)
    }
    var counts: [Int: AbilityCounts] = [:]
    for part in expected {
      counts.merge(part) { known, found in
        var sum = known
        sum.add(found)
        return sum
      }
    }
    let judged = judged
    let moving = counts.keys.filter { !items[$0].isAnchor }.sorted()
    let total = counts
    let moved = await InParallel.map(moving, threads: threads) { place in
      guard let found = total[place] else { return (items[place], [Double]()) }
      let fitted = items[place].fitted(to: found, judged: judged[place])
      return (fitted, fitted.standardErrors(found))
    }
    largestChange = 0
    for (place, (item, errors)) in zip(moving, moved) {
      largestChange = max(largestChange, Elementary.log(item.slope / items[place].slope).magnitude)
      for (old, new) in zip(items[place].stepLocations, item.stepLocations) {
        largestChange = max(largestChange, (new - old).magnitude)
      }
      self.items[place] = item
      standardErrors[place] = errors
    }
    cycles += 1
  }

  /// How many answers of each score are expected where, by item.
  private static func expected(
    _ items: [ProvisionalItem], _ answers: ArraySlice<[Answer]>, prior: AbilityPrior,
    testletVariance: Double
  ) -> [Int: AbilityCounts] {
    var counts: [Int: AbilityCounts] = [:]
    for teacher in answers where !teacher.isEmpty {
      let mixtures = Self.mixtures(items, teacher, prior: prior, testletVariance: testletVariance)
      for (answer, mixture) in zip(teacher, mixtures) {
        counts[
          answer.item,
          default: AbilityCounts(scoreCount: items[answer.item].stepLocations.count + 1)
        ].add(
          score: answer.score, mean: mixture.mean, deviation: mixture.variance.squareRoot())
      }
    }
    return counts
  }

  /// The mean and variance of what each answered item measures.
  ///
  /// Testlets are abilities of their own, so that their effect is part of the mixture.
  private static func mixtures(
    _ items: [ProvisionalItem], _ teacher: [Answer], prior: AbilityPrior,
    testletVariance: Double
  ) -> [CompositeMoments] {
    let testlets = Array(Set(teacher.compactMap { items[$0.item].testlet })).sorted()
    let size = prior.count + testlets.count
    var covariance = [Double](repeating: 0, count: size * size)
    for row in 0..<prior.count {
      for column in 0..<prior.count {
        covariance[row * size + column] = prior.covariance[row * prior.count + column]
      }
    }
    for place in prior.count..<size { covariance[place * size + place] = testletVariance }
    let shares = teacher.map { answer -> [Loading] in
      let item = items[answer.item]
      guard let testlet = item.testlet, let place = testlets.firstIndex(of: testlet) else {
        return item.shares
      }
      return item.shares + [Loading(point: prior.count + place, weight: 1)]
    }
    let posterior = AbilityPosterior.laplace(
      prior: AbilityPrior(
        mean: prior.mean + [Double](repeating: 0, count: testlets.count),
        covariance: covariance),
      responses: zip(teacher, shares).map { answer, shares in
        let item = items[answer.item]
        return ScoredResponse(
          loadings: shares.map { Loading(point: $0.point, weight: $0.weight * item.slope) },
          model: PartialCreditItem(slope: item.slope, stepLocations: item.stepLocations),
          testlet: nil, score: answer.score)
      }, testletVariance: 0)
    return shares.map { CompositeMoments(posterior, shares: $0) }
  }
}

/// The mean and variance of a mixture of few abilities.
private struct CompositeMoments {
  var mean = 0.0
  var variance = 0.0

  init(_ posterior: AbilityPosterior, shares: [Loading]) {
    for one in shares {
      mean += one.weight * posterior.mean[one.point]
      for two in shares {
        variance +=
          one.weight * two.weight
          * posterior.covariance[one.point * posterior.count + two.point]
      }
    }
    variance = max(variance, 0)
  }
}
