import RealModule

/// Seven nodes of Gauss–Hermite quadrature for a standard normal belief.
///
/// Source: Abramowitz & Stegun (1964), table 25.10, scaled to the weight exp(−z²/2)/√(2π).
enum BeliefNodes {
  static let nodes = [
    -3.750439717725742, -2.366759410734541, -1.154405394739968, 0, 1.154405394739968,
    2.366759410734541, 3.750439717725742,
  ]
  static let weights = [
    0.000548268855972, 0.030757123967586, 0.240123178605013, 0.457142857142857,
    0.240123178605013, 0.030757123967586, 0.000548268855972,
  ]
}

/// The category probabilities of an item that is moved and stretched.
struct StretchedCurve {
  let shift: Double
  let stretch: Double
  private let cumulative: [Double]
  /// exp(−λ·B_c), the largest 1.
  private let factors: [Double]

  init(cumulative: [Double], shift: Double, stretch: Double) {
    self.cumulative = cumulative
    self.shift = shift
    self.stretch = stretch
    let least = cumulative.min() ?? 0
    factors = cumulative.map { Double.exp(-stretch * ($0 - least)) }
  }

  /// What is expected of an answer at one value of the predictor.
  struct Moments {
    /// Of the category.
    var mean: Double
    var variance: Double
    /// Of u_c = c(η − δ) − B_c.
    var utilityMean: Double
    var utilityVariance: Double
    var covariance: Double
  }

  /// u_c = c(η − δ) − B_c.
  func utility(of category: Int, at eta: Double) -> Double {
    Double(category) * (eta - shift) - cumulative[category]
  }

  /// The probability of each category at a value of the predictor, into a room for them.
  func fill(_ shares: UnsafeMutableBufferPointer<Double>, at eta: Double) {
    // Powers of one exponential; far out the ends would overflow, and are certain anyway.
    let step = Double.exp(min(max(stretch * (eta - shift), -60), 60))
    var power = 1.0
    var total = 0.0
    for category in factors.indices {
      shares[category] = factors[category] * power
      total += shares[category]
      power *= step
    }
    for category in factors.indices { shares[category] /= total }
  }

  func moments(of shares: UnsafeMutableBufferPointer<Double>, at eta: Double) -> Moments {
    var (mean, square, utilityMean, utilitySquare, product) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for category in factors.indices {
      let (share, score) = (shares[category], Double(category))
      let utility = utility(of: category, at: eta)
      mean += share * score
      square += share * score * score
      utilityMean += share * utility
      utilitySquare += share * utility * utility
      product += share * score * utility
    }
    return Moments(
      mean: mean, variance: max(square - mean * mean, 0), utilityMean: utilityMean,
      utilityVariance: max(utilitySquare - utilityMean * utilityMean, 0),
      covariance: product - mean * utilityMean)
  }

  /// The probability of each category when the predictor is only believed.
  func predicted(mean: Double, variance: Double) -> [Double] {
    let deviation = variance.squareRoot()
    var sums = [Double](repeating: 0, count: factors.count)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: factors.count) { shares in
      for (node, weight) in zip(BeliefNodes.nodes, BeliefNodes.weights) {
        fill(shares, at: mean + deviation * node)
        for category in sums.indices { sums[category] += weight * shares[category] }
      }
    }
    return sums
  }
}
