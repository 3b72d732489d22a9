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

  @Test func `an ability that needs nothing draws no items`() {
    let posterior = AbilityPosterior.laplace(prior: prior, responses: [], testletVariance: 0)
    let gap = OptimalityCriterion.gap(posterior, weights: [0, 0, 0, 1], target: 0.3)
    var generator = SeededGenerator(seed: 1)
    let units = items.map { MeasurementUnit(items: [$0], isTestlet: false) }
    #expect(choice(gap).chosen(among: units, top: 1, using: &generator) == 2)
    #expect(choice(gap).chosen(among: [], using: &generator) == nil)
  }
}
