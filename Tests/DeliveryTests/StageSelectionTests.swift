import Competency
import Delivery
import ItemBank
import TestSupport
import Testing

struct StageSelectionTests {
  private let content: ShippedContent

  init() throws {
    content = try ShippedContent()
  }

  /// The points of a form's items, and their places.
  private func points(of session: TestSession) -> [CompetencyPoint] {
    session.stages.flatMap(\.items).compactMap { id in
      content.bank.item(id)?.points.first.flatMap { content.bank.frameworks[0].point($0) }
    }
  }

  @Test(arguments: ["A", "B", "C"])
  func `every draw of 500 satisfies the blueprint`(environment: String) throws {
    let bank = content.bank
    let blueprint = try #require(bank.blueprints.first)
    let form = try #require(blueprint.form(for: Environment.ID(rawValue: environment)))
    for seed in 0..<500 as Range<UInt64> {
      var start = Cast.wang(seed: seed, in: bank)
      start.environment = form.environment
      let session = try TestSession(start: start, bank: bank)
      #expect(session.stages.map(\.number) == [1, 2, 3, 4])
      #expect(session.stages.allSatisfy { $0.items.count == blueprint.itemsPerStage })
      #expect(
        session.stages.allSatisfy { $0.groups.count { $0.stimulus != nil } <= 2 })
      let items = session.stages.flatMap(\.items)
      #expect(Set(items).count == blueprint.length)
      let points = points(of: session)
      let ofEnvironment = Dictionary(grouping: points, by: \.environment).mapValues(\.count)
      #expect(ofEnvironment == form.fromEnvironment)
      for (dimension, range) in form.fromDimension {
        #expect(range.contains(points.count { $0.dimension == dimension }))
      }
      for (point, times) in Dictionary(grouping: points, by: \.id) {
        #expect(times.count <= form.maximum(of: point))
      }
    }
  }

  @Test func `no item of an environment that the teacher lacks is ever drawn`() throws {
    for seed in 0..<200 as Range<UInt64> {
      let session = try TestSession(
        start: Cast.wang(seed: seed, in: content.bank), bank: content.bank)
      #expect(points(of: session).allSatisfy { $0.environment.rawValue == "A" })
    }
  }

  @Test func `every point of the teacher's environments has a chance, and every item`() throws {
    let bank = content.bank
    var seenPoints: Set<CompetencyPoint.ID> = []
    var seenItems: Set<AssessmentItem.ID> = []
    // Stories of the teacher's own school stage come first, so teachers of every stage are asked,
    // until no item is left: how long that takes grows with the bank.
    let schoolStages = Set(bank.items.compactMap(\.schoolStage)).sorted()
    var seed: UInt64 = 0
    while seenItems.count < bank.items.count, seed < 3000 {
      var start =
        seed % 2 == 0 ? Cast.zhao(seed: seed, in: bank) : Cast.li(seed: seed, in: bank)
      start.schoolStage = schoolStages[Int(seed / 2) % schoolStages.count]
      let session = try TestSession(start: start, bank: bank)
      seenPoints.formUnion(points(of: session).map(\.id))
      seenItems.formUnion(session.stages.flatMap(\.items))
      seed += 1
    }
    #expect(seenPoints == Set(bank.frameworks[0].points.map(\.id)))
    #expect(seenItems.count == bank.items(of: bank.blueprints[0].test).count)
  }

  @Test func `items of one scenario stand in one group`() throws {
    for seed in 0..<100 as Range<UInt64> {
      let session = try TestSession(
        start: Cast.li(seed: seed, in: content.bank), bank: content.bank)
      let stimuli = session.stages.flatMap(\.groups).compactMap(\.stimulus)
      #expect(Set(stimuli).count == stimuli.count)
      for group in session.stages.flatMap(\.groups) {
        for item in group.items {
          #expect(content.bank.item(item)?.scenario == group.stimulus)
        }
      }
    }
  }

  @Test func `the same seed draws the same form, another seed another`() throws {
    let bank = content.bank
    let first = try TestSession(start: Cast.li(seed: 1, in: bank), bank: bank)
    let again = try TestSession(start: Cast.li(seed: 1, in: bank), bank: bank)
    let other = try TestSession(start: Cast.li(seed: 2, in: bank), bank: bank)
    #expect(first.stages == again.stages)
    #expect(first.stages != other.stages)
  }

  @Test func `a blueprint that asks for more than the bank has is refused by name`() throws {
    let bank = content.bank
    var blueprint = try #require(bank.blueprints.first)
    blueprint.forms[0].perPointMaximum = 1
    blueprint.forms[0].perPointException = [:]
    let poor = Bank(
      version: bank.version, title: bank.title, frameworks: bank.frameworks, items: bank.items,
      stimuli: bank.stimuli, tests: bank.tests, blueprints: [blueprint])
    #expect(throws: BlueprintError.cannotBeFilled(test: "diagnostic-2.0", environment: "A")) {
      try TestSession(start: Cast.wang(in: poor), bank: poor)
    }
  }

  @Test func `an unknown test or environment is refused by name`() throws {
    var start = Cast.wang(in: content.bank)
    start.environment = Environment.ID(rawValue: "Z")
    #expect(throws: BlueprintError.unknownEnvironment("Z")) {
      try TestSession(start: start, bank: content.bank)
    }
    start = Cast.wang(in: content.bank)
    start.test = AssessmentTest.ID(rawValue: "none")
    #expect(throws: BlueprintError.unknownTest("none")) {
      try TestSession(start: start, bank: content.bank)
    }
  }

  @Test func `choices are shown in an order of the session's own, with none lost`() throws {
    let bank = content.bank
    let item = try #require(bank.items.first)
    let interaction = try #require(item.item.choiceInteractions.first)
    let orders = try Set(
      (0..<40 as Range<UInt64>).map { seed in
        let session = try TestSession(start: Cast.wang(seed: seed, in: bank), bank: bank)
        let shown = session.presentedChoices(of: .choice(interaction), in: item.id).map(\.id)
        #expect(Set(shown) == Set(interaction.choices.map(\.id)))
        return shown
      })
    #expect(orders.count > 20)
  }
}
