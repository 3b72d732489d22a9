import Competency
import Delivery
import ItemBank
import Psychometrics
import TestSupport
import Testing

struct InformativeStageTests {
  private let bank: Bank
  private let framework: Framework

  init() throws {
    let content = try ShippedContent()
    bank = content.bank
    framework = content.bank.frameworks[0]
  }

  /// A finished session in which every answer is given in a manner and every stage chosen.
  private func finished(
    _ start: TestSession.Start, _ manner: TestSession.Manner, exposure: ItemExposure = .init()
  ) throws -> TestSession {
    var session = try TestSession(start: start, bank: bank)
    while let stage = session.currentStage {
      for item in stage.items {
        let answer = try #require(TestSession.answer(to: item, in: manner, bank: bank))
        try session.apply(.responded(item: item, answer: answer, sequence: 1), bank: bank)
      }
      try session.apply(.stageSubmitted(stage.number), bank: bank)
      guard let selected = session.selectedStages(bank: bank, exposure: exposure) else { continue }
      try session.apply(.stagesSelected(selected), bank: bank)
    }
    return session
  }

  private func points(_ session: TestSession) -> [CompetencyPoint] {
    session.stages.flatMap(\.items).compactMap { id in
      bank.item(id)?.points.first.flatMap(framework.point)
    }
  }

  @Test(arguments: ["A", "B", "C"])
  func `every chosen form satisfies the blueprint, whatever is answered`(environment: String) throws
  {
    let blueprint = try #require(bank.blueprints.first)
    let form = try #require(blueprint.form(for: Environment.ID(rawValue: environment)))
    for seed in 0..<40 as Range<UInt64> {
      var start = Cast.wang(seed: seed, in: bank)
      start.environment = form.environment
      let session = try finished(start, TestSession.Manner.allCases[Int(seed % 4)])
      #expect(session.stages.map(\.number) == [1, 2, 3, 4])
      for stage in session.stages {
        #expect(stage.items.count == blueprint.itemsPerStage)
        #expect(stage.groups.count { $0.stimulus != nil } <= 2)
      }
      #expect(Set(session.stages.flatMap(\.items)).count == blueprint.length)
      let stimuli = session.stages.flatMap(\.groups).compactMap(\.stimulus)
      #expect(Set(stimuli).count == stimuli.count, "a scenario is read once")
      let points = points(session)
      #expect(
        Dictionary(grouping: points, by: \.environment).mapValues(\.count) == form.fromEnvironment)
      for (dimension, range) in form.fromDimension {
        #expect(range.contains(points.count { $0.dimension == dimension }))
      }
      for (point, times) in Dictionary(grouping: points, by: \.id) {
        #expect(times.count <= form.maximum(of: point))
      }
    }
  }

  @Test func `no form holds two items of one parallel family`() throws {
    for seed in 0..<60 as Range<UInt64> {
      let start = Cast.zhao(seed: seed, in: bank)
      for session in [try TestSession(start: start, bank: bank), try finished(start, .first)] {
        let families = session.stages.flatMap(\.items).compactMap { bank.item($0)?.parallelFamily }
        #expect(Set(families).count == families.count)
      }
    }
    #expect(bank.items.count { $0.parallelFamily != nil } > 60)
  }

  @Test func `what was given stays, and the answers decide what comes`() throws {
    let start = Cast.li(in: bank)
    let drawn = try TestSession(start: start, bank: bank)
    let (strong, weak) = (try finished(start, .best), try finished(start, .weakest))
    #expect(strong.stages[0] == drawn.stages[0])
    #expect(weak.stages[0] == drawn.stages[0])
    #expect(strong.stages[1...] != weak.stages[1...])
    #expect(try finished(start, .weakest) == weak, "the same answers, the same form")
  }

  /// The sum of the variances of the abilities in the teacher's environments.
  private func uncertainty(_ session: TestSession) throws -> Double {
    let result = try #require(session.result(bank: bank))
    return result.points.filter(\.isInScope).reduce(0) {
      $0 + $1.standardError * $1.standardError
    }
  }

  @Test func `chosen stages leave less uncertain than drawn ones`() throws {
    var (chosen, drawn) = (0.0, 0.0)
    for seed in 0..<40 as Range<UInt64> {
      let start = Cast.zhao(seed: seed, in: bank)
      chosen += try uncertainty(try finished(start, .first))
      var session = try TestSession(start: start, bank: bank)
      for event in session.events(in: .first, bank: bank) { try session.apply(event, bank: bank) }
      drawn += try uncertainty(session)
    }
    #expect(chosen < 0.97 * drawn)
  }

  @Test func `an item that is held back is given only where the blueprint needs it`() throws {
    let pool = bank.items(of: bank.blueprints[0].test)
    // Every second item of each point.
    var seen: [CompetencyPoint.ID: Int] = [:]
    let held = pool.filter { item in
      guard let point = item.points.first else { return false }
      seen[point, default: 0] += 1
      return seen[point, default: 0].isMultiple(of: 2)
    }
    let exposure = ItemExposure(
      admission: [AssessmentItem.ID: Double](
        held.map { ($0.id, 0.001) }, uniquingKeysWith: { first, _ in first }))
    let heldIDs = Set(held.map(\.id))
    var given = 0
    for seed in 0..<30 as Range<UInt64> {
      let session = try finished(Cast.li(seed: seed, in: bank), .first, exposure: exposure)
      given += session.stages[1...].flatMap(\.items).count { heldIDs.contains($0) }
    }
    #expect(heldIDs.count > 90)
    #expect(given <= 4, "\(given) of 360 items")
  }

  @Test func `a choice that does not fit the session is refused and changes nothing`() throws {
    var session = try TestSession(start: Cast.wang(in: bank), bank: bank)
    #expect(session.selectedStages(bank: bank, exposure: ItemExposure()) == nil)
    try session.apply(.stageSubmitted(1), bank: bank)
    let selected = try #require(session.selectedStages(bank: bank, exposure: ItemExposure()))
    let before = session
    #expect(throws: SessionError.stageNotReached(3, current: 2)) {
      try session.apply(.stagesSelected(Array(selected.dropFirst())), bank: bank)
    }
    #expect(session == before)
    let item = session.stages[1].items[0]
    try session.apply(.responded(item: item, answer: .unsure, sequence: 1), bank: bank)
    #expect(throws: SessionError.stageClosed(2)) {
      try session.apply(.stagesSelected(selected), bank: bank)
    }
  }

  /// van der Linden & Veldkamp (2004), equation of the eligibility probabilities.
  @Test func `an item given twice as often as wanted is admitted half as often`() {
    #expect(ItemExposure.admission(after: 1, rate: 0.8, maximum: 0.4) == 0.5)
    #expect(ItemExposure.admission(after: 0.5, rate: 0.4, maximum: 0.4) == 0.5)
    #expect(ItemExposure.admission(after: 0.5, rate: 0.1, maximum: 0.4) == 1)
    #expect(ItemExposure.admission(after: 0.5, rate: 0, maximum: 0.4) == 1)
  }

  @Test func `exposure is counted among the sessions that could have had the item`() throws {
    var counts = ExposureCounts(framework: framework)
    let items = bank.items(of: bank.blueprints[0].test)
    let ofEnvironment = { (name: String) -> BankItem? in
      items.first { item in
        item.points.first.flatMap(framework.point)?.environment.rawValue == name
      }
    }
    let (plain, networked) = (try #require(ofEnvironment("A")), try #require(ofEnvironment("C")))
    counts.add([plain.id], for: Environment.ID(rawValue: "A"))
    counts.add([plain.id, networked.id], for: Environment.ID(rawValue: "C"))
    let counted = counts.counted(items, after: ItemExposure(), maximum: 0.4)
    let first = try #require(counted.first { $0.item == plain.id })
    let second = try #require(counted.first { $0.item == networked.id })
    #expect([first.offered, first.presented] == [2, 2])
    #expect([second.offered, second.presented] == [1, 1])
    #expect(first.admission == 0.4)
    #expect(counted.first?.rate == 1)
  }
}
