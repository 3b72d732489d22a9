import RealModule

/// Tangents that lie above a concave closure and close to it.
struct TangentCuts {
  /// One tangent: value ≤ intercept + slope · gain.
  struct Tangent: Hashable {
    var intercept: Double
    var slope: Double
  }

  let closure: ExpectedGapClosure
  /// The most gain that can come together.
  let reach: Double

  /// The tangent at a gain.
  func tangent(at gain: Double) -> Tangent {
    let slope = closure.marginalValue(atGain: gain)
    return Tangent(intercept: closure.value(ofGain: gain) - slope * gain, slope: slope)
  }

  /// Tangents whose lowest envelope is nowhere more than a tolerance above the closure.
  ///
  /// Between two tangents of a concave function the envelope is farthest where they meet; an interval
  /// that is too far off there is halved.
  func tangents(within tolerance: Double) -> [Tangent] {
    guard reach > 0 else { return [tangent(at: 0)] }
    var gains = [0, reach]
    var open = [(0.0, reach)]
    while let (from, to) = open.popLast() {
      guard to - from > 1e-6, error(from, to) > tolerance else { continue }
      let middle = (from + to) / 2
      gains.append(middle)
      open += [(from, middle), (middle, to)]
    }
    return gains.sorted().map { tangent(at: $0) }
  }

  /// How far above the closure the tangents at two gains meet.
  private func error(_ from: Double, _ to: Double) -> Double {
    let (first, second) = (tangent(at: from), tangent(at: to))
    let bend = first.slope - second.slope
    guard bend > 1e-12 else { return 0 }
    let meeting = min(max((second.intercept - first.intercept) / bend, from), to)
    return first.intercept + first.slope * meeting - closure.value(ofGain: meeting)
  }
}
