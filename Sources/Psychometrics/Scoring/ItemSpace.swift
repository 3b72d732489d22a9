/// The prior of *n* items' linear predictors and the numbers a Newton search over them needs.
///
/// All arrays are flat and lie in one allocation, freed with the value.
struct ItemSpace: ~Copyable {
  /// The number of items, *n*.
  let items: Int
  /// The number of abilities, *p*.
  let points: Int
  /// Cov(θ, η_i) under the prior: *n* rows of *p*.
  let crossCovariance: UnsafeMutablePointer<Double>
  /// Cov(η_i, η_j) under the prior, testlet effects included: *n* × *n*.
  let covariance: UnsafeMutablePointer<Double>
  /// I + W½KW½, then its factor: *n* × *n*.
  let factor: UpperCholesky
  /// The prior mean of each predictor.
  let priorMean: UnsafeMutablePointer<Double>
  /// The predictors.
  let predictor: UnsafeMutablePointer<Double>
  /// The predictors in dual form: η = prior mean + K·dual.
  let dual: UnsafeMutablePointer<Double>
  /// Where the next Newton step leads in dual form.
  let nextDual: UnsafeMutablePointer<Double>
  /// The slope of the log-likelihood in each predictor: score − κ₁.
  let gradient: UnsafeMutablePointer<Double>
  /// κ₂ at each predictor.
  let information: UnsafeMutablePointer<Double>
  /// √κ₂.
  let rootInformation: UnsafeMutablePointer<Double>
  /// κ₃ at each predictor.
  let thirdMoment: UnsafeMutablePointer<Double>
  /// Room for one vector.
  let scratch: UnsafeMutablePointer<Double>
  private let storage: UnsafeMutablePointer<Double>

  /// Lays out the prior of the items' predictors.
  init(prior: AbilityPrior, responses: [ScoredResponse], testletVariance: Double) {
    let items = responses.count
    let points = prior.count
    self.items = items
    self.points = points
    let size = items * points + 2 * items * items + 9 * items
    storage = .allocate(capacity: size)
    storage.initialize(repeating: 0, count: size)
    crossCovariance = storage
    covariance = crossCovariance + items * points
    factor = UpperCholesky(elements: covariance + items * items, order: items)
    priorMean = factor.elements + items * items
    predictor = priorMean + items
    dual = predictor + items
    nextDual = dual + items
    gradient = nextDual + items
    information = gradient + items
    rootInformation = information + items
    thirdMoment = rootInformation + items
    scratch = thirdMoment + items
    layOutCrossCovariance(prior: prior, responses: responses)
    layOutCovariance(responses: responses, testletVariance: testletVariance)
  }

  deinit {
    storage.deallocate()
  }

  private func layOutCrossCovariance(prior: AbilityPrior, responses: [ScoredResponse]) {
    prior.covariance.withUnsafeBufferPointer { sigma in
      for item in 0..<items {
        let row = crossCovariance + item * points
        for loading in responses[item].loadings {
          priorMean[item] += loading.weight * prior.mean[loading.point]
          let start = loading.point * points
          for point in 0..<points { row[point] += loading.weight * sigma[start + point] }
        }
      }
    }
  }

  private func layOutCovariance(responses: [ScoredResponse], testletVariance: Double) {
    for column in 0..<items {
      for loading in responses[column].loadings {
        for row in 0..<items {
          covariance[row * items + column] +=
            loading.weight * crossCovariance[row * points + loading.point]
        }
      }
    }
    let slopes = responses.map(\.slope)
    for row in 0..<items {
      guard let testlet = responses[row].testlet else { continue }
      for column in 0..<items where responses[column].testlet == testlet {
        covariance[row * items + column] += testletVariance * slopes[row] * slopes[column]
      }
    }
  }
}
