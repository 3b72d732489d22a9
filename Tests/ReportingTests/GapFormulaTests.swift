import Testing

@testable import Reporting

/// Where one shown need ends and another begins.
struct GapFormulaTests {
  private let rules = DisclosureRules()

  private func shown(_ expected: Double, people: Int, variance: Double = 1) -> GapCell {
    GapCell(
      need: ExpectedNeed(people: people, asked: people, expected: expected, variance: variance),
      finished: people, inScope: people, rules: rules)
  }

  @Test(arguments: [(3.5, true), (3.7, false)])
  func `two needs are told apart by the error of both`(difference: Double, isTied: Bool) {
    // Φ(d/√(9 + 9)) reaches .8 at d = .8416 · √18 = 3.57; one need's error alone would say 2.52.
    let summary = GapSummary(
      cells: [shown(40, people: 90, variance: 9), shown(40 - difference, people: 90, variance: 9)],
      orderingProbability: 0.8)
    #expect(summary.first?.point == 0)
    #expect(summary.tied.map(\.point) == (isTied ? [1] : []))
  }

  @Test(arguments: [(7.6, true), (7.8, false)])
  func `units share a band while their eighty percent ranges touch`(
    difference: Double, isOne: Bool
  ) {
    let ids = ["a", "b"].map { ReportingUnit.ID(rawValue: $0) }
    let cells = [
      shown(20, people: 100, variance: 9), shown(20 + difference, people: 100, variance: 9),
    ]
    let bands = OverlapBands(zip(ids, cells).map { (unit: $0, cell: $1) }, rules: rules)
    // 1.2816 · 3 = 3.845 to either side.
    #expect(bands.bands.count == (isOne ? 1 : 2))
  }

  @Test func `a share within a tenth of either end is said as a band`() {
    for (expected, form) in [
      (0.9, Figure.Form.lowBand), (1.1, .exact), (8.5, .exact), (8.9, .exact), (9.1, .highBand),
    ] {
      guard case .shown(let cell) = shown(expected, people: 10, variance: 0.1) else {
        Issue.record("\(expected) of 10 is not shown")
        continue
      }
      #expect(cell.form == form, "\(expected)")
    }
  }

  @Test(arguments: [(3.80, true), (3.85, false)])
  func `a number is shown while its eighty percent interval is half the people wide`(
    variance: Double, isShown: Bool
  ) {
    // 2 · 1.2816 · √v ≤ 10/2 for v ≤ 3.805.
    let cell = shown(5, people: 10, variance: variance)
    #expect((cell != .absent(.tooLittleEvidence)) == isShown)
  }

  @Test func `topics are what most people need, with the parts where half of them do`() {
    let ids = ["a", "b"].map { ReportingUnit.ID(rawValue: $0) }
    let map = GapMap(
      unit: .init(rawValue: "school"),
      rows: [
        GapMap.Row(
          subject: .unit(ids[0]), finished: 10,
          cells: [shown(4, people: 10), shown(6, people: 10), .absent(.suppressed)]),
        GapMap.Row(
          subject: .unit(ids[1]), finished: 10,
          cells: [shown(5, people: 10), shown(7, people: 10), shown(8, people: 10)]),
        GapMap.Row(
          subject: .rest, finished: 5,
          cells: [shown(4, people: 5, variance: 0.1), .absent(.suppressed), .absent(.suppressed)]),
      ],
      total: GapMap.Row(
        subject: .total, finished: 25,
        cells: [shown(13, people: 25), shown(13.5, people: 25), .absent(.notMeasured)]))
    let topics = TrainingTopics(map: map, count: 5).topics
    #expect(topics.map(\.point) == [1, 0])
    #expect(topics.map(\.parts) == [ids, [ids[1]]])
    #expect(TrainingTopics(map: map, count: 1).topics.map(\.point) == [1])
  }

  @Test func `a unit has finished as many as all below it together`() throws {
    let parents = [("p", nil), ("s", "p"), ("g", "s"), ("h", "s")]
    let tree = try UnitTree(
      parents.map { id, parent in
        ReportingUnit(
          id: .init(rawValue: id), parent: parent.map { .init(rawValue: $0) }, enrolled: 9)
      })
    let presence = Presence(
      Snapshot(
        day: 1, rules: rules, tree: tree, pointEnvironments: [0], blocks: [:],
        finished: [0, 1, 4, 6], inScope: [[0], [1], [3], [5]]))
    #expect(presence.finished == [11, 11, 4, 6])
    #expect(presence.inScope == [[9], [9], [3], [5]])
  }

  @Test func `needs of two groups add up, their variances too`() {
    let sum =
      ExpectedNeed(people: 9, asked: 7, expected: 4, variance: 1.5)
      + ExpectedNeed(people: 6, asked: 6, expected: 2.5, variance: 0.75)
    #expect(sum == ExpectedNeed(people: 15, asked: 13, expected: 6.5, variance: 2.25))
  }

  @Test func `a band counts as its middle, give or take half its width`() {
    let entries = (0..<20).map { Figure.Entry(person: Int64($0), revision: 1) }
    let low = Figure(entries: entries, asked: 18, sum: 0.4, variance: 0.3, form: .lowBand)
      .published(share: 0.1)
    // 0…2 of 20.
    #expect(low == ExpectedNeed(people: 20, asked: 18, expected: 1, variance: 1))
    let high = Figure(entries: entries, asked: 18, sum: 19.1, variance: 0.3, form: .highBand)
      .published(share: 0.1)
    #expect(high.people == 20 && abs(high.expected - 19) < 1e-12 && abs(high.variance - 1) < 1e-12)
    let exact = Figure(entries: entries, asked: 18, sum: 8, variance: 0.3, form: .exact)
      .published(share: 0.1)
    #expect(exact == ExpectedNeed(people: 20, asked: 18, expected: 8, variance: 0.3))
  }
}

/// The arithmetic of hiding, against all the worlds that what is published allows.
struct SuppressionFormulaTests {
  private let rules = DisclosureRules()

  @Test func `a part's range is what the sums of all people allow`() {
    for whole in 1...7 {
      for part in 0...whole {
        for sum in 0...whole {
          // Every way to have `sum` people in need.
          let counts = (0..<(1 << whole)).filter { $0.nonzeroBitCount == sum }
            .map { ($0 & ((1 << part) - 1)).nonzeroBitCount }
          let expected = (counts.max() ?? 0) - (counts.min() ?? 0)
          let width = Suppression.width(ofPart: part, of: whole, sum: Double(sum))
          #expect(width == Double(expected), "\(part) of \(whole), \(sum) in need")
        }
      }
    }
  }

  @Test func `a sum is exact inside a tenth from the ends, a band where that is a person`() {
    func form(_ sum: Double, _ people: Int) -> Figure.Form? {
      Suppression.form(ofSum: sum, people: people, rules: rules)
    }
    #expect(form(2, 4) == nil)
    #expect(form(0.61, 6) == .exact && form(0.59, 6) == nil && form(5.41, 6) == nil)
    #expect(form(2, 20) == .exact && form(1.9, 20) == .lowBand && form(18.1, 20) == .highBand)
  }

  private func allows(
    _ after: ClosedRange<Double>, _ before: ClosedRange<Double>, joined: Int, retaken: Int = 0
  ) -> Bool {
    Suppression.allows(
      after, after: before, step: .init(joined: joined, retaken: retaken), rules: rules)
  }

  @Test func `a step is of five people who do not all look the same`() {
    #expect(allows(3...3, 0...0, joined: 5) && !allows(3...3, 0...0, joined: 4))
    // Of 10 who join from none to all in need may be known; a tenth at either end says too much.
    #expect(allows(6...6, 5...5, joined: 10) && !allows(5.9...5.9, 5...5, joined: 10))
    #expect(allows(14...14, 5...5, joined: 10) && !allows(14.1...14.1, 5...5, joined: 10))
    // Who takes the test again may also have left the need: −4…6 for four again and two new.
    #expect(allows(4...4, 7...7, joined: 2, retaken: 4))
    #expect(!allows(3.9...3.9, 7...7, joined: 2, retaken: 4))
  }

  @Test func `what the former band leaves open hides those who join`() {
    // 5.2 after 0…1 may be a rise by 4.2, which is not all of five; 5.2 after 0 would be all.
    #expect(allows(5.2...5.2, 0...1, joined: 5))
    #expect(!allows(5.2...5.2, 0...0, joined: 5))
    // 0.3 after a band of 0…1 is a rise by 0.3 at most: hardly any of those who joined.
    #expect(!allows(0.3...0.3, 0...1, joined: 5))
  }
}
