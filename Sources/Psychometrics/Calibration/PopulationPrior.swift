/// A normal population on the nodes of a grid, with the derivatives of its weights.
struct PopulationPrior: Sendable {
  typealias Lane = NodeGrid.Lane

  /// The weights of the nodes; they sum to 1.
  let weights: [Lane]
  /// ∂ log weight / ∂ mean at each node.
  let meanSlope: [Lane]
  /// ∂ log weight / ∂ log(standard deviation) at each node.
  let spreadSlope: [Lane]
  private let moments: (first: Double, second: Double)
  private let mean: Double
  private let precision: Double

  init(grid: NodeGrid, mean: Double, deviation: Double) {
    let count = grid.count
    let distances = (0..<count).map { (grid.nodes[$0 / 8][$0 % 8] - mean) / deviation }
    // The node nearest the mean is the largest; without it all would underflow far from the nodes.
    let nearest = distances.reduce(.infinity) { min($0, $1 * $1) }
    let masses = distances.map { Elementary.exp(-0.5 * ($0 * $0 - nearest)) }
    let total = masses.reduce(0, +)
    let expected = zip(distances, masses).reduce((0.0, 0.0)) { sum, node in
      (sum.0 + node.0 * node.1, sum.1 + node.0 * node.0 * node.1)
    }
    let (first, second) = (expected.0 / total, expected.1 / total)
    weights = NodeGrid.lanes(masses.map { $0 / total })
    meanSlope = NodeGrid.lanes(distances.map { ($0 - first) / deviation })
    spreadSlope = NodeGrid.lanes(distances.map { $0 * $0 - second })
    moments = (first, second)
    self.mean = mean
    precision = 1 / (deviation * deviation)
  }

  /// The second derivatives of the expected log weights in mean and log spread, and the rows that
  /// give the first.
  ///
  /// - Parameter counts: the expected number of persons at each node.
  /// - Returns: the entries (mean, mean), (mean, spread), (spread, spread).
  func curvature(counts: ArraySlice<Lane>) -> (Double, Double, Double) {
    var (number, first, second) = (0.0, 0.0, 0.0)
    var product = (0.0, 0.0, 0.0)
    for (lane, count) in counts.enumerated() {
      number += count.sum()
      first += (count * meanSlope[lane]).sum()
      second += (count * spreadSlope[lane]).sum()
    }
    for lane in weights.indices {
      product.0 += (weights[lane] * meanSlope[lane] * meanSlope[lane]).sum()
      product.1 += (weights[lane] * meanSlope[lane] * spreadSlope[lane]).sum()
      product.2 += (weights[lane] * spreadSlope[lane] * spreadSlope[lane]).sum()
    }
    // log w = z-terms whose own curvature adds to minus the variance of the slopes.
    return (
      -number * product.0, -number * product.1 - 2 * first,
      -number * product.2 - 2 * second
    )
  }
}
