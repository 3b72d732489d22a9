import Synchronization
import Testing

@testable import Psychometrics

/// The way a search takes, and the errors of what it finds.
struct CalibrationSearchTests {
  /// Answers of a few persons, so that the likelihood is far from a parabola.
  private func matrix(categories: [Int], persons: Int, seed: UInt64) -> ResponseMatrix {
    var generator = SeededGenerator(seed: seed)
    func uniform() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
    var answers: [UInt8] = []
    for _ in 0..<persons {
      let ability = (0..<12).reduce(-6.0) { sum, _ in sum + uniform() }
      for count in categories {
        var category = 0
        while category + 1 < count, uniform() < Logistic.probability(2.5 * ability - 0.3) {
          category += 1
        }
        answers.append(UInt8(category))
      }
    }
    // Every category is seen.
    for category in 0..<(categories.max() ?? 0) {
      for count in categories { answers.append(UInt8(min(category, count - 1))) }
    }
    return ResponseMatrix(categories: categories, answers: answers)
  }

  @Test(arguments: CalibrationModel.allCases, 1...4 as ClosedRange<UInt64>)
  func `no step of a search goes down`(model: CalibrationModel, seed: UInt64) async throws {
    let count = model.isDichotomous ? 2 : 4
    let matrix = matrix(
      categories: [Int](repeating: count, count: 5), persons: 40, seed: seed)
    let heights = Mutex<[Double]>([])
    let calibration = try await Calibration.marginalMaximumLikelihood(matrix, model: model) {
      let height = $0.logLikelihood
      heights.withLock { $0.append(height) }
    }
    let seen = heights.withLock { $0 }
    #expect(seen.count == calibration.iterations)
    // A 3PL climbs the likelihood and its asymptotes' prior together.
    guard model != .threePL else { return }
    for (before, after) in zip(seen, seen.dropFirst()) {
      #expect(after > before - 1e-9 * abs(before))
    }
  }

  @Test func `the last step is what its fall of the gradient asks for, from a symmetric inverse`()
    async
  {
    let matrix = matrix(categories: [2, 3, 4], persons: 200, seed: 3)
    let map = ParameterMap(
      model: .partialCredit, categories: matrix.categories, anchors: [:], populations: 1)
    let likelihood = MarginalLikelihood(
      groups: ItemGroups(matrix, patterns: PatternCollapse(matrix), codeLimit: 64),
      layout: ItemCurves.Layout(model: .partialCredit, categories: matrix.categories), map: map,
      grid: NodeGrid(Quadrature.standardNormal(nodes: 31).nodes), threads: 1)
    var search = QuasiNewtonSearch()
    var point = await likelihood.evaluate(
      StartingValues.vector(matrix, model: .partialCredit, map: map))
    for number in 0..<3 {
      let next = await likelihood.evaluate(
        point.vector.enumerated().map { $1 + 0.05 * Double(($0 + number) % 3) - 0.04 })
      search.remember(from: point, to: next)
      // The secant equation of quasi-Newton methods, whatever the metric: H y = s.
      let fall = zip(point.gradient, next.gradient).map { $0 - $1 }
      let direction = search.direction(
        gradient: fall, metric: .completeData(likelihood, at: next))
      for (place, moved) in zip(next.vector, point.vector).map({ $0 - $1 }).enumerated() {
        #expect(abs(direction[place] - moved) < 1e-12)
      }
      point = next
    }
    // Aᵀ(H B) = Bᵀ(H A) for any two vectors.
    let metric = SearchMetric.completeData(likelihood, at: point)
    let (first, second) = (
      point.vector.indices.map { Double($0 % 3) - 0.8 },
      point.vector.indices.map { 1 / Double($0 + 1) }
    )
    let one = QuasiNewtonSearch.dot(first, search.direction(gradient: second, metric: metric))
    let other = QuasiNewtonSearch.dot(second, search.direction(gradient: first, metric: metric))
    #expect(abs(one - other) < 1e-9 * abs(one))
  }

  @Test func `the error of an asymptote is that of its logit times the rise of the curve`()
    async throws
  {
    let matrix = matrix(categories: [2, 2, 2, 2, 2], persons: 400, seed: 9)
    var settings = CalibrationSettings()
    settings.standardErrors = true
    let calibration = try await Calibration.marginalMaximumLikelihood(
      matrix, model: .threePL, settings: settings)
    let map = ParameterMap(
      model: .threePL, categories: matrix.categories, anchors: [:], populations: 1)
    let likelihood = MarginalLikelihood(
      groups: ItemGroups(matrix, patterns: PatternCollapse(matrix), codeLimit: 64),
      layout: ItemCurves.Layout(model: .threePL, categories: matrix.categories), map: map,
      grid: NodeGrid(Quadrature.standardNormal().nodes), threads: 1)
    let point = await likelihood.evaluate(calibration.items.flatMap { $0.parameters(.threePL) })
    let information = await ObservedInformation(likelihood: likelihood, point: point).matrix()
    let variances = inverseDiagonal(information, order: map.count)
    for (item, estimate) in calibration.items.enumerated() {
      let errors = try #require(estimate.standardErrors)
      let asymptote = estimate.lowerAsymptote
      // d c / d logit c = c (1 − c).
      let expected = variances[3 * item + 2].squareRoot() * asymptote * (1 - asymptote)
      #expect(abs(errors[2] / expected - 1) < 1e-6)
      #expect(abs(errors[0] / variances[3 * item].squareRoot() - 1) < 1e-6)
    }
  }

  @Test func `errors of several abilities are the inverse of the likelihood's second differences`()
    async throws
  {
    let matrix = answersOfTwoAbilities()
    let dimensions = [0, 0, 0, 0, 1, 1, 1, 1]
    var settings = CalibrationSettings()
    settings.nodes = 15
    settings.standardErrors = true
    let found = try await MultidimensionalCalibration.marginalMaximumLikelihood(
      matrix, dimensions: dimensions, model: .twoPL, settings: settings)
    let map = ParameterMap(
      model: .twoPL, categories: matrix.categories, anchors: [:], populations: 1, correlations: 1)
    let grid = NodeGrid(Quadrature.standardNormal(nodes: 15).nodes)
    let structure = StructuredLikelihood(
      matrix, dimensions: dimensions, patterns: PatternCollapse(matrix), grid: grid)
    let likelihood = MarginalLikelihood(
      groups: structure.groups[0],
      layout: .init(model: .twoPL, categories: matrix.categories), map: map, grid: grid,
      threads: 1, structure: structure)
    let top =
      found.calibration.items.flatMap { [$0.slope, $0.intercepts[0]] } + [found.correlation[0][1]]
    let information = await secondDifferences(likelihood, at: top)
    let errors = inverseDiagonal(information, order: map.count).map { $0.squareRoot() }
    // A second difference over .01 is good to about a hundredth.
    for (item, estimate) in found.calibration.items.enumerated() {
      let shown = try #require(estimate.standardErrors)
      #expect(abs(shown[0] / errors[2 * item] - 1) < 0.04)
      #expect(abs(shown[1] / errors[2 * item + 1] - 1) < 0.04)
    }
    let shown = try #require(found.correlationErrors?.first)
    #expect(abs(shown / errors[map.firstCorrelation] - 1) < 0.04)
  }

  /// Four items of each of two abilities that correlate by a half.
  private func answersOfTwoAbilities() -> ResponseMatrix {
    var generator = SeededGenerator(seed: 5)
    func uniform() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
    func normal() -> Double { (0..<12).reduce(-6.0) { sum, _ in sum + uniform() } }
    var answers: [UInt8] = []
    for _ in 0..<400 {
      let shared = normal()
      for _ in 0..<2 {
        let ability = 0.5.squareRoot() * (shared + normal())
        for item in 0..<4 {
          let right = Logistic.probability(1.4 * ability + 0.4 * Double(item) - 0.6)
          answers.append(uniform() < right ? 1 : 0)
        }
      }
    }
    return ResponseMatrix(categories: [Int](repeating: 2, count: 8), answers: answers)
  }

  /// Minus the second derivatives of the likelihood, row after row.
  private func secondDifferences(
    _ likelihood: MarginalLikelihood, at top: [Double]
  ) async -> [Double] {
    let step = 1e-2
    func height(_ changes: (Int, Double)...) async -> Double {
      var vector = top
      for change in changes { vector[change.0] += change.1 }
      return await likelihood.evaluate(vector).value
    }
    var information = [Double](repeating: 0, count: top.count * top.count)
    for row in 0..<top.count {
      for column in 0..<top.count {
        let same = await height((row, step), (column, step)) + height((row, -step), (column, -step))
        let other =
          await height((row, step), (column, -step)) + height((row, -step), (column, step))
        information[row * top.count + column] = (other - same) / (4 * step * step)
      }
    }
    return information
  }

  /// The diagonal of an inverse, by elimination with pivots.
  private func inverseDiagonal(_ matrix: [Double], order: Int) -> [Double] {
    var rows = (0..<order).map { row in
      Array(matrix[row * order..<(row + 1) * order])
        + (0..<order).map { $0 == row ? 1.0 : 0.0 }
    }
    for column in 0..<order {
      let pivot = (column..<order).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
      rows.swapAt(column, pivot)
      let scale = rows[column][column]
      rows[column] = rows[column].map { $0 / scale }
      for row in 0..<order where row != column {
        let factor = rows[row][column]
        for place in 0..<2 * order { rows[row][place] -= factor * rows[column][place] }
      }
    }
    return (0..<order).map { rows[$0][order + $0] }
  }
}
