/// The limited-memory BFGS search for a maximum, with a metric that knows the problem.
///
/// With the complete data's information as metric its first step is one of EM, and what EM repeats
/// for a hundred cycles the memory learns in ten to twenty.
///
/// Source: Nocedal (1980), *Updating quasi-Newton matrices with limited storage*, Mathematics of
/// Computation 35, 773–782; Jamshidian & Jennrich (1997), *Acceleration of the EM algorithm by using
/// quasi-Newton methods*, JRSS B 59(3), 569–587.
struct QuasiNewtonSearch {
  /// How many past steps are remembered.
  private static let memory = 30
  private var steps: [(step: [Double], fall: [Double], curvature: Double)] = []

  /// Forgets past steps, as a new metric demands.
  mutating func forget() { steps = [] }

  /// The direction from a gradient.
  func direction(gradient: [Double], metric: SearchMetric) -> [Double] {
    var aim = gradient
    var shares: [Double] = []
    for past in steps.reversed() {
      let share = Self.dot(past.step, aim) / past.curvature
      shares.append(share)
      for place in aim.indices { aim[place] -= share * past.fall[place] }
    }
    aim = metric.step(aim)
    for (past, share) in zip(steps, shares.reversed()) {
      let correction = share - Self.dot(past.fall, aim) / past.curvature
      for place in aim.indices { aim[place] += correction * past.step[place] }
    }
    return aim
  }

  /// Remembers a step and how the gradient fell over it, if the curvature there was negative.
  mutating func remember(from old: MarginalLikelihood.Point, to new: MarginalLikelihood.Point) {
    let step = zip(new.vector, old.vector).map { $0 - $1 }
    let fall = zip(old.gradient, new.gradient).map { $0 - $1 }
    let curvature = Self.dot(step, fall)
    let size = (Self.dot(step, step) * Self.dot(fall, fall)).squareRoot()
    guard curvature > 1e-10 * size else { return }
    steps.append((step, fall, curvature))
    if steps.count > Self.memory { steps.removeFirst() }
  }

  static func dot(_ first: [Double], _ second: [Double]) -> Double {
    var sum = 0.0
    for place in first.indices { sum += first[place] * second[place] }
    return sum
  }
}
