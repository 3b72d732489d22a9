import RealModule

/// Whether a model gives the means of all items and the products of all pairs: M₂.
///
/// Whole response patterns are too many to be compared; their first and second moments are not. For items
/// scored 0 and 1 this is M₂, for more categories M₂* of the scores.
///
/// Sources: Maydeu-Olivares & Joe (2006), Psychometrika 71(4), 713–732; Cai & Hansen (2013), British
/// Journal of Mathematical and Statistical Psychology 66(2), 245–276.
public struct LimitedInformationFit: Hashable, Sendable {
  /// M₂.
  public var statistic: Double
  /// Moments compared less parameters.
  public var degreesOfFreedom: Int
  /// The probability of a statistic at least as large when the model holds.
  public var probability: Double
  /// The root mean square error of approximation.
  public var rootMeanSquareError: Double
  /// Its 90 % interval.
  public var rootMeanSquareErrorInterval: ConfidenceInterval
  /// How many persons it is from: those who answered everything.
  public var count: Int

  /// The fewest persons it is computed from.
  public static let minimumCount = 50

  /// Compares a model with scores.
  ///
  /// - Parameters:
  ///   - table: the scores.
  ///   - models: the items' models, every slope and intercept (or step) estimated from these scores.
  ///   - quadrature: the distribution of ability.
  /// - Returns: nil for too few persons, no degrees of freedom, or nominal items.
  /// - Complexity: O(items⁴ · nodes + items⁶).
  public static func measured(
    _ table: ScoreTable, models: [ResponseModel], quadrature: Quadrature
  ) -> LimitedInformationFit? {
    precondition(models.count == table.itemCount, "every item has a model")
    guard let moments = ScoreMoments(models: models, quadrature: quadrature) else { return nil }
    let persons = (0..<table.personCount).filter { person in
      models.indices.allSatisfy { table.score(person: person, item: $0) != nil }
    }
    let degrees = moments.count - moments.parameterCount
    guard persons.count >= minimumCount, degrees > 0 else { return nil }
    let residuals = moments.residuals(table, persons: persons)
    guard let distance = moments.distance(of: residuals) else { return nil }
    let statistic = Double(persons.count) * distance
    let scale = Double(degrees) * Double(persons.count - 1)
    func error(_ noncentrality: Double) -> Double { (max(noncentrality, 0) / scale).squareRoot() }
    func bound(_ probability: Double) -> Double {
      error(
        ChiSquare.noncentrality(
          of: statistic, degreesOfFreedom: Double(degrees), probability: probability))
    }
    return LimitedInformationFit(
      statistic: statistic, degreesOfFreedom: degrees,
      probability: ChiSquare.upperTail(statistic, degreesOfFreedom: Double(degrees)),
      rootMeanSquareError: error(statistic - Double(degrees)),
      rootMeanSquareErrorInterval: ConfidenceInterval(lower: bound(0.95), upper: bound(0.05)),
      count: persons.count)
  }
}

/// The first and second moments of scores under a model, their covariances and their derivatives.
private struct ScoreMoments {
  /// The items of each moment: one, or two different ones.
  private let members: [[Int]]
  private let weights: [Double]
  /// For each item and node the expected score and the expected square.
  private let means: [[Double]]
  private let squares: [[Double]]
  /// For each item and parameter the derivative of the expected score at each node.
  private let derivatives: [[[Double]]]

  init?(models: [ResponseModel], quadrature: Quadrature) {
    var derivatives: [[[Double]]] = []
    for model in models {
      guard let own = model.meanDerivatives(at: quadrature.nodes) else { return nil }
      derivatives.append(own)
    }
    self.derivatives = derivatives
    weights = quadrature.weights
    let curves = models.map { model in quadrature.nodes.map(model.categoryProbabilities) }
    func moment(_ power: Int) -> [[Double]] {
      curves.map { nodes in
        nodes.map { probabilities in
          probabilities.enumerated().reduce(0) {
            $0 + (power == 1 ? Double($1.0) : Double($1.0 * $1.0)) * $1.1
          }
        }
      }
    }
    means = moment(1)
    squares = moment(2)
    let items = models.indices
    members =
      items.map { [$0] }
      + items.flatMap { first in items.filter { $0 > first }.map { [first, $0] } }
  }

  var count: Int { members.count }
  var parameterCount: Int { derivatives.reduce(0) { $0 + $1.count } }

  /// Σ over nodes of weight · a · b.
  private func sum(_ first: [Double], _ second: [Double]) -> Double {
    var sum = 0.0
    for node in weights.indices { sum += weights[node] * first[node] * second[node] }
    return sum
  }

  /// The conditional expectation of a moment.
  private func conditional(_ items: [Int]) -> [Double] {
    items.count == 1 ? means[items[0]] : zip(means[items[0]], means[items[1]]).map { $0 * $1 }
  }

  /// Observed moments less expected ones.
  func residuals(_ table: ScoreTable, persons: [Int]) -> [Double] {
    let ones = [Double](repeating: 1, count: weights.count)
    return members.map { items in
      let observed = persons.reduce(0) { total, person in
        total + items.reduce(1) { $0 * (table.score(person: person, item: $1) ?? 0) }
      }
      return Double(observed) / Double(persons.count) - sum(conditional(items), ones)
    }
  }

  /// eᵀ(Ξ⁻¹ − Ξ⁻¹Δ(ΔᵀΞ⁻¹Δ)⁻¹ΔᵀΞ⁻¹)e: what the parameters cannot explain.
  func distance(of residuals: [Double]) -> Double? {
    guard let system = PositiveDefiniteSystem(covariances(), order: count) else { return nil }
    let error = system.halfSolved(residuals)
    let columns = jacobianColumns().map { system.halfSolved($0) }
    let order = columns.count
    var normal = [Double](repeating: 0, count: order * order)
    for row in 0..<order {
      for column in row..<order {
        let product = zip(columns[row], columns[column]).reduce(0) { $0 + $1.0 * $1.1 }
        normal[row * order + column] = product
        normal[column * order + row] = product
      }
    }
    guard let inner = PositiveDefiniteSystem(normal, order: order) else { return nil }
    let pull = inner.halfSolved(
      columns.map { zip($0, error).reduce(0) { $0 + $1.0 * $1.1 } })
    let whole = error.reduce(0) { $0 + $1 * $1 }
    return max(0, whole - pull.reduce(0) { $0 + $1 * $1 })
  }

  /// Ξ: the covariances of the moments of one person.
  private func covariances() -> [Double] {
    let ones = [Double](repeating: 1, count: weights.count)
    let conditionals = members.map(conditional)
    let expected = conditionals.map { sum($0, ones) }
    var matrix = [Double](repeating: 0, count: count * count)
    for row in 0..<count {
      for column in row..<count {
        var product = conditionals[column]
        // An item in both moments counts with its square.
        for item in members[row] where members[column].contains(item) {
          for node in product.indices where means[item][node] > 0 {
            product[node] *= squares[item][node] / (means[item][node] * means[item][node])
          }
        }
        let value = sum(conditionals[row], product) - expected[row] * expected[column]
        matrix[row * count + column] = value
        matrix[column * count + row] = value
      }
    }
    return matrix
  }

  /// Δ by its columns: how each parameter moves the moments.
  private func jacobianColumns() -> [[Double]] {
    let ones = [Double](repeating: 1, count: weights.count)
    return derivatives.indices.flatMap { item in
      derivatives[item].map { derivative in
        members.map { items in
          guard items.contains(item) else { return 0 }
          let others = items.first { $0 != item }
          return sum(derivative, others.map { means[$0] } ?? ones)
        }
      }
    }
  }
}

extension ResponseModel {
  /// The derivatives of the expected score in each parameter (slope, then intercepts or steps) at
  /// abilities; nil for nominal items, whose scores have no order.
  fileprivate func meanDerivatives(at abilities: [Double]) -> [[Double]]? {
    // A symmetric step of 1e-5 has an error of about 1e-10.
    let step = 1e-5
    func slopes(_ moved: (Double) -> ResponseModel?) -> [Double]? {
      guard let above = moved(step), let below = moved(-step) else { return nil }
      return abilities.map {
        (above.expectedScore(at: $0) - below.expectedScore(at: $0)) / (2 * step)
      }
    }
    let count: Int
    switch self {
    case .logistic: count = 2
    case .graded(let item): count = 1 + item.intercepts.count
    case .partialCredit(_, let item): count = item.cumulative.count
    case .nominal: return nil
    }
    var columns: [[Double]] = []
    for parameter in 0..<count {
      guard let column = slopes({ moved(parameter, by: $0) }) else { return nil }
      columns.append(column)
    }
    return columns
  }

  /// The model with one parameter moved; nil where there is no such model.
  private func moved(_ parameter: Int, by step: Double) -> ResponseModel? {
    do throws(ItemParameterError) {
      switch self {
      case .logistic(let item):
        return .logistic(
          try LogisticItem(
            slope: item.slope + (parameter == 0 ? step : 0),
            intercept: item.intercept + (parameter == 1 ? step : 0),
            lowerAsymptote: item.lowerAsymptote, upperAsymptote: item.upperAsymptote))
      case .graded(let item):
        var intercepts = item.intercepts
        if parameter > 0 { intercepts[parameter - 1] += step }
        return .graded(
          try GradedItem(
            slope: item.slope + (parameter == 0 ? step : 0), intercepts: intercepts))
      case .partialCredit(let slope, let item):
        var cumulative = item.cumulative
        if parameter > 0 {
          for category in parameter..<cumulative.count { cumulative[category] += step }
        }
        return .partialCredit(
          slope: slope + (parameter == 0 ? step : 0), PartialCreditItem(cumulative: cumulative))
      case .nominal: return nil
      }
    } catch {
      return nil
    }
  }
}
