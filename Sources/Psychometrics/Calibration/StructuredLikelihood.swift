/// The marginal likelihood of a test whose items each measure one of several correlated abilities.
///
/// A person's likelihood on the grid of all abilities is a product of one vector an ability. Taken in
/// two halves, its integral over the prior is Σ_r (K₁X)_r (K₂Y)_r with the Khatri–Rao products K₁, K₂
/// and the prior's low-rank factors; the posterior of each half and the products of abilities for the
/// correlations follow from the same sums.
struct StructuredLikelihood: Sendable {
  typealias Lane = NodeGrid.Lane

  /// The abilities' items: the grouped patterns of each, all of the same persons.
  let groups: [ItemGroups]
  /// The items of each ability, in the whole test's order.
  let items: [[Int]]
  let halves: [HalfGrid]
  let grid: NodeGrid

  /// The number of abilities.
  var order: Int { items.count }

  init(_ matrix: ResponseMatrix, dimensions: [Int], patterns: PatternCollapse, grid: NodeGrid) {
    let order = (dimensions.max() ?? 0) + 1
    items = (0..<order).map { ability in
      dimensions.indices.filter { dimensions[$0] == ability }
    }
    groups = items.map { own in
      let answers = (0..<matrix.persons).flatMap { person in
        own.map { matrix.answers[person * matrix.items + $0] }
      }
      return ItemGroups(
        ResponseMatrix(categories: own.map { matrix.categories[$0] }, answers: answers),
        patterns: patterns, codeLimit: 64)
    }
    let first = (order + 1) / 2
    halves = [
      HalfGrid(abilities: Array(0..<first), grid: grid),
      HalfGrid(abilities: Array(first..<order), grid: grid),
    ]
    self.grid = grid
  }

  /// What a pass finds.
  struct Outcome: Sendable {
    var logLikelihood = 0.0
    /// For each ability the expected numbers, a row for each code of each group of items.
    var rows: [[Lane]]
    /// Σ w E[θ_i θ_j], row after row.
    var products: [Double]
    var persons = 0.0
  }

  /// Passes over all patterns.
  func pass(
    curves: [ItemCurves], prior: LowRankPrior, threads: Int
  ) async -> Outcome {
    let tables = zip(groups, curves).map { LikelihoodTables($0, curves: $1) }
    let count = groups[0].patterns
    let size = max(64, (count + 7) / 8)
    let portions = stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
    let empty = Outcome(
      rows: groups.map { [Lane](repeating: .zero, count: $0.rows * grid.lanes) },
      products: [Double](repeating: 0, count: order * order))
    var total = empty
    let parts = await InParallel.map(portions, threads: threads) { range in
      var pass = StructuredPass(likelihood: self, tables: tables, prior: prior, outcome: empty)
      for first in stride(from: range.lowerBound, to: range.upperBound, by: StructuredPass.block) {
        pass.add(first..<min(first + StructuredPass.block, range.upperBound))
      }
      return pass.outcome
    }
    for part in parts {
      total.logLikelihood += part.logLikelihood
      total.persons += part.persons
      for place in total.products.indices { total.products[place] += part.products[place] }
      for ability in total.rows.indices {
        for place in total.rows[ability].indices {
          total.rows[ability][place] += part.rows[ability][place]
        }
      }
    }
    return total
  }
}
