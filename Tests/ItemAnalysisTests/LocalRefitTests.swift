import Foundation
import ItemBank
import Psychometrics
import Testing

@testable import ItemAnalysis

/// The refit of one item against the likelihood written out.
struct LocalRefitTests {
  private static let cumulative = [0, -0.6, -0.2, 0.9]

  /// Answers whose abilities are believed to be here or there, from a fixed seed.
  private static func answers(
    _ count: Int, seed: UInt64, harder: Double = 0, stretch: Double = 0.8
  ) -> [Observation] {
    var generator = SeededGenerator(seed: seed)
    func uniform() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
    func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + uniform() } }
    let item = PartialCreditItem(cumulative: cumulative.map { stretch * $0 })
    return (0..<count).map { place in
      let (mean, variance) = (normal(), 0.1 + 0.3 * uniform())
      let eta = mean + variance.squareRoot() * normal()
      let shares = item.categoryProbabilities(at: stretch * (eta - harder))
      var (rest, category) = (uniform(), 0)
      while category < shares.count - 1, rest >= shares[category] {
        rest -= shares[category]
        category += 1
      }
      return Observation(
        category: category, option: -1, isUnsure: false, mean: mean, variance: variance,
        seconds: -1, sheet: place)
    }
  }

  /// P(category | η) ∝ exp(stretch · (c (η − shift) − B_c)).
  private static func shares(at eta: Double, _ shift: Double, _ stretch: Double) -> [Double] {
    let weights = cumulative.enumerated().map {
      exp(stretch * (Double($0.offset) * (eta - shift) - $0.element))
    }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }

  /// Σ log ∫ P(answer | η) φ(η), by the seven nodes that the refit uses.
  private static func logLikelihood(
    _ answers: [Observation], _ shift: Double, _ stretch: Double
  ) -> Double {
    answers.reduce(0) { sum, answer in
      let marginal = zip(BeliefNodes.nodes, BeliefNodes.weights).reduce(0) {
        $0 + $1.1
          * shares(at: answer.mean + answer.variance.squareRoot() * $1.0, shift, stretch)[
            answer.category]
      }
      return sum + log(marginal)
    }
  }

  @Test func `seven nodes have the moments of the normal distribution`() {
    // 1, 3, 15, 105 and 945 are the even moments up to the tenth.
    for (power, moment) in [(0, 1.0), (2, 1), (4, 3), (6, 15), (8, 105), (10, 945)] {
      let sum = zip(BeliefNodes.nodes, BeliefNodes.weights).reduce(0) {
        $0 + $1.1 * pow($1.0, Double(power))
      }
      #expect(abs(sum / moment - 1) < 1e-9, "\(power)")
    }
  }

  @Test(arguments: [(0.0, 1.0), (0.4, 0.7), (-0.7, 1.6)])
  func `slopes and information are those of finite differences`(shift: Double, stretch: Double) {
    let answers = Self.answers(60, seed: 1)
    let sums = LikelihoodSums(
      answers, cumulative: Self.cumulative, shift: shift, stretch: stretch)
    func value(_ first: Double, _ second: Double) -> Double {
      Self.logLikelihood(answers, shift + first, stretch + second)
    }
    let step = 1e-4
    let slopes = (
      (value(step, 0) - value(-step, 0)) / (2 * step),
      (value(0, step) - value(0, -step)) / (2 * step)
    )
    #expect(abs(sums.shiftSlope - slopes.0) < 1e-6)
    #expect(abs(sums.stretchSlope - slopes.1) < 1e-6)
    let middle = value(0, 0)
    let own = (
      (2 * middle - value(step, 0) - value(-step, 0)) / (step * step),
      (2 * middle - value(0, step) - value(0, -step)) / (step * step)
    )
    let cross =
      (value(step, -step) + value(-step, step) - value(step, step) - value(-step, -step))
      / (4 * step * step)
    // A second difference over 1e-4 of a sum of about 80 is good to about 1e-5.
    #expect(abs(sums.observed.shift - own.0) < 1e-4)
    #expect(abs(sums.observed.stretch - own.1) < 1e-4)
    #expect(abs(sums.observed.cross - cross) < 1e-4)
  }

  @Test func `a refit is the top of the likelihood, its errors the inverse of its curvature`() {
    let answers = Self.answers(800, seed: 2)
    let refit = LocalRefit(answers, cumulative: Self.cumulative)
    #expect(refit.isSettled)
    func value(_ first: Double, _ second: Double) -> Double {
      Self.logLikelihood(answers, refit.shift + first, refit.stretch + second)
    }
    let (top, step) = (value(0, 0), 1e-3)
    for (first, second) in [(step, 0), (-step, 0), (0, step), (0, -step)] {
      #expect(value(first, second) < top)
    }
    let shifts = (2 * top - value(step, 0) - value(-step, 0)) / (step * step)
    let stretches = (2 * top - value(0, step) - value(0, -step)) / (step * step)
    let cross =
      (value(step, -step) + value(-step, step) - value(step, step) - value(-step, -step))
      / (4 * step * step)
    let determinant = shifts * stretches - cross * cross
    #expect(abs(refit.shiftError / (stretches / determinant).squareRoot() - 1) < 1e-3)
    #expect(abs(refit.stretchError / (shifts / determinant).squareRoot() - 1) < 1e-3)
  }

  @Test(arguments: [0.15, 0.3, 2.5])
  func `an item much blunter or sharper than its parameters is found out`(stretch: Double) {
    for seed in 10..<16 as Range<UInt64> {
      let answers = Self.answers(600, seed: seed, stretch: stretch)
      let refit = LocalRefit(answers, cumulative: Self.cumulative)
      #expect(refit.isSettled, "seed \(seed)")
      #expect(abs(refit.stretch - stretch) < 4 * refit.stretchError, "seed \(seed)")
      let top = Self.logLikelihood(answers, refit.shift, refit.stretch)
      #expect(top > Self.logLikelihood(answers, 0, 1), "seed \(seed)")
    }
  }

  @Test func `a group that finds an item harder by a half has that shift, within its error`() {
    let answers = Self.answers(1500, seed: 3, harder: 0.5)
    let group = GroupShift(answers, cumulative: Self.cumulative, shift: 0, stretch: 0.8)
    #expect(abs(group.shift - 0.5) < 3 * group.error)
    func value(_ change: Double) -> Double {
      Self.logLikelihood(answers, group.shift + change, 0.8)
    }
    let step = 1e-3
    let curvature = (2 * value(0) - value(step) - value(-step)) / (step * step)
    #expect(abs(group.error * curvature.squareRoot() - 1) < 1e-3)
    #expect(group.error < 0.1)
  }

  @Test(arguments: [(-1.2, 0.3), (0.4, 0.05), (2, 0.5)])
  func `what is predicted is the mean over the belief`(mean: Double, variance: Double) {
    let curve = StretchedCurve(cumulative: Self.cumulative, shift: 0.3, stretch: 1.2)
    let predicted = curve.predicted(mean: mean, variance: variance)
    // The integral by 2,001 equally spaced nodes within eight deviations; seven are good to 2e-5.
    var (sums, total) = ([Double](repeating: 0, count: 4), 0.0)
    for node in -1000...1000 {
      let distance = Double(node) * 0.008
      let weight = exp(-0.5 * distance * distance)
      total += weight
      let shares = Self.shares(at: mean + variance.squareRoot() * distance, 0.3, 1.2)
      for category in 0..<4 { sums[category] += weight * shares[category] }
    }
    for category in 0..<4 { #expect(abs(predicted[category] - sums[category] / total) < 3e-5) }
    #expect(abs(predicted.reduce(0, +) - 1) < 1e-9)
  }

  @Test func `an item's curve is what its parameters say of the expected score`() {
    let parameters = PartialCreditParameters(
      slope: 1.3, stepLocations: [-0.8, 0.1, 0.7], loadingShares: [:], calibration: "",
      isProvisional: true)
    let curve = ItemCurve(parameters, statistics: nil)
    #expect(!curve.isEstimated && curve.stepLocations == parameters.stepLocations)
    let model = PartialCreditItem(slope: 1.3, stepLocations: parameters.stepLocations)
    func expected(_ ability: Double) -> Double {
      model.categoryProbabilities(at: 1.3 * ability).enumerated()
        .reduce(0) { $0 + Double($1.offset) * $1.element }
    }
    for ability in [-2, -0.3, 0.5, 1.7] {
      #expect(abs(curve.expectedShare(at: ability) - expected(ability) / 3) < 1e-9)
      // Partial credit informs by its slope times the rise of the expected score.
      let rise = (expected(ability + 1e-4) - expected(ability - 1e-4)) / 2e-4
      #expect(abs(curve.information(at: ability) - 1.3 * rise) < 1e-6)
    }
  }

  @Test func `an estimated curve has its steps about the estimated location`() {
    let parameters = PartialCreditParameters(
      slope: 1.3, stepLocations: [-0.8, 0.1, 1.3], loadingShares: [:], calibration: "",
      isProvisional: true)
    var statistics = ItemStatistics(
      item: AssessmentItem.ID(rawValue: "i"), contentHash: "", count: 300, maximumCategory: 3,
      timedCount: 0, options: [], fifths: [], differences: [], population: [])
    statistics.location = Estimate(0.7, standardError: 0.1, count: 300)
    statistics.slope = Estimate(0.9, standardError: 0.1, count: 300)
    let curve = ItemCurve(parameters, statistics: statistics)
    #expect(curve.isEstimated && curve.slope == 0.9)
    // The judged middle is .2, so that every step moves by .5.
    for (shown, expected) in zip(curve.stepLocations, [-0.3, 0.6, 1.8]) {
      #expect(abs(shown - expected) < 1e-12)
    }
  }

  @Test func `the expected share of somebody whose ability is only believed is the mean over it`() {
    let parameters = PartialCreditParameters(
      slope: 1.3, stepLocations: [-0.8, 0.1, 0.7], loadingShares: [:], calibration: "",
      isProvisional: true)
    let curve = ItemCurve(parameters, statistics: nil)
    for (ability, variance) in [(-0.5, 0.09), (1.2, 0.25)] {
      var (sum, total) = (0.0, 0.0)
      for node in -1000...1000 {
        let distance = Double(node) * 0.008
        let weight = exp(-0.5 * distance * distance)
        total += weight
        sum += weight * curve.expectedShare(at: ability + variance.squareRoot() * distance)
      }
      #expect(abs(curve.expectedShare(at: ability, variance: variance) - sum / total) < 1e-5)
    }
  }
}
