import Competency
import Delivery
import ItemBank
import TestSupport
import Testing

/// Items that are tried out stand beside the form and never count.
struct PilotItemTests {
  private let shipped: Bank
  private let bank: Bank
  private let pilots: Set<AssessmentItem.ID>

  /// The shipped bank with a few items of each point tried out, one in each form.
  init() throws {
    shipped = try ShippedContent().bank
    var ofPoint: [CompetencyPoint.ID: Int] = [:]
    var pilots: Set<AssessmentItem.ID> = []
    for item in shipped.items(of: shipped.blueprints[0].test) {
      guard let point = item.points.first else { continue }
      ofPoint[point, default: 0] += 1
      if ofPoint[point] == 2 { pilots.insert(item.id) }
    }
    self.pilots = pilots
    bank = Self.changed(shipped, pilots: pilots, count: 1)
  }

  private static func changed(
    _ bank: Bank, pilots: Set<AssessmentItem.ID>, count: Int, state: ItemState = .pilot
  ) -> Bank {
    Bank(
      version: bank.version, title: bank.title, frameworks: bank.frameworks,
      items: bank.items.map { item in
        var item = item
        if pilots.contains(item.id) {
          item.state = state
          // What is tried out has no parameters yet.
          if state == .pilot { item.calibrations = [] }
        }
        return item
      }, stimuli: bank.stimuli, tests: bank.tests,
      blueprints: bank.blueprints.map { blueprint in
        var blueprint = blueprint
        blueprint.pilotItems = count
        return blueprint
      })
  }

  /// A session in which every stage is answered and the next one chosen.
  private func finished(_ start: TestSession.Start, bank: Bank) throws -> TestSession {
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
    return session
  }

  @Test func `one is mixed into every form, beside the items that count`() throws {
    let blueprint = bank.blueprints[0]
    var stages: Set<Int> = []
    var given: Set<AssessmentItem.ID> = []
    for seed in 0..<60 as Range<UInt64> {
      let session = try finished(Cast.zhao(seed: seed, in: bank), bank: bank)
      let tried = session.stages.flatMap(\.items).filter(pilots.contains)
      #expect(tried.count == 1)
      #expect(session.stages.flatMap(\.items).count == blueprint.length + 1)
      given.formUnion(tried)
      stages.formUnion(
        session.stages.filter { !pilots.isDisjoint(with: $0.items) }.map(\.number))
    }
    #expect(stages == [1, 2, 3, 4], "in any stage")
    #expect(given.count > pilots.count / 2, "each gets its turn")
  }

  @Test func `never beside a parallel item, nor a scenario twice`() throws {
    for seed in 0..<60 as Range<UInt64> {
      let session = try finished(Cast.zhao(seed: seed, in: bank), bank: bank)
      let items = session.stages.flatMap(\.items)
      let families = items.compactMap { bank.item($0)?.parallelFamily }
      #expect(Set(families).count == families.count)
      let stimuli = session.stages.flatMap(\.groups).compactMap(\.stimulus)
      #expect(Set(stimuli).count == stimuli.count)
    }
  }

  @Test func `what was given stays given when later stages are chosen`() throws {
    let start = Cast.zhao(seed: 5, in: bank)
    let drawn = try TestSession(start: start, bank: bank)
    let session = try finished(start, bank: bank)
    #expect(session.stages[0] == drawn.stages[0])
    #expect(try finished(start, bank: bank) == session)
  }

  /// The same form and answers, but for one item.
  private func retold(
    _ session: TestSession, bank: Bank, unsureOf changed: AssessmentItem.ID? = nil
  ) throws -> TestSession {
    var retold = TestSession(start: session.start, stages: session.stages)
    for stage in session.stages {
      for item in stage.items {
        let answer = item == changed ? .unsure : try #require(session.answers[item])
        try retold.apply(.responded(item: item, answer: answer, sequence: 1), bank: bank)
      }
      try retold.apply(.stageSubmitted(stage.number), bank: bank)
    }
    return retold
  }

  @Test func `the answer to it changes nothing in the result until it is live`() throws {
    let session = try finished(Cast.zhao(seed: 3, in: bank), bank: bank)
    let tried = try #require(session.stages.flatMap(\.items).first(where: pilots.contains))
    let result = try #require(session.result(bank: bank))
    #expect(result == (try retold(session, bank: bank, unsureOf: tried).result(bank: bank)))
    #expect(result.evidence.count == bank.blueprints[0].length)
    let live = Self.changed(shipped, pilots: pilots, count: 1, state: .live)
    let counted = try retold(session, bank: live).result(bank: live)
    #expect(counted?.evidence.count == bank.blueprints[0].length + 1)
  }

  @Test(arguments: [ItemState.draft, .review, .retired])
  func `what is neither live nor tried out is never given`(state: ItemState) throws {
    let bank = Self.changed(shipped, pilots: pilots, count: 1, state: state)
    for seed in 0..<20 as Range<UInt64> {
      let session = try TestSession(start: Cast.zhao(seed: seed, in: bank), bank: bank)
      #expect(pilots.isDisjoint(with: session.stages.flatMap(\.items)))
    }
  }
}
