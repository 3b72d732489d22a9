import Testing

@testable import Psychometrics

/// A test so long that one ability's items fall into several groups of answers.
struct SeveralGroupsTests {
  /// The sum over the whole grid, person by person, for a correlation of .4.
  private func overGrid(
    _ matrix: ResponseMatrix, _ dimensions: [Int], _ vector: [Double], _ places: [Double]
  ) -> Double {
    // The standard normal of correlation .4 on the grid, without its constant.
    func density(_ first: Double, _ second: Double) -> Double {
      let square: Double = first * first - 0.8 * first * second + second * second
      return Elementary.exp(-0.5 * square / 0.84)
    }
    var total = 0.0
    for first in places { for second in places { total += density(first, second) } }
    var expected = 0.0
    for person in 0..<matrix.persons {
      var sum = 0.0
      for first in places {
        for second in places {
          var product = density(first, second) / total
          for item in 0..<matrix.items {
            let ability = dimensions[item] == 0 ? first : second
            let logit = vector[2 * item] * ability + vector[2 * item + 1]
            let isRight = matrix.answer(person: person, item: item) == 1
            product *= Logistic.probability(isRight ? logit : -logit)
          }
          sum += product
        }
      }
      expected += Elementary.log(sum)
    }
    return expected
  }

  @Test func `the likelihood of long tests of two abilities is the sum over the whole grid`() async
  {
    let items = 20
    let dimensions = (0..<items).map { $0 % 2 }
    var generator = SeededGenerator(seed: 81)
    let answers = (0..<15 * items).map { _ in UInt8(generator.number(below: 2)) }
    let matrix = ResponseMatrix(
      categories: [Int](repeating: 2, count: items), answers: answers)
    let map = ParameterMap(
      model: .twoPL, categories: matrix.categories, anchors: [:], populations: 1, correlations: 1)
    let places = Quadrature.standardNormal(nodes: 17).nodes
    let grid = NodeGrid(places)
    let structure = StructuredLikelihood(
      matrix, dimensions: dimensions, patterns: PatternCollapse(matrix), grid: grid)
    #expect(structure.groups.allSatisfy { $0.groups.count >= 2 })
    let likelihood = MarginalLikelihood(
      groups: structure.groups[0],
      layout: .init(model: .twoPL, categories: matrix.categories), map: map, grid: grid,
      threads: 1, structure: structure)
    var vector: [Double] = []
    for item in 0..<items {
      vector.append(0.8 + 0.05 * Double(item))
      vector.append(0.1 * Double(item % 7) - 0.3)
    }
    vector.append(0.4)
    let point = await likelihood.evaluate(vector)

    let expected = overGrid(matrix, dimensions, vector, places)
    #expect(abs(point.logLikelihood - expected) < 1e-7)
  }
}
