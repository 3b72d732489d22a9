import Foundation
import Psychometrics
import Testing

/// One cycle of a provisional calibration, told in another way.
struct ProvisionalCycleTests {
  private typealias Answer = ProvisionalCalibration.Answer

  private static let prior = AbilityPrior(mean: [0.1, -0.2], covariance: [0.8, 0.3, 0.3, 0.7])

  /// Four items of one scenario and two by themselves.
  private func items(_ stories: Int?) -> [ProvisionalItem] {
    (0..<6).map { place in
      ProvisionalItem(
        shares: [Loading(point: place % 2, weight: 1)], slope: 0.9 + 0.1 * Double(place),
        stepLocations: [-0.6, 0.1 * Double(place), 0.8], testlet: place < 4 ? stories : nil)
    }
  }

  private let answers: [[Answer]] = {
    var generator = SeededGenerator(seed: 41)
    return (0..<80).map { _ in
      let level = generator.number(below: 3)
      return (0..<6).map { (item: $0, score: min(3, level + generator.number(below: 2))) }
    }
  }()

  @Test func `a scenario is one more ability, of which each of its items has a share`() async {
    var calibration = ProvisionalCalibration(
      items(7), prior: Self.prior, testletVariance: 0.4)
    // The same said without scenarios: a third ability, independent of the others, of variance .4.
    var plain = items(nil)
    for place in 0..<4 { plain[place].shares.append(Loading(point: 2, weight: 1)) }
    var other = ProvisionalCalibration(
      plain,
      prior: AbilityPrior(
        mean: Self.prior.mean + [0], covariance: [0.8, 0.3, 0, 0.3, 0.7, 0, 0, 0, 0.4]),
      testletVariance: 0)
    await calibration.advance(answers)
    await other.advance(answers)
    for (first, second) in zip(calibration.items, other.items) {
      #expect(abs(first.slope - second.slope) < 1e-12)
      #expect(zip(first.stepLocations, second.stepLocations).allSatisfy { abs($0 - $1) < 1e-12 })
    }
    #expect(calibration.items[0].stepLocations != items(7)[0].stepLocations)
  }

  @Test(arguments: [false, true])
  func `the largest change is the farthest that any slope or step has moved`(
    isHard: Bool
  ) async {
    // Where everybody scores low, steps rise; where everybody scores high, they fall.
    let answers = answers.map { own in
      own.map { Answer(item: $0.item, score: isHard ? $0.score / 3 : 2 + $0.score / 3) }
    }
    var calibration = ProvisionalCalibration(
      items(7), prior: Self.prior, testletVariance: 0.4)
    for cycle in 0..<6 {
      let before = calibration.items
      await calibration.advance(answers)
      var (rise, fall, slope) = (0.0, 0.0, 0.0)
      for (old, new) in zip(before, calibration.items) {
        slope = max(slope, log(new.slope / old.slope).magnitude)
        for (first, second) in zip(old.stepLocations, new.stepLocations) {
          rise = max(rise, second - first)
          fall = max(fall, first - second)
        }
      }
      #expect(abs(calibration.largestChange - max(rise, fall, slope)) < 1e-12)
      #expect(calibration.hasSettled == (max(rise, fall, slope) < 1e-3))
      if cycle == 0 { #expect(isHard ? rise > max(fall, slope) : fall > max(rise, slope)) }
    }
  }
}
