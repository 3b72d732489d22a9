/// One pass over the patterns for the variance of their score functions.
struct InformationPass: Sendable {
  typealias Lane = NodeGrid.Lane

  let step: ExpectationStep
  let priors: [PopulationPrior]
  /// Where the parameters of each item start among all items' and populations' parameters.
  let firstParameter: [Int]
  let firstPopulationParameter: Int
  /// How many parameters there are, fixed ones included.
  let size: Int

  init(step: ExpectationStep, priors: [PopulationPrior]) {
    self.step = step
    self.priors = priors
    var first = [0]
    for count in step.curves.layout.parameters { first.append((first.last ?? 0) + count) }
    firstPopulationParameter = first.removeLast()
    firstParameter = first
    size = firstPopulationParameter + 2 * priors.count
  }

  /// The sum over a portion's persons of E[s sᵀ] − E[s] E[s]ᵀ, its upper triangle.
  func run(_ portion: ExpectationStep.Portion) -> [Double] {
    let lanes = step.curves.lanes
    let count = portion.patterns.count
    var posteriors = [Lane](repeating: .zero, count: count * lanes)
    let width = step.groups.groups.count
    posteriors.withUnsafeMutableBufferPointer { posteriors in
      step.groups.patternRows.withUnsafeBufferPointer { rows in
        for place in 0..<count {
          let pattern = portion.patterns.lowerBound + place
          _ = step.writePosterior(
            UnsafeBufferPointer(rebasing: rows[pattern * width..<(pattern + 1) * width]),
            portion.population,
            into: UnsafeMutableBufferPointer(
              rebasing: posteriors[place * lanes..<(place + 1) * lanes]), mass: 1)
        }
      }
    }
    var products = [Double](repeating: 0, count: size * size)
    ScoreProducts(pass: self, portion: portion, posteriors: posteriors).subtract(from: &products)
    weigh(&posteriors, portion)
    PairCounts(pass: self, portion: portion, posteriors: posteriors).add(to: &products)
    return products
  }

  private func weigh(_ posteriors: inout [Lane], _ portion: ExpectationStep.Portion) {
    let lanes = step.curves.lanes
    for (place, pattern) in portion.patterns.enumerated() {
      let weight = step.groups.weights[pattern]
      guard weight != 1 else { continue }
      for lane in place * lanes..<(place + 1) * lanes { posteriors[lane] *= weight }
    }
  }
}
