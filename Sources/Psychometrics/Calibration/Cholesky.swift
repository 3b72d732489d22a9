/// The factor of a symmetric positive definite matrix A = UᵀU.
struct Cholesky {
  /// U, row after row; below the diagonal nothing is read.
  let factor: [Double]
  /// The number of rows.
  let order: Int

  /// Takes a factor computed before.
  init(factor: [Double], order: Int) {
    self.factor = factor
    self.order = order
  }

  /// Factors a matrix; nil when it is not safely positive definite.
  ///
  /// - Parameters:
  ///   - matrix: `order` × `order` numbers, row after row; the upper triangle is read.
  ///   - order: the number of rows.
  init?(_ matrix: [Double], order: Int) {
    var factor = matrix
    var isPositive = true
    factor.withUnsafeMutableBufferPointer { rows in
      for pivot in 0..<order {
        let diagonal = rows[pivot * order + pivot]
        // An eigenvalue that is rounding error of a large diagonal is none.
        guard diagonal > 1e-13 * matrix[pivot * order + pivot].magnitude, diagonal.isFinite else {
          isPositive = false
          return
        }
        let root = diagonal.squareRoot()
        for column in pivot..<order { rows[pivot * order + column] /= root }
        for below in pivot + 1..<max(order, pivot + 1) {
          let multiple = rows[pivot * order + below]
          guard multiple != 0 else { continue }
          for column in below..<order {
            rows[below * order + column] -= multiple * rows[pivot * order + column]
          }
        }
      }
    }
    guard isPositive else { return nil }
    self.init(factor: factor, order: order)
  }

  /// The solution of A x = b.
  func solve(_ vector: [Double]) -> [Double] {
    var solved = vector
    for pivot in 0..<order {
      solved[pivot] /= factor[pivot * order + pivot]
      for below in pivot + 1..<max(order, pivot + 1) {
        solved[below] -= factor[pivot * order + below] * solved[pivot]
      }
    }
    for pivot in stride(from: order - 1, through: 0, by: -1) {
      for column in pivot + 1..<max(order, pivot + 1) {
        solved[pivot] -= factor[pivot * order + column] * solved[column]
      }
      solved[pivot] /= factor[pivot * order + pivot]
    }
    return solved
  }

  /// The diagonal of A⁻¹: the variances that belong to an information matrix.
  func inverseDiagonal() -> [Double] {
    // A⁻¹ = U⁻¹U⁻ᵀ: its diagonal is the squared length of the rows of U⁻¹, column by column.
    var diagonal = [Double](repeating: 0, count: order)
    for column in 0..<order {
      var inverse = [Double](repeating: 0, count: column + 1)
      inverse[column] = 1 / factor[column * order + column]
      for row in stride(from: column - 1, through: 0, by: -1) {
        var sum = 0.0
        for middle in row + 1...column { sum += factor[row * order + middle] * inverse[middle] }
        inverse[row] = -sum / factor[row * order + row]
      }
      for row in 0...column { diagonal[row] += inverse[row] * inverse[row] }
    }
    return diagonal
  }
}
