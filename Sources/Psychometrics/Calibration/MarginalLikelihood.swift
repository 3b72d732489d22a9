/// The marginal likelihood of all answers as a function of the free parameters.
struct MarginalLikelihood: Sendable {
  typealias Lane = NodeGrid.Lane

  let groups: ItemGroups
  let layout: ItemCurves.Layout
  let map: ParameterMap
  let grid: NodeGrid
  let threads: Int
  /// How items measure several abilities; nil when they measure one.
  var structure: StructuredLikelihood?

  /// What is known at one set of parameters.
  struct Point: Sendable {
    var vector: [Double]
    /// The logarithm of the marginal likelihood.
    var logLikelihood: Double
    /// The same with the logarithm of the parameters' prior, where the family has one.
    var value: Double
    /// The derivatives of ``value``.
    var gradient: [Double]
    var curves: ItemCurves
    var priors: [PopulationPrior]
    /// The expected number of persons in each category of each item at each node.
    var counts: [Lane]
    /// The expected number of each population's persons at each node.
    var populationCounts: [Lane]
  }

  /// The likelihood and its gradient.
  ///
  /// By Fisher's identity the gradient is that of the complete data's likelihood, expected under
  /// the posterior: one pass gives both.
  func evaluate(_ vector: [Double]) async -> Point {
    if let structure { return await evaluate(vector, structure) }
    let parameters = layout.categories.indices.map { map.parameters(ofItem: $0, in: vector) }
    let curves = ItemCurves(layout: layout, grid: grid, parameters: parameters)
    let priors = map.populations.indices.map {
      let population = map.population($0, in: vector)
      return PopulationPrior(
        grid: grid, mean: population.mean, deviation: population.deviation)
    }
    let step = ExpectationStep(
      groups: groups, curves: curves, priors: priors.flatMap { $0.weights })
    let portions = ExpectationStep.portions(groups, size: portionSize)
    var total = ExpectedCounts(
      rows: groups.rows, populations: map.populations.count, lanes: grid.lanes)
    for counts in await InParallel.map(portions, threads: threads, { step.pass($0) }) {
      total.add(counts)
    }
    var point = Point(
      vector: vector, logLikelihood: total.logLikelihood, value: total.logLikelihood,
      gradient: [Double](repeating: 0, count: map.count), curves: curves, priors: priors,
      counts: total.categoryCounts(groups, layout: layout, lanes: grid.lanes),
      populationCounts: total.populations)
    addGradient(to: &point)
    if layout.model == .threePL { addAsymptotePrior(to: &point, parameters: parameters) }
    return point
  }

  /// Portions depend on the number of patterns only, and there are at least two for two threads.
  private var portionSize: Int { max(1024, min(8192, (groups.patterns + 3) / 4)) }

  func addGradient(to point: inout Point) {
    let lanes = grid.lanes
    for item in layout.categories.indices {
      for (parameter, place) in map.items[item].enumerated() where place >= 0 {
        var sum = Lane.zero
        for category in 0..<layout.categories[item] {
          let row = point.curves.probabilityStart(item: item, category: category)
          let slope = point.curves.derivativeStart(
            item: item, category: category, parameter: parameter)
          for lane in 0..<lanes {
            sum += point.counts[row + lane] * point.curves.derivatives[slope + lane]
          }
        }
        point.gradient[place] += sum.sum()
      }
    }
    for (population, places) in map.populations.enumerated() where places[0] >= 0 {
      let prior = point.priors[population]
      for lane in 0..<lanes {
        let count = point.populationCounts[population * lanes + lane]
        point.gradient[places[0]] += (count * prior.meanSlope[lane]).sum()
        point.gradient[places[1]] += (count * prior.spreadSlope[lane]).sum()
      }
    }
  }

  /// Beta(5, 17) on the asymptote: 4 log c + 16 log(1 − c), up to its constant.
  func addAsymptotePrior(to point: inout Point, parameters: [[Double]]) {
    for item in parameters.indices where map.items[item][2] >= 0 {
      let logit = parameters[item][2]
      point.value += 4 * Logistic.logProbability(logit) + 16 * Logistic.logProbability(-logit)
      point.gradient[map.items[item][2]] +=
        4 * Logistic.probability(-logit) - 16 * Logistic.probability(logit)
    }
  }
}

/// Runs work in parallel, in a way that the results do not depend on.
enum InParallel {
  /// Transforms elements, `threads` at a time, and returns the results in their order.
  static func map<Element: Sendable, Result: Sendable>(
    _ elements: [Element], threads: Int, _ transform: @escaping @Sendable (Element) -> Result
  ) async -> [Result] {
    guard threads > 1, elements.count > 1 else { return elements.map(transform) }
    return await withTaskGroup(of: [(Int, Result)].self) { group in
      for worker in 0..<min(threads, elements.count) {
        group.addTask {
          stride(from: worker, to: elements.count, by: threads).map {
            ($0, transform(elements[$0]))
          }
        }
      }
      var results: [(Int, Result)] = []
      for await part in group { results += part }
      return results.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }
}
