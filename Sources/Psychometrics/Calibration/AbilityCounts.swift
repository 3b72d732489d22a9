/// How many answers of each score are expected at each value of the ability that an item measures.
///
/// Answers whose abilities are believed to be normal are spread over equally spaced values. The sum
/// over them is the integral to better than 1e-9 of itself for deviations above 0.25 logits, whatever
/// the place of the mean: the error of the trapezoid rule falls as exp(−2π²σ²/h²).
struct AbilityCounts: Sendable {
  /// The distance of two values, in logits.
  private static let spacing = 0.15
  private static let limit = 6.0
  static let nodeCount = 81

  private var counts: [Double]
  private let scoreCount: Int

  /// No answers.
  ///
  /// - Parameter scoreCount: how many scores there are.
  init(scoreCount: Int) {
    self.scoreCount = scoreCount
    counts = [Double](repeating: 0, count: scoreCount * Self.nodeCount)
  }

  /// The value of a node, in logits.
  static func ability(at node: Int) -> Double { Double(node) * spacing - limit }

  /// The answers of a score at a node.
  func count(of score: Int, at node: Int) -> Double { counts[node * scoreCount + score] }

  /// All answers at a node.
  func total(at node: Int) -> Double {
    var total = 0.0
    for score in 0..<scoreCount { total += counts[node * scoreCount + score] }
    return total
  }

  /// Adds one answer.
  ///
  /// - Parameters:
  ///   - score: its score.
  ///   - mean: what is believed of the ability, in logits.
  ///   - deviation: the standard deviation of that belief.
  mutating func add(score: Int, mean: Double, deviation: Double) {
    let deviation = max(deviation, Self.spacing)
    let reach = 5 * deviation
    let last = Self.nodeCount - 1
    func node(_ ability: Double) -> Int {
      Int(max(0, min(Double(last), ((ability + Self.limit) / Self.spacing).rounded())))
    }
    let range = node(mean - reach)...node(mean + reach)
    var weights: [Double] = []
    weights.reserveCapacity(range.count)
    var sum = 0.0
    for place in range {
      let distance = (Self.ability(at: place) - mean) / deviation
      let weight = Elementary.exp(-0.5 * distance * distance)
      weights.append(weight)
      sum += weight
    }
    // A belief beyond the last value is counted there.
    guard sum > 0 else {
      counts[(mean < 0 ? 0 : last) * scoreCount + score] += 1
      return
    }
    for (weight, place) in zip(weights, range) {
      counts[place * scoreCount + score] += weight / sum
    }
  }

  /// Adds other answers.
  mutating func add(_ other: AbilityCounts) {
    for place in counts.indices { counts[place] += other.counts[place] }
  }
}
