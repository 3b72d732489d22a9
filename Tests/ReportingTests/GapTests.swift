import Testing

@testable import Reporting

struct GapTests {
  private let rules = DisclosureRules()

  private func shown(_ expected: Double, people: Int, variance: Double = 1) -> GapCell {
    GapCell(
      need: ExpectedNeed(people: people, asked: people, expected: expected, variance: variance),
      finished: people, inScope: people, rules: rules)
  }

  @Test func `a group's need is the sum of probabilities, its error that of measuring`() {
    // By hand: .9 + .5 + .2 + 1 = 2.6; .09 + .25 + .16 + 0 = .5.
    let people: [(probability: Double, wasAsked: Bool)] = [
      (0.9, true), (0.5, true), (0.2, false), (1, true),
    ]
    let need = ExpectedNeed(people)
    #expect(abs(need.expected - 2.6) < 1e-15 && abs(need.variance - 0.5) < 1e-15)
    #expect(need.people == 4 && need.asked == 3)
    // Not √(pq/n)·n = √(4·.65·.35) = .954: a group is a census.
    #expect(abs(need.standardError - 0.7071067811865476) < 1e-15)
  }

  @Test func `the four empty states are told apart`() {
    let nothing = ExpectedNeed()
    func state(_ need: ExpectedNeed, finished: Int, inScope: Int) -> GapCell {
      GapCell(need: need, finished: finished, inScope: inScope, rules: rules)
    }
    #expect(state(nothing, finished: 0, inScope: 0) == .absent(.notMeasured))
    #expect(state(nothing, finished: 9, inScope: 0) == .absent(.noSuchPoint))
    #expect(state(nothing, finished: 9, inScope: 4) == .absent(.suppressed))
    let unasked = ExpectedNeed(people: 9, asked: 0, expected: 4, variance: 1)
    #expect(state(unasked, finished: 9, inScope: 9) == .absent(.notMeasured))
    let twoAsked = ExpectedNeed(people: 9, asked: 2, expected: 4, variance: 1)
    #expect(state(twoAsked, finished: 9, inScope: 9) == .absent(.tooLittleEvidence))
    let vague = ExpectedNeed(people: 5, asked: 5, expected: 2.5, variance: 1.2)
    #expect(state(vague, finished: 5, inScope: 5) == .absent(.tooLittleEvidence))
    let plain = ExpectedNeed(people: 9, asked: 3, expected: 4, variance: 1)
    #expect(state(plain, finished: 9, inScope: 9) == .shown(.init(need: plain, form: .exact)))
  }

  @Test func `a number is said in whole people and never looks surer than it is`() {
    let cell = GapCell.Shown(
      need: ExpectedNeed(people: 61, asked: 61, expected: 40.6, variance: 4.1), form: .exact)
    #expect(cell.count == 41 && cell.plusMinus == 3 && cell.darkness == 3)
  }

  @Test func `the point to train first is the one most people need, with those not told apart`() {
    let cells = [
      shown(20, people: 61, variance: 4), .absent(.suppressed), shown(41, people: 61, variance: 9),
      shown(39, people: 61, variance: 9),
    ]
    let summary = GapSummary(cells: cells, orderingProbability: 0.8)
    #expect(summary.first?.point == 2)
    // scipy.stats.norm.cdf(2/√18) = .681: below .8, so 39 ± 3 cannot be told from 41 ± 3.
    #expect(summary.tied.map(\.point) == [3])
    #expect(GapSummary(cells: [.absent(.notMeasured)], orderingProbability: 0.8).first == nil)
  }

  @Test func `units whose ranges overlap share a band, in no order, and others stand apart`() {
    let ids = ["a", "b", "c", "d", "e"].map { ReportingUnit.ID(rawValue: $0) }
    let cells: [GapCell] = [
      shown(20, people: 100, variance: 9), shown(70, people: 100, variance: 9),
      .absent(.suppressed), shown(26, people: 100, variance: 9),
      shown(75, people: 100, variance: 9),
    ]
    let bands = OverlapBands(
      zip(ids, cells).map { (unit: $0, cell: $1) }, rules: rules)
    // 80 % ranges: 16.2–23.8, 66.2–73.8, 22.2–29.8, 71.2–78.8 of 100.
    #expect(bands.bands.map(\.units) == [[ids[1], ids[4]], [ids[0], ids[3]]])
    #expect(bands.insufficient == [ids[2]])
  }
}
