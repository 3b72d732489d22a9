extension AbilityPosterior {
  /// Estimates all abilities from the responses: Laplace's approximation, found in the space of the
  /// items' linear predictors, with a third-cumulant correction of the mean.
  ///
  /// The log-posterior is strictly concave, so the mode is unique for every response pattern,
  /// all-lowest and all-highest included; no matrix is inverted, and the one that is factored has
  /// eigenvalues of at least 1.
  ///
  /// Source: Rasmussen & Williams (2006), *Gaussian Processes for Machine Learning*, algorithm 3.1,
  /// for the search; Tierney & Kadane (1986), *Accurate approximations for posterior moments and
  /// marginal densities*, JASA 81(393), 82–86, for the order of the correction.
  ///
  /// - Parameters:
  ///   - prior: the prior over *p* abilities.
  ///   - responses: *n* ≥ 0 responses in any order. None returns the prior.
  ///   - testletVariance: the variance that items of one testlet share beyond ability, at least 0.
  /// - Returns: the posterior.
  /// - Precondition: every loading's point is below *p*.
  /// - Complexity: O(*n*³ + *n*²·*p* + *n*·*p*²).
  public static func laplace(
    prior: AbilityPrior, responses: [ScoredResponse], testletVariance: Double
  ) -> AbilityPosterior {
    precondition(testletVariance >= 0, "a variance is at least 0")
    precondition(
      responses.allSatisfy { response in
        response.loadings.allSatisfy { (0..<prior.count).contains($0.point) }
      }, "every loading is on one of the prior's abilities")
    guard !responses.isEmpty else {
      return AbilityPosterior(
        mode: prior.mean, mean: prior.mean, covariance: prior.covariance, logEvidence: 0,
        iterations: 0, convergence: .converged)
    }
    let space = ItemSpace(prior: prior, responses: responses, testletVariance: testletVariance)
    var search = ModeSearch(
      space: space, responses: responses, iterationLimit: 100, tolerance: 1e-12)
    search.run()
    return search.posterior(prior: prior)
  }

  /// The posterior, and what the responses say of each item's linear predictor without that item's
  /// own response.
  ///
  /// The latter is what an item is judged against: it knows nothing of how the item was answered. Its
  /// own response is taken out of Laplace's approximation as a normal factor.
  ///
  /// Source: Vehtari et al. (2016), *Bayesian leave-one-out cross-validation approximations for
  /// Gaussian latent variable models*, JMLR 17(103), 1–38.
  ///
  /// - Parameters:
  ///   - prior: the prior over *p* abilities.
  ///   - responses: *n* ≥ 0 responses in any order.
  ///   - testletVariance: the variance that items of one testlet share beyond ability, at least 0.
  /// - Returns: the posterior of all responses, and one belief for each response in its order.
  /// - Precondition: as for ``laplace(prior:responses:testletVariance:)``.
  public static func laplaceLeavingOut(
    prior: AbilityPrior, responses: [ScoredResponse], testletVariance: Double
  ) -> (posterior: AbilityPosterior, predictors: [PredictorBelief]) {
    guard !responses.isEmpty else {
      return (laplace(prior: prior, responses: [], testletVariance: testletVariance), [])
    }
    let space = ItemSpace(prior: prior, responses: responses, testletVariance: testletVariance)
    var search = ModeSearch(
      space: space, responses: responses, iterationLimit: 100, tolerance: 1e-12)
    search.run()
    return (search.posterior(prior: prior), search.leavingOut())
  }
}

/// Newton's search for the most probable predictors, and the posterior around them.
private struct ModeSearch: ~Copyable {
  private let space: ItemSpace
  private let responses: [ScoredResponse]
  private let iterationLimit: Int
  private let tolerance: Double
  private var logPosterior = 0.0
  private var iterations = 0
  private var convergence = AbilityPosterior.Convergence.converged

  init(
    space: consuming ItemSpace, responses: [ScoredResponse], iterationLimit: Int,
    tolerance: Double
  ) {
    self.space = space
    self.responses = responses
    self.iterationLimit = iterationLimit
    self.tolerance = tolerance
  }

  /// Steps until no predictor moves.
  mutating func run() {
    space.predictor.update(from: space.priorMean, count: space.items)
    logPosterior = measure()
    var change = Double.infinity
    while change >= tolerance, iterations < iterationLimit {
      iterations += 1
      factorCurvature()
      aimNewtonStep()
      change = takeStep()
    }
    convergence = change < tolerance ? .converged : .iterationLimit(largestChange: change)
    factorCurvature()
  }

  /// The log-likelihood plus the log-prior (up to its constant) at the present predictors; leaves
  /// the moments of every item beside them.
  private func measure() -> Double {
    var logLikelihood = 0.0
    var distance = 0.0
    for item in 0..<space.items {
      let eta = space.predictor[item]
      let score = responses[item].score
      let model = responses[item].model
      let moments = model.moments(at: eta)
      space.gradient[item] = Double(score) - moments.mean
      space.information[item] = moments.variance
      space.rootInformation[item] = moments.variance.squareRoot()
      space.thirdMoment[item] = moments.thirdCentralMoment
      logLikelihood += Double(score) * eta - model.cumulative[score] - moments.logNormalizer
      distance += space.dual[item] * (eta - space.priorMean[item])
    }
    return logLikelihood - 0.5 * distance
  }

  /// Factors I + W½KW½ at the present predictors.
  private func factorCurvature() {
    let count = space.items
    let root = space.rootInformation
    for row in 0..<count {
      let source = space.covariance + row * count
      let target = space.factor.elements + row * count
      for column in 0..<count { target[column] = root[row] * source[column] * root[column] }
      target[row] += 1
    }
    space.factor.factorize()
  }

  /// Sets `nextDual` to b − W½ (I + W½KW½)⁻¹ W½ K b, with b = W(η − m) + gradient.
  private func aimNewtonStep() {
    let count = space.items
    let (aim, solved) = (space.nextDual, space.scratch)
    for item in 0..<count {
      aim[item] =
        space.information[item] * (space.predictor[item] - space.priorMean[item])
        + space.gradient[item]
    }
    multiplyByCovariance(aim, into: solved)
    for item in 0..<count { solved[item] *= space.rootInformation[item] }
    space.factor.solve(solved)
    for item in 0..<count { aim[item] -= space.rootInformation[item] * solved[item] }
  }

  /// Moves towards `nextDual`, halving the way while the log-posterior falls.
  ///
  /// - Returns: the largest change of a predictor, relative to predictors beyond ±1: very steep items
  ///   have large ones, whose last digits never rest.
  private mutating func takeStep() -> Double {
    let count = space.items
    let start = (0..<count).map { space.dual[$0] }
    let before = (0..<count).map { space.predictor[$0] }
    // Near the mode the log-posterior is flat to the last digit; a fall of rounding size is none.
    let floor = logPosterior - 1e-12 * max(1, logPosterior.magnitude)
    var length = 1.0
    while true {
      for item in 0..<count {
        space.dual[item] = start[item] + length * (space.nextDual[item] - start[item])
      }
      multiplyByCovariance(space.dual, into: space.predictor)
      for item in 0..<count { space.predictor[item] += space.priorMean[item] }
      logPosterior = measure()
      if logPosterior >= floor || length < 1e-8 { break }
      length /= 2
    }
    var change = 0.0
    var scale = 1.0
    for item in 0..<count {
      change = max(change, (space.predictor[item] - before[item]).magnitude)
      scale = max(scale, space.predictor[item].magnitude)
    }
    return change / scale
  }

  private func multiplyByCovariance(
    _ vector: UnsafeMutablePointer<Double>, into product: UnsafeMutablePointer<Double>
  ) {
    let count = space.items
    for item in 0..<count { product[item] = 0 }
    for row in 0..<count {
      let source = space.covariance + row * count
      let factor = vector[row]
      for column in 0..<count { product[column] += factor * source[column] }
    }
  }

  /// The normal approximation at the mode that was found.
  func posterior(prior: AbilityPrior) -> AbilityPosterior {
    let (count, points) = (space.items, space.points)
    // C = U⁻ᵀ W½ SAᵀ and D = U⁻ᵀ W½ K: what the responses take away from the prior.
    let reduction = whitened(space.crossCovariance, width: points)
    let predictorReduction = whitened(space.covariance, width: count)
    defer {
      reduction.deallocate()
      predictorReduction.deallocate()
    }
    var mode = prior.mean
    for item in 0..<count {
      for point in 0..<points {
        mode[point] += space.crossCovariance[item * points + point] * space.gradient[item]
      }
    }
    let correction = meanCorrection(reduction, predictorReduction)
    return AbilityPosterior(
      mode: mode, mean: zip(mode, correction).map { $0 + $1 },
      covariance: covariance(prior: prior, reduction: reduction),
      logEvidence: logPosterior - space.factor.halfLogDeterminant(),
      iterations: iterations, convergence: convergence)
  }

  /// U⁻ᵀ W½ M for a matrix of *n* rows.
  private func whitened(
    _ matrix: UnsafeMutablePointer<Double>, width: Int
  ) -> UnsafeMutablePointer<Double> {
    let rows = UnsafeMutablePointer<Double>.allocate(capacity: space.items * width)
    for item in 0..<space.items {
      let scale = space.rootInformation[item]
      let (source, target) = (matrix + item * width, rows + item * width)
      for column in 0..<width { (target + column).initialize(to: scale * source[column]) }
    }
    space.factor.solveTransposed(rows, width: width)
    return rows
  }

  /// Σ − CᵀC; the upper triangle is computed and mirrored, so the result is exactly symmetric.
  private func covariance(
    prior: AbilityPrior, reduction: UnsafeMutablePointer<Double>
  ) -> [Double] {
    let points = space.points
    var covariance = prior.covariance
    covariance.withUnsafeMutableBufferPointer { result in
      for item in 0..<space.items {
        let source = reduction + item * points
        for row in 0..<points {
          let factor = source[row]
          for column in row..<points {
            result[row * points + column] -= factor * source[column]
          }
        }
      }
      for row in 0..<points {
        for column in 0..<row {
          result[row * points + column] = result[column * points + row]
        }
      }
    }
    return covariance
  }

  /// E[θ] − mode to second order: Cov(θ, η | x) · r, with r_i = −½ κ₃ᵢ Var(η_i | x).
  private func meanCorrection(
    _ reduction: UnsafeMutablePointer<Double>, _ predictorReduction: UnsafeMutablePointer<Double>
  ) -> [Double] {
    let (count, points) = (space.items, space.points)
    let pull = space.scratch
    for item in 0..<count { pull[item] = space.covariance[item * count + item] }
    for row in 0..<count {
      let source = predictorReduction + row * count
      for item in 0..<count { pull[item] -= source[item] * source[item] }
    }
    for item in 0..<count { pull[item] *= -0.5 * space.thirdMoment[item] }
    var correction = [Double](repeating: 0, count: points)
    for row in 0..<count {
      var taken = 0.0
      for item in 0..<count { taken += predictorReduction[row * count + item] * pull[item] }
      for point in 0..<points {
        let place = row * points + point
        correction[point] += space.crossCovariance[place] * pull[row] - reduction[place] * taken
      }
    }
    return correction
  }

  /// Each predictor's belief without its own response.
  func leavingOut() -> [PredictorBelief] {
    let count = space.items
    let reduction = whitened(space.covariance, width: count)
    defer { reduction.deallocate() }
    return (0..<count).map { item in
      var variance = space.covariance[item * count + item]
      for row in 0..<count {
        let taken = reduction[row * count + item]
        variance -= taken * taken
      }
      let without = variance / max(1 - space.information[item] * variance, 1e-12)
      return PredictorBelief(
        mean: space.predictor[item] - without * space.gradient[item], variance: without)
    }
  }
}
