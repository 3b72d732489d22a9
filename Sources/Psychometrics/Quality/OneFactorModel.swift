import RealModule

/// One common factor behind the scores of items, fitted to their covariances by maximum likelihood.
///
/// Σ = λλᵀ + Ψ. Given Ψ, λ follows from the largest eigenvalue of Ψ^−½ S Ψ^−½; given λ, Ψ is what
/// remains of the variances. The two are repeated until Ψ rests.
///
/// Source: Lawley & Maxwell (1971), *Factor analysis as a statistical method*, §4.
struct OneFactorModel {
  /// The items' loadings, in the unit of their scores; the larger part is positive.
  private(set) var loadings: [Double]
  /// The variances that the factor leaves.
  private(set) var uniquenesses: [Double]

  /// Fits the model.
  ///
  /// - Returns: nil for fewer than three items, or where a covariance is missing.
  init?(covariance: ScoreCovariance, items: [Int]) {
    let count = items.count
    let matrix = items.map { row in items.map { covariance[row, $0] } }
    guard count >= 3, matrix.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { return nil }
    let variances = (0..<count).map { matrix[$0][$0] }
    uniquenesses = variances.map { $0 / 2 }
    loadings = variances.map { ($0 / 2).squareRoot() }
    var direction = [Double](repeating: 1, count: count)
    for _ in 0..<5000 {
      let roots = uniquenesses.map { $0.squareRoot() }
      let scaled = (0..<count).map { row in
        (0..<count).map { matrix[row][$0] / (roots[row] * roots[$0]) }
      }
      let value = Self.leadingEigenvalue(of: scaled, direction: &direction)
      let scale = max(value - 1, 0).squareRoot()
      loadings = (0..<count).map { roots[$0] * scale * direction[$0] }
      // An item that the factor explains in full (a Heywood case) keeps a sliver of its own.
      let next = (0..<count).map {
        max(variances[$0] - loadings[$0] * loadings[$0], 1e-4 * variances[$0])
      }
      let change = (0..<count).reduce(0) {
        max($0, (next[$1] - uniquenesses[$1]).magnitude / variances[$1])
      }
      uniquenesses = next
      if change < 1e-12 { break }
    }
    if loadings.reduce(0, +) < 0 { loadings = loadings.map { -$0 } }
  }

  /// ω: (Σλ)² / ((Σλ)² + Σψ).
  var omega: Double {
    let common = loadings.reduce(0, +)
    return common * common / (common * common + uniquenesses.reduce(0, +))
  }

  /// The largest eigenvalue, by the power method from the last direction.
  private static func leadingEigenvalue(
    of matrix: [[Double]], direction: inout [Double]
  ) -> Double {
    var value = 0.0
    for _ in 0..<1000 {
      let product = matrix.map { row in
        var sum = 0.0
        for (entry, part) in zip(row, direction) { sum += entry * part }
        return sum
      }
      let length = product.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard length > 0 else { return 0 }
      let next = product.map { $0 / length }
      let change = zip(next, direction).reduce(0) { max($0, ($1.0 - $1.1).magnitude) }
      direction = next
      value = length
      if change < 1e-14 { break }
    }
    return value
  }
}
