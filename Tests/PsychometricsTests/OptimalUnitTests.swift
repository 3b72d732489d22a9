import Psychometrics
import Testing

struct OptimalUnitTests {
  private let prior = AbilityPrior.structured(
    mean: [0.2, -0.3, 0.1, 0.5], dimensions: [0, 0, 1, 1], environments: [0, 1, 0, 1],
    general: 0.45, dimension: 0.15, environment: 0.15, specific: 0.25)
  private let items = [
    MeasurementUnit.Item(
      loadings: [Loading(point: 0, weight: 1.2)],
      model: PartialCreditItem(cumulative: [0, 0.6, 1.8])),
    MeasurementUnit.Item(
      loadings: [Loading(point: 1, weight: 0.6), Loading(point: 2, weight: 0.4)],
      model: PartialCreditItem(cumulative: [0, -0.2, 0.3, 1.5])),
    MeasurementUnit.Item(
      loadings: [Loading(point: 3, weight: 0.9)], model: PartialCreditItem(cumulative: [0, 0.4])),
  ]

  private func choice(_ criterion: OptimalityCriterion) -> OptimalUnit {
    OptimalUnit(
      posterior: .laplace(prior: prior, responses: [], testletVariance: 0.16),
      testletVariance: 0.16, criterion: criterion)
  }

  /// numpy: V − (V⁻¹ + AᵀN⁻¹A)⁻¹ and its determinants, every matrix inverted.
  @Test func `both criteria are what inverting every matrix gives`() {
    let weights = OptimalityCriterion.trace(weights: [1, 2, 0.5, 1])
    let testlet = MeasurementUnit(items: items, isTestlet: true)
    #expect(abs(choice(.determinant).value(of: testlet) - 0.40558721127019126) < 1e-12)
    #expect(abs(choice(weights).value(of: testlet) - 1.4057431276876378) < 1e-12)
    let single = MeasurementUnit(items: [items[0]], isTestlet: false)
    #expect(abs(choice(.determinant).value(of: single) - 0.22588390224464194) < 1e-12)
    #expect(abs(choice(weights).value(of: single) - 0.7642546596655353) < 1e-12)
  }

  @Test func `what an item is worth falls once its ability is known`() {
    let single = MeasurementUnit(items: [items[0]], isTestlet: false)
    let answered = AbilityPosterior.laplace(
      prior: prior,
      responses: [
        ScoredResponse(
          loadings: items[0].loadings, model: items[0].model, testlet: nil, score: 1)
      ], testletVariance: 0.16)
    let later = OptimalUnit(
      posterior: answered, testletVariance: 0.16, criterion: .determinant)
    #expect(later.value(of: single) < choice(.determinant).value(of: single))
  }

  @Test func `of two like items the one about the ability that needs it is chosen`() {
    let posterior = AbilityPosterior.laplace(prior: prior, responses: [], testletVariance: 0)
    var generator = SeededGenerator(seed: 1)
    let units = [0, 3].map { point in
      MeasurementUnit(
        items: [.init(loadings: [Loading(point: point, weight: 1)], model: items[0].model)],
        isTestlet: false)
    }
    for (weights, place) in [([1.0, 0, 0, 0], 0), ([0, 0, 0, 1.0], 1)] {
      let gap = OptimalityCriterion.gap(posterior, weights: weights, target: 0.3)
      #expect(choice(gap).chosen(among: units, top: 1, using: &generator) == place)
    }
    #expect(choice(.determinant).chosen(among: [], using: &generator) == nil)
  }
}
