import Competency
import Delivery
import ItemBank
import TestSupport
import Testing

/// Enemies: items that must not meet in one form.
struct EnemyTests {
  private let shipped: Bank
  private let blueprint: Blueprint

  init() throws {
    shipped = try ShippedContent().bank
    blueprint = try #require(shipped.blueprints.first { $0.selection != nil })
  }

  /// A finished session whose stages were chosen.
  private func finished(_ start: TestSession.Start, bank: Bank) throws -> [AssessmentItem.ID] {
    var session = try TestSession(start: start, bank: bank)
    while let stage = session.currentStage {
      for item in stage.items {
        let answer = try #require(TestSession.answer(to: item, in: .weakest, bank: bank))
        try session.apply(.responded(item: item, answer: answer, sequence: 1), bank: bank)
      }
      try session.apply(.stageSubmitted(stage.number), bank: bank)
      if let selected = session.selectedStages(bank: bank, exposure: ItemExposure()) {
        try session.apply(.stagesSelected(selected), bank: bank)
      }
    }
    return session.stages.flatMap(\.items)
  }

  /// Pairs of items that meet in forms when nothing keeps them apart.
  private func meeting() throws -> [[AssessmentItem.ID]] {
    var pairs: [[AssessmentItem.ID]] = []
    for seed in 0..<30 as Range<UInt64> {
      let items = try finished(Cast.wang(seed: seed, in: shipped), bank: shipped)
      // The first and the last item of a form share no scenario.
      if let first = items.first, let last = items.last { pairs.append([first, last]) }
    }
    return pairs
  }

  @Test func `enemies never meet, drawn or chosen, and the blueprint is fulfilled`() throws {
    let pairs = try meeting()
    var hostile = blueprint
    hostile.enemies = pairs
    let bank = shipped.replacing(hostile)
    let framework = try #require(bank.framework(hostile.framework))
    for seed in 0..<60 as Range<UInt64> {
      let start = Cast.wang(seed: seed, in: bank)
      let drawn = try TestSession(start: start, bank: bank).stages.flatMap(\.items)
      for items in [drawn, try finished(start, bank: bank)] {
        for pair in pairs { #expect(!(items.contains(pair[0]) && items.contains(pair[1]))) }
        #expect(
          hostile.isFulfilled(
            by: items, environment: start.environment, bank: bank, framework: framework))
      }
    }
  }

  @Test func `a form in which enemies meet does not fulfil the blueprint`() throws {
    let start = Cast.wang(seed: 1, in: shipped)
    let items = try finished(start, bank: shipped)
    let framework = try #require(shipped.framework(blueprint.framework))
    #expect(
      blueprint.isFulfilled(
        by: items, environment: start.environment, bank: shipped, framework: framework))
    var hostile = blueprint
    hostile.enemies = [[items[0], items[items.count - 1]]]
    #expect(
      !hostile.isFulfilled(
        by: items, environment: start.environment, bank: shipped, framework: framework))
  }

  @Test func `an item that is tried out keeps away from its enemies too`() throws {
    // Every item of one point is tried out, each an enemy of all items that count.
    let live = shipped.items(of: blueprint.test)
    let point = try #require(live.first?.points.first)
    let tried = Set(live.filter { $0.points.first == point }.prefix(2).map(\.id))
    let others = live.map(\.id).filter { !tried.contains($0) }
    var hostile = blueprint
    hostile.pilotItems = 1
    hostile.enemies = others.flatMap { other in tried.map { [$0, other] } }
    let items = shipped.items.map { item in
      var item = item
      if tried.contains(item.id) { item.state = .pilot }
      return item
    }
    let bank = Bank(
      version: shipped.version, title: shipped.title, frameworks: shipped.frameworks,
      items: items, stimuli: shipped.stimuli, tests: shipped.tests, blueprints: [hostile])
    for seed in 0..<20 as Range<UInt64> {
      let session = try TestSession(start: Cast.wang(seed: seed, in: bank), bank: bank)
      #expect(tried.isDisjoint(with: session.stages.flatMap(\.items)))
    }
  }
}
