/// One person after another through the grid of all abilities.
struct StructuredPass {
  typealias Lane = NodeGrid.Lane

  private let likelihood: StructuredLikelihood
  private let tables: [LikelihoodTables]
  private let prior: LowRankPrior
  private(set) var outcome: StructuredLikelihood.Outcome
  /// For each ability a person's likelihood at the nodes, then its posterior.
  private var vectors: [[Lane]]
  /// For each half the integrals of its likelihood with each term: itself, and times each ability.
  private var integrals: [[[Lane]]]

  init(
    likelihood: StructuredLikelihood, tables: [LikelihoodTables], prior: LowRankPrior,
    outcome: StructuredLikelihood.Outcome
  ) {
    self.likelihood = likelihood
    self.tables = tables
    self.prior = prior
    self.outcome = outcome
    let lanes = likelihood.grid.lanes
    vectors = [[Lane]](repeating: [Lane](repeating: .zero, count: lanes), count: likelihood.order)
    let terms = [Lane](repeating: .zero, count: prior.rank / 8)
    integrals = [[[Lane]]](repeating: [[Lane]](repeating: terms, count: 3), count: 2)
  }

  /// Adds a pattern.
  mutating func add(_ pattern: Int) {
    let weight = likelihood.groups[0].weights[pattern]
    var logScale = 0.0
    for ability in 0..<likelihood.order { logScale += writeLikelihood(ability, pattern) }
    for side in 0..<2 { integrate(side) }
    let evidence = Self.dot(integrals[0][0], integrals[1][0])
    // A negative sum is a likelihood too small for the prior's approximation.
    guard evidence > 0 else {
      outcome.logLikelihood = -.infinity
      return
    }
    outcome.logLikelihood += weight * (logScale + Elementary.log(evidence))
    outcome.persons += weight
    addProducts(weight / evidence)
    for side in 0..<2 { addPosterior(side, pattern, weight / evidence) }
  }

  private mutating func writeLikelihood(_ ability: Int, _ pattern: Int) -> Double {
    let groups = likelihood.groups[ability]
    let (lanes, width) = (likelihood.grid.lanes, groups.groups.count)
    var logScale = 0.0
    for lane in 0..<lanes { vectors[ability][lane] = Lane(repeating: 1) }
    for group in 0..<width {
      let row = Int(groups.patternRows[pattern * width + group])
      logScale += tables[ability].logScales[row]
      for lane in 0..<lanes {
        vectors[ability][lane] *= tables[ability].rows[row * lanes + lane]
      }
    }
    // The largest is made 1, so that a long test cannot underflow.
    let largest = vectors[ability].reduce(0) { max($0, $1.max()) }
    guard largest > 0 else { return -.infinity }
    for lane in 0..<lanes { vectors[ability][lane] *= 1 / largest }
    return logScale + Elementary.log(largest)
  }

  /// Integrates a half's likelihood with every term of the prior.
  private mutating func integrate(_ side: Int) {
    let half = likelihood.halves[side]
    let terms = prior.rank / 8
    let inner = HalfGrid.numbers(vectors[half.abilities[half.abilities.count - 1]])
    let weighted = zip(inner, half.nodes).map { $0 * $1 }
    let outerVector =
      half.abilities.count == 2 ? HalfGrid.numbers(vectors[half.abilities[0]]) : []
    let (count, width) = (likelihood.grid.count, half.inner)
    prior.factors[side].withUnsafeBufferPointer { factors in
      for term in 0..<terms {
        var (plain, byOuter, byInner) = (Lane.zero, Lane.zero, Lane.zero)
        for outer in 0..<half.outer {
          let weight = outerVector.isEmpty ? 1 : outerVector[outer]
          guard weight > 1e-30 else { continue }
          var (sum, moment) = (Lane.zero, Lane.zero)
          var place = outer * width * terms + term
          for node in 0..<count {
            let factor = factors[place]
            sum += factor * inner[node]
            moment += factor * weighted[node]
            place += terms
          }
          plain += sum * weight
          byInner += moment * weight
          if !outerVector.isEmpty { byOuter += sum * (weight * half.nodes[outer]) }
        }
        integrals[side][0][term] = plain
        integrals[side][1][term] = outerVector.isEmpty ? byInner : byOuter
        integrals[side][2][term] = byInner
      }
    }
  }

  /// Adds the products of abilities of different halves.
  private mutating func addProducts(_ factor: Double) {
    for (one, ability) in likelihood.halves[0].abilities.enumerated() {
      for (two, partner) in likelihood.halves[1].abilities.enumerated() {
        let product = factor * Self.dot(integrals[0][one + 1], integrals[1][two + 1])
        outcome.products[ability * likelihood.order + partner] += product
        outcome.products[partner * likelihood.order + ability] += product
      }
    }
  }

  /// Adds a half's posterior: the expected numbers of its items and its products of abilities.
  private mutating func addPosterior(_ side: Int, _ pattern: Int, _ factor: Double) {
    let half = likelihood.halves[side]
    let lanes = likelihood.grid.lanes
    let inner = half.abilities[half.abilities.count - 1]
    let other = HalfGrid.numbers(integrals[1 - side][0])
    let outerVector =
      half.abilities.count == 2 ? HalfGrid.numbers(vectors[half.abilities[0]]) : []
    let cellLanes = half.cells / 8
    var innerPosterior = [Lane](repeating: .zero, count: lanes)
    var outerPosterior = [Lane](repeating: .zero, count: lanes)
    var product = 0.0
    prior.transposed[side].withUnsafeBufferPointer { factors in
      for outer in 0..<half.outer {
        let weight = outerVector.isEmpty ? factor : outerVector[outer] * factor
        // A node that holds less than rounding of one person adds nothing.
        guard weight > 1e-30 * factor else { continue }
        var (sum, moment) = (Lane.zero, Lane.zero)
        for lane in 0..<lanes {
          var density = Lane.zero
          var place = outer * lanes + lane
          for term in 0..<prior.rank {
            density += factors[place] * other[term]
            place += cellLanes
          }
          let mass = density * vectors[inner][lane] * weight
          innerPosterior[lane] += mass
          sum += mass
          moment += mass * likelihood.grid.nodes[lane]
        }
        outerPosterior[outer / 8][outer % 8] = sum.sum()
        if half.abilities.count == 2 { product += moment.sum() * half.node(outer) }
      }
    }
    let order = likelihood.order
    addCounts(inner, pattern, innerPosterior)
    if half.abilities.count == 2 {
      let outer = half.abilities[0]
      addCounts(outer, pattern, outerPosterior)
      outcome.products[outer * order + inner] += product
      outcome.products[inner * order + outer] += product
    }
  }

  private mutating func addCounts(_ ability: Int, _ pattern: Int, _ posterior: [Lane]) {
    let groups = likelihood.groups[ability]
    let (lanes, width) = (likelihood.grid.lanes, groups.groups.count)
    var square = 0.0
    for lane in 0..<lanes {
      let node = likelihood.grid.nodes[lane]
      square += (posterior[lane] * node * node).sum()
    }
    outcome.products[ability * (likelihood.order + 1)] += square
    for group in 0..<width {
      let row = Int(groups.patternRows[pattern * width + group]) * lanes
      for lane in 0..<lanes { outcome.rows[ability][row + lane] += posterior[lane] }
    }
  }

  private static func dot(_ first: [Lane], _ second: [Lane]) -> Double {
    var sum = Lane.zero
    for place in first.indices { sum += first[place] * second[place] }
    return sum.sum()
  }
}
