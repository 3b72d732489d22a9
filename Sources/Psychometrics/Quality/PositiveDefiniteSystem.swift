import RealModule

/// A symmetric positive definite matrix, factored, to solve linear systems with.
struct PositiveDefiniteSystem {
  private var factor: [Double]
  private let order: Int

  /// Factors a matrix; nil when it is not positive definite to working precision.
  ///
  /// - Parameters:
  ///   - matrix: `order` × `order`, row after row; the upper triangle is read.
  ///   - order: the number of rows.
  init?(_ matrix: [Double], order: Int) {
    self.order = order
    factor = matrix
    for pivot in 0..<order {
      var rest = factor[pivot * order + pivot]
      for above in 0..<pivot {
        rest -= factor[above * order + pivot] * factor[above * order + pivot]
      }
      guard rest > 1e-14 * matrix[pivot * order + pivot].magnitude, rest > 0 else { return nil }
      let root = rest.squareRoot()
      factor[pivot * order + pivot] = root
      for column in (pivot + 1)..<max(order, pivot + 1) {
        var entry = factor[pivot * order + column]
        for above in 0..<pivot {
          entry -= factor[above * order + pivot] * factor[above * order + column]
        }
        factor[pivot * order + column] = entry / root
      }
    }
  }

  /// Half the logarithm of the determinant.
  var halfLogDeterminant: Double {
    (0..<order).reduce(0) { $0 + Double.log(factor[$1 * order + $1]) }
  }

  /// The solution of U ᵀy = r.
  func halfSolved(_ vector: [Double]) -> [Double] {
    var solution = vector
    for row in 0..<order {
      for above in 0..<row { solution[row] -= factor[above * order + row] * solution[above] }
      solution[row] /= factor[row * order + row]
    }
    return solution
  }

  /// The solution of Ax = r.
  func solved(_ vector: [Double]) -> [Double] {
    var solution = halfSolved(vector)
    for row in stride(from: order - 1, through: 0, by: -1) {
      for column in (row + 1)..<max(order, row + 1) {
        solution[row] -= factor[row * order + column] * solution[column]
      }
      solution[row] /= factor[row * order + row]
    }
    return solution
  }
}
