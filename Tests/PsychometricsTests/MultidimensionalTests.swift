import Testing

@testable import Psychometrics

struct MultidimensionalTests {
  /// Answers to items of several abilities that correlate by .5.
  private func matrix(order: Int, items: Int, persons: Int) -> (ResponseMatrix, [Int]) {
    var generator = SeededGenerator(seed: 21)
    func uniform() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
    func normal() -> Double { (0..<12).reduce(-6.0) { sum, _ in sum + uniform() } }
    var answers: [UInt8] = []
    let dimensions = (0..<items).map { $0 % order }
    for _ in 0..<persons {
      let shared = normal()
      let abilities = (0..<order).map { _ in 0.5.squareRoot() * (shared + normal()) }
      for item in 0..<items {
        let logit = 1.2 * (abilities[dimensions[item]] - 0.4 * Double(item % 5 - 2))
        answers.append(uniform() < Logistic.probability(logit) ? 1 : 0)
      }
    }
    return (
      ResponseMatrix(categories: [Int](repeating: 2, count: items), answers: answers), dimensions
    )
  }

  private func likelihood(
    _ matrix: ResponseMatrix, _ dimensions: [Int], nodes: Int
  ) -> (MarginalLikelihood, [Double]) {
    let order = (dimensions.max() ?? 0) + 1
    let map = ParameterMap(
      model: .twoPL, categories: matrix.categories, anchors: [:], populations: 1,
      correlations: CorrelationMatrix.freeCount(order: order))
    let grid = NodeGrid(Quadrature.standardNormal(nodes: nodes, range: 5).nodes)
    let structure = StructuredLikelihood(
      matrix, dimensions: dimensions, patterns: PatternCollapse(matrix), grid: grid)
    let likelihood = MarginalLikelihood(
      groups: structure.groups[0],
      layout: .init(model: .twoPL, categories: matrix.categories), map: map, grid: grid,
      threads: 1, structure: structure)
    var start = [Double](repeating: 0.2, count: map.count)
    for place in stride(from: 0, to: map.firstCorrelation, by: 2) { start[place] = 1.1 }
    for place in map.firstCorrelation..<map.count {
      start[place] = 0.3 + 0.05 * Double(place - map.firstCorrelation)
    }
    return (likelihood, start)
  }

  @Test(arguments: [2, 3, 4])
  func `the likelihood is the sum over the whole grid`(order: Int) async {
    let nodes = 9
    let (matrix, dimensions) = matrix(order: order, items: 2 * order, persons: 20)
    let (likelihood, vector) = likelihood(matrix, dimensions, nodes: nodes)
    let point = await likelihood.evaluate(vector)
    let correlations = likelihood.correlations(vector, order: order)
    let inverse = correlations.inverse(of: Array(0..<order))
    let places = Quadrature.standardNormal(nodes: nodes, range: 5).nodes
    var cells: [(place: [Double], weight: Double)] = []
    var number = [Int](repeating: 0, count: order)
    while true {
      let place = number.map { places[$0] }
      var square = 0.0
      for row in 0..<order {
        for column in 0..<order {
          square += place[row] * inverse[row * order + column] * place[column]
        }
      }
      cells.append((place, Elementary.exp(-0.5 * square)))
      guard let next = number.indices.first(where: { number[$0] + 1 < nodes }) else { break }
      number[next] += 1
      for earlier in 0..<next { number[earlier] = 0 }
    }
    let total = cells.reduce(0) { $0 + $1.weight }
    var logLikelihood = 0.0
    for person in 0..<matrix.persons {
      var sum = 0.0
      for cell in cells {
        var product = cell.weight / total
        for item in 0..<matrix.items {
          let logit = vector[2 * item] * cell.place[dimensions[item]] + vector[2 * item + 1]
          let isRight = matrix.answer(person: person, item: item) == 1
          product *= Logistic.probability(isRight ? logit : -logit)
        }
        sum += product
      }
      logLikelihood += Elementary.log(sum)
    }
    #expect(abs(point.logLikelihood - logLikelihood) < 1e-9)
  }

  @Test(arguments: [2, 3, 4])
  func `the gradient is that of finite differences, correlations included`(order: Int) async {
    let (matrix, dimensions) = matrix(order: order, items: 2 * order, persons: 40)
    let (likelihood, vector) = likelihood(matrix, dimensions, nodes: 11)
    let point = await likelihood.evaluate(vector)
    let step = 1e-5
    for place in vector.indices {
      var (above, below) = (vector, vector)
      above[place] += step
      below[place] -= step
      let up = await likelihood.evaluate(above)
      let down = await likelihood.evaluate(below)
      let difference = (up.value - down.value) / (2 * step)
      #expect(abs(point.gradient[place] - difference) < 1e-5, "\(place)")
    }
  }

  @Test func `correlations are found again`() async throws {
    let (matrix, dimensions) = matrix(order: 2, items: 12, persons: 1000)
    var settings = CalibrationSettings()
    settings.nodes = 15
    let result = try await MultidimensionalCalibration.marginalMaximumLikelihood(
      matrix, dimensions: dimensions, model: .twoPL, settings: settings)
    #expect(result.calibration.convergence == .converged)
    #expect(abs(result.correlation[0][1] - 0.5) < 0.12)
    #expect(result.correlation[0][1] == result.correlation[1][0])
    #expect(result.calibration.items.allSatisfy { abs($0.slope - 1.2) < 0.6 })
  }
}
