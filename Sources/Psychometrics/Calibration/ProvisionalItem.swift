/// An item whose parameters judges set, with how sure they were; answers move it.
public struct ProvisionalItem: Hashable, Sendable {
  /// Which abilities it measures, with shares that sum to 1.
  public var shares: [Loading]
  /// The slope on that mixture of abilities, above 0.
  public var slope: Double
  /// Where each step lies, in logits.
  public var stepLocations: [Double]
  /// A number that is equal for items of one testlet; nil for an item by itself.
  public var testlet: Int?
  /// The standard deviation of the prior of log slope about the judges' slope.
  public var logSlopeDeviation = 0.35
  /// The standard deviation of the prior of each step about the judges' location.
  public var stepDeviation = 0.6
  /// Whether its parameters stay: it holds the scale for the others.
  public var isAnchor = false

  /// Creates an item as judged.
  public init(
    shares: [Loading], slope: Double, stepLocations: [Double], testlet: Int? = nil,
    isAnchor: Bool = false
  ) {
    self.shares = shares
    self.slope = slope
    self.stepLocations = stepLocations
    self.testlet = testlet
    self.isAnchor = isAnchor
  }

  /// The standard errors of log slope and of each step given what is expected of its answers.
  func standardErrors(_ counts: AbilityCounts) -> [Double] {
    let information = derivatives(counts, judged: self).information
    return Cholesky(information, order: stepLocations.count + 1)?.inverseDiagonal()
      .map { $0.squareRoot() } ?? []
  }

  /// The most probable parameters given answers at uncertain abilities.
  ///
  /// - Parameters:
  ///   - counts: how many answers of each score are expected at each value of the ability mixture.
  ///   - judged: the item as judged: the prior's centre.
  /// - Returns: the item with slope and steps moved.
  func fitted(to counts: AbilityCounts, judged: ProvisionalItem) -> ProvisionalItem {
    var item = self
    var height = item.height(counts, judged)
    // The abilities move with the next cycle, so a few steps are enough in each.
    for _ in 0..<3 {
      let step = item.newtonStep(counts, judged)
      var length = 1.0
      while length > 1e-4 {
        var next = item
        next.slope = item.slope * Elementary.exp(max(-1, min(1, length * step[0])))
        for place in stepLocations.indices {
          next.stepLocations[place] += length * step[place + 1]
        }
        let nextHeight = next.height(counts, judged)
        if nextHeight >= height {
          (item, height) = (next, nextHeight)
          break
        }
        length /= 2
      }
      if length <= 1e-4 || step.allSatisfy({ $0.magnitude < 1e-8 }) { break }
    }
    return item
  }

  private func height(_ counts: AbilityCounts, _ judged: ProvisionalItem) -> Double {
    let model = PartialCreditItem(slope: slope, stepLocations: stepLocations)
    var height = 0.0
    for node in 0..<AbilityCounts.nodeCount where counts.total(at: node) > 0 {
      let eta = slope * AbilityCounts.ability(at: node)
      let normalizer = model.moments(at: eta).logNormalizer
      for score in 0...stepLocations.count {
        height +=
          counts.count(of: score, at: node)
          * (Double(score) * eta - model.cumulative[score] - normalizer)
      }
    }
    let change = Elementary.log(slope / judged.slope) / logSlopeDeviation
    height -= 0.5 * change * change
    for (own, prior) in zip(stepLocations, judged.stepLocations) {
      let distance = (own - prior) / stepDeviation
      height -= 0.5 * distance * distance
    }
    return height
  }

  /// The step of Fisher's scoring in log slope and the steps' locations.
  private func newtonStep(_ counts: AbilityCounts, _ judged: ProvisionalItem) -> [Double] {
    let (gradient, information) = derivatives(counts, judged: judged)
    return Cholesky(information, order: gradient.count)?.solve(gradient)
      ?? [Double](repeating: 0, count: gradient.count)
  }

  /// The gradient of the penalised log-likelihood in log slope and the steps, and its expected
  /// information, the prior's included.
  private func derivatives(
    _ counts: AbilityCounts, judged: ProvisionalItem
  ) -> (gradient: [Double], information: [Double]) {
    let model = PartialCreditItem(slope: slope, stepLocations: stepLocations)
    let size = stepLocations.count + 1
    var gradient = [Double](repeating: 0, count: size)
    var information = [Double](repeating: 0, count: size * size)
    for node in 0..<AbilityCounts.nodeCount {
      let total = counts.total(at: node)
      guard total > 0 else { continue }
      let ability = AbilityCounts.ability(at: node)
      let probabilities = model.categoryProbabilities(at: slope * ability)
      for category in 0..<size {
        let score = score(of: category, ability, probabilities)
        let seen = counts.count(of: category, at: node)
        let expected = total * probabilities[category]
        for row in 0..<size {
          gradient[row] += seen * score[row]
          for column in 0..<size {
            information[row * size + column] += expected * score[row] * score[column]
          }
        }
      }
    }
    let slopePrecision = 1 / (logSlopeDeviation * logSlopeDeviation)
    gradient[0] -= slopePrecision * Elementary.log(slope / judged.slope)
    information[0] += slopePrecision
    let stepPrecision = 1 / (stepDeviation * stepDeviation)
    for place in 1..<size {
      gradient[place] -=
        stepPrecision * (stepLocations[place - 1] - judged.stepLocations[place - 1])
      information[place * size + place] += stepPrecision
    }
    return (gradient, information)
  }

  /// ∂ log P(category) in log slope and each step.
  private func score(of category: Int, _ ability: Double, _ probabilities: [Double]) -> [Double] {
    var reached = 1.0
    var scores = [0.0]
    for (place, location) in stepLocations.enumerated() {
      reached -= probabilities[place]
      let surplus = (category > place ? 1 : 0) - reached
      scores[0] += slope * (ability - location) * surplus
      scores.append(-slope * surplus)
    }
    return scores
  }
}
