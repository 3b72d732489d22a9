import Testing

@testable import Psychometrics

/// What must hold for every calibration, whatever the data.
struct CalibrationInvariantTests {
  /// Answers of persons whose abilities differ by group, some missing, from a fixed seed.
  private func matrix(
    categories: [Int], persons: Int, seed: UInt64, missing: Bool = true, groups: Bool = false
  ) -> ResponseMatrix {
    var generator = SeededGenerator(seed: seed)
    func uniform() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
    var answers: [UInt8] = []
    for person in 0..<persons {
      let ability = (0..<12).reduce(-6.0) { sum, _ in sum + uniform() }
      let shifted = ability + (groups && person % 2 == 1 ? 0.8 : 0)
      for (item, count) in categories.enumerated() {
        let slope = 0.7 + 0.3 * Double(item % 4)
        var category = 0
        while category + 1 < count {
          let step = 1.6 * (Double(category + 1) / Double(count) - 0.5) * 2
          guard uniform() < Logistic.probability(slope * (shifted - step)) else { break }
          category += 1
        }
        let isMissing = missing && uniform() < 0.1
        answers.append(isMissing ? ResponseMatrix.missing : UInt8(category))
      }
    }
    return ResponseMatrix(
      categories: categories, answers: answers,
      groups: groups ? (0..<persons).map { $0 % 2 } : nil)
  }

  private func likelihood(
    _ matrix: ResponseMatrix, _ model: CalibrationModel
  ) -> (MarginalLikelihood, [Double]) {
    let map = ParameterMap(
      model: model, categories: matrix.categories, anchors: [:], populations: matrix.groupCount)
    let likelihood = MarginalLikelihood(
      groups: ItemGroups(matrix, patterns: PatternCollapse(matrix), codeLimit: 64),
      layout: ItemCurves.Layout(model: model, categories: matrix.categories), map: map,
      grid: NodeGrid(Quadrature.standardNormal(nodes: 41).nodes), threads: 1)
    var start = StartingValues.vector(matrix, model: model, map: map)
    for place in start.indices { start[place] += 0.05 * Double(place % 3) - 0.04 }
    return (likelihood, start)
  }

  private static let families: [(CalibrationModel, [Int])] = [
    (.onePL, [2, 2, 2, 2, 2, 2, 2]), (.twoPL, [2, 2, 2, 2, 2, 2, 2]),
    (.threePL, [2, 2, 2, 2, 2, 2]), (.partialCredit, [4, 3, 2, 4, 3]),
    (.graded, [4, 3, 2, 4, 3]), (.nominal, [4, 3, 2, 4]),
  ]

  @Test(arguments: families.indices)
  func `the gradient is that of finite differences`(family: Int) async {
    let (model, categories) = Self.families[family]
    let (likelihood, vector) = likelihood(
      matrix(categories: categories, persons: 300, seed: 3, groups: true), model)
    let point = await likelihood.evaluate(vector)
    let step = 1e-5
    for place in vector.indices {
      var (above, below) = (vector, vector)
      above[place] += step
      below[place] -= step
      let difference =
        (await likelihood.evaluate(above).value - (await likelihood.evaluate(below)).value)
        / (2 * step)
      #expect(
        abs(point.gradient[place] - difference) < 1e-5 * max(1, abs(difference)), "\(place)")
    }
  }

  @Test(arguments: families.indices)
  func `the information is the fall of the gradient`(family: Int) async {
    let (model, categories) = Self.families[family]
    let (likelihood, vector) = likelihood(
      matrix(categories: categories, persons: 300, seed: 4, groups: true), model)
    let point = await likelihood.evaluate(vector)
    let information = await ObservedInformation(likelihood: likelihood, point: point).matrix()
    let step = 1e-5
    for column in vector.indices {
      var (above, below) = (vector, vector)
      above[column] += step
      below[column] -= step
      let (up, down) = (await likelihood.evaluate(above), await likelihood.evaluate(below))
      for row in vector.indices {
        let difference = (down.gradient[row] - up.gradient[row]) / (2 * step)
        let mine = information[row * vector.count + column]
        #expect(abs(mine - difference) < 1e-5 * max(1, abs(difference)), "\(row), \(column)")
      }
    }
  }

  @Test func `the order of persons and items changes nothing`() async throws {
    let categories = [2, 3, 4, 2, 3, 2, 4, 2]
    let matrix = matrix(categories: categories, persons: 3000, seed: 5)
    var generator = SeededGenerator(seed: 6)
    let persons = generator.shuffled(Array(0..<3000))
    let items = generator.shuffled(Array(categories.indices))
    var answers: [UInt8] = []
    for person in persons {
      for item in items { answers.append(matrix.answers[person * categories.count + item]) }
    }
    let moved = ResponseMatrix(categories: items.map { categories[$0] }, answers: answers)
    var settings = CalibrationSettings()
    settings.standardErrors = true
    let first = try await Calibration.marginalMaximumLikelihood(
      matrix, model: .partialCredit, settings: settings)
    let second = try await Calibration.marginalMaximumLikelihood(
      moved, model: .partialCredit, settings: settings)
    #expect(abs(first.logLikelihood - second.logLikelihood) < 1e-8)
    for (place, item) in items.enumerated() {
      let (one, two) = (first.items[item], second.items[place])
      #expect(abs(one.slope - two.slope) < 1e-10)
      #expect(zip(one.intercepts, two.intercepts).allSatisfy { abs($0 - $1) < 1e-10 })
      let errors = (try #require(one.standardErrors), try #require(two.standardErrors))
      #expect(zip(errors.0, errors.1).allSatisfy { abs($0 - $1) < 1e-10 })
    }
  }

  @Test func `threads change no digit`() async throws {
    let matrix = matrix(categories: [2, 3, 4, 2, 3, 2], persons: 4000, seed: 7)
    var settings = CalibrationSettings()
    settings.standardErrors = true
    let one = try await Calibration.marginalMaximumLikelihood(
      matrix, model: .graded, settings: settings)
    settings.threads = 3
    let three = try await Calibration.marginalMaximumLikelihood(
      matrix, model: .graded, settings: settings)
    #expect(one == three)
  }

  @Test func `a weight counts as so many equal rows`() async throws {
    let matrix = matrix(categories: [2, 2, 3, 2, 3], persons: 400, seed: 8)
    let weights = (0..<400).map { Double($0 % 3 + 1) }
    var answers: [UInt8] = []
    for person in 0..<400 {
      for _ in 0..<person % 3 + 1 { answers += matrix.answers[person * 5..<person * 5 + 5] }
    }
    let repeated = ResponseMatrix(
      categories: matrix.categories,
      answers: answers)
    let weighted = ResponseMatrix(
      categories: matrix.categories, answers: matrix.answers, weights: weights)
    let first = try await Calibration.marginalMaximumLikelihood(weighted, model: .partialCredit)
    let second = try await Calibration.marginalMaximumLikelihood(repeated, model: .partialCredit)
    #expect(first.persons == second.persons)
    for (one, two) in zip(first.items, second.items) {
      #expect(abs(one.slope - two.slope) < 1e-9)
    }
  }

  @Test func `large data reach the maximum from the estimates of a part`() async throws {
    // More than twice 5,000 patterns, so that the search starts in a part of them.
    let matrix = matrix(
      categories: [Int](repeating: 2, count: 24), persons: 11000, seed: 9, missing: false)
    let calibration = try await Calibration.marginalMaximumLikelihood(matrix, model: .twoPL)
    #expect(calibration.convergence == .converged)
    #expect(calibration.iterations < 15)
    #expect(calibration.largestGradient < 1e-5)
  }

  @Test func `a group that differs is found to differ, and anchors hold the scale`() async throws {
    let matrix = matrix(
      categories: [Int](repeating: 2, count: 12), persons: 6000, seed: 10, missing: false,
      groups: true)
    let both = try await Calibration.marginalMaximumLikelihood(matrix, model: .twoPL)
    #expect(both.populations[0] == Calibration.Population(mean: 0, standardDeviation: 1))
    #expect(abs(both.populations[1].mean - 0.8) < 0.12)
    #expect(abs(both.populations[1].standardDeviation - 1) < 0.12)

    var answers: [UInt8] = []
    for person in stride(from: 1, to: 6000, by: 2) {
      answers += matrix.answers[person * 12..<(person + 1) * 12]
    }
    var settings = CalibrationSettings()
    for item in 0..<6 { settings.anchors[item] = both.items[item] }
    let second = try await Calibration.marginalMaximumLikelihood(
      ResponseMatrix(categories: matrix.categories, answers: answers), model: .twoPL,
      settings: settings)
    #expect(second.items[0].isAnchor)
    #expect(second.items[0].slope == both.items[0].slope)
    #expect(abs(second.populations[0].mean - both.populations[1].mean) < 0.12)
    #expect(abs(second.items[8].intercepts[0] - both.items[8].intercepts[0]) < 0.3)
  }

  @Test func `a cancelled calibration stops and says so`() async {
    let matrix = matrix(categories: [2, 2, 2, 2], persons: 200, seed: 11)
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await Calibration.marginalMaximumLikelihood(matrix, model: .twoPL)
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func `progress tells of every step`() async throws {
    let matrix = matrix(categories: [2, 2, 2, 2], persons: 200, seed: 12)
    let (stream, continuation) = AsyncStream.makeStream(of: CalibrationProgress.self)
    let calibration = try await Calibration.marginalMaximumLikelihood(matrix, model: .twoPL) {
      continuation.yield($0)
    }
    continuation.finish()
    var steps: [Int] = []
    for await progress in stream { steps.append(progress.iteration) }
    #expect(steps == Array(1...calibration.iterations))
  }
}
