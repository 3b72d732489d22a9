import Psychometrics
import Testing

/// A link where no link is exact: the one that brings the curves nearest.
struct ScaleLinkCriterionTests {
  private let models: (new: [ResponseModel], base: [ResponseModel])

  init() throws {
    var generator = SeededGenerator(seed: 51)
    func uniform() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
    var (new, base) = ([ResponseModel](), [ResponseModel]())
    for place in 0..<8 {
      let (slope, difficulty) = (0.7 + 0.15 * Double(place), -1.5 + 0.4 * Double(place))
      base.append(.logistic(try LogisticItem(discrimination: slope, difficulty: difficulty)))
      // Estimated anew on a scale on which the base's θ is 1.25 θ + 0.3, with errors.
      new.append(
        .logistic(
          try LogisticItem(
            discrimination: 1.25 * slope * (0.85 + 0.3 * uniform()),
            difficulty: (difficulty - 0.3) / 1.25 + 0.4 * (uniform() - 0.5))))
    }
    models = (new, base)
  }

  /// The mean squared distance of the expected sums, ability by ability.
  private func distance(_ slope: Double, _ shift: Double) -> Double {
    let population = Quadrature.standardNormal(nodes: 41, range: 4)
    return zip(population.nodes, population.weights).reduce(0) { sum, node in
      func expected(_ models: [ResponseModel], _ ability: Double) -> Double {
        models.reduce(0) { $0 + $1.expectedScore(at: ability) }
      }
      let rest =
        expected(models.base, node.0) - expected(models.new, (node.0 - shift) / slope)
      return sum + node.1 * rest * rest
    }
  }

  @Test func `no link near it brings the expected sums nearer`() throws {
    let link = try #require(
      ScaleLink.stockingLord(
        new: models.new, base: models.base, start: ScaleLink(slope: 1, shift: 0)))
    let least = distance(link.slope, link.shift)
    #expect(least > 1e-4)
    for (slope, shift) in [
      (1e-3, 0), (-1e-3, 0), (0, 1e-3), (0, -1e-3), (1e-3, 1e-3), (-1e-3, 1e-3),
    ] {
      #expect(distance(link.slope + slope, link.shift + shift) > least)
    }
  }
}
