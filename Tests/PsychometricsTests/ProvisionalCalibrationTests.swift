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

  @Test func `about 50 answers an item take a third off the error of judged locations`() {
    let world = World(teachers: 100)
    let result = ProvisionalCalibration(
      world.judged, answers: world.answers, prior: world.prior, testletVariance: 0.16)
    #expect(result.hasSettled)
    #expect(result.items.allSatisfy { $0.slope.isFinite && $0.slope > 0 })
    #expect(world.error(of: result.items) < 0.67 * world.error(of: world.judged))
  }

  @Test func `without answers items stay as judged`() {
    let world = World(teachers: 1)
    let result = ProvisionalCalibration(
      world.judged, answers: [[]], prior: world.prior, testletVariance: 0.16)
    #expect(result.items == world.judged)
  }
}
