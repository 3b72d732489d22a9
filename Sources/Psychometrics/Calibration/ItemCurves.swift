/// The probabilities of all categories of all items at all nodes, and the derivatives of their
/// logarithms in the items' parameters.
struct ItemCurves: Sendable {
  typealias Lane = NodeGrid.Lane

  /// Where the rows of each item lie; a row is a number for each node.
  struct Layout: Sendable {
    let model: CalibrationModel
    let categories: [Int]
    let parameters: [Int]
    /// The first probability row of each item, one a category, and the total.
    let probabilityRows: [Int]
    /// The first derivative row of each item, categories · parameters, and the total.
    let derivativeRows: [Int]

    init(model: CalibrationModel, categories: [Int]) {
      self.model = model
      self.categories = categories
      parameters = categories.map { model.parameterCount(categories: $0) }
      var (rows, derivatives) = ([0], [0])
      for (number, size) in zip(categories, parameters) {
        rows.append((rows.last ?? 0) + number)
        derivatives.append((derivatives.last ?? 0) + number * size)
      }
      (probabilityRows, derivativeRows) = (rows, derivatives)
    }
  }

  let layout: Layout
  let lanes: Int
  /// P(category | node), row after row.
  private(set) var probabilities: [Lane]
  /// ∂ log P / ∂ parameter: for each item, category after category, parameter after parameter.
  private(set) var derivatives: [Lane]

  /// Computes the curves for the parameters of every item.
  init(layout: Layout, grid: NodeGrid, parameters: [[Double]]) {
    self.layout = layout
    lanes = grid.lanes
    let width = 8 * grid.lanes
    var probabilities = [Lane](
      repeating: .zero, count: (layout.probabilityRows.last ?? 0) * grid.lanes)
    var derivatives = [Lane](
      repeating: .zero, count: (layout.derivativeRows.last ?? 0) * grid.lanes)
    let nodes = grid.nodes.flatMap { lane in (0..<8).map { lane[$0] } }
    probabilities.withUnsafeMutableBufferPointer { rows in
      derivatives.withUnsafeMutableBufferPointer { slopes in
        rows.withMemoryRebound(to: Double.self) { rows in
          slopes.withMemoryRebound(to: Double.self) { slopes in
            for item in layout.categories.indices {
              let curve = CurveRows(
                categories: layout.categories[item], width: width, nodes: nodes,
                probability: UnsafeMutableBufferPointer(
                  rebasing: rows[(layout.probabilityRows[item] * width)...]),
                derivative: UnsafeMutableBufferPointer(
                  rebasing: slopes[(layout.derivativeRows[item] * width)...]))
              curve.write(layout.model, parameters[item])
            }
          }
        }
      }
    }
    self.probabilities = probabilities
    self.derivatives = derivatives
  }

  /// Where the probability row of a category starts.
  func probabilityStart(item: Int, category: Int) -> Int {
    (layout.probabilityRows[item] + category) * lanes
  }

  /// Where the derivative row of a category in a parameter starts.
  func derivativeStart(item: Int, category: Int, parameter: Int) -> Int {
    (layout.derivativeRows[item] + category * layout.parameters[item] + parameter) * lanes
  }
}

/// Writes the rows of one item.
private struct CurveRows {
  let categories: Int
  let width: Int
  let nodes: [Double]
  let probability: UnsafeMutableBufferPointer<Double>
  let derivative: UnsafeMutableBufferPointer<Double>

  func write(_ model: CalibrationModel, _ parameters: [Double]) {
    switch model {
    case .onePL, .twoPL: writeLogistic(parameters)
    case .threePL: writeGuessing(parameters)
    case .partialCredit where categories == 2: writeLogistic(parameters)
    case .graded where categories == 2: writeLogistic(parameters)
    case .partialCredit: writePartialCredit(parameters)
    case .graded: writeGraded(parameters)
    case .nominal: writeNominal(parameters)
    }
  }

  private func writeLogistic(_ parameters: [Double]) {
    let (slope, intercept) = (parameters[0], parameters[1])
    for node in 0..<width {
      let logit = slope * nodes[node] + intercept
      let right = Logistic.probability(logit)
      let wrong = Logistic.probability(-logit)
      probability[node] = wrong
      probability[width + node] = right
      derivative[node] = -right * nodes[node]
      derivative[width + node] = -right
      derivative[2 * width + node] = wrong * nodes[node]
      derivative[3 * width + node] = wrong
    }
  }

  /// The third parameter is the logit of the asymptote.
  private func writeGuessing(_ parameters: [Double]) {
    let floor = Logistic.probability(parameters[2])
    let rest = Logistic.probability(-parameters[2])
    for node in 0..<width {
      let logit = parameters[0] * nodes[node] + parameters[1]
      let (above, below) = (Logistic.probability(logit), Logistic.probability(-logit))
      let right = floor + rest * above
      let pull = rest * above * below / right
      probability[node] = rest * below
      probability[width + node] = right
      derivative[node] = -above * nodes[node]
      derivative[width + node] = -above
      derivative[2 * width + node] = -floor
      derivative[3 * width + node] = pull * nodes[node]
      derivative[4 * width + node] = pull
      derivative[5 * width + node] = floor * rest * below / right
    }
  }

  private func writePartialCredit(_ parameters: [Double]) {
    var exponents = [Double](repeating: 0, count: categories)
    for node in 0..<width {
      for category in 1..<categories {
        exponents[category] =
          exponents[category - 1] + parameters[0] * nodes[node] + parameters[category]
      }
      writeProbabilities(&exponents, node)
      exponents[0] = 0
      var mean = 0.0
      for category in 1..<categories {
        mean += Double(category) * probability[category * width + node]
      }
      var reached = 1.0
      for step in 0..<categories {
        // `reached` is P(X ≥ step).
        for category in 0..<categories {
          derivative[(category * categories + step) * width + node] =
            step == 0
            ? (Double(category) - mean) * nodes[node] : (category >= step ? 1 : 0) - reached
        }
        reached -= probability[step * width + node]
      }
    }
  }

  private func writeNominal(_ parameters: [Double]) {
    let free = categories - 1
    var exponents = [Double](repeating: 0, count: categories)
    for node in 0..<width {
      exponents[0] = 0
      for category in 1..<categories {
        exponents[category] =
          parameters[category - 1] * nodes[node] + parameters[free + category - 1]
      }
      writeProbabilities(&exponents, node)
      for category in 0..<categories {
        for option in 1..<categories {
          let pull = (category == option ? 1 : 0) - probability[option * width + node]
          let row = category * 2 * free + option - 1
          derivative[row * width + node] = pull * nodes[node]
          derivative[(row + free) * width + node] = pull
        }
      }
    }
  }

  /// Writes the probabilities that belong to exponents, and leaves the exponents as weights.
  private func writeProbabilities(_ exponents: inout [Double], _ node: Int) {
    let largest = exponents.reduce(-.infinity, max)
    var total = 0.0
    for category in 0..<categories {
      exponents[category] = Elementary.exp(exponents[category] - largest)
      total += exponents[category]
    }
    for category in 0..<categories {
      probability[category * width + node] = exponents[category] / total
    }
  }

  private func writeGraded(_ parameters: [Double]) {
    for node in 0..<width {
      for category in 0..<categories {
        let place = GradedPlace(
          parameters, categories: categories, category: category, node: nodes[node])
        probability[category * width + node] = place.probability
        let row = category * categories
        for parameter in 0..<categories {
          derivative[(row + parameter) * width + node] = 0
        }
        derivative[row * width + node] = (place.lower.slope + place.upper.slope) * nodes[node]
        if category > 0 { derivative[(row + category) * width + node] = place.lowerSlope }
        if category < categories - 1 {
          derivative[(row + category + 1) * width + node] = place.upperSlope
        }
      }
    }
  }
}
