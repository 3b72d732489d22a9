import RealModule

/// The factor U of a positive definite matrix B = UᵀU, in a buffer that holds B before and U after.
///
/// The upper factor is kept row after row, so that every inner loop adds a multiple of one
/// contiguous row to another: that runs in vector registers without reordering any sum, and the
/// result does not depend on the processor.
struct UpperCholesky {
  /// The matrix, `order` × `order`, row after row; only the upper triangle is read and written.
  let elements: UnsafeMutablePointer<Double>
  /// The number of rows.
  let order: Int

  /// Replaces B by U.
  ///
  /// - Precondition: the eigenvalues of B are well above 0; here they are at least 1.
  func factorize() {
    for pivot in 0..<order {
      let row = elements + pivot * order
      let root = row[pivot].squareRoot()
      row[pivot] = root
      for column in (pivot + 1)..<max(order, pivot + 1) { row[column] /= root }
      for below in (pivot + 1)..<max(order, pivot + 1) {
        let factor = row[below]
        let target = elements + below * order
        for column in below..<order { target[column] -= factor * row[column] }
      }
    }
  }

  /// Replaces a right-hand side by the solution X of UᵀX = R.
  ///
  /// - Parameters:
  ///   - rows: R, `order` rows of `width` numbers.
  ///   - width: how many right-hand sides there are.
  func solveTransposed(_ rows: UnsafeMutablePointer<Double>, width: Int) {
    for pivot in 0..<order {
      let factors = elements + pivot * order
      let solved = rows + pivot * width
      let diagonal = factors[pivot]
      for column in 0..<width { solved[column] /= diagonal }
      for below in (pivot + 1)..<max(order, pivot + 1) {
        let factor = factors[below]
        let target = rows + below * width
        for column in 0..<width { target[column] -= factor * solved[column] }
      }
    }
  }

  /// Replaces a vector by the solution of UᵀUx = r.
  func solve(_ vector: UnsafeMutablePointer<Double>) {
    for pivot in 0..<order {
      let factors = elements + pivot * order
      let solved = vector[pivot] / factors[pivot]
      vector[pivot] = solved
      for below in (pivot + 1)..<max(order, pivot + 1) { vector[below] -= factors[below] * solved }
    }
    for pivot in stride(from: order - 1, through: 0, by: -1) {
      let factors = elements + pivot * order
      var rest = vector[pivot]
      for column in (pivot + 1)..<max(order, pivot + 1) { rest -= factors[column] * vector[column] }
      vector[pivot] = rest / factors[pivot]
    }
  }

  /// Half the logarithm of the determinant of B: the sum of log U_ii.
  func halfLogDeterminant() -> Double {
    var sum = 0.0
    for pivot in 0..<order { sum += Double.log(elements[pivot * order + pivot]) }
    return sum
  }
}
