import RealModule

/// The factor L of a symmetric positive definite matrix LLᵀ.
struct CholeskyFactor {
  private var elements: [Double]
  private let order: Int

  /// Factors a matrix given row after row; nil when it is not positive definite.
  init?(_ matrix: [Double], order: Int) {
    guard matrix.count == order * order else { return nil }
    self.order = order
    elements = matrix
    for column in 0..<order {
      for row in column..<order {
        var sum = elements[row * order + column]
        for inner in 0..<column {
          sum -= elements[row * order + inner] * elements[column * order + inner]
        }
        if row == column {
          guard sum > 0, sum.isFinite else { return nil }
          elements[row * order + column] = sum.squareRoot()
        } else {
          elements[row * order + column] = sum / elements[column * order + column]
        }
      }
    }
  }

  /// x with LLᵀx = b.
  func solve(_ vector: [Double]) -> [Double] {
    var result = vector
    for row in 0..<order {
      for inner in 0..<row { result[row] -= elements[row * order + inner] * result[inner] }
      result[row] /= elements[row * order + row]
    }
    for row in stride(from: order - 1, through: 0, by: -1) {
      for inner in (row + 1)..<max(order, row + 1) {
        result[row] -= elements[inner * order + row] * result[inner]
      }
      result[row] /= elements[row * order + row]
    }
    return result
  }
}
