import RealModule

/// Items that are given together, as the choice among many abilities sees them.
public struct MeasurementUnit: Hashable, Sendable {
  /// One item.
  public struct Item: Hashable, Sendable {
    /// What it measures.
    public var loadings: [Loading]
    /// Its response model.
    public var model: PartialCreditItem

    /// Creates an item.
    public init(loadings: [Loading], model: PartialCreditItem) {
      self.loadings = loadings
      self.model = model
    }
  }

  /// The items: one, or those of a testlet.
  public var items: [Item]
  /// Whether the items share a testlet's effect.
  public var isTestlet: Bool

  /// Creates a unit.
  ///
  /// - Precondition: there is at least one item.
  public init(items: [Item], isTestlet: Bool) {
    precondition(!items.isEmpty, "a unit has items")
    self.items = items
    self.isTestlet = isTestlet
  }
}

/// How units are compared when there are many abilities.
public enum OptimalityCriterion: Hashable, Sendable {
  /// D: the information the answers are expected to give about all abilities together, in nats.
  case determinant
  /// A: the expected fall of the variances of the abilities, each with its weight.
  case trace(weights: [Double])

  /// The criterion for what a plan needs: an ability counts by how probably it is below its target.
  ///
  /// - Parameters:
  ///   - posterior: what is believed.
  ///   - weights: how much a logit of gap counts for each ability.
  ///   - target: the ability wanted.
  /// - Returns: A with the weights (weight · P(below target))².
  public static func gap(
    _ posterior: AbilityPosterior, weights: [Double], target: Double
  ) -> OptimalityCriterion {
    .trace(
      weights: weights.indices.map { point in
        let share = weights[point] * posterior.probability(ofPoint: point, below: target)
        return share * share
      })
  }
}

/// The choice of the next unit from a posterior over many abilities.
///
/// Source: van der Linden (1999), *Multidimensional adaptive testing with a minimum error-variance
/// criterion*, Journal of Educational and Behavioral Statistics 24(4), 398–412 (A); Segall (1996),
/// Psychometrika 61(2), 331–354 (D).
public struct OptimalUnit {
  private let posterior: AbilityPosterior
  private let testletVariance: Double
  private let criterion: OptimalityCriterion

  /// Prepares a choice.
  ///
  /// - Parameters:
  ///   - posterior: what is believed of *p* abilities.
  ///   - testletVariance: the variance that items of one testlet share beyond ability.
  ///   - criterion: what is wanted; weights are of the same *p* abilities.
  public init(
    posterior: AbilityPosterior, testletVariance: Double, criterion: OptimalityCriterion
  ) {
    if case .trace(let weights) = criterion {
      precondition(weights.count == posterior.count, "every ability has a weight")
    }
    self.posterior = posterior
    self.testletVariance = testletVariance
    self.criterion = criterion
  }

  /// The place of a unit among the best few for their size, at random.
  ///
  /// - Parameters:
  ///   - units: the units that may be given.
  ///   - top: among how many of the best one is drawn.
  ///   - generator: the dice.
  /// - Returns: nil when there is no unit.
  public func chosen(
    among units: [MeasurementUnit], top: Int = 3, using generator: inout SeededGenerator
  ) -> Int? {
    let values = units.map { value(of: $0) / Double($0.items.count) }
    let best = values.indices.sorted { (values[$1], $0) < (values[$0], $1) }.prefix(max(top, 1))
    return best.isEmpty ? nil : best[generator.number(below: best.count)]
  }

  /// The value of a unit.
  ///
  /// With S = A V Aᵀ the variance of the unit's predictors and N what hides it (testlet and answers), D is
  /// ½ (log det(S + N) − log det N) and A the weighted diagonal of V Aᵀ (S + N)⁻¹ A V.
  ///
  /// - Returns: the criterion for the whole unit, at least 0.
  /// - Complexity: O(items² · *p*).
  public func value(of unit: MeasurementUnit) -> Double {
    let prediction = prediction(of: unit)
    guard let system = prediction.system else { return 0 }
    switch criterion {
    case .determinant:
      guard let hidden = PositiveDefiniteSystem(prediction.noise, order: unit.items.count) else {
        return 0
      }
      return system.halfLogDeterminant - hidden.halfLogDeterminant
    case .trace(let weights):
      return weights.indices.reduce(0) { sum, point in
        guard weights[point] != 0 else { return sum }
        let solved = system.halfSolved(prediction.shared.map { $0[point] })
        return sum + weights[point] * solved.reduce(0) { $0 + $1 * $1 }
      }
    }
  }

  /// What is expected to be believed once a unit has been answered, whatever the answers: the mean stays,
  /// the covariance falls to V − V Aᵀ (S + N)⁻¹ A V.
  ///
  /// For choosing several units at once, none of which is answered yet.
  public func expectedPosterior(after unit: MeasurementUnit) -> AbilityPosterior {
    let prediction = prediction(of: unit)
    guard let system = prediction.system else { return posterior }
    var expected = posterior
    let points = posterior.count
    let solved = (0..<points).map { point in
      system.halfSolved(prediction.shared.map { $0[point] })
    }
    for row in 0..<points {
      for column in 0..<points {
        expected.covariance[row * points + column] -= zip(solved[row], solved[column])
          .reduce(0) { $0 + $1.0 * $1.1 }
      }
    }
    return expected
  }

  /// What is known beforehand of the answers to a unit.
  private struct Prediction {
    /// A V: the covariance of each item's predictor with every ability.
    var shared: [[Double]]
    /// N: the variance of what hides the predictors, items × items.
    var noise: [Double]
    /// S + N, factored; nil when it is not positive definite.
    var system: PositiveDefiniteSystem?
  }

  private func prediction(of unit: MeasurementUnit) -> Prediction {
    let count = unit.items.count
    let shared = unit.items.map { rows($0) }
    let slopes = unit.items.map { item in item.loadings.reduce(0) { $0 + $1.weight } }
    let effect = unit.isTestlet ? testletVariance : 0
    var noise = [Double](repeating: 0, count: count * count)
    var whole = noise
    for row in 0..<count {
      for column in 0..<count {
        let place = row * count + column
        noise[place] = effect * slopes[row] * slopes[column]
        whole[place] = unit.items[column].loadings.reduce(0) {
          $0 + $1.weight * shared[row][$1.point]
        }
      }
      let own = row * count + row
      let mean = unit.items[row].loadings.reduce(0) {
        $0 + $1.weight * posterior.mean[$1.point]
      }
      let information = Self.expectedInformation(
        unit.items[row].model, mean: mean, variance: whole[own] + noise[own])
      noise[own] += 1 / max(information, 1e-12)
    }
    for place in whole.indices { whole[place] += noise[place] }
    return Prediction(
      shared: shared, noise: noise, system: PositiveDefiniteSystem(whole, order: count))
  }

  /// a V: the covariance of an item's predictor with every ability.
  private func rows(_ item: MeasurementUnit.Item) -> [Double] {
    let points = posterior.count
    var row = [Double](repeating: 0, count: points)
    for loading in item.loadings {
      for point in 0..<points {
        row[point] += loading.weight * posterior.covariance[loading.point * points + point]
      }
    }
    return row
  }

  /// E κ₂(η) for a normal predictor, by nine Gauss–Hermite nodes.
  private static func expectedInformation(
    _ model: PartialCreditItem, mean: Double, variance: Double
  ) -> Double {
    let deviation = max(variance, 0).squareRoot()
    var sum = 0.0
    for (node, weight) in zip(nodes, weights) {
      sum += weight * model.moments(at: mean + deviation * node).variance
    }
    return sum
  }

  private static let nodes = [
    -4.512745863399783, -3.20542900285647, -2.07684797867783, -1.0232556637891326, 0,
    1.0232556637891326, 2.07684797867783, 3.20542900285647, 4.512745863399783,
  ]
  private static let weights = [
    2.2345844007746607e-05, 0.0027891413212317692, 0.04991640676521782, 0.24409750289493953,
    0.40634920634920635, 0.24409750289493953, 0.04991640676521782, 0.0027891413212317692,
    2.2345844007746607e-05,
  ]
}
