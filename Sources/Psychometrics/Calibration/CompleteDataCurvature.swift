/// The second derivatives of one item's expected complete-data likelihood in its own parameters.
struct CompleteDataCurvature {
  typealias Lane = NodeGrid.Lane

  let point: MarginalLikelihood.Point
  let likelihood: MarginalLikelihood

  /// The Fisher information of the complete data: positive semidefinite for any parameters.
  ///
  /// - Returns: *p* × *p* numbers for an item of *p* parameters, row after row.
  func information(item: Int) -> [Double] {
    let (layout, lanes) = (likelihood.layout, likelihood.grid.lanes)
    let size = layout.parameters[item]
    var information = [Double](repeating: 0, count: size * size)
    let curves = point.curves
    for lane in 0..<lanes {
      var persons = Lane.zero
      for category in 0..<layout.categories[item] {
        persons += point.counts[curves.probabilityStart(item: item, category: category) + lane]
      }
      for category in 0..<layout.categories[item] {
        let weight =
          persons
          * curves.probabilities[curves.probabilityStart(item: item, category: category) + lane]
        let start = curves.derivativeStart(item: item, category: category, parameter: 0) + lane
        for row in 0..<size {
          let weighted = weight * curves.derivatives[start + row * lanes]
          for column in row..<size {
            information[row * size + column] +=
              (weighted * curves.derivatives[start + column * lanes]).sum()
          }
        }
      }
    }
    for row in 0..<size {
      for column in 0..<row {
        information[row * size + column] = information[column * size + row]
      }
    }
    return information
  }

  /// The second derivatives of the expected log-likelihood, the prior's included.
  func secondDerivatives(item: Int) -> [Double] {
    switch likelihood.layout.model {
    case .graded where likelihood.layout.categories[item] > 2: graded(item: item)
    case .threePL: guessing(item: item)
    // In an exponential family they are minus the information, whatever was answered.
    case .onePL, .twoPL, .partialCredit, .nominal, .graded: information(item: item).map { -$0 }
    }
  }

  private func graded(item: Int) -> [Double] {
    let categories = likelihood.layout.categories[item]
    let parameters = likelihood.map.parameters(ofItem: item, in: point.vector)
    var sum = [Double](repeating: 0, count: categories * categories)
    func add(_ row: Int, _ column: Int, _ value: Double) {
      sum[row * categories + column] += value
      if row != column { sum[column * categories + row] += value }
    }
    forEachCount(item: item) { category, node, count in
      let place = GradedPlace(
        parameters, categories: categories, category: category, node: node)
      add(0, 0, count * node * node * (place.lower.curvature + place.upper.curvature))
      if category > 0 {
        add(category, category, count * place.lowerCurvature)
        add(0, category, count * node * place.lower.curvature)
      }
      if category < categories - 1 {
        add(category + 1, category + 1, count * place.upperCurvature)
        add(0, category + 1, count * node * place.upper.curvature)
        if category > 0 { add(category, category + 1, count * place.mixedCurvature) }
      }
    }
    return sum
  }

  private func guessing(item: Int) -> [Double] {
    let parameters = likelihood.map.parameters(ofItem: item, in: point.vector)
    let floor = Logistic.probability(parameters[2])
    let rest = Logistic.probability(-parameters[2])
    // The asymptote's prior: Beta(5, 17).
    var (logit, mixed, asymptote) = ((0.0, 0.0, 0.0), (0.0, 0.0), -20 * floor * rest)
    forEachCount(item: item) { category, node, count in
      let value = parameters[0] * node + parameters[1]
      let (above, below) = (Logistic.probability(value), Logistic.probability(-value))
      let inLogit: Double
      if category == 0 {
        inLogit = -above * below
        asymptote -= count * floor * rest
      } else {
        let right = floor + rest * above
        let slope = rest * above * below / right
        let pull = floor * rest * below / right
        inLogit = rest * above * below * (below - above) / right - slope * slope
        asymptote += count * (pull * (1 - 2 * floor) - pull * pull)
        let both = -floor * rest * above * below / right - slope * pull
        mixed = (mixed.0 + count * node * both, mixed.1 + count * both)
      }
      logit.0 += count * node * node * inLogit
      logit.1 += count * node * inLogit
      logit.2 += count * inLogit
    }
    return [logit.0, logit.1, mixed.0, logit.1, logit.2, mixed.1, mixed.0, mixed.1, asymptote]
  }

  private func forEachCount(item: Int, _ body: (Int, Double, Double) -> Void) {
    let grid = likelihood.grid
    for category in 0..<likelihood.layout.categories[item] {
      let start = point.curves.probabilityStart(item: item, category: category)
      for node in 0..<grid.count {
        body(category, grid.nodes[node / 8][node % 8], point.counts[start + node / 8][node % 8])
      }
    }
  }
}
