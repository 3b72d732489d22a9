import Foundation
import Testing

@testable import Psychometrics

/// What one pass over the persons expects at each node.
struct ExpectationStepTests {
  private static let slope = 20.0
  /// Six items that only the very able solve, then six that everybody does.
  private static let difficulties = [Double](repeating: 3, count: 6) + [-3, -3, -3, -3, -3, -3]

  /// The hard ones right and the easy ones wrong, all of them and all but the seventh.
  private static let answers: [[UInt8]] = [
    [1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0],
    [1, 1, 1, 1, 1, 1, ResponseMatrix.missing, 0, 0, 0, 0, 0],
  ]

  /// log P of all of a person's answers at an ability, added up answer by answer.
  private static func logLikelihood(_ answers: [UInt8], at ability: Double) -> Double {
    zip(difficulties, answers).reduce(0) { sum, entry in
      guard entry.1 != ResponseMatrix.missing else { return sum }
      let logit = slope * (ability - entry.0) * (entry.1 == 1 ? 1 : -1)
      return sum + min(logit, 0) - log1p(exp(-abs(logit)))
    }
  }

  @Test(arguments: answers.indices)
  func `a likelihood below the smallest number counts as its logarithms say`(person: Int) async {
    let answers = Self.answers[person]
    let matrix = ResponseMatrix(categories: [Int](repeating: 2, count: 12), answers: answers)
    let nodes = Quadrature.standardNormal(nodes: 41).nodes
    let map = ParameterMap(
      model: .twoPL, categories: matrix.categories, anchors: [:], populations: 1)
    let likelihood = MarginalLikelihood(
      groups: ItemGroups(matrix, patterns: PatternCollapse(matrix), codeLimit: 64),
      layout: ItemCurves.Layout(model: .twoPL, categories: matrix.categories), map: map,
      grid: NodeGrid(nodes), threads: 1)
    let point = await likelihood.evaluate(
      Self.difficulties.flatMap { [Self.slope, -Self.slope * $0] })

    // log Σ w e^l by its largest term, the prior's weights from their definition.
    let normalizer = log(nodes.reduce(0) { $0 + exp(-0.5 * $1 * $1) })
    let logDensity = nodes.map {
      -0.5 * $0 * $0 - normalizer + Self.logLikelihood(answers, at: $0)
    }
    let largest = logDensity.max() ?? 0
    let sum = logDensity.reduce(0) { $0 + exp($1 - largest) }
    // e^−520 and less: the product of the probabilities is below 1e-200 at every node.
    #expect(largest < -500)
    #expect(abs(point.logLikelihood - (largest + log(sum))) < 1e-9 * abs(largest))
    for (node, density) in logDensity.enumerated() {
      let expected = exp(density - largest) / sum
      #expect(abs(point.populationCounts[node / 8][node % 8] - expected) < 1e-12, "node \(node)")
    }
  }
}
