/// The observed information of the marginal likelihood, exactly, by Louis's identity.
///
/// I = −E[second derivatives] − Var[first derivatives], both over the posterior of the abilities, and
/// summed over persons. The expected products of two items' derivatives need the expected number of
/// persons in each pair of categories at each node; they are counted for pairs of item groups, a
/// table at a time, which keeps the cost near that of a few likelihoods.
///
/// Source: Louis (1982), *Finding the observed information matrix when using the EM algorithm*,
/// JRSS B 44(2), 226–233. Oakes's identity gives the same matrix.
struct ObservedInformation: Sendable {
  typealias Lane = NodeGrid.Lane

  let likelihood: MarginalLikelihood
  let point: MarginalLikelihood.Point

  /// The information about the free parameters, order · order numbers, row after row.
  func matrix() async -> [Double] {
    let likelihood = likelihood
    let step = ExpectationStep(
      groups: likelihood.groups, curves: point.curves,
      priors: point.priors.flatMap { $0.weights })
    let pass = InformationPass(step: step, priors: point.priors)
    let portions = ExpectationStep.portions(likelihood.groups, size: portionSize)
    var products = [Double](repeating: 0, count: pass.size * pass.size)
    for part in await InParallel.map(portions, threads: likelihood.threads, { pass.run($0) }) {
      for place in products.indices { products[place] += part[place] }
    }
    addSecondDerivatives(to: &products, pass: pass)
    return folded(products, pass: pass)
  }

  private var portionSize: Int { max(1024, min(16384, (likelihood.groups.patterns + 1) / 2)) }

  private func addSecondDerivatives(to products: inout [Double], pass: InformationPass) {
    let curvature = CompleteDataCurvature(point: point, likelihood: likelihood)
    for item in likelihood.layout.categories.indices {
      let (first, size) = (pass.firstParameter[item], likelihood.layout.parameters[item])
      let own = curvature.secondDerivatives(item: item)
      for row in 0..<size {
        for column in row..<size {
          products[(first + row) * pass.size + first + column] += own[row * size + column]
        }
      }
    }
    let lanes = likelihood.grid.lanes
    for (population, prior) in point.priors.enumerated() {
      let first = pass.firstPopulationParameter + 2 * population
      let curvature = prior.curvature(
        counts: point.populationCounts[population * lanes..<(population + 1) * lanes])
      products[first * pass.size + first] += curvature.0
      products[first * pass.size + first + 1] += curvature.1
      products[(first + 1) * pass.size + first + 1] += curvature.2
    }
  }

  /// Sums the entries of parameters that are one and drops those that are fixed; changes the sign.
  private func folded(_ products: [Double], pass: InformationPass) -> [Double] {
    let map = likelihood.map
    let places = (map.items + map.populations).flatMap { $0 }
    let order = map.count
    var matrix = [Double](repeating: 0, count: order * order)
    for row in places.indices where places[row] >= 0 {
      for column in row..<places.count where places[column] >= 0 {
        let value = products[row * pass.size + column]
        matrix[places[row] * order + places[column]] -= value
        if row != column { matrix[places[column] * order + places[row]] -= value }
      }
    }
    return matrix
  }
}
