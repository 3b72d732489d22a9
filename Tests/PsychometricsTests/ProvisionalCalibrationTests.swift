import Foundation
import Psychometrics
import Testing

struct ProvisionalCalibrationTests {
  private struct World {
    var truth: [ProvisionalItem] = []
    var judged: [ProvisionalItem] = []
    var answers: [[(item: Int, score: Int)]] = []
    var prior: AbilityPrior

    /// Eight abilities, 24 items in testlets of three, teachers who answer 12 each.
    init(teachers: Int) {
      var generator = SeededGenerator(seed: 31)
      func uniform() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
      func normal() -> Double { (0..<12).reduce(-6.0) { sum, _ in sum + uniform() } }
      prior = .structured(
        mean: [Double](repeating: 0, count: 8), dimensions: [0, 0, 0, 0, 1, 1, 1, 1],
        environments: [0, 1, 0, 1, 0, 1, 0, 1], general: 0.45, dimension: 0.15,
        environment: 0.15, specific: 0.25)
      for place in 0..<24 {
        let location = 0.8 * normal()
        let item = ProvisionalItem(
          shares: [Loading(point: place % 8, weight: 1)], slope: 1 + 0.25 * normal().magnitude,
          stepLocations: [location - 0.7, location, location + 0.7], testlet: place / 3)
        let shift = 0.5 * normal()
        var guess = item
        guess.slope *= exp(0.3 * normal())
        guess.stepLocations = item.stepLocations.map { $0 + shift }
        truth.append(item)
        judged.append(guess)
      }
      for teacher in 0..<teachers {
        let general = normal()
        let dimensions = [normal(), normal()]
        let environments = [normal(), normal()]
        let abilities = (0..<8).map { place in
          0.45.squareRoot() * general + 0.15.squareRoot() * dimensions[place / 4]
            + 0.15.squareRoot() * environments[place % 2] + 0.5 * normal()
        }
        let effects = (0..<8).map { _ in 0.4 * normal() }
        answers.append(
          (0..<12).map { number in
            let place = (number * 2 + teacher % 2) % 24
            let item = truth[place]
            let model = PartialCreditItem(slope: item.slope, stepLocations: item.stepLocations)
            let eta = item.slope * (abilities[place % 8] + effects[place / 3])
            var (draw, score) = (uniform(), 0)
            for probability in model.categoryProbabilities(at: eta).dropLast() {
              guard draw > probability else { break }
              draw -= probability
              score += 1
            }
            return (place, min(score, 3))
          })
      }
    }

    func error(of items: [ProvisionalItem]) -> Double {
      let squares = zip(items, truth).map { item, truth in
        let difference = item.stepLocations[1] - truth.stepLocations[1]
        return difference * difference
      }
      return (squares.reduce(0, +) / Double(squares.count)).squareRoot()
    }
  }

  /// Cycles until nothing moves.
  private func calibrated(
    _ world: World, _ judged: [ProvisionalItem]? = nil, threads: Int = 1
  ) async -> ProvisionalCalibration {
    var calibration = ProvisionalCalibration(
      judged ?? world.judged, prior: world.prior, testletVariance: 0.16)
    while calibration.cycles < 50, !calibration.hasSettled {
      await calibration.advance(world.answers, threads: threads)
    }
    return calibration
  }

  @Test func `about 50 answers an item take a third off the error of judged locations`() async {
    let world = World(teachers: 100)
    let result = await calibrated(world)
    #expect(result.hasSettled)
    #expect(result.items.allSatisfy { $0.slope.isFinite && $0.slope > 0 })
    #expect(world.error(of: result.items) < 0.67 * world.error(of: world.judged))
  }

  @Test func `the number of threads changes nothing, to the last bit`() async {
    let world = World(teachers: 700)
    let one = await calibrated(world)
    let two = await calibrated(world, threads: 2)
    #expect(one.items == two.items)
    #expect(one.standardErrors == two.standardErrors)
  }

  @Test func `a calibration that goes on where it stopped ends where it would have`() async {
    let world = World(teachers: 60)
    let whole = await calibrated(world)
    var first = ProvisionalCalibration(world.judged, prior: world.prior, testletVariance: 0.16)
    await first.advance(world.answers)
    await first.advance(world.answers)
    var second = ProvisionalCalibration(
      world.judged, prior: world.prior, testletVariance: 0.16, goingOnFrom: first.items,
      after: first.cycles)
    while !second.hasSettled { await second.advance(world.answers) }
    #expect(second.items == whole.items)
    #expect(second.cycles == whole.cycles)
  }

  @Test func `standard errors cover what is missed of the true locations`() async {
    let world = World(teachers: 400)
    let result = await calibrated(world)
    var misses: [Double] = []
    for (place, item) in result.items.enumerated() {
      for (step, location) in item.stepLocations.enumerated() {
        let error = result.standardErrors[place][step + 1]
        misses.append((location - world.truth[place].stepLocations[step]) / error)
      }
    }
    let square = misses.map { $0 * $0 }.reduce(0, +) / Double(misses.count)
    #expect((0.4...2.5).contains(square), "\(square)")
  }

  @Test func `an anchor stays, and the others still move`() async {
    let world = World(teachers: 100)
    var judged = world.judged
    for place in 0..<4 { judged[place].isAnchor = true }
    let result = await calibrated(world, judged)
    #expect(Array(result.items[..<4]) == Array(judged[..<4]))
    #expect(
      zip(result.items, judged).dropFirst(4).allSatisfy { $0.stepLocations != $1.stepLocations })
  }

  @Test func `without answers items stay as judged`() async {
    let world = World(teachers: 1)
    var result = ProvisionalCalibration(world.judged, prior: world.prior, testletVariance: 0.16)
    await result.advance([[]])
    #expect(result.items == world.judged)
    #expect(result.hasSettled)
  }
}
