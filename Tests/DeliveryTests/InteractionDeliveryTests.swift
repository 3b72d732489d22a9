import Competency
import Delivery
import ItemBank
import TestSupport
import Testing

/// Items of every kind in a session.
struct InteractionDeliveryTests {
  private let bank: Bank

  init() throws { bank = try InteractionBank.read() }

  private func session(seed: UInt64 = 7) throws -> TestSession {
    var start = Cast.wang(seed: seed, in: bank)
    start.test = AssessmentTest.ID(rawValue: "interactions")
    return try TestSession(start: start, bank: bank)
  }

  @Test func `every kind of question is drawn, and its best answer scores its highest category`()
    throws
  {
    var session = try session()
    #expect(Set(session.stages.flatMap(\.items)) == Set(bank.items.map(\.id)))
    for event in session.events(in: .best, bank: bank) { try session.apply(event, bank: bank) }
    let result = try #require(session.result(bank: bank))
    #expect(result.evidence.count == bank.items.count)
    #expect(result.evidence.allSatisfy { $0.category == $0.maximumCategory })
  }

  @Test func `an item whose scores are not the categories of its parameters is not drawn`() throws {
    var items = bank.items
    let place = try #require(items.firstIndex { $0.id.rawValue == "x05-match" })
    items[place].calibrations[0].stepLocations.removeLast()
    let other = Bank(
      version: bank.version, title: bank.title, frameworks: bank.frameworks, items: items,
      stimuli: bank.stimuli, tests: bank.tests, blueprints: bank.blueprints)
    var start = Cast.wang(in: other)
    start.test = AssessmentTest.ID(rawValue: "interactions")
    #expect(throws: BlueprintError.cannotBeFilled(test: "interactions", environment: "A")) {
      try TestSession(start: start, bank: other)
    }
  }

  @Test(arguments: ["x04-order", "x05-match", "x07-gap", "x10-associate", "x03-inline"])
  func `choices that may be shuffled have an order of the session's own, which it keeps`(
    id: String
  ) throws {
    let item = try #require(bank.item(AssessmentItem.ID(rawValue: id))?.item)
    let interaction = try #require(item.interactions.last)
    let orders = try (0..<30 as Range<UInt64>).map { seed in
      let session = try session(seed: seed)
      let shown = session.presentedChoices(of: interaction, in: item.id).map(\.id)
      #expect(Set(shown) == Set(interaction.choices.map(\.id)))
      #expect(session.content(of: item) == (try self.session(seed: seed).content(of: item)))
      return shown
    }
    #expect(Set(orders).count > 4)
  }

  @Test func `choices that an author has not released stay as they stand in the file`() throws {
    let item = try #require(bank.item(AssessmentItem.ID(rawValue: "x03-inline"))?.item)
    for seed in 0..<10 as Range<UInt64> {
      let shown = try session(seed: seed).presentedChoices(of: item.interactions[0], in: item.id)
      #expect(shown.map(\.id.rawValue) == ["before", "during", "after"])
    }
  }

  @Test func `the sides of a match are not mixed`() throws {
    let item = try #require(bank.item(AssessmentItem.ID(rawValue: "x05-match"))?.item)
    let shown = try session().presentedChoices(of: item.interactions[0], in: item.id)
    #expect(shown.prefix(4).allSatisfy { $0.id.rawValue.hasPrefix("P") })
    #expect(shown.suffix(3).allSatisfy { $0.id.rawValue.hasPrefix("U") })
  }
}
