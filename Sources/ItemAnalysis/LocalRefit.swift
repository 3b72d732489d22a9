import RealModule

/// How far an item's answers ask for another difficulty and discrimination than its parameters say,
/// with all other items as they are.
///
/// The exponent of category c becomes λ·(c·(η − δ) − B_c): δ moves the item, λ stretches it. The
/// predictor η of each answer is not known but believed, from the teacher's other answers, so the
/// likelihood is an integral over that belief (seven Gauss–Hermite nodes). It is climbed by Newton's
/// method with the observed information; where that is not positive definite, as far from the top it
/// need not be (an item much blunter than its parameters), with the outer product of the slopes
/// (Berndt, Hall, Hall and Hausman, 1974).
struct LocalRefit {
  /// How much harder the item is, in the unit of η.
  private(set) var shift = 0.0
  /// How much steeper it is, as a factor.
  private(set) var stretch = 1.0
  /// The standard errors.
  private(set) var shiftError = 0.0
  private(set) var stretchError = 0.0
  /// Whether the search came to rest within bounds.
  private(set) var isSettled = false

  /// Fits shift and stretch to answers.
  ///
  /// - Parameters:
  ///   - answers: at least one.
  ///   - cumulative: B_c, from 0.
  init(_ answers: [Observation], cumulative: [Double]) {
    for _ in 0..<40 {
      let sums = LikelihoodSums(
        answers, cumulative: cumulative, shift: shift, stretch: stretch)
      let isConcave = sums.observed.isPositiveDefinite
      let information = isConcave ? sums.observed : sums.outer
      guard information.isPositiveDefinite else { return }
      let determinant = information.determinant
      let shiftStep =
        (information.stretch * sums.shiftSlope - information.cross * sums.stretchSlope)
        / determinant
      let stretchStep =
        (information.shift * sums.stretchSlope - information.cross * sums.shiftSlope)
        / determinant
      shift += min(max(shiftStep, -0.5), 0.5)
      stretch = min(max(stretch + min(max(stretchStep, -0.3), 0.3), 0.02), 6)
      shift = min(max(shift, -6), 6)
      shiftError = (information.stretch / determinant).squareRoot()
      stretchError = (information.shift / determinant).squareRoot()
      if isConcave, shiftStep.magnitude < 1e-5, stretchStep.magnitude < 1e-5 {
        isSettled = true
        return
      }
    }
  }
}

/// How much harder an item is for some people than a refit says, at the same stretch.
struct GroupShift {
  /// The shift, in the unit of η.
  private(set) var shift: Double
  /// Its standard error; infinite when the answers do not tell.
  private(set) var error = Double.infinity

  /// Fits the shift to the answers of a group, beginning at that of all.
  init(_ answers: [Observation], cumulative: [Double], shift: Double, stretch: Double) {
    self.shift = shift
    for _ in 0..<25 {
      let sums = LikelihoodSums(
        answers, cumulative: cumulative, shift: self.shift, stretch: stretch)
      guard sums.observed.shift > 0 else { return }
      let step = sums.shiftSlope / sums.observed.shift
      self.shift = min(max(self.shift + min(max(step, -1), 1), -8), 8)
      error = (1 / sums.observed.shift).squareRoot()
      if step.magnitude < 1e-4 { return }
    }
  }
}

/// The slopes and the information of the log-likelihood of answers, in shift and stretch.
struct LikelihoodSums {
  private(set) var shiftSlope = 0.0
  private(set) var stretchSlope = 0.0
  /// The curvature, taken negative.
  private(set) var observed = Information()
  /// The sum of the products of every answer's slopes.
  private(set) var outer = Information()

  /// A symmetric matrix over shift and stretch.
  struct Information {
    var shift = 0.0
    var stretch = 0.0
    var cross = 0.0

    var determinant: Double { shift * stretch - cross * cross }
    var isPositiveDefinite: Bool { shift > 0 && determinant > 0 }
  }

  init(_ answers: [Observation], cumulative: [Double], shift: Double, stretch: Double) {
    let curve = StretchedCurve(cumulative: cumulative, shift: shift, stretch: stretch)
    // One room for all answers: a million of them must not ask for memory seven times each.
    withUnsafeTemporaryAllocation(of: Double.self, capacity: cumulative.count) { shares in
      for answer in answers { add(answer, curve, shares) }
    }
  }

  private mutating func add(
    _ answer: Observation, _ curve: StretchedCurve, _ shares: UnsafeMutableBufferPointer<Double>
  ) {
    let deviation = answer.variance.squareRoot()
    let category = Double(answer.category)
    var total = 0.0
    // Sums over the nodes, weighted by the likelihood there.
    var (first, second) = (0.0, 0.0)
    var (firstFirst, secondSecond, firstSecond) = (0.0, 0.0, 0.0)
    for (node, weight) in zip(BeliefNodes.nodes, BeliefNodes.weights) {
      let eta = answer.mean + deviation * node
      curve.fill(shares, at: eta)
      let at = curve.moments(of: shares, at: eta)
      let likelihood = weight * shares[answer.category]
      // Of shift: −λ(c − E c); of stretch: u_c − E u, with u_c = c(η − δ) − B_c.
      let shiftSlope = -curve.stretch * (category - at.mean)
      let stretchSlope = curve.utility(of: answer.category, at: eta) - at.utilityMean
      let shiftInformation = curve.stretch * curve.stretch * at.variance
      // d²/dδdλ: −(c − E c) + λ Cov(c, u), taken negative.
      let crossInformation = (category - at.mean) - curve.stretch * at.covariance
      total += likelihood
      first += likelihood * shiftSlope
      second += likelihood * stretchSlope
      firstFirst += likelihood * (shiftInformation - shiftSlope * shiftSlope)
      secondSecond += likelihood * (at.utilityVariance - stretchSlope * stretchSlope)
      firstSecond += likelihood * (crossInformation - shiftSlope * stretchSlope)
    }
    guard total > 0 else { return }
    (first, second) = (first / total, second / total)
    shiftSlope += first
    stretchSlope += second
    observed.shift += firstFirst / total + first * first
    observed.stretch += secondSecond / total + second * second
    observed.cross += firstSecond / total + first * second
    outer.shift += first * first
    outer.stretch += second * second
    outer.cross += first * second
  }
}
