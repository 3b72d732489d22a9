/// The line that takes abilities of one calibration to the scale of another.
///
/// An ability θ of the new calibration is slope · θ + shift on the base scale.
public struct ScaleLink: Hashable, Sendable {
  /// The slope, above 0.
  public var slope: Double
  /// The shift, in logits of the base scale.
  public var shift: Double

  /// Creates a link.
  public init(slope: Double, shift: Double) {
    self.slope = slope
    self.shift = shift
  }

  /// An item's parameters on the base scale; for one of slope and intercepts (not nominal).
  ///
  /// - Parameter item: an item of the new calibration. Steps and boundaries shift alike.
  /// - Returns: the item; standard errors are dropped, for they belong to the new scale.
  public func applied(to item: Calibration.Item) -> Calibration.Item {
    var moved = item
    moved.slope = item.slope / slope
    moved.intercepts = item.intercepts.map { $0 - item.slope * shift / slope }
    moved.standardErrors = nil
    return moved
  }

  /// The link by the means and standard deviations of the common items' difficulties.
  ///
  /// Source: Marco (1977), *Item characteristic curve solutions to three intractable testing
  /// problems*, Journal of Educational Measurement 14(2), 139–160.
  ///
  /// - Parameters:
  ///   - new: the common items in the new calibration.
  ///   - base: the same items in the base calibration, in the same order.
  /// - Returns: the link; nil when difficulties do not vary or a slope is 0.
  public static func meanSigma(new: [Calibration.Item], base: [Calibration.Item]) -> ScaleLink? {
    let difficulties = [new, base].map { items in
      items.flatMap { item in item.intercepts.map { -$0 / item.slope } }
    }
    let moments = difficulties.map { values -> (mean: Double, deviation: Double) in
      let mean = values.reduce(0, +) / Double(values.count)
      let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (mean, (square / Double(values.count)).squareRoot())
    }
    let slope = moments[1].deviation / moments[0].deviation
    let shift = moments[1].mean - slope * moments[0].mean
    guard difficulties[0].count == difficulties[1].count, slope.isFinite, slope > 0,
      shift.isFinite
    else { return nil }
    return ScaleLink(slope: slope, shift: shift)
  }

  /// The link that brings the test characteristic curves of the common items together.
  ///
  /// Least squares over a standard normal population on the base scale, by Gauss and Newton's
  /// method from the mean/sigma link.
  ///
  /// Source: Stocking & Lord (1983), *Developing a common metric in item response theory*, Applied
  /// Psychological Measurement 7(2), 201–210.
  ///
  /// - Parameters:
  ///   - new: the common items in the new calibration, as response models.
  ///   - base: the same items in the base calibration.
  ///   - start: where to start, usually the mean/sigma link.
  ///   - population: the abilities that count.
  /// - Returns: the link; nil when the search does not settle.
  public static func stockingLord(
    new: [ResponseModel], base: [ResponseModel], start: ScaleLink,
    population: Quadrature = .standardNormal(nodes: 41, range: 4)
  ) -> ScaleLink? {
    let aims = population.nodes.map { node in base.reduce(0) { $0 + $1.expectedScore(at: node) } }
    var link = start
    var loss = CurveDistance(new, link, aims, population)
    for _ in 0..<100 {
      let step = loss.step
      var length = 1.0
      var next = link
      while length > 1e-6 {
        next = ScaleLink(
          slope: link.slope + length * step.slope, shift: link.shift + length * step.shift)
        if next.slope > 0 {
          let moved = CurveDistance(new, next, aims, population)
          if moved.square <= loss.square {
            loss = moved
            break
          }
        }
        length /= 2
      }
      guard length > 1e-6 else {
        return max(step.slope.magnitude, step.shift.magnitude) < 1e-6 ? link : nil
      }
      link = next
      if max(step.slope.magnitude, step.shift.magnitude) < 1e-12 { return link }
    }
    return nil
  }
}

/// How far two test characteristic curves are apart under a link, and the step that brings them
/// nearer.
private struct CurveDistance {
  let square: Double
  let step: (slope: Double, shift: Double)

  init(
    _ items: [ResponseModel], _ link: ScaleLink, _ aims: [Double], _ population: Quadrature
  ) {
    var square = 0.0
    var (slopes, both, shifts) = (0.0, 0.0, 0.0)
    var (slopePull, shiftPull) = (0.0, 0.0)
    for (number, node) in population.nodes.enumerated() {
      let ability = (node - link.shift) / link.slope
      var (expected, rise) = (0.0, 0.0)
      for item in items {
        for (category, curve) in item.curves(at: ability).enumerated() {
          let probability = Elementary.exp(curve.logProbability)
          expected += Double(category) * probability
          rise += Double(category) * probability * curve.slope
        }
      }
      let rest = aims[number] - expected
      let weight = population.weights[number]
      // The curve's derivatives in the link's slope and shift.
      let inShift = -rise / link.slope
      let inSlope = inShift * ability
      square += weight * rest * rest
      slopes += weight * inSlope * inSlope
      both += weight * inSlope * inShift
      shifts += weight * inShift * inShift
      slopePull += weight * inSlope * rest
      shiftPull += weight * inShift * rest
    }
    let determinant = slopes * shifts - both * both
    self.square = square
    step =
      determinant > 0
      ? (
        (shifts * slopePull - both * shiftPull) / determinant,
        (slopes * shiftPull - both * slopePull) / determinant
      ) : (0, 0)
  }
}
