import Foundation
import Testing

@testable import Psychometrics

/// One item's step between what was judged and what the answers say.
struct ProvisionalItemTests {
  private let judged = ProvisionalItem(
    shares: [Loading(point: 0, weight: 1)], slope: 1.2, stepLocations: [-0.7, 0.2, 0.9])

  private var counts: AbilityCounts {
    var counts = AbilityCounts(scoreCount: 4)
    for place in 0..<40 {
      counts.add(score: (place * 7) % 4, mean: 0.05 * Double(place) - 0.6, deviation: 0.5)
    }
    return counts
  }

  /// log P of each score, from the log of the slope and the steps.
  private func logProbabilities(_ parameters: [Double], at ability: Double) -> [Double] {
    var exponents = [0.0]
    for location in parameters.dropFirst() {
      exponents.append((exponents.last ?? 0) + exp(parameters[0]) * (ability - location))
    }
    let total = log(exponents.reduce(0) { $0 + exp($1) })
    return exponents.map { $0 - total }
  }

  /// The counts' log-likelihood with the belief in what was judged.
  private func height(_ parameters: [Double]) -> Double {
    let counts = counts
    var sum = 0.0
    for node in 0..<AbilityCounts.nodeCount {
      let logs = logProbabilities(parameters, at: AbilityCounts.ability(at: node))
      for score in 0..<4 { sum += counts.count(of: score, at: node) * logs[score] }
    }
    let change = (parameters[0] - log(judged.slope)) / 0.35
    sum -= 0.5 * change * change
    for (own, prior) in zip(parameters.dropFirst(), judged.stepLocations) {
      sum -= 0.5 * (own - prior) * (own - prior) / 0.36
    }
    return sum
  }

  @Test func `without an answer the errors are those of judging`() {
    let errors = judged.standardErrors(AbilityCounts(scoreCount: 4))
    for (shown, known) in zip(errors, [0.35, 0.6, 0.6, 0.6]) { #expect(abs(shown - known) < 1e-12) }
  }

  @Test func `an answer is counted once, spread as its ability is believed to be`() {
    var counts = AbilityCounts(scoreCount: 3)
    counts.add(score: 1, mean: 0.4, deviation: 0.5)
    let totals = (0..<AbilityCounts.nodeCount).map { counts.total(at: $0) }
    let abilities = totals.indices.map { AbilityCounts.ability(at: $0) }
    let mean = zip(totals, abilities).reduce(0) { $0 + $1.0 * $1.1 }
    let variance = zip(totals, abilities).reduce(0) {
      $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean)
    }
    #expect(abs(totals.reduce(0, +) - 1) < 1e-12)
    // The tails beyond five deviations are left out: 6e-7 of the answers.
    #expect(abs(mean - 0.4) < 1e-5 && abs(variance - 0.25) < 1e-4)
    #expect((0..<AbilityCounts.nodeCount).allSatisfy { counts.count(of: 0, at: $0) == 0 })
  }

  @Test func `a fitted item is the top of likelihood and belief`() {
    var item = judged
    for _ in 0..<20 { item = item.fitted(to: counts, judged: judged) }
    let parameters = [log(item.slope)] + item.stepLocations
    let step = 1e-4
    for place in parameters.indices {
      var (above, below) = (parameters, parameters)
      above[place] += step
      below[place] -= step
      #expect(abs(height(above) - height(below)) / (2 * step) < 1e-5, "\(place)")
    }
    #expect(height(parameters) > height([log(judged.slope)] + judged.stepLocations) + 0.01)
  }

  @Test func `errors are the inverse of the expected information and the belief's precision`() {
    let parameters = [log(judged.slope)] + judged.stepLocations
    let (counts, step) = (counts, 1e-5)
    var information = [[Double]](repeating: [0, 0, 0, 0], count: 4)
    for node in 0..<AbilityCounts.nodeCount where counts.total(at: node) > 0 {
      let ability = AbilityCounts.ability(at: node)
      let logs = logProbabilities(parameters, at: ability)
      let slopes = parameters.indices.map { place in
        var (above, below) = (parameters, parameters)
        above[place] += step
        below[place] -= step
        return zip(logProbabilities(above, at: ability), logProbabilities(below, at: ability))
          .map { ($0 - $1) / (2 * step) }
      }
      for row in 0..<4 {
        for column in 0..<4 {
          information[row][column] += (0..<4).reduce(0) {
            $0 + counts.total(at: node) * exp(logs[$1]) * slopes[row][$1] * slopes[column][$1]
          }
        }
      }
    }
    information[0][0] += 1 / (0.35 * 0.35)
    for place in 1..<4 { information[place][place] += 1 / 0.36 }
    let errors = judged.standardErrors(counts)
    for place in 0..<4 {
      // 1/(A⁻¹)_ii is what is left of A_ii when the others are eliminated.
      let order = [0, 1, 2, 3].filter { $0 != place } + [place]
      var rows = order.map { row in order.map { information[row][$0] } }
      for pivot in 0..<3 {
        for row in pivot + 1..<4 {
          let factor = rows[row][pivot] / rows[pivot][pivot]
          for column in 0..<4 { rows[row][column] -= factor * rows[pivot][column] }
        }
      }
      #expect(abs(errors[place] * rows[3][3].squareRoot() - 1) < 1e-6)
    }
  }
}
