/// One block of persons after another through the grid of all abilities.
///
/// The prior's factors are larger than the nearest cache: each part of them that is fetched serves a
/// whole block.
struct StructuredPass {
  typealias Lane = NodeGrid.Lane

  /// How many patterns are passed at once.
  static let block = 16

  private let likelihood: StructuredLikelihood
  private let tables: [LikelihoodTables]
  private let prior: LowRankPrior
  private(set) var outcome: StructuredLikelihood.Outcome
  /// For each ability the patterns' likelihoods at the nodes, one pattern after another.
  private var vectors: [[Lane]]
  /// For each half the integrals of its likelihoods with each term: itself, and times each ability;
  /// one pattern after another.
  private var integrals: [[[Lane]]]
  /// For each half the inner nodes at each outer one that can matter, one pattern after another.
  private var ranges: [[Range<Int>]]
  /// Each pattern's weight, divided by the probability of its answers; 0 where that is none.
  private var factors = [Double](repeating: 0, count: Self.block)

  init(
    likelihood: StructuredLikelihood, tables: [LikelihoodTables], prior: LowRankPrior,
    outcome: StructuredLikelihood.Outcome
  ) {
    self.likelihood = likelihood
    self.tables = tables
    self.prior = prior
    self.outcome = outcome
    let nodes = [Lane](repeating: .zero, count: Self.block * likelihood.grid.lanes)
    vectors = [[Lane]](repeating: nodes, count: likelihood.order)
    let terms = [Lane](repeating: .zero, count: Self.block * prior.rank / 8)
    integrals = [[[Lane]]](repeating: [[Lane]](repeating: terms, count: 3), count: 2)
    ranges = likelihood.halves.map { [Range<Int>](repeating: 0..<0, count: Self.block * $0.outer) }
  }

  /// A cell matters less than rounding does when its likelihood times the root of its density is this
  /// share of the largest: what the other half can add to it is bounded by the same root.
  private static let negligible = 1e-11

  /// Adds patterns, at most ``block``.
  mutating func add(_ patterns: Range<Int>) {
    let logScales = patterns.enumerated().map { place, pattern in
      (0..<likelihood.order).reduce(0) { $0 + writeLikelihood($1, pattern, place) }
    }
    for side in 0..<2 {
      findRanges(side, patterns.count)
      integrate(side, patterns.count)
    }
    for (place, pattern) in patterns.enumerated() {
      let weight = likelihood.groups[0].weights[pattern]
      let evidence = product(0, 0, place)
      factors[place] = 0
      // A negative sum is a likelihood too small for the prior's approximation.
      guard evidence > 0 else {
        outcome.logLikelihood = -.infinity
        continue
      }
      outcome.logLikelihood += weight * (logScales[place] + Elementary.log(evidence))
      outcome.persons += weight
      factors[place] = weight / evidence
      addProducts(place)
    }
    for side in 0..<2 { addPosterior(side, patterns) }
  }

  private mutating func writeLikelihood(_ ability: Int, _ pattern: Int, _ place: Int) -> Double {
    let groups = likelihood.groups[ability]
    let (lanes, width) = (likelihood.grid.lanes, groups.groups.count)
    let start = place * lanes
    var logScale = 0.0
    for lane in 0..<lanes { vectors[ability][start + lane] = Lane(repeating: 1) }
    for group in 0..<width {
      let row = Int(groups.patternRows[pattern * width + group])
      logScale += tables[ability].logScales[row]
      for lane in 0..<lanes {
        vectors[ability][start + lane] *= tables[ability].rows[row * lanes + lane]
      }
    }
    // The largest is made 1, so that a long test cannot underflow.
    let largest = vectors[ability][start..<start + lanes].reduce(0) { max($0, $1.max()) }
    guard largest > 0 else { return -.infinity }
    for lane in 0..<lanes { vectors[ability][start + lane] *= 1 / largest }
    return logScale + Elementary.log(largest)
  }

  /// Finds the cells that can matter: with ten items an ability less than half of them do.
  private mutating func findRanges(_ side: Int, _ patterns: Int) {
    let half = likelihood.halves[side]
    let (count, width) = (likelihood.grid.count, half.inner)
    let inner = HalfGrid.numbers(vectors[half.abilities[half.abilities.count - 1]])
    let outerVectors =
      half.abilities.count == 2 ? HalfGrid.numbers(vectors[half.abilities[0]]) : []
    let scales = prior.scales[side]
    for pattern in 0..<patterns {
      let own = pattern * width
      var largest = 0.0
      for outer in 0..<half.outer {
        let weight = outerVectors.isEmpty ? 1 : outerVectors[own + outer]
        for node in 0..<count {
          largest = max(largest, weight * inner[own + node] * scales[outer * width + node])
        }
      }
      let least = Self.negligible * largest
      for outer in 0..<half.outer {
        let weight = outerVectors.isEmpty ? 1 : outerVectors[own + outer]
        func matters(_ node: Int) -> Bool {
          weight * inner[own + node] * scales[outer * width + node] > least
        }
        var (first, end) = (0, count)
        while first < end, !matters(first) { first += 1 }
        while end > first, !matters(end - 1) { end -= 1 }
        ranges[side][pattern * half.outer + outer] = first..<end
      }
    }
  }

  /// Integrates a half's likelihoods with every term of the prior.
  private mutating func integrate(_ side: Int, _ patterns: Int) {
    let half = likelihood.halves[side]
    let terms = prior.rank / 8
    let inner = HalfGrid.numbers(vectors[half.abilities[half.abilities.count - 1]])
    let (width, ranges) = (half.inner, ranges[side])
    let weighted = inner.indices.map { inner[$0] * half.nodes[$0 % width] }
    let outerVectors =
      half.abilities.count == 2 ? HalfGrid.numbers(vectors[half.abilities[0]]) : []
    let isPair = !outerVectors.isEmpty
    prior.factors[side].withUnsafeBufferPointer { factors in
      inner.withUnsafeBufferPointer { inner in
        weighted.withUnsafeBufferPointer { weighted in
          for term in 0..<terms {
            for pattern in 0..<patterns {
              let own = pattern * width
              var (plain, byOuter, byInner) = (Lane.zero, Lane.zero, Lane.zero)
              for outer in 0..<half.outer {
                let weight = isPair ? outerVectors[own + outer] : 1
                let range = ranges[pattern * half.outer + outer]
                var (sum, moment) = (Lane.zero, Lane.zero)
                let row = term * half.cells + outer * width
                for node in range {
                  let factor = factors[row &+ node]
                  sum += factor * inner[own &+ node]
                  moment += factor * weighted[own &+ node]
                }
                plain += sum * weight
                byInner += moment * weight
                if isPair { byOuter += sum * (weight * half.nodes[outer]) }
              }
              let place = pattern * terms + term
              integrals[side][0][place] = plain
              integrals[side][1][place] = isPair ? byOuter : byInner
              integrals[side][2][place] = byInner
            }
          }
        }
      }
    }
  }

  /// The integral of a pattern over both halves, of one ability of each or of none.
  private func product(_ first: Int, _ second: Int, _ pattern: Int) -> Double {
    let terms = prior.rank / 8
    var sum = Lane.zero
    for place in pattern * terms..<(pattern + 1) * terms {
      sum += integrals[0][first][place] * integrals[1][second][place]
    }
    return sum.sum()
  }

  /// Adds the products of abilities of different halves.
  private mutating func addProducts(_ pattern: Int) {
    for (one, ability) in likelihood.halves[0].abilities.enumerated() {
      for (two, partner) in likelihood.halves[1].abilities.enumerated() {
        let product = factors[pattern] * product(one + 1, two + 1, pattern)
        outcome.products[ability * likelihood.order + partner] += product
        outcome.products[partner * likelihood.order + ability] += product
      }
    }
  }

  /// Adds a half's posteriors: the expected numbers of its items and its products of abilities.
  private mutating func addPosterior(_ side: Int, _ patterns: Range<Int>) {
    let half = likelihood.halves[side]
    let lanes = likelihood.grid.lanes
    let inner = half.abilities[half.abilities.count - 1]
    let others = HalfGrid.numbers(integrals[1 - side][0])
    let isPair = half.abilities.count == 2
    let outerVectors = isPair ? HalfGrid.numbers(vectors[half.abilities[0]]) : []
    var innerPosteriors = [Lane](repeating: .zero, count: patterns.count * lanes)
    var outerPosteriors = innerPosteriors
    var product = 0.0
    for outer in 0..<half.outer {
      for pattern in 0..<patterns.count {
        var weight = factors[pattern]
        if isPair { weight *= outerVectors[pattern * half.inner + outer] }
        let range = ranges[side][pattern * half.outer + outer]
        guard !range.isEmpty else { continue }
        let (mass, moment) = addMasses(
          side, outer: outer, lanes: range.lowerBound / 8..<(range.upperBound + 7) / 8,
          others[pattern * prior.rank..<(pattern + 1) * prior.rank],
          vectors[inner][pattern * lanes..<(pattern + 1) * lanes], weight,
          to: &innerPosteriors, at: pattern * lanes)
        outerPosteriors[pattern * lanes + outer / 8][outer % 8] = mass
        if isPair { product += moment * half.node(outer) }
      }
    }
    let order = likelihood.order
    addCounts(inner, patterns, innerPosteriors)
    if isPair {
      let outer = half.abilities[0]
      addCounts(outer, patterns, outerPosteriors)
      outcome.products[outer * order + inner] += product
      outcome.products[inner * order + outer] += product
    }
  }

  /// Adds the posterior of the inner ability at one node of the outer one.
  ///
  /// - Parameters:
  ///   - side: the half.
  ///   - outer: the node.
  ///   - range: the groups of eight nodes that can matter.
  ///   - others: the other half's integral with each term.
  ///   - likelihoods: those of the inner ability.
  ///   - weight: what is multiplied with.
  ///   - posteriors: where to add.
  ///   - start: the place of the pattern's first there.
  /// - Returns: the mass, and its moment of the inner ability.
  private func addMasses(
    _ side: Int, outer: Int, lanes range: Range<Int>, _ others: ArraySlice<Double>,
    _ likelihoods: ArraySlice<Lane>,
    _ weight: Double, to posteriors: inout [Lane], at start: Int
  ) -> (mass: Double, moment: Double) {
    let (lanes, rank) = (likelihood.grid.lanes, prior.rank)
    let nodes = likelihood.grid.nodes
    var (sum, moment) = (Lane.zero, Lane.zero)
    prior.transposed[side].withUnsafeBufferPointer { factors in
      others.withUnsafeBufferPointer { others in
        var lane = range.lowerBound
        while lane < range.upperBound {
          // Two at once keep both adders busy.
          let isLast = lane + 1 == range.upperBound
          var (density, next) = (Lane.zero, Lane.zero)
          var place = outer * rank * lanes + lane
          let step = isLast ? 0 : 1
          for term in 0..<rank {
            let other = others[term]
            density += factors[place] * other
            next += factors[place &+ step] * other
            place &+= lanes
          }
          for offset in 0...step {
            let here = lane + offset
            let likelihood = likelihoods[likelihoods.startIndex + here]
            let mass = (offset == 0 ? density : next) * likelihood * weight
            posteriors[start + here] += mass
            sum += mass
            moment += mass * nodes[here]
          }
          lane += 2
        }
      }
    }
    return (sum.sum(), moment.sum())
  }

  private mutating func addCounts(_ ability: Int, _ patterns: Range<Int>, _ posteriors: [Lane]) {
    let groups = likelihood.groups[ability]
    let (lanes, width) = (likelihood.grid.lanes, groups.groups.count)
    let nodes = likelihood.grid.nodes
    var square = 0.0
    outcome.rows[ability].withUnsafeMutableBufferPointer { rows in
      for (place, pattern) in patterns.enumerated() {
        for lane in 0..<lanes {
          square += (posteriors[place * lanes + lane] * nodes[lane] * nodes[lane]).sum()
        }
        for group in 0..<width {
          let row = Int(groups.patternRows[pattern * width + group]) * lanes
          for lane in 0..<lanes { rows[row + lane] += posteriors[place * lanes + lane] }
        }
      }
    }
    outcome.products[ability * (likelihood.order + 1)] += square
  }
}
