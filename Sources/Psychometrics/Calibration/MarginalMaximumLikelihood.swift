extension Calibration {
  /// Estimates the items' parameters by marginal maximum likelihood: abilities are integrated out
  /// over a standard normal population on equally spaced nodes.
  ///
  /// Large data are searched from the estimates of a part, whose exact curvature then guides the
  /// search in all of them. The estimates do not depend on the number of threads.
  ///
  /// Source: Bock & Aitkin (1981), *Marginal maximum likelihood estimation of item parameters*,
  /// Psychometrika 46(4), 443–459.
  ///
  /// - Parameters:
  ///   - responses: the answers, screened: every category of every item occurs.
  ///   - model: the family of the items.
  ///   - settings: nodes, threads, standard errors, anchors.
  ///   - progress: called after every step.
  /// - Returns: the estimates, and whether the search settled.
  /// - Throws: `CancellationError` when the task is cancelled between two steps.
  public static func marginalMaximumLikelihood(
    _ responses: ResponseMatrix, model: CalibrationModel, settings: CalibrationSettings = .init(),
    progress: (@Sendable (CalibrationProgress) -> Void)? = nil
  ) async throws(CancellationError) -> Calibration {
    let map = ParameterMap(
      model: model, categories: responses.categories,
      anchors: settings.anchors.mapValues { $0.parameters(model) },
      populations: responses.groupCount)
    let patterns = PatternCollapse(responses)
    let likelihood = likelihood(responses, patterns, map, model, settings)
    var start = StartingValues.vector(responses, model: model, map: map)
    var metric: SearchMetric?
    if let part = patterns.part(of: 5000), map.count <= 2000 {
      let partial = Self.likelihood(responses, part, map, model, settings)
      // The part need only come near: what it does not hold cannot be known from it.
      var rough = settings
      (rough.tolerance, rough.iterationLimit) = (1e-3, 60)
      var search = await CalibrationSearch(
        partial, from: start, settings: rough, progress: nil)
      try await search.climb()
      if search.hasSettled {
        start = search.point.vector
        let scale = likelihood.groups.weights.reduce(0, +) / partial.groups.weights.reduce(0, +)
        let information = await ObservedInformation(
          likelihood: partial, point: search.point
        ).matrix()
        metric = Cholesky(information.map { $0 * scale }, order: map.count).map {
          .dense(factor: $0.factor, order: map.count)
        }
      }
    }
    var search = await CalibrationSearch(
      likelihood, from: start, settings: settings, progress: progress)
    try await search.climb(metric: metric)
    return await result(of: search, likelihood, settings)
  }

  private static func likelihood(
    _ responses: ResponseMatrix, _ patterns: PatternCollapse, _ map: ParameterMap,
    _ model: CalibrationModel, _ settings: CalibrationSettings
  ) -> MarginalLikelihood {
    let prior = Quadrature.standardNormal(nodes: settings.nodes, range: settings.range)
    return MarginalLikelihood(
      groups: ItemGroups(responses, patterns: patterns, codeLimit: 64),
      layout: ItemCurves.Layout(model: model, categories: responses.categories), map: map,
      grid: NodeGrid(prior.nodes), threads: settings.threads)
  }

  private static func result(
    of search: CalibrationSearch, _ likelihood: MarginalLikelihood,
    _ settings: CalibrationSettings
  ) async -> Calibration {
    var errors: [Double]?
    if settings.standardErrors {
      let order = likelihood.map.count
      let information = await ObservedInformation(
        likelihood: likelihood, point: search.point
      ).matrix()
      errors = Cholesky(information, order: order)?.inverseDiagonal().map { $0.squareRoot() }
    }
    return Calibration(search, likelihood, standardErrors: errors)
  }

  /// Reads the result of a search.
  init(_ search: CalibrationSearch, _ likelihood: MarginalLikelihood, standardErrors: [Double]?) {
    let (map, point) = (likelihood.map, search.point)
    let items = map.items.indices.map { item in
      var estimate = Item(
        likelihood.layout.model, map.parameters(ofItem: item, in: point.vector))
      estimate.isAnchor = map.items[item].allSatisfy { $0 < 0 }
      if let standardErrors, !estimate.isAnchor {
        estimate.standardErrors = map.items[item].map { $0 < 0 ? 0 : standardErrors[$0] }
      }
      return estimate.withErrorOfAsymptote(likelihood.layout.model)
    }
    self.init(
      model: likelihood.layout.model, items: items,
      populations: map.populations.indices.map {
        let population = map.population($0, in: point.vector)
        return Population(mean: population.mean, standardDeviation: population.deviation)
      }, persons: likelihood.groups.weights.reduce(0, +), logLikelihood: point.logLikelihood,
      iterations: search.iterations,
      convergence: search.hasSettled ? .converged : .iterationLimit,
      largestChange: search.largestChange,
      largestGradient: point.gradient.reduce(0) { max($0, $1.magnitude) })
  }
}

extension Calibration.Item {
  /// The parameters in the order of the search.
  func parameters(_ model: CalibrationModel) -> [Double] {
    switch model {
    case .nominal: slopes + intercepts
    case .threePL:
      [
        slope, intercepts[0],
        Elementary.log(lowerAsymptote / (1 - lowerAsymptote)),
      ]
    case .onePL, .twoPL, .partialCredit, .graded: [slope] + intercepts
    }
  }

  /// Reads parameters in the order of the search.
  init(_ model: CalibrationModel, _ parameters: [Double]) {
    switch model {
    case .nominal:
      let options = parameters.count / 2
      self.init(
        slope: parameters[options - 1], slopes: Array(parameters[..<options]),
        intercepts: Array(parameters[options...]))
    case .threePL:
      self.init(
        slope: parameters[0], intercepts: [parameters[1]],
        lowerAsymptote: Logistic.probability(parameters[2]))
    case .onePL, .twoPL, .partialCredit, .graded:
      self.init(slope: parameters[0], intercepts: Array(parameters.dropFirst()))
    }
  }

  /// Turns the standard error of the asymptote's logit into that of the asymptote.
  func withErrorOfAsymptote(_ model: CalibrationModel) -> Calibration.Item {
    guard model == .threePL, var errors = standardErrors else { return self }
    errors[2] *= lowerAsymptote * (1 - lowerAsymptote)
    var item = self
    item.standardErrors = errors
    return item
  }
}
