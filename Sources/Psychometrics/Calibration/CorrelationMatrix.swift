/// The correlations of several abilities of variance 1.
struct CorrelationMatrix: Sendable {
  /// How many abilities there are.
  let order: Int
  /// The matrix, row after row.
  let elements: [Double]

  /// Reads the free correlations, above the diagonal and row after row.
  init(order: Int, free: ArraySlice<Double>) {
    var elements = [Double](repeating: 0, count: order * order)
    var next = free.startIndex
    for row in 0..<order {
      elements[row * order + row] = 1
      for column in row + 1..<max(order, row + 1) {
        elements[row * order + column] = free[next]
        elements[column * order + row] = free[next]
        next += 1
      }
    }
    self.order = order
    self.elements = elements
  }

  /// How many correlations are free.
  static func freeCount(order: Int) -> Int { order * (order - 1) / 2 }

  /// Whether abilities can have these correlations, with some distance to those they cannot.
  var isPossible: Bool {
    elements.enumerated().allSatisfy { place, value in
      place % (order + 1) == 0 || value.magnitude < 0.9999
    } && Cholesky(elements, order: order) != nil
  }

  /// The inverse of the rows and columns of some abilities.
  func inverse(of abilities: [Int]) -> [Double] {
    let size = abilities.count
    let part = abilities.flatMap { row in abilities.map { elements[row * order + $0] } }
    guard let factor = Cholesky(part, order: size) else {
      return [Double](repeating: .nan, count: size * size)
    }
    return (0..<size).flatMap { row in
      factor.solve((0..<size).map { $0 == row ? 1 : 0 })
    }
  }
}
