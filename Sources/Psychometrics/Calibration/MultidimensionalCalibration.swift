/// The parameters of items that each measure one of several correlated abilities.
public struct MultidimensionalCalibration: Hashable, Sendable {
  /// The items and how the search went; abilities are standard normal.
  public var calibration: Calibration
  /// The ability that each item measures, from 0.
  public var dimensions: [Int]
  /// The correlations of the abilities, a row for each.
  public var correlation: [[Double]]
  /// The standard errors of the correlations above the diagonal, row after row, when asked for.
  public var correlationErrors: [Double]?

  /// The largest number of abilities.
  public static let mostDimensions = 4

  /// Estimates items and correlations by marginal maximum likelihood on a grid of all abilities.
  ///
  /// Standard errors are those of the observed information, taken from differences of the exact
  /// gradient: two passes a parameter.
  ///
  /// Source: Bock & Aitkin (1981) for the likelihood; Adams, Wilson & Wang (1997), *The
  /// multidimensional random coefficients multinomial logit model*, Applied Psychological
  /// Measurement 21(1), 1–23, for the between-item model.
  ///
  /// - Parameters:
  ///   - responses: the answers, screened, of one group of persons.
  ///   - dimensions: the ability of each item, numbered from 0 without gaps, 2 to 4 of them.
  ///   - model: the family of the items.
  ///   - settings: nodes an ability, threads, standard errors. Anchors are not used.
  ///   - progress: called after every step.
  /// - Returns: the estimates, and whether the search settled.
  /// - Throws: `CancellationError` when the task is cancelled between two steps.
  public static func marginalMaximumLikelihood(
    _ responses: ResponseMatrix, dimensions: [Int], model: CalibrationModel,
    settings: CalibrationSettings = .init(),
    progress: (@Sendable (CalibrationProgress) -> Void)? = nil
  ) async throws(CancellationError) -> MultidimensionalCalibration {
    precondition(dimensions.count == responses.items, "every item measures an ability")
    let order = (dimensions.max() ?? 0) + 1
    precondition(
      (2...mostDimensions).contains(order) && Set(dimensions).count == order,
      "abilities are numbered from 0, 2 to 4 of them")
    let map = ParameterMap(
      model: model, categories: responses.categories, anchors: [:], populations: 1,
      correlations: CorrelationMatrix.freeCount(order: order))
    let patterns = PatternCollapse(
      ResponseMatrix(
        categories: responses.categories, answers: responses.answers,
        weights: responses.weights))
    func likelihood(nodes: Int) -> MarginalLikelihood {
      let grid = NodeGrid(
        Quadrature.standardNormal(nodes: nodes, range: settings.range).nodes)
      let structure = StructuredLikelihood(
        responses, dimensions: dimensions, patterns: patterns, grid: grid)
      return MarginalLikelihood(
        groups: structure.groups[0], layout: .init(model: model, categories: responses.categories),
        map: map, grid: grid, threads: settings.threads, structure: structure)
    }
    let start = try await start(responses, dimensions, map, model, settings)
    let full = likelihood(nodes: settings.nodes)
    var search: CalibrationSearch
    if settings.nodes >= fewestNodesToThin {
      // Two thirds of the nodes an ability cost half as much, and lead nearly there.
      var rough = settings
      rough.tolerance = max(settings.tolerance, 1e-4)
      var coarse = await CalibrationSearch(
        likelihood(nodes: (2 * settings.nodes + 1) / 3), from: start, settings: rough,
        progress: progress)
      try await coarse.climb()
      search = await CalibrationSearch(
        full, goingOnFrom: coarse, settings: settings, progress: progress)
    } else {
      search = await CalibrationSearch(full, from: start, settings: settings, progress: progress)
    }
    try await search.climb()
    return await result(of: search, full, dimensions, settings)
  }

  /// With fewer nodes two thirds of them would be too far apart to tell anything.
  private static let fewestNodesToThin = 25

  /// Each ability's items by themselves, and correlations of .4.
  private static func start(
    _ responses: ResponseMatrix, _ dimensions: [Int], _ map: ParameterMap,
    _ model: CalibrationModel, _ settings: CalibrationSettings
  ) async throws(CancellationError) -> [Double] {
    var start = [Double](repeating: 0.4, count: map.count)
    var rough = settings
    (rough.tolerance, rough.iterationLimit, rough.standardErrors) = (1e-3, 60, false)
    rough.anchors = [:]
    for ability in 0...(dimensions.max() ?? 0) {
      let own = dimensions.indices.filter { dimensions[$0] == ability }
      let part = ResponseMatrix(
        categories: own.map { responses.categories[$0] },
        answers: (0..<responses.persons).flatMap { person in
          own.map { responses.answers[person * responses.items + $0] }
        }, weights: responses.weights)
      let alone = try await Calibration.marginalMaximumLikelihood(
        part, model: model, settings: rough)
      for (item, estimate) in zip(own, alone.items) {
        for (place, value) in zip(map.items[item], estimate.parameters(model)) {
          start[place] = value
        }
      }
    }
    return start
  }

  private static func result(
    of search: CalibrationSearch, _ likelihood: MarginalLikelihood, _ dimensions: [Int],
    _ settings: CalibrationSettings
  ) async -> MultidimensionalCalibration {
    let point = search.point
    let order = (dimensions.max() ?? 0) + 1
    var errors: [Double]?
    if settings.standardErrors {
      let information = await DifferencedInformation(likelihood: likelihood).matrix(at: point)
      errors = Cholesky(information, order: likelihood.map.count)?.inverseDiagonal()
        .map { $0.squareRoot() }
    }
    let matrix = likelihood.correlations(point.vector, order: order).elements
    return MultidimensionalCalibration(
      calibration: Calibration(search, likelihood, standardErrors: errors),
      dimensions: dimensions,
      correlation: (0..<order).map { Array(matrix[$0 * order..<($0 + 1) * order]) },
      correlationErrors: errors.map { Array($0[likelihood.map.firstCorrelation...]) })
  }
}

/// The observed information by central differences of the exact gradient.
struct DifferencedInformation {
  let likelihood: MarginalLikelihood

  /// The information at a point, row after row.
  func matrix(at point: MarginalLikelihood.Point) async -> [Double] {
    let order = likelihood.map.count
    // The error of a central difference is of this step's square, relative to rounding's 1e-12.
    let step = 1e-4
    var matrix = [Double](repeating: 0, count: order * order)
    for column in 0..<order {
      var (above, below) = (point.vector, point.vector)
      above[column] += step
      below[column] -= step
      let (up, down) = (await likelihood.evaluate(above), await likelihood.evaluate(below))
      for row in 0..<order {
        let fall = (down.gradient[row] - up.gradient[row]) / (2 * step)
        matrix[row * order + column] += fall / 2
        matrix[column * order + row] += fall / 2
      }
    }
    return matrix
  }
}
