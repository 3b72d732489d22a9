import CLanes

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
  /// For each half the integrals of its likelihoods with each term: three tables, of themselves, times
  /// the outer ability and times the inner one; one pattern after another.
  private var integrals: [[Lane]]
  /// For each half the inner nodes at each outer one that can matter, one pattern after another.
  private var ranges: [[CLanesRange]]
  private let tableSize: Int
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
    tableSize = Self.block * prior.rank / 8
    integrals = [[Lane]](repeating: [Lane](repeating: .zero, count: 3 * tableSize), count: 2)
    ranges = likelihood.halves.map {
      [CLanesRange](repeating: CLanesRange(first: 0, end: 0), count: Self.block * $0.outer)
    }
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

  /// A half as the sums over its cells take it.
  private func half(_ side: Int, _ patterns: Int) -> CLanesHalf {
    let half = likelihood.halves[side]
    return CLanesHalf(
      persons: patterns, outer: half.outer, inner: half.inner, is_pair: half.isPair)
  }

  /// Finds the cells that can matter: with ten items an ability less than half of them do.
  private mutating func findRanges(_ side: Int, _ patterns: Int) {
    let grid = likelihood.halves[side]
    clanes_ranges(
      half(side, patterns), likelihood.grid.count, Self.negligible, vectors[grid.outermost],
      vectors[grid.innermost], prior.scales[side], &ranges[side])
  }

  /// Integrates a half's likelihoods with every term of the prior.
  private mutating func integrate(_ side: Int, _ patterns: Int) {
    let grid = likelihood.halves[side]
    clanes_integrate(
      half(side, patterns), prior.rank / 8, prior.factors[side], vectors[grid.outermost],
      vectors[grid.innermost], grid.nodes, ranges[side], tableSize, &integrals[side])
  }

  /// The integral of a pattern over both halves, of one ability of each or of none.
  private func product(_ first: Int, _ second: Int, _ pattern: Int) -> Double {
    let terms = prior.rank / 8
    var sum = Lane.zero
    for place in pattern * terms..<(pattern + 1) * terms {
      sum += integrals[0][first * tableSize + place] * integrals[1][second * tableSize + place]
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
    let grid = likelihood.halves[side]
    var innerPosteriors = [Lane](
      repeating: .zero, count: patterns.count * likelihood.grid.lanes)
    var outerPosteriors = innerPosteriors
    let product = clanes_posteriors(
      half(side, patterns.count), prior.rank, prior.transposed[side], integrals[1 - side],
      vectors[grid.outermost], vectors[grid.innermost], grid.nodes, ranges[side], factors,
      &outerPosteriors, &innerPosteriors)
    addCounts(grid.innermost, patterns, innerPosteriors)
    guard grid.isPair else { return }
    addCounts(grid.outermost, patterns, outerPosteriors)
    let order = likelihood.order
    outcome.products[grid.outermost * order + grid.innermost] += product
    outcome.products[grid.innermost * order + grid.outermost] += product
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
