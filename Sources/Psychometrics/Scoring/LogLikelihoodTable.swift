/// The logarithms of the probabilities of all answers to a set of items at the nodes of a quadrature.
///
/// Many persons who answered the same items are then scored by adding rows.
public struct LogLikelihoodTable: Sendable {
  /// The nodes and the prior.
  public let prior: Quadrature
  private let firstRow: [Int]
  private let rows: [Double]

  /// Tabulates the items.
  public init(items: [ResponseModel], prior: Quadrature) {
    self.prior = prior
    var (first, rows): ([Int], [Double]) = ([], [])
    for item in items {
      first.append(rows.count)
      let curves = prior.nodes.map { item.curves(at: $0) }
      for category in 0...item.maximumScore {
        rows += curves.map { $0[category].logProbability }
      }
    }
    (firstRow, self.rows) = (first, rows)
  }

  /// The log-likelihood of a person's answers at each node.
  ///
  /// - Parameter answers: a category for each item, nil where there is none.
  /// - Returns: a number for each node.
  /// - Precondition: there is an entry for each item.
  public func logLikelihood(_ answers: [Int?]) -> [Double] {
    precondition(answers.count == firstRow.count, "every item has an answer or nil")
    let count = prior.count
    var sum = [Double](repeating: 0, count: count)
    for (item, answer) in answers.enumerated() {
      guard let answer else { continue }
      let start = firstRow[item] + answer * count
      for node in 0..<count { sum[node] += rows[start + node] }
    }
    return sum
  }

  /// The mean and standard deviation of the posterior of a person's ability.
  public func expectedAPosteriori(_ answers: [Int?]) -> AbilityEstimate {
    AbilityEstimate.expectedAPosteriori(logLikelihood: logLikelihood(answers), prior: prior)
  }
}
