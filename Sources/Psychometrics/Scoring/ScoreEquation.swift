/// The equation whose root is a point estimate of ability: the derivative of a log-likelihood,
/// with a normal prior or a correction of bias.
struct ScoreEquation {
  /// Roots are looked for in ±this, in logits.
  private static let limit = 40.0

  private let responses: [ItemResponse]
  private let mean: Double
  private let precision: Double
  private let correctsBias: Bool

  init(_ responses: [ItemResponse], mean: Double, precision: Double, correctsBias: Bool) {
    self.responses = responses
    self.mean = mean
    self.precision = precision
    self.correctsBias = correctsBias
  }

  /// The left side of the equation: positive below the root, negative above.
  private func value(at ability: Double) -> Double {
    var score = precision * (mean - ability)
    for response in responses {
      score += response.model.curve(of: response.score, at: ability).slope
    }
    guard correctsBias else { return score }
    var (information, bias) = (0.0, 0.0)
    for response in responses {
      for curve in response.model.curves(at: ability) {
        let probability = Elementary.exp(curve.logProbability)
        information += probability * curve.slope * curve.slope
        bias += probability * curve.slope * (curve.curvature + curve.slope * curve.slope)
      }
    }
    // Where the information underflows, the correction is that of its tail: the equation has none.
    return information > 0 ? score + bias / (2 * information) : 0
  }

  /// The expected information at an ability.
  func information(at ability: Double) -> Double {
    responses.reduce(0) { $0 + $1.model.information(at: ability) }
  }

  /// The inverse root of the observed information; of the expected one where that is not positive.
  func standardError(at ability: Double) -> Double {
    let observed = responses.reduce(precision) {
      $0 - $1.model.curve(of: $1.score, at: ability).curvature
    }
    let information = observed > 0 ? observed : information(at: ability) + precision
    return 1 / information.squareRoot()
  }

  /// The inverse root of the weighted likelihood's curvature, by a central difference; that of the
  /// expected information where the curvature is not positive.
  func weightedStandardError(at ability: Double) -> Double {
    // The error of the difference is of the step's square, 1e-8.
    let step = 1e-4
    let fall = (value(at: ability - step) - value(at: ability + step)) / (2 * step)
    return 1 / (fall > 0 ? fall : information(at: ability)).squareRoot()
  }

  /// The root; the one of the highest likelihood where there are several.
  func root(near start: Double) -> Double? {
    guard hasAsymptotes else { return singleRoot(near: start) }
    // With asymptotes the likelihood may have several maxima: every fall through 0 is one.
    var best: (value: Double, root: Double)?
    var left = (place: -Self.limit, value: value(at: -Self.limit))
    for step in 1...320 {
      let place = -Self.limit + 0.25 * Double(step)
      let right = (place: place, value: value(at: place))
      if left.value > 0, right.value < 0 {
        let root = bisected(left.place, right.place)
        let height = objective(at: root)
        if best.map({ height > $0.value }) ?? true { best = (height, root) }
      }
      left = right
    }
    return best?.root
  }

  private var hasAsymptotes: Bool {
    responses.contains {
      if case .logistic(let item) = $0.model {
        item.lowerAsymptote > 0 || item.upperAsymptote < 1
      } else {
        false
      }
    }
  }

  private func objective(at ability: Double) -> Double {
    let distance = ability - mean
    let logLikelihood = responses.reduce(-0.5 * precision * distance * distance) {
      $0 + $1.model.curve(of: $1.score, at: ability).logProbability
    }
    return correctsBias
      ? logLikelihood + 0.5 * Elementary.log(information(at: ability)) : logLikelihood
  }

  /// Looks outwards from a start until the sign changes, each stride twice the last.
  private func singleRoot(near start: Double) -> Double? {
    var here = (place: start, value: value(at: start))
    if here.value == 0, !responses.isEmpty || precision > 0 {
      return precision > 0 || information(at: start) > 0 ? start : nil
    }
    let direction = here.value > 0 ? 1.0 : -1
    var stride = 0.5
    while here.place.magnitude < Self.limit {
      let place = here.place + direction * stride
      let there = (place: place, value: value(at: place))
      if there.value * here.value < 0 {
        return direction > 0
          ? bisected(here.place, there.place) : bisected(there.place, here.place)
      }
      guard there.value != 0 else { return nil }
      here = there
      stride *= 2
    }
    return nil
  }

  /// The root between two places of different sign, by regula falsi with halving (Illinois).
  private func bisected(_ left: Double, _ right: Double) -> Double {
    var (low, high) = (left, right)
    var (lowValue, highValue) = (value(at: low), value(at: high))
    var lastSide = 0
    for _ in 0..<200 {
      var middle = low + (high - low) * lowValue / (lowValue - highValue)
      if !(middle > low && middle < high) { middle = low + (high - low) / 2 }
      let found = value(at: middle)
      if found == 0 || high - low < 1e-13 * max(1, middle.magnitude) { return middle }
      if found > 0 {
        (low, lowValue) = (middle, found)
        if lastSide == 1 { highValue /= 2 }
        lastSide = 1
      } else {
        (high, highValue) = (middle, found)
        if lastSide == -1 { lowValue /= 2 }
        lastSide = -1
      }
      let other = min(middle - low, high - middle)
      if other == 0, lowValue.magnitude < 1e-14, highValue.magnitude < 1e-14 { return middle }
    }
    return low + (high - low) / 2
  }
}
