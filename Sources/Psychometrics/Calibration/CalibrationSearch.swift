/// The search for the parameters that make the answers most likely.
struct CalibrationSearch {
  private let likelihood: MarginalLikelihood
  private let settings: CalibrationSettings
  private let progress: (@Sendable (CalibrationProgress) -> Void)?
  private var search = QuasiNewtonSearch()
  private(set) var point: MarginalLikelihood.Point
  private(set) var iterations = 0
  private(set) var largestChange = Double.infinity
  private(set) var hasSettled = false

  /// No slope or intercept is looked for beyond this; a likelihood that still climbs there has its
  /// maximum at infinity.
  private static let bound = 60.0

  init(
    _ likelihood: MarginalLikelihood, from start: [Double], settings: CalibrationSettings,
    progress: (@Sendable (CalibrationProgress) -> Void)?
  ) async {
    self.likelihood = likelihood
    self.settings = settings
    self.progress = progress
    point = await likelihood.evaluate(start)
  }

  /// Goes on from where a search on a coarser grid has settled, with what it has learnt of the
  /// curvature.
  init(
    _ likelihood: MarginalLikelihood, goingOnFrom rough: CalibrationSearch,
    settings: CalibrationSettings, progress: (@Sendable (CalibrationProgress) -> Void)?
  ) async {
    await self.init(likelihood, from: rough.point.vector, settings: settings, progress: progress)
    search = rough.search
    iterations = rough.iterations
  }

  /// What the approximated prior of several abilities leaves uncertain cannot be asked for.
  private var tolerance: Double {
    likelihood.structure == nil ? settings.tolerance : max(settings.tolerance, 1e-6)
  }

  /// Climbs until it settles.
  ///
  /// - Parameter metric: the inverse curvature to start with; nil for the complete data's.
  /// - Throws: `CancellationError` when the task is cancelled between two steps.
  mutating func climb(metric: SearchMetric? = nil) async throws(CancellationError) {
    var metric = metric
    var isFixed = metric != nil
    while iterations < settings.iterationLimit {
      if Task.isCancelled { throw CancellationError() }
      if !isFixed {
        // Once the search is near, a small problem affords the exact curvature.
        if isExactWorthwhile, let exact = await exactMetric() {
          (metric, isFixed) = (exact, true)
          search.forget()
        } else {
          metric = .completeData(likelihood, at: point)
        }
      }
      guard let metric else { return }
      var direction = search.direction(gradient: point.gradient, metric: metric)
      if QuasiNewtonSearch.dot(direction, point.gradient) <= 0 {
        search.forget()
        direction = metric.step(point.gradient)
      }
      largestChange = Self.size(direction)
      if largestChange < tolerance {
        hasSettled = true
        return
      }
      guard await step(direction) else { return }
    }
  }

  /// Whether the exact curvature is worth its cost: when it costs little, or when the search is slow.
  private var isExactWorthwhile: Bool {
    let order = likelihood.map.count
    guard order <= 2000, likelihood.structure == nil else { return false }
    let cost = Double(likelihood.groups.patterns) * Double(order * order)
    if iterations >= 40, iterations % 20 == 0 { return true }
    return iterations >= 5 && largestChange < 0.1 && cost < 4e6
  }

  private func exactMetric() async -> SearchMetric? {
    let order = likelihood.map.count
    let information = await ObservedInformation(likelihood: likelihood, point: point).matrix()
    return Cholesky(information, order: order).map { .dense(factor: $0.factor, order: order) }
  }

  /// Moves along a direction, less far while the likelihood does not rise enough.
  ///
  /// - Returns: whether anything moved.
  private mutating func step(_ direction: [Double]) async -> Bool {
    let slope = QuasiNewtonSearch.dot(direction, point.gradient)
    // Near the maximum the likelihood is flat to its last digits; a fall of that size is none.
    let digits = likelihood.structure == nil ? 1e-13 : 1e-10
    let noise = digits * max(1, point.value.magnitude)
    var length = min(1, 2 / Self.size(direction))
    for _ in 0..<40 {
      if let next = await candidate(direction, length) {
        let rise = next.value - point.value
        if rise >= 1e-4 * length * slope - noise {
          search.remember(from: point, to: next)
          iterations += 1
          let change = length * Self.size(direction)
          point = next
          progress?(
            CalibrationProgress(
              iteration: iterations, logLikelihood: next.logLikelihood, largestChange: change))
          return true
        }
        // The parabola through what is known; never less than a tenth, never more than a half.
        let best = -0.5 * slope * length * length / (rise - slope * length)
        length = min(max(best, 0.1 * length), 0.5 * length)
      } else {
        length *= 0.5
      }
    }
    return false
  }

  private func candidate(
    _ direction: [Double], _ length: Double
  ) async -> MarginalLikelihood.Point? {
    let vector = zip(point.vector, direction).map { $0 + length * $1 }
    guard vector.allSatisfy({ $0.magnitude <= Self.bound }), likelihood.admits(vector) else {
      return nil
    }
    let next = await likelihood.evaluate(vector)
    return next.value.isFinite && next.gradient.allSatisfy(\.isFinite) ? next : nil
  }

  private static func size(_ step: [Double]) -> Double {
    step.reduce(0) { max($0, $1.magnitude) }
  }
}
