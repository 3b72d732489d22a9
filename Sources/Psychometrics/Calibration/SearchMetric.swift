/// An approximation of the inverse curvature, which turns a gradient into a step.
enum SearchMetric: Sendable {
  /// The complete data's information, item by item: the step of the EM algorithm by gradient.
  case itemBlocks([(places: [Int], factor: [Double])])
  /// The factor of the whole observed information, or of an approximation of it.
  case dense(factor: [Double], order: Int)

  /// The metric of the complete data at a point.
  static func completeData(
    _ likelihood: MarginalLikelihood, at point: MarginalLikelihood.Point
  ) -> SearchMetric {
    let curvature = CompleteDataCurvature(point: point, likelihood: likelihood)
    var shared = [Double](repeating: 0, count: likelihood.map.count)
    var blocks: [(places: [Int], factor: [Double])] = []
    let isShared = likelihood.layout.model == .onePL
    for (item, places) in likelihood.map.items.enumerated()
    where places.contains(where: { $0 >= 0 }) {
      let size = places.count
      let information = curvature.information(item: item)
      // A slope that items share is a block of its own.
      let own = isShared && places[0] == 0 ? Array(1..<size) : Array(0..<size)
      if own.count < size { shared[0] += information[0] }
      blocks.append(
        (
          own.map { places[$0] },
          damped(own.flatMap { row in own.map { information[row * size + $0] } }, order: own.count)
        ))
    }
    if isShared, shared[0] > 0 { blocks.append(([0], [shared[0].squareRoot()])) }
    for (population, places) in likelihood.map.populations.enumerated() where places[0] >= 0 {
      let lanes = likelihood.grid.lanes
      let counts = point.populationCounts[population * lanes..<(population + 1) * lanes]
      let number = counts.reduce(0) { $0 + $1.sum() }
      let deviation = likelihood.map.population(population, in: point.vector).deviation
      blocks.append(([places[0]], [number.squareRoot() / deviation]))
      blocks.append(([places[1]], [(2 * number).squareRoot()]))
    }
    if let structure = likelihood.structure {
      let number = structure.groups[0].weights.reduce(0, +)
      for place in likelihood.map.firstCorrelation..<likelihood.map.count {
        let rest = 1 - point.vector[place] * point.vector[place]
        blocks.append(([place], [(number * (2 - rest)).squareRoot() / rest]))
      }
    }
    return .itemBlocks(blocks)
  }

  /// Turns a gradient into a step.
  func step(_ gradient: [Double]) -> [Double] {
    switch self {
    case .dense(let factor, let order):
      return Cholesky(factor: factor, order: order).solve(gradient)
    case .itemBlocks(let blocks):
      var step = gradient
      for (places, factor) in blocks {
        let solved = Cholesky(factor: factor, order: places.count)
          .solve(places.map { gradient[$0] })
        for (place, value) in zip(places, solved) { step[place] = value }
      }
      return step
    }
  }

  /// The factor of a small information matrix, with so much added to its diagonal that it exists.
  private static func damped(_ information: [Double], order: Int) -> [Double] {
    var ridge = 0.0
    let scale = (0..<order).reduce(1e-6) { max($0, information[$1 * order + $1]) }
    while true {
      var matrix = information
      for place in 0..<order { matrix[place * order + place] += ridge }
      if let factor = Cholesky(matrix, order: order) { return factor.factor }
      ridge = ridge == 0 ? 1e-8 * scale : ridge * 100
    }
  }
}
