import RealModule

/// The cumulative logit model of an ordered outcome, fitted by maximum likelihood to counts.
///
/// P(Y ≥ k | x) = σ(τ_k + βᵀx) for categories k = 1…C. With two categories it is logistic regression.
///
/// Source: McCullagh (1980), *Regression models for ordinal data*, JRSS B 42(2), 109–142.
struct OrdinalRegression {
  /// Persons with the same predictors.
  struct Cell {
    /// The predictors, *p* of them.
    var predictors: [Double]
    /// How many are in each category, 0…C.
    var counts: [Double]
  }

  /// The largest log-likelihood.
  private(set) var logLikelihood: Double
  /// The thresholds τ_1…τ_C, then the slopes β.
  private(set) var parameters: [Double]
  /// Whether the parameters rested; with separated groups they run away while the log-likelihood
  /// settles.
  private(set) var isConverged = false

  private let cells: [Cell]
  private let thresholdCount: Int
  private let predictorCount: Int

  /// Fits the model by Newton's method.
  ///
  /// - Parameter cells: the counts; every category is used by somebody, and there are at least two.
  init(_ cells: [Cell]) {
    self.cells = cells
    let categories = cells.first?.counts.count ?? 0
    precondition(categories >= 2, "an outcome has at least two categories")
    thresholdCount = categories - 1
    predictorCount = cells.first?.predictors.count ?? 0
    let totals = (0..<categories).map { category in
      cells.reduce(0) { $0 + $1.counts[category] }
    }
    let whole = totals.reduce(0, +)
    parameters =
      (1..<categories).map { split in
        let above = totals[split...].reduce(0, +)
        return Double.log(above / (whole - above))
      } + [Double](repeating: 0, count: predictorCount)
    logLikelihood = -Double.infinity
    logLikelihood = value(at: parameters)
    climb()
  }

  private mutating func climb() {
    for _ in 0..<50 {
      let (gradient, curvature) = derivatives(at: parameters)
      guard let system = PositiveDefiniteSystem(curvature, order: parameters.count) else { return }
      let step = system.solved(gradient)
      let gain = zip(step, gradient).reduce(0) { $0 + $1.0 * $1.1 }
      var length = 1.0
      while true {
        let trial = zip(parameters, step).map { $0 + length * $1 }
        let reached = value(at: trial)
        if reached >= logLikelihood {
          parameters = trial
          logLikelihood = reached
          break
        }
        length /= 2
        if length < 1e-10 { break }
      }
      // The gain of a full step is twice what the log-likelihood can still rise.
      if gain < 1e-13 * max(1, logLikelihood.magnitude) {
        isConverged = true
        return
      }
    }
  }

  /// σ(upper) − σ(lower), from the side where both are small.
  private static func share(_ upper: Double, _ lower: Double) -> Double {
    let difference =
      upper + lower > 0
      ? logistic(-lower) - logistic(-upper) : logistic(upper) - logistic(lower)
    return max(difference, 1e-300)
  }

  private static func logistic(_ logit: Double) -> Double {
    logit >= 0 ? 1 / (1 + Double.exp(-logit)) : Double.exp(logit) / (1 + Double.exp(logit))
  }

  /// The logits above and below a category; ±800 stands for the ends, where σ is 0 or 1 exactly.
  private func logits(_ parameters: [Double], _ shift: Double, _ category: Int) -> (
    upper: Double, lower: Double
  ) {
    (
      category == 0 ? 800 : parameters[category - 1] + shift,
      category == thresholdCount ? -800 : parameters[category] + shift
    )
  }

  private func shift(_ parameters: [Double], _ cell: Cell) -> Double {
    var sum = 0.0
    for (place, predictor) in cell.predictors.enumerated() {
      sum += parameters[thresholdCount + place] * predictor
    }
    return sum
  }

  private func value(at parameters: [Double]) -> Double {
    // Thresholds out of order have no probabilities.
    for place in 1..<max(thresholdCount, 1) where parameters[place] >= parameters[place - 1] {
      return -.infinity
    }
    var sum = 0.0
    for cell in cells {
      let shift = shift(parameters, cell)
      for (category, count) in cell.counts.enumerated() where count > 0 {
        let (upper, lower) = logits(parameters, shift, category)
        sum += count * Double.log(Self.share(upper, lower))
      }
    }
    return sum
  }

  /// The gradient, and the negative second derivatives row after row.
  private func derivatives(at parameters: [Double]) -> ([Double], [Double]) {
    let order = parameters.count
    var gradient = [Double](repeating: 0, count: order)
    var curvature = [Double](repeating: 0, count: order * order)
    for cell in cells {
      let shift = shift(parameters, cell)
      for (category, count) in cell.counts.enumerated() where count > 0 {
        let (upper, lower) = logits(parameters, shift, category)
        let share = Self.share(upper, lower)
        let (upperShare, lowerShare) = (Self.logistic(upper), Self.logistic(lower))
        let upperDensity = upperShare * Self.logistic(-upper)
        let lowerDensity = lowerShare * Self.logistic(-lower)
        let first = (upper: upperDensity / share, lower: -lowerDensity / share)
        let second = (
          upper: first.upper * first.upper - upperDensity * (1 - 2 * upperShare) / share,
          lower: first.lower * first.lower + lowerDensity * (1 - 2 * lowerShare) / share,
          both: first.upper * first.lower
        )
        // The direction of each logit in the parameters: its threshold, and all predictors.
        let places = (
          upper: category == 0 ? nil : Optional(category - 1),
          lower: category == thresholdCount ? nil : Optional(category)
        )
        func entries(_ threshold: Int?) -> [(Int, Double)] {
          guard let threshold else { return [] }
          return [(threshold, 1)]
            + cell.predictors.enumerated().map { (thresholdCount + $0.offset, $0.element) }
        }
        let (above, below) = (entries(places.upper), entries(places.lower))
        for (place, weight) in above { gradient[place] += count * first.upper * weight }
        for (place, weight) in below { gradient[place] += count * first.lower * weight }
        func add(_ rows: [(Int, Double)], _ columns: [(Int, Double)], _ amount: Double) {
          for (row, first) in rows {
            for (column, second) in columns {
              curvature[row * order + column] += count * amount * first * second
            }
          }
        }
        add(above, above, second.upper)
        add(below, below, second.lower)
        add(above, below, second.both)
        add(below, above, second.both)
      }
    }
    return (gradient, curvature)
  }
}
