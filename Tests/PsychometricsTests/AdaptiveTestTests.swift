import Foundation
import Psychometrics
import Testing

struct AdaptiveTestTests {
  struct Sequences: Decodable {
    struct Examinee: Decodable {
      var items: [Int]
      var responses: [Int]
      var ability: [Double]
      var standardError: [Double]

      enum CodingKeys: String, CodingKey {
        case responses
        case items = "items_1based"
        case ability = "theta_EAP"
        case standardError = "SE"
      }
    }
    var examinees: [Examinee]
    enum CodingKeys: String, CodingKey { case examinees = "twoPL_bank500" }
  }

  private func logisticItems() throws -> [AdaptiveItem] {
    let file = OracleTable.folder.appending(path: "cat_bank500.csv")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst().map {
      let numbers = $0.split(separator: ",").compactMap { Double($0) }
      return AdaptiveItem(
        model: .logistic(
          try LogisticItem(discrimination: numbers[0], difficulty: numbers[1])))
    }
  }

  /// The bank of `cat_bank500.csv`, or its first items.
  private func bank(
    first count: Int = 500, _ change: (Int, inout AdaptiveItem) -> Void = { _, _ in }
  ) throws -> AdaptiveBank {
    var items = Array(try logisticItems().prefix(count))
    for place in items.indices { change(place, &items[place]) }
    return AdaptiveBank(items: items, quadrature: .standardNormalTrapezoid())
  }

  private func simulated(
    _ bank: AdaptiveBank, _ design: AdaptiveDesign, tests: Int = 60
  ) -> AdaptiveSimulation {
    var generator = SeededGenerator(seed: 11)
    return AdaptiveSimulation.run(bank: bank, design: design, tests: tests, using: &generator)
  }

  /// catR 3.17 (`cat_sequences.json`); catpie and numpy agree with it to 5e-15.
  @Test func `maximum information gives catR's items in catR's order, and its abilities`() throws {
    let bank = try bank()
    let answers = try OracleTable("cat_resp4.csv").columns
    let design = AdaptiveDesign(
      rule: .maximumInformation, stopping: StoppingRule(maximumLength: 30))
    var generator = SeededGenerator(seed: 1)
    let oracle = try OracleTable.json("cat_sequences.json", as: Sequences.self).examinees
    for (person, examinee) in oracle.enumerated() {
      var test = AdaptiveTest(bank: bank)
      var abilities: [Double] = []
      var errors: [Double] = []
      while let items = test.next(design, bank: bank, using: &generator) {
        test.present(items, bank: bank)
        test.record(item: items[0], score: Int(answers[items[0]][person]), bank: bank)
        abilities.append(test.ability)
        errors.append(test.standardError)
      }
      #expect(test.scoredItems.map { $0 + 1 } == examinee.items)
      #expect(largestDistance(abilities, examinee.ability) < 1e-9)
      #expect(largestDistance(errors, examinee.standardError) < 1e-9)
    }
  }

  /// Each rule ends at a standard error of .3 in the mean lengths of `info_bounds.json`, simulated
  /// there for this bank by numpy; 60 tests of ours vary by about .5 items (progressive and random
  /// choices more).
  @Test(arguments: [
    (SelectionRule.maximumInformation, 12.758), (.posteriorWeighted, 12.837),
    (.randomesque(5), 13.398),
  ])
  func `a precision is reached in as many items as an independent simulation needs`(
    rule: SelectionRule, length: Double
  ) throws {
    let run = simulated(
      try bank(),
      AdaptiveDesign(
        rule: rule, stopping: StoppingRule(maximumLength: 60, standardError: 0.3)))
    #expect(abs(run.meanLength - length) < 1.6)
    #expect(run.rootMeanSquareError < 0.4)
    #expect(run.deadEnds == 0)
  }

  @Test func `looking at a few units near the ability finds the most informative of all`() throws {
    var generator = SeededGenerator(seed: 11)
    func uniform() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
    var items: [AdaptiveItem] = []
    for place in 0..<300 {
      let model = try LogisticItem(
        discrimination: 0.3 + 2 * uniform(), difficulty: 8 * uniform() - 4,
        lowerAsymptote: place % 3 == 0 ? 0.3 * uniform() : 0,
        upperAsymptote: place % 7 == 0 ? 0.9 : 1)
      items.append(
        AdaptiveItem(model: .logistic(model), testlet: place % 5 == 0 ? place / 10 : nil))
    }
    items.append(
      AdaptiveItem(
        model: .partialCredit(
          slope: 1.1, PartialCreditItem(slope: 1.1, stepLocations: [-0.4, 0.2, 0.9]))))
    let bank = AdaptiveBank(items: items, quadrature: .standardNormalTrapezoid())
    let design = AdaptiveDesign(
      rule: .maximumInformation, stopping: StoppingRule(maximumLength: 25))
    for person in 0..<40 {
      var test = AdaptiveTest(bank: bank)
      while let chosen = test.next(design, bank: bank, using: &generator) {
        let units = Dictionary(grouping: items.indices.filter { !test.isGiven[$0] }) { place in
          items[place].testlet ?? -1 - place
        }.values
        let best = units.map { unit in
          unit.reduce(0) { $0 + items[$1].model.information(at: test.ability) }
            / Double(unit.count)
        }.max()
        let value =
          chosen.reduce(0) { $0 + items[$1].model.information(at: test.ability) }
          / Double(chosen.count)
        #expect(abs(value - (best ?? 0)) < 1e-12)
        test.present(chosen, bank: bank)
        // Extreme persons leave the stretches at both ends.
        for item in chosen {
          test.record(
            item: item, score: person % 3 == 0 ? 0 : person % 3 == 1 ? 1 : Int(uniform() * 2),
            bank: bank)
        }
      }
    }
  }

  @Test func `progressive selection spreads what maximum information wears out`() throws {
    func run(_ rule: SelectionRule) throws -> AdaptiveSimulation {
      simulated(
        try bank(), AdaptiveDesign(rule: rule, stopping: StoppingRule(maximumLength: 15)),
        tests: 30)
    }
    let (greedy, progressive) = (try run(.maximumInformation), try run(.progressive(length: 15)))
    #expect(greedy.exposure.max() == 1)
    #expect((progressive.exposure.max() ?? 1) < 0.8)
    #expect(
      2 * progressive.exposure.count { $0 > 0 } > 3 * greedy.exposure.count { $0 > 0 })
  }

  @Test func `Sympson-Hetter keeps every item near its rate`() throws {
    let bank = try bank(first: 60)
    let design = AdaptiveDesign(
      rule: .maximumInformation, stopping: StoppingRule(maximumLength: 5))
    let control = SympsonHetter(
      bank: bank, design: design, maximumRate: 0.3, tests: 150, rounds: 10, seed: 2)
    var controlled = design
    controlled.exposure.admission = control.admission
    let (free, run) = (simulated(bank, design, tests: 150), simulated(bank, controlled, tests: 150))
    #expect(free.exposure.max() == 1)
    // Three standard errors of a share of .3 in 150 tests are .11; rounds leave as much again.
    #expect((run.exposure.max() ?? 1) < 0.5)
  }

  @Test func `an item above its exposure limit is not offered`() throws {
    var rates = [Double](repeating: 0, count: 500)
    rates[475] = 0.5
    let run = simulated(
      try bank(),
      AdaptiveDesign(
        rule: .maximumInformation, stopping: StoppingRule(maximumLength: 5),
        exposure: ExposureControl(maximumRate: 0.4, rates: rates)), tests: 20)
    #expect(run.exposure[475] == 0)
  }

  /// 4 dimensions × 3 environments with narrow bounds, ten scenarios of three items, and enemies.
  @Test func `a blueprint is met in every test, without one dead end`() throws {
    let bank = try bank(first: 200) { place, item in
      item.categories = [place % 4, (place / 4) % 3]
      if place < 30 { item.testlet = place / 3 }
      if place >= 160 { item.enemies = [place ^ 1] }
    }
    let blueprint = ContentBlueprint(
      length: 16, divisions: [[3...5, 3...5, 4...6, 2...3], [8...8, 4...5, 3...4]])
    for rule in [SelectionRule.maximumInformation, .posteriorWeighted, .randomesque(3)] {
      let run = simulated(
        bank,
        AdaptiveDesign(
          rule: rule, stopping: StoppingRule(maximumLength: 16), blueprint: blueprint),
        tests: 4)
      #expect(run.deadEnds == 0)
      #expect(run.blueprintViolations == 0)
    }
  }

  @Test func `testlets come whole, enemies never together, pilots unscored`() throws {
    let bank = try bank { place, item in
      item.testlet = place < 60 ? place / 3 : nil
      if place >= 60 { item.enemies = [place ^ 1] }
      item.isPilot = place >= 480
    }
    let design = AdaptiveDesign(
      rule: .maximumInformation, stopping: StoppingRule(maximumLength: 30), pilotItems: 3)
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<5 {
      var test = AdaptiveTest(bank: bank)
      while let items = test.next(design, bank: bank, using: &generator) {
        test.present(items, bank: bank)
        let before = test.ability
        for item in items {
          test.record(item: item, score: generator.number(below: 2), bank: bank)
          if item >= 480 { #expect(test.ability == before) }
        }
      }
      let given = test.isGiven.indices.filter { test.isGiven[$0] }
      #expect(given.count { $0 >= 480 } == 3)
      for item in given where item < 60 {
        #expect(given.count { $0 / 3 == item / 3 } == 3)
      }
      for item in given where item >= 60 { #expect(!given.contains(item ^ 1)) }
      #expect(test.scoredItems.allSatisfy { $0 < 480 })
    }
  }

  @Test func `a test replays from its events to the last digit`() throws {
    let bank = try bank { place, item in item.isPilot = place > 450 }
    let design = AdaptiveDesign(
      rule: .randomesque(5), stopping: StoppingRule(maximumLength: 12), pilotItems: 2)
    var generator = SeededGenerator(seed: 9)
    var test = AdaptiveTest(bank: bank)
    while let items = test.next(design, bank: bank, using: &generator) {
      test.present(items, bank: bank)
      for item in items { test.record(item: item, score: item % 2, bank: bank) }
    }
    let replay = AdaptiveTest.replaying(test.events, bank: bank)
    #expect(replay.ability == test.ability && replay.standardError == test.standardError)
    #expect(replay.posterior == test.posterior && replay.events == test.events)
    // Cut short, it goes on from where it stood.
    let half = Array(test.events.prefix(10))
    #expect(AdaptiveTest.replaying(half, bank: bank).events == half)
  }

  @Test func `a test ends when its class is sure`() {
    let rule = StoppingRule(
      minimumLength: 3, maximumLength: 20,
      classification: StoppingRule.Classification(cuts: [0], certainty: 0.9))
    let nodes = [-1.0, 1]
    #expect(!rule.isSatisfied(length: 5, standardError: 1, nodes: nodes, posterior: [0.2, 0.8]))
    #expect(rule.isSatisfied(length: 5, standardError: 1, nodes: nodes, posterior: [0.05, 0.95]))
    #expect(!rule.isSatisfied(length: 2, standardError: 1, nodes: nodes, posterior: [0, 1]))
    #expect(rule.isSatisfied(length: 20, standardError: 1, nodes: nodes, posterior: [0.5, 0.5]))
  }

  @Test func `1,200 answers neither overflow nor underflow`() throws {
    let item = AdaptiveItem(
      model: .logistic(try LogisticItem(discrimination: 1.7, difficulty: 0)))
    let bank = AdaptiveBank(
      items: [AdaptiveItem](repeating: item, count: 1200), quadrature: .standardNormal())
    var test = AdaptiveTest(bank: bank)
    test.present(Array(0..<1200), bank: bank)
    for place in 0..<1200 { test.record(item: place, score: place < 600 ? 1 : 0, bank: bank) }
    #expect(abs(test.ability) < 1e-9)
    #expect(test.standardError.isFinite)
  }
}
