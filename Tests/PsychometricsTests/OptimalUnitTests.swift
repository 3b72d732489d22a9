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

  /// What is expected after a unit is a covariance whose fall is the A-criterion, and which makes the
  /// D-criteria of two units add up to that of both: the chain rule of information.
  @Test func `what is expected after a unit agrees with both criteria`() {
    let posterior = AbilityPosterior.laplace(prior: prior, responses: [], testletVariance: 0.16)
    let unit = MeasurementUnit(items: Array(items[..<2]), isTestlet: true)
    let expected = choice(.determinant).expectedPosterior(after: unit)
    #expect(expected.mean == posterior.mean)
    for point in 0..<4 {
      var weights = [Double](repeating: 0, count: 4)
      weights[point] = 1
      let fall = posterior.variance(ofPoint: point) - expected.variance(ofPoint: point)
      #expect(abs(choice(.trace(weights: weights)).value(of: unit) - fall) < 1e-12)
    }
    // The information of an item is taken over what is believed of its predictor, so the rule holds
    // where that is narrow.
    let narrow = AbilityPrior.structured(
      mean: [0, 0, 0, 0], dimensions: [0, 0, 1, 1], environments: [0, 1, 0, 1], general: 4e-4,
      dimension: 1e-4, environment: 1e-4, specific: 2e-4)
    let start = OptimalUnit(
      posterior: .laplace(prior: narrow, responses: [], testletVariance: 0), testletVariance: 0,
      criterion: .determinant)
    let (first, second) = (
      MeasurementUnit(items: [items[0]], isTestlet: false),
      MeasurementUnit(items: [items[1]], isTestlet: false)
    )
    let after = OptimalUnit(
      posterior: start.expectedPosterior(after: first), testletVariance: 0, criterion: .determinant)
    let both = start.value(of: MeasurementUnit(items: Array(items[..<2]), isTestlet: false))
    #expect(abs(start.value(of: first) + after.value(of: second) - both) < 1e-6 * both)
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
