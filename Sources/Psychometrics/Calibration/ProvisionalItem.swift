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

  /// Creates an item as judged.
  public init(
    shares: [Loading], slope: Double, stepLocations: [Double], testlet: Int? = nil
  ) {
    self.shares = shares
    self.slope = slope
    self.stepLocations = stepLocations
    self.testlet = testlet
  }

  /// The most probable parameters given answers at uncertain abilities.
  ///
  /// - Parameters:
  ///   - answers: for each answer the mean and variance of the ability mixture, and the score.
  ///   - judged: the item as judged: the prior's centre.
  /// - Returns: the item with slope and steps moved.
  func fitted(
    to answers: [(mean: Double, variance: Double, score: Int)], judged: ProvisionalItem
  ) -> ProvisionalItem {
    var item = self
    var height = item.height(answers, judged)
    // The abilities move with the next cycle, so a few steps are enough in each.
    for _ in 0..<3 {
      let step = item.newtonStep(answers, judged)
      var length = 1.0
      while length > 1e-4 {
        var next = item
        next.slope = item.slope * Elementary.exp(max(-1, min(1, length * step[0])))
        for place in stepLocations.indices {
          next.stepLocations[place] += length * step[place + 1]
        }
        let nextHeight = next.height(answers, judged)
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

  /// Eleven nodes 0.8 standard deviations apart: exact to rounding for curves as smooth as these.
  private static let spread = Quadrature.standardNormal(nodes: 11, range: 4)

  private func height(
    _ answers: [(mean: Double, variance: Double, score: Int)], _ judged: ProvisionalItem
  ) -> Double {
    let model = PartialCreditItem(slope: slope, stepLocations: stepLocations)
    var height = 0.0
    for answer in answers {
      let deviation = answer.variance.squareRoot()
      for (node, weight) in zip(Self.spread.nodes, Self.spread.weights) {
        let eta = slope * (answer.mean + deviation * node)
        height += weight * model.logProbability(of: answer.score, at: eta)
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
  private func newtonStep(
    _ answers: [(mean: Double, variance: Double, score: Int)], _ judged: ProvisionalItem
  ) -> [Double] {
    let model = PartialCreditItem(slope: slope, stepLocations: stepLocations)
    let size = stepLocations.count + 1
    var gradient = [Double](repeating: 0, count: size)
    var information = [Double](repeating: 0, count: size * size)
    for answer in answers {
      let deviation = answer.variance.squareRoot()
      for (node, weight) in zip(Self.spread.nodes, Self.spread.weights) {
        let ability = answer.mean + deviation * node
        let probabilities = model.categoryProbabilities(at: slope * ability)
        let scores = probabilities.indices.map { score(of: $0, ability, probabilities) }
        for row in 0..<size {
          gradient[row] += weight * scores[answer.score][row]
          for column in 0..<size {
            for (category, probability) in probabilities.enumerated() {
              information[row * size + column] +=
                weight * probability * scores[category][row] * scores[category][column]
            }
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
    return Cholesky(information, order: size)?.solve(gradient)
      ?? [Double](repeating: 0, count: size)
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
