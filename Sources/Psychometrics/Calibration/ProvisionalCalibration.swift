/// Moves provisional items by the answers of teachers whose many abilities share a structured prior.
///
/// EM for the most probable parameters: each teacher's posterior by Laplace's approximation gives
/// every answer's ability mixture a mean and a variance (the testlet's effect included); each item is
/// then fitted to its answers under the judges' prior. About 50 answers an item move locations
/// usefully, 150 to 500 slopes.
public struct ProvisionalCalibration: Hashable, Sendable {
  /// The items, moved.
  public private(set) var items: [ProvisionalItem]
  /// How many cycles were done.
  public private(set) var cycles = 0
  /// How far the last cycle moved the parameter it moved most (log slope, or a step in logits).
  public private(set) var largestChange = Double.infinity

  /// Whether the last cycle moved nothing by .001 or more.
  public var hasSettled: Bool { largestChange < 1e-3 }

  /// Fits the items.
  ///
  /// - Parameters:
  ///   - judged: the items as judged.
  ///   - answers: for each teacher the items answered, by their place, with the scores.
  ///   - prior: the prior over the abilities.
  ///   - testletVariance: the variance that a testlet's items share beyond ability.
  ///   - cycleLimit: how many cycles may be done.
  public init(
    _ judged: [ProvisionalItem], answers: [[(item: Int, score: Int)]], prior: AbilityPrior,
    testletVariance: Double, cycleLimit: Int = 50
  ) {
    items = judged
    while cycles < cycleLimit, !hasSettled {
      var found = [[(mean: Double, variance: Double, score: Int)]](
        repeating: [], count: judged.count)
      for teacher in answers where !teacher.isEmpty {
        let mixtures = Self.mixtures(
          items, teacher, prior: prior, testletVariance: testletVariance)
        for (answer, mixture) in zip(teacher, mixtures) {
          found[answer.item].append((mixture.mean, mixture.variance, answer.score))
        }
      }
      largestChange = 0
      for place in items.indices where !found[place].isEmpty {
        let moved = items[place].fitted(to: found[place], judged: judged[place])
        largestChange = max(
          largestChange, Elementary.log(moved.slope / items[place].slope).magnitude)
        for (old, new) in zip(items[place].stepLocations, moved.stepLocations) {
          largestChange = max(largestChange, (new - old).magnitude)
        }
        items[place] = moved
      }
      cycles += 1
    }
  }

  /// The mean and variance of what each answered item measures.
  ///
  /// Testlets are abilities of their own, so that their effect is part of the mixture.
  private static func mixtures(
    _ items: [ProvisionalItem], _ teacher: [(item: Int, score: Int)], prior: AbilityPrior,
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
