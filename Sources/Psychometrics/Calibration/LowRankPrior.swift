/// The normal prior on the product of two half grids, as a sum of few products.
///
/// W(a, b) = Σ_r X(a, r) Y(b, r). A smooth kernel has a small numerical rank, whatever the number of
/// nodes, so that integrals over a million cells cost what some pairs of integrals over a thousand
/// cost. Rows and columns are chosen by cross approximation with partial pivoting, to 10⁻⁹ of the
/// largest term.
///
/// Source: Bebendorf (2000), *Approximation of boundary element matrices*, Numerische Mathematik 86,
/// 565–589.
struct LowRankPrior: Sendable {
  typealias Lane = NodeGrid.Lane

  /// The rank, filled up to groups of eight.
  let rank: Int
  /// X and Y: for each eight r the cells, one after another.
  let factors: [[Lane]]
  /// The same: for each outer cell and r the inner cells in groups of eight.
  let transposed: [[Lane]]
  /// The root of each half's own density at each cell, up to a constant; 0 where cells fill up.
  let scales: [[Double]]
  /// E[θ_i θ_j] under the prior on the grid, row after row.
  let secondMoments: [Double]

  init(_ halves: [HalfGrid], correlations: CorrelationMatrix) {
    let kernel = NormalKernel(halves, correlations: correlations)
    let (rows, columns) = kernel.crossApproximation()
    let rank = max(8, (rows.count + 7) / 8 * 8)
    // X and Y in double precision, scaled back from the kernel to the prior.
    var pair = [
      [Double](repeating: 0, count: halves[0].cells * rank),
      [Double](repeating: 0, count: halves[1].cells * rank),
    ]
    for (term, (left, right)) in zip(rows, columns).enumerated() {
      for cell in left.indices { pair[0][cell * rank + term] = left[cell] * kernel.scales[0][cell] }
      for cell in right.indices {
        pair[1][cell * rank + term] = right[cell] * kernel.scales[1][cell]
      }
    }
    let moments = Self.moments(pair, rank: rank, halves: halves, order: correlations.order)
    let total = moments.total
    for place in pair[0].indices { pair[0][place] /= total }
    self.rank = rank
    scales = kernel.scales
    secondMoments = moments.second.map { $0 / total }
    factors = zip(pair, halves).map { Self.termsByCell($0, rank: rank, cells: $1.cells) }
    transposed = zip(pair, halves).map { Self.cellsByTerm($0, rank: rank, half: $1) }
  }

  /// A matrix with a row for each cell, as ``factors`` holds it.
  private static func termsByCell(_ values: [Double], rank: Int, cells: Int) -> [Lane] {
    var lanes: [Lane] = []
    lanes.reserveCapacity(values.count / 8)
    for group in stride(from: 0, to: rank, by: 8) {
      for cell in 0..<cells {
        let start = cell * rank + group
        lanes.append(Lane(values[start..<start + 8]))
      }
    }
    return lanes
  }

  /// A matrix with a row for each cell, as ``transposed`` holds it.
  private static func cellsByTerm(_ values: [Double], rank: Int, half: HalfGrid) -> [Lane] {
    var lanes: [Lane] = []
    lanes.reserveCapacity(values.count / 8)
    for outer in 0..<half.outer {
      for term in 0..<rank {
        for inner in stride(from: outer * half.inner, to: (outer + 1) * half.inner, by: 8) {
          var lane = Lane.zero
          for place in 0..<8 { lane[place] = values[(inner + place) * rank + term] }
          lanes.append(lane)
        }
      }
    }
    return lanes
  }

  /// The sum of the prior and of its products of two abilities.
  private static func moments(
    _ pair: [[Double]], rank: Int, halves: [HalfGrid], order: Int
  ) -> (total: Double, second: [Double]) {
    // For every monomial of a half the integral of each term; a monomial is a pair of abilities or
    // one or none.
    let integrals = zip(pair, halves).map { values, half in
      MonomialIntegrals(values, rank: rank, half: half)
    }
    func product(_ left: [Double], _ right: [Double]) -> Double {
      QuasiNewtonSearch.dot(left, right)
    }
    var second = [Double](repeating: 0, count: order * order)
    for (side, half) in halves.enumerated() {
      let other = integrals[1 - side]
      for (one, ability) in half.abilities.enumerated() {
        for (two, partner) in half.abilities.enumerated() {
          second[ability * order + partner] = product(
            integrals[side].second[one][two], other.zeroth)
        }
        for (two, partner) in halves[1 - side].abilities.enumerated() {
          second[ability * order + partner] = product(integrals[side].first[one], other.first[two])
        }
      }
    }
    return (product(integrals[0].zeroth, integrals[1].zeroth), second)
  }
}

/// The sums of a half's factors over its cells, with powers of its abilities.
private struct MonomialIntegrals {
  var zeroth: [Double]
  var first: [[Double]]
  var second: [[[Double]]]

  init(_ values: [Double], rank: Int, half: HalfGrid) {
    let size = half.abilities.count
    let zeros = [Double](repeating: 0, count: rank)
    zeroth = zeros
    first = [[Double]](repeating: zeros, count: size)
    second = [[[Double]]](repeating: first, count: size)
    for cell in 0..<half.cells {
      guard let place = half.place(of: cell) else { continue }
      for term in 0..<rank {
        let value = values[cell * rank + term]
        zeroth[term] += value
        for one in 0..<size {
          first[one][term] += value * place[one]
          for two in 0..<size { second[one][two][term] += value * place[one] * place[two] }
        }
      }
    }
  }
}

/// The prior divided by the roots of its halves' own densities, so that its tails count too.
private struct NormalKernel {
  let halves: [HalfGrid]
  /// The roots of the halves' densities at each cell, up to a constant.
  let scales: [[Double]]
  private let places: [[[Double]?]]
  private let between: [Double]
  private let own: [[Double]]

  init(_ halves: [HalfGrid], correlations: CorrelationMatrix) {
    self.halves = halves
    let abilities = halves.flatMap(\.abilities)
    let inverse = correlations.inverse(of: abilities)
    let (first, order) = (halves[0].abilities.count, abilities.count)
    let places = halves.map { half in (0..<half.cells).map { half.place(of: $0) } }
    // −½ xᵀPx of the whole, split into each half's part and the part between them.
    func quadratic(_ place: [Double], _ offset: Int) -> Double {
      var sum = 0.0
      for row in place.indices {
        for column in place.indices {
          sum += place[row] * place[column] * inverse[(offset + row) * order + offset + column]
        }
      }
      return -0.5 * sum
    }
    func marginal(_ place: [Double], _ half: HalfGrid) -> Double {
      let precision = correlations.inverse(of: half.abilities)
      var sum = 0.0
      for row in place.indices {
        for column in place.indices {
          sum += place[row] * place[column] * precision[row * place.count + column]
        }
      }
      return -0.25 * sum
    }
    var (scales, own) = ([[Double]](), [[Double]]())
    for (side, half) in halves.enumerated() {
      let roots = places[side].map { $0.map { marginal($0, half) } }
      scales.append(roots.map { $0.map { Elementary.exp($0) } ?? 0 })
      own.append(
        zip(places[side], roots).map { place, root in
          guard let place, let root else { return 0 }
          return quadratic(place, side * first) - root
        })
    }
    var between: [Double] = []
    for row in 0..<first {
      for column in first..<order { between.append(inverse[row * order + column]) }
    }
    (self.scales, self.own, self.places, self.between) = (scales, own, places, between)
  }

  private func value(_ row: Int, _ column: Int) -> Double {
    guard let left = places[0][row], let right = places[1][column] else { return 0 }
    var product = 0.0
    for one in left.indices {
      for two in right.indices {
        product += left[one] * right[two] * between[one * right.count + two]
      }
    }
    return Elementary.exp(own[0][row] + own[1][column] - product)
  }

  /// Rows and columns whose products sum to the kernel.
  func crossApproximation() -> (rows: [[Double]], columns: [[Double]]) {
    var (lefts, rights) = ([[Double]](), [[Double]]())
    var (usedRows, usedColumns) = (Set<Int>(), Set<Int>())
    var (largest, small) = (0.0, 0)
    // The middle of the grid, where the prior is.
    var row = halves[0].outer / 2 * halves[0].inner + halves[0].grid.count / 2
    while lefts.count < min(halves[0].cells, halves[1].cells), lefts.count < 400, small < 4 {
      usedRows.insert(row)
      var right = places[1].indices.map { value(row, $0) }
      for (left, other) in zip(lefts, rights) where left[row] != 0 {
        for column in right.indices { right[column] -= left[row] * other[column] }
      }
      guard let column = Self.largestPlace(right, besides: usedColumns), right[column] != 0 else {
        break
      }
      usedColumns.insert(column)
      let pivot = right[column]
      for place in right.indices { right[place] /= pivot }
      var left = places[0].indices.map { value($0, column) }
      for (other, own) in zip(lefts, rights) where own[column] != 0 {
        for place in left.indices { left[place] -= own[column] * other[place] }
      }
      let size = left.reduce(0) { max($0, $1.magnitude) }
      largest = max(largest, size)
      small = size < 1e-9 * largest ? small + 1 : 0
      lefts.append(left)
      rights.append(right)
      guard let next = Self.largestPlace(left, besides: usedRows) else { break }
      row = next
    }
    // The last ones only showed that nothing is left.
    return (Array(lefts.dropLast(small)), Array(rights.dropLast(small)))
  }

  private static func largestPlace(_ values: [Double], besides used: Set<Int>) -> Int? {
    var best: Int?
    for place in values.indices where !used.contains(place) {
      if best.map({ values[place].magnitude > values[$0].magnitude }) ?? true { best = place }
    }
    return best
  }
}
