import Testing

@testable import Psychometrics

/// Pieces of adaptive testing, each by counting it out.
struct AdaptiveKernelTests {
  @Test func `no ability informs more than the bound of its item's family`() throws {
    for model in try ItemSamples.all() {
      let most = (-800...800).map { model.information(at: Double($0) / 100) }.max() ?? 0
      #expect(most <= model.informationBound + 1e-12, "\(model)")
    }
  }

  @Test func `of items of all families the most informative at the ability is given`() throws {
    let models = try ItemSamples.all()
    let bank = AdaptiveBank(
      items: models.map { AdaptiveItem(model: $0) }, quadrature: .standardNormal())
    let design = AdaptiveDesign(
      rule: .maximumInformation, stopping: StoppingRule(maximumLength: models.count))
    var generator = SeededGenerator(seed: 1)
    var test = AdaptiveTest(bank: bank)
    while let items = test.next(design, bank: bank, using: &generator) {
      let item = try #require(items.first)
      let open = models.indices.filter { !test.isGiven[$0] }
      let values = open.map { models[$0].information(at: test.ability) }
      let best = try #require(values.indices.max { values[$0] < values[$1] })
      #expect(item == open[best])
      test.present(items, bank: bank)
      test.record(item: item, score: models[item].maximumScore, bank: bank)
    }
    #expect(test.scoredItems.count == models.count)
  }

  @Test func `over the posterior the item with the largest mean information is given`() throws {
    let models = try ItemSamples.all()
    let quadrature = Quadrature.standardNormal()
    let bank = AdaptiveBank(
      items: models.map { AdaptiveItem(model: $0) }, quadrature: quadrature)
    let design = AdaptiveDesign(
      rule: .posteriorWeighted, stopping: StoppingRule(maximumLength: models.count))
    var generator = SeededGenerator(seed: 2)
    var test = AdaptiveTest(bank: bank)
    while let items = test.next(design, bank: bank, using: &generator) {
      let item = try #require(items.first)
      let open = models.indices.filter { !test.isGiven[$0] }
      let values = open.map { place in
        zip(quadrature.nodes, test.posterior).reduce(0) {
          $0 + $1.1 * models[place].information(at: $1.0)
        }
      }
      let best = try #require(values.indices.max { values[$0] < values[$1] })
      #expect(item == open[best])
      test.present(items, bank: bank)
      test.record(item: item, score: 0, bank: bank)
    }
  }

  @Test func `under a blueprint the most informative item that still fits is given`() throws {
    // Two of each content; the sharpest three are of the first.
    let slopes = [2.0, 1.9, 1.8, 1.0, 0.9, 0.8]
    let bank = AdaptiveBank(
      items: try slopes.enumerated().map { place, slope in
        AdaptiveItem(
          model: .logistic(try LogisticItem(slope: slope, intercept: 0)),
          categories: [place < 3 ? 0 : 1])
      }, quadrature: .standardNormal())
    let design = AdaptiveDesign(
      rule: .maximumInformation, stopping: StoppingRule(maximumLength: 4),
      blueprint: ContentBlueprint(length: 4, divisions: [[2...2, 2...2]]))
    var generator = SeededGenerator(seed: 4)
    var test = AdaptiveTest(bank: bank)
    while let items = test.next(design, bank: bank, using: &generator) {
      let item = try #require(items.first)
      let fitting = slopes.indices.filter { place in
        !test.isGiven[place]
          && test.scoredItems.count { ($0 < 3) == (place < 3) } < 2
      }
      let best = try #require(
        fitting.max {
          bank.items[$0].model.information(at: test.ability)
            < bank.items[$1].model.information(at: test.ability)
        })
      #expect(item == best)
      test.present(items, bank: bank)
      test.record(item: item, score: test.scoredItems.count % 2, bank: bank)
    }
    #expect(test.scoredItems.count == 4)
  }

  @Test func `one who names an enemy is one`() throws {
    let model = ResponseModel.logistic(try LogisticItem(slope: 1, intercept: 0))
    let bank = AdaptiveBank(
      items: [
        AdaptiveItem(model: model), AdaptiveItem(model: model, enemies: [0]),
        AdaptiveItem(model: model),
      ], quadrature: .standardNormal())
    #expect(bank.items.map(\.enemies) == [[1], [0], []])
  }

  @Test func `the gap criterion weighs a point by the square of how likely it is below target`() {
    let posterior = AbilityPosterior.laplace(
      prior: AbilityPrior(mean: [0.2, -0.4], covariance: [0.5, 0.3, 0.3, 0.8]), responses: [],
      testletVariance: 0)
    let criterion = OptimalityCriterion.gap(posterior, weights: [1, 0.5], target: 0.6)
    guard case .trace(let weights) = criterion else {
      Issue.record("a gap is a weighted trace")
      return
    }
    // Φ(.4/√.5) and Φ(1/√.8), each times its weight, squared.
    let first = Normal.cumulative(0.4 / 0.5.squareRoot())
    let second = 0.5 * Normal.cumulative(1 / 0.8.squareRoot())
    #expect(abs(weights[0] - first * first) < 1e-12)
    #expect(abs(weights[1] - second * second) < 1e-12)
  }

  @Test func `a class is sure by the probability between its cuts`() {
    let rule = StoppingRule(
      maximumLength: 50, classification: .init(cuts: [-0.5, 0.5], certainty: 0.8))
    let nodes = [-1.0, -0.4, 0, 0.4, 1]
    func isOver(_ posterior: [Double]) -> Bool {
      rule.isSatisfied(length: 5, standardError: 1, nodes: nodes, posterior: posterior)
    }
    #expect(isOver([0.1, 0.2, 0.4, 0.2, 0.1]))
    #expect(!isOver([0.15, 0.2, 0.3, 0.2, 0.15]))
    #expect(isOver([0.05, 0.1, 0, 0.05, 0.8]) && isOver([0.85, 0.05, 0.05, 0.05, 0]))
  }

  @Test func `simulated tests miss the truth by as much as their errors say`() throws {
    let items = try (0..<60).map {
      AdaptiveItem(
        model: .logistic(try LogisticItem(discrimination: 1.5, difficulty: Double($0) / 15 - 2)))
    }
    let bank = AdaptiveBank(items: items, quadrature: .standardNormal(nodes: 31, range: 4))
    let design = AdaptiveDesign(
      rule: .maximumInformation,
      stopping: StoppingRule(minimumLength: 5, maximumLength: 60, standardError: 0.4))
    var generator = SeededGenerator(seed: 3)
    let outcome = AdaptiveSimulation.run(
      bank: bank, design: design, tests: 400, using: &generator)
    // Tests end at an error of .4 or a little below; 400 tests know the root to a twenty-fifth.
    #expect((0.34...0.44).contains(outcome.rootMeanSquareError))
    #expect(outcome.deadEnds == 0)
  }

  @Test func `a total with items left out is in proportion to what could be reached`() {
    // The items reach 2 and 3: two of two is all five, one of three is 5/3.
    let table = ScoreTable(columns: [[2, 2, -1, 0], [3, -1, 1, -1]])
    #expect(table.totals(over: [0, 1]) == [5, 5, 2, 0])
  }
}
