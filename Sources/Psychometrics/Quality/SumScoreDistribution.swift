/// How probable each sum of scores is at one ability.
///
/// Source: Lord & Wingersky (1984), *Comparison of IRT true-score and equipercentile observed-score
/// "equatings"*, Applied Psychological Measurement 8(4), 453–461.
enum SumScoreDistribution {
  /// The distribution of the sum of independent scores.
  ///
  /// - Parameter probabilities: for each item the probability of each score, 0…C.
  /// - Returns: the probability of each sum, from 0 to the sum of the highest scores.
  static func probabilities(_ probabilities: [[Double]]) -> [Double] {
    probabilities.reduce([1]) { adding($1, to: $0) }
  }

  /// The distribution with one more item.
  static func adding(_ item: [Double], to sums: [Double]) -> [Double] {
    var next = [Double](repeating: 0, count: sums.count + item.count - 1)
    for (sum, probability) in sums.enumerated() {
      for (score, share) in item.enumerated() { next[sum + score] += probability * share }
    }
    return next
  }
}
