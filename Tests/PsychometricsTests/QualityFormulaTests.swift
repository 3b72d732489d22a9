import Foundation
import Psychometrics
import Testing

/// Intervals against published figures, and matching against its rule.
struct QualityFormulaTests {
  @Test(arguments: [
    (81.0, 263.0, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611),
    (1, 29, 0.0061, 0.1718),
  ])
  func `the interval of a proportion is Wilson's`(
    successes: Double, count: Double, lower: Double, upper: Double
  ) {
    // Newcombe (1998), Statistics in Medicine 17, 857–872, table I, method 3.
    let interval = ConfidenceInterval.proportion(successes: successes, of: count)
    #expect(abs(interval.lower - lower) < 5.1e-5)
    #expect(abs(interval.upper - upper) < 5.1e-5)
  }

  @Test func `the interval of a correlation is Fisher's`() throws {
    // atanh .5 = .5493; ± 1.96/√25 = .3920.
    let interval = try #require(ConfidenceInterval.correlation(0.5, count: 28))
    let half = 1.959963984540054 / 5
    #expect(abs(interval.lower - tanh(atanh(0.5) - half)) < 1e-12)
    #expect(abs(interval.upper - tanh(atanh(0.5) + half)) < 1e-12)
    #expect(abs(interval.lower - 0.156) < 5e-4 && abs(interval.upper - 0.736) < 5e-4)
    #expect(ConfidenceInterval.correlation(0.5, count: 3) == nil)
  }

  /// Scores of three groups of items that share a general ability.
  private func table(items: Int, persons: Int, harder: [Int] = []) -> (ScoreTable, [Bool?]) {
    var generator = SeededGenerator(seed: 61)
    func uniform() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
    let isFocal = (0..<persons).map { Optional($0 % 2 == 1) }
    let abilities = (0..<persons).map { _ in (0..<12).reduce(-6) { sum, _ in sum + uniform() } }
    let columns = (0..<items).map { item in
      (0..<persons).map { person -> Int16 in
        let penalty = harder.contains(item) && isFocal[person] == true ? 1.3 : 0
        let logit = 1.2 * abilities[person] - 0.3 * Double(item % 5 - 2) - penalty
        return uniform() < 1 / (1 + exp(-logit)) ? 1 : 0
      }
    }
    return (ScoreTable(columns: columns), isFocal)
  }

  @Test func `the interval of alpha is Bonett's`() throws {
    let (table, _) = table(items: 6, persons: 200)
    let analysis = ClassicalAnalysis(table)
    let (alpha, interval) = (
      try #require(analysis.alpha), try #require(analysis.alphaInterval)
    )
    // Bonett (2002): ln(1 − α) ± z √(2k / ((k − 1)(n − 2))).
    let half = 1.959963984540054 * (2 * 6 / (5.0 * 198)).squareRoot()
    #expect(abs(log(1 - interval.lower) - (log(1 - alpha) + half)) < 1e-12)
    #expect(abs(log(1 - interval.upper) - (log(1 - alpha) - half)) < 1e-12)
  }

  @Test func `after purification an item is matched on the items without a difference and itself`()
    throws
  {
    let (table, isFocal) = table(items: 12, persons: 1600, harder: [2, 7])
    let found = DifferentialFunctioning(table, isFocal: isFocal)
    let flagged = try found.purified.indices.filter {
      try #require(found.purified[$0]).grade != .negligible
    }
    #expect(flagged == [2, 7] && found.purificationSteps > 0)
    for item in 0..<12 {
      let matching = (0..<12).filter { $0 == item || !flagged.contains($0) }
      // Every person's sum, counted by hand.
      let sums = (0..<1600).map { person in
        Optional(matching.reduce(0) { $0 + (table.score(person: person, item: $1) ?? 0) })
      }
      let again = try #require(
        MantelHaenszel(
          StratifiedScores(scores: table.column(item), matchingScores: sums, isFocal: isFocal)))
      let shown = try #require(found.purified[item])
      #expect(abs(shown.delta - again.delta) < 1e-12, "item \(item)")
    }
  }
}
