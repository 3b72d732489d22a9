import Foundation
import Psychometrics
import Testing

/// M₂ of items with several categories, from all patterns of answers one by one.
struct MomentFitTests {
  private static let count = 6
  private static let quadrature = Quadrature.standardNormal(nodes: 21)

  private static func parameters(_ item: Int) -> [Double] {
    [0.8 + 0.15 * Double(item), 0.9 - 0.2 * Double(item), -0.5 - 0.15 * Double(item)]
  }

  /// P of each category from its definition; slope first, then two intercepts.
  private static func probabilities(
    _ parameters: [Double], isGraded: Bool, at ability: Double
  ) -> [Double] {
    let logits = parameters.dropFirst().map { parameters[0] * ability + $0 }
    if isGraded {
      let reached = [1] + logits.map { 1 / (1 + exp(-$0)) } + [0]
      return zip(reached, reached.dropFirst()).map { $0 - $1 }
    }
    let weights = [1, exp(logits[0]), exp(logits[0] + logits[1])]
    return weights.map { $0 / weights.reduce(0, +) }
  }

  private static func model(_ item: Int, isGraded: Bool) throws -> ResponseModel {
    let own = parameters(item)
    return isGraded
      ? .graded(try GradedItem(slope: own[0], intercepts: [own[1], own[2]]))
      : .partialCredit(
        slope: own[0], PartialCreditItem(cumulative: [0, -own[1], -own[1] - own[2]]))
  }

  /// All patterns with their probabilities under the parameters.
  private static func patterns(
    _ parameters: [[Double]], isGraded: Bool
  ) -> [(scores: [Int], probability: Double)] {
    let curves = quadrature.nodes.map { node in
      parameters.map { probabilities($0, isGraded: isGraded, at: node) }
    }
    return (0..<729).map { code in
      var (rest, scores) = (code, [Int]())
      for _ in 0..<count {
        scores.append(rest % 3)
        rest /= 3
      }
      let probability = zip(quadrature.weights, curves).reduce(0) { sum, node in
        sum + zip(node.1, scores).reduce(node.0) { $0 * $1.0[$1.1] }
      }
      return (scores, probability)
    }
  }

  /// The scores of a person and their products in pairs.
  private static func moments(_ scores: [Int]) -> [Double] {
    scores.map(Double.init)
      + scores.indices.flatMap { first in
        scores.indices.filter { $0 > first }.map { Double(scores[first] * scores[$0]) }
      }
  }

  private static func expected(_ parameters: [[Double]], isGraded: Bool) -> [Double] {
    patterns(parameters, isGraded: isGraded).reduce([Double](repeating: 0, count: 21)) {
      zip($0, moments($1.scores)).map { [p = $1.probability] in $0 + p * $1 }
    }
  }

  /// The solution of A x = b, by elimination with pivots.
  private static func solved(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
    var rows = zip(matrix, right).map { $0 + [$1] }
    for column in rows.indices {
      let pivot = (column..<rows.count).max { abs(rows[$0][column]) < abs(rows[$1][column]) }
      rows.swapAt(column, pivot ?? column)
      for row in rows.indices where row != column {
        let factor = rows[row][column] / rows[column][column]
        for place in column...rows.count { rows[row][place] -= factor * rows[column][place] }
      }
    }
    return rows.indices.map { rows[$0][rows.count] / rows[$0][$0] }
  }

  /// Three hundred persons, their answers drawn from a model that is a little different.
  private static func persons(_ parameters: [[Double]], isGraded: Bool) -> [[Int]] {
    var generator = SeededGenerator(seed: 71)
    return (0..<300).map { _ -> [Int] in
      let ability = (0..<12).reduce(-6.0) { sum, _ in
        sum + Double(generator.next() >> 11) * 0x1p-53
      }
      return parameters.map { own in
        let shares = probabilities(
          own.map { 0.8 * $0 }, isGraded: isGraded, at: ability)
        let draw = Double(generator.next() >> 11) * 0x1p-53
        return draw < shares[0] ? 0 : (draw < shares[0] + shares[1] ? 1 : 2)
      }
    }
  }

  /// The expected moments' derivatives, a row for each parameter of each item.
  private static func jacobian(_ parameters: [[Double]], isGraded: Bool) -> [[Double]] {
    let step = 1e-4
    return (0..<count).flatMap { item in
      (0..<3).map { place -> [Double] in
        var (above, below) = (parameters, parameters)
        above[item][place] += step
        below[item][place] -= step
        return zip(
          expected(above, isGraded: isGraded), expected(below, isGraded: isGraded)
        ).map { ($0 - $1) / (2 * step) }
      }
    }
  }

  @Test(arguments: [true, false])
  func `M2 of items with three categories is that of the covariances of all patterns`(
    isGraded: Bool
  ) throws {
    let parameters = (0..<Self.count).map(Self.parameters)
    let patterns = Self.patterns(parameters, isGraded: isGraded)
    #expect(abs(patterns.reduce(0) { $0 + $1.probability } - 1) < 1e-12)
    let persons = Self.persons(parameters, isGraded: isGraded)
    let middle = Self.expected(parameters, isGraded: isGraded)
    let observed = persons.map(Self.moments)
    let residual = middle.indices.map { place in
      observed.reduce(0) { $0 + $1[place] } / 300 - middle[place]
    }
    var covariance = [[Double]](repeating: [Double](repeating: 0, count: 21), count: 21)
    for pattern in patterns {
      let moments = zip(Self.moments(pattern.scores), middle).map { $0 - $1 }
      for row in 0..<21 {
        for column in 0..<21 {
          covariance[row][column] += pattern.probability * moments[row] * moments[column]
        }
      }
    }
    let jacobian = Self.jacobian(parameters, isGraded: isGraded)
    func dot(_ first: [Double], _ second: [Double]) -> Double {
      zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
    }
    // N (e′Ξ⁻¹e − e′Ξ⁻¹Δ (Δ′Ξ⁻¹Δ)⁻¹ Δ′Ξ⁻¹e), Maydeu-Olivares & Joe (2006).
    let whole = Self.solved(covariance, residual)
    let columns = jacobian.map { Self.solved(covariance, $0) }
    let pull = jacobian.map { dot($0, whole) }
    let normal = jacobian.map { row in columns.map { dot(row, $0) } }
    let statistic = 300 * (dot(residual, whole) - dot(pull, Self.solved(normal, pull)))

    let table = ScoreTable(
      columns: (0..<Self.count).map { item in persons.map { Int16($0[item]) } })
    let fit = try #require(
      LimitedInformationFit.measured(
        table, models: try (0..<Self.count).map { try Self.model($0, isGraded: isGraded) },
        quadrature: Self.quadrature))
    #expect(fit.degreesOfFreedom == 3)
    #expect(abs(fit.statistic / statistic - 1) < 1e-5)
    #expect(statistic > 0.1)
  }
}
