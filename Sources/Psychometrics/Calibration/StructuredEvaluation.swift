extension MarginalLikelihood {
  /// The correlations in a vector.
  func correlations(_ vector: [Double], order: Int) -> CorrelationMatrix {
    CorrelationMatrix(order: order, free: vector[map.firstCorrelation...])
  }

  /// Whether a vector holds parameters at all: the boundaries of graded items fall, and abilities
  /// can correlate so.
  func admits(_ vector: [Double]) -> Bool {
    if let structure, !correlations(vector, order: structure.order).isPossible { return false }
    guard layout.model == .graded else { return true }
    return layout.categories.indices.allSatisfy { item in
      let boundaries = map.parameters(ofItem: item, in: vector).dropFirst()
      return zip(boundaries, boundaries.dropFirst()).allSatisfy { $0 - $1 > 1e-6 }
    }
  }

  /// The likelihood of several abilities and its gradient.
  func evaluate(_ vector: [Double], _ structure: StructuredLikelihood) async -> Point {
    let parameters = layout.categories.indices.map { map.parameters(ofItem: $0, in: vector) }
    let correlations = correlations(vector, order: structure.order)
    let prior = LowRankPrior(structure.halves, correlations: correlations)
    let curves = structure.items.map { own in
      ItemCurves(
        layout: .init(model: layout.model, categories: own.map { layout.categories[$0] }),
        grid: grid, parameters: own.map { parameters[$0] })
    }
    let outcome = await structure.pass(curves: curves, prior: prior, threads: threads)
    var point = Point(
      vector: vector, logLikelihood: outcome.logLikelihood, value: outcome.logLikelihood,
      gradient: [Double](repeating: 0, count: map.count),
      curves: ItemCurves(layout: layout, grid: grid, parameters: parameters),
      priors: [PopulationPrior(grid: grid, mean: 0, deviation: 1)],
      counts: categoryCounts(outcome, structure, curves),
      populationCounts: [Lane](repeating: .zero, count: grid.lanes))
    addGradient(to: &point)
    if layout.model == .threePL { addAsymptotePrior(to: &point, parameters: parameters) }
    addCorrelationGradient(to: &point, outcome, prior, correlations)
    return point
  }

  private func categoryCounts(
    _ outcome: StructuredLikelihood.Outcome, _ structure: StructuredLikelihood,
    _ curves: [ItemCurves]
  ) -> [Lane] {
    let lanes = grid.lanes
    var counts = [Lane](repeating: .zero, count: (layout.probabilityRows.last ?? 0) * lanes)
    for (ability, own) in structure.items.enumerated() {
      var expected = ExpectedCounts(rows: 0, populations: 0, lanes: lanes)
      expected.rows = outcome.rows[ability]
      let found = expected.categoryCounts(
        structure.groups[ability], layout: curves[ability].layout, lanes: lanes)
      for (place, item) in own.enumerated() {
        let source = curves[ability].layout.probabilityRows[place] * lanes
        let target = layout.probabilityRows[item] * lanes
        for lane in 0..<layout.categories[item] * lanes {
          counts[target + lane] = found[source + lane]
        }
      }
    }
    return counts
  }

  /// ∂/∂ρ_ij = [R⁻¹ (Σ E[θθᵀ] − n S) R⁻¹]_ij, with S the prior's second moments on the grid.
  private func addCorrelationGradient(
    to point: inout Point, _ outcome: StructuredLikelihood.Outcome, _ prior: LowRankPrior,
    _ correlations: CorrelationMatrix
  ) {
    let order = correlations.order
    let inverse = correlations.inverse(of: Array(0..<order))
    let surplus = zip(outcome.products, prior.secondMoments).map { $0 - outcome.persons * $1 }
    func multiplied(_ left: [Double], _ right: [Double]) -> [Double] {
      (0..<order * order).map { place in
        (0..<order).reduce(0) {
          $0 + left[place / order * order + $1] * right[$1 * order + place % order]
        }
      }
    }
    let gradient = multiplied(multiplied(inverse, surplus), inverse)
    var place = map.firstCorrelation
    for row in 0..<order {
      for column in row + 1..<max(order, row + 1) {
        point.gradient[place] += gradient[row * order + column]
        place += 1
      }
    }
  }
}
