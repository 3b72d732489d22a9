import Diagnostics
import Foundation
import ItemBank
import TestSupport
import Testing

/// A change of an item is an import of the item as it shall be.
struct BankChangeTests {
  private let base: PackageFiles
  private let bank: Bank
  private let item: BankItem

  init() throws {
    base = PackageFiles(folder: Project.root.appending(path: "ItemBank"))
    bank = try ShippedContent().bank
    item = try #require(bank.items.first { !$0.item.scoredChoices.isEmpty })
  }

  private func score(_ choice: String, of item: BankItem?) throws -> Double? {
    try item?.item.score(["RESPONSE": .single(.identifier(choice))])["SCORE"]?.number
  }

  @Test func `another key gives other points, and nothing else changes`() throws {
    let worth = item.item.scoredChoices
    let best = try #require(worth.max { $0.value < $1.value })
    let worst = try #require(worth.min { $0.value < $1.value })
    let change = ItemChange(item: item.id, scores: [best.key: worst.value, worst.key: best.value])
    let result = BankImporter.change([change], in: base)
    #expect(result.report.newVersion == [item.id])
    #expect(result.report.refused.isEmpty && result.report.added.isEmpty)
    let changed = try #require(result.bank)
    #expect(try score(worst.key.rawValue, of: changed.item(item.id)) == Double(best.value))
    #expect(try score(best.key.rawValue, of: changed.item(item.id)) == Double(worst.value))
    let correct = changed.item(item.id)?.item.responseDeclarations[0].correctResponse
    #expect(correct == [.identifier(worst.key.rawValue)])
    for other in bank.items where other.id != item.id {
      #expect(changed.item(other.id)?.item.contentHash == other.item.contentHash)
    }
    // Taken back, every choice is worth what it was.
    let back = ItemChange(item: item.id, scores: worth)
    let files = try #require(result.files)
    let restored = try #require(BankImporter.change([back], in: files).bank)
    #expect(restored.item(item.id)?.item.scoredChoices == worth)
    #expect(restored.item(item.id)?.item.interactions == item.item.interactions)
  }

  @Test func `what is shown beforehand are the items that are published`() throws {
    let worth = item.item.scoredChoices
    let other = try #require(bank.items.last { $0.id != item.id && $0.parameters != nil })
    let third = try #require(
      bank.items.first { ![item.id, other.id].contains($0.id) && $0.parameters != nil })
    var parameters = try #require(third.parameters)
    parameters.slope += 0.125
    parameters.isProvisional = false
    parameters.caseCount = 300
    parameters.calibration = "urn:bianque:calibration:7"
    parameters.lastUpdated = "2026-11-27"
    let changes = [
      ItemChange(item: item.id, scores: worth.mapValues { 4 - min($0, 4) }),
      ItemChange(item: other.id, state: .retired),
      ItemChange(item: third.id, parameters: parameters),
    ]
    let preview = BankImporter.preview(changes, of: bank, in: base)
    #expect(preview.report.refused.isEmpty && preview.files == nil)
    let (shown, published) = (
      try #require(preview.bank), try #require(BankImporter.change(changes, in: base).bank)
    )
    #expect(shown.item(item.id)?.item.scoredChoices == worth.mapValues { 4 - min($0, 4) })
    #expect(shown.item(other.id)?.state == .retired)
    #expect(shown.item(third.id)?.parameters == parameters)
    // In which file an item stands is no part of what it says.
    func withoutFiles(_ bank: Bank) -> [BankItem] {
      bank.items.map { item in
        var item = item
        item.item.file = ""
        return item
      }.sorted { $0.id.rawValue < $1.id.rawValue }
    }
    #expect(shown.items.count == published.items.count)
    for (one, other) in zip(withoutFiles(shown), withoutFiles(published)) {
      #expect(one == other, "\(one.id.rawValue)")
    }
    #expect(shown.blueprints == published.blueprints)
    for test in published.tests {
      #expect(shown.items(of: test.id).map(\.id) == published.items(of: test.id).map(\.id))
    }
  }

  @Test func `what cannot be changed is refused beforehand too`() throws {
    let change = ItemChange(item: item.id, scores: [SimpleChoice.ID(rawValue: "nobody"): 1])
    let preview = BankImporter.preview([change], of: bank, in: base)
    #expect(preview.bank == nil)
    #expect(
      preview.report.refused.map(\.identifier)
        == BankImporter.change([change], in: base).report.refused.map(\.identifier))
    #expect(BankImporter.preview([], of: bank, in: base).bank == nil)
  }

  @Test func `another state is all that changes`() throws {
    let result = BankImporter.change([ItemChange(item: item.id, state: .retired)], in: base)
    let changed = try #require(result.bank?.item(item.id))
    #expect(changed.state == .retired)
    #expect(changed.item.contentHash == item.item.contentHash)
    var same = changed
    same.state = .live
    same.item.file = item.item.file
    #expect(same == item)
    let files = try #require(result.files)
    let again = BankImporter.change([ItemChange(item: item.id, state: .retired)], in: files)
    #expect(again.report.unchanged == [item.id] && again.bank == nil)
    let live = BankImporter.change([ItemChange(item: item.id, state: .live)], in: files)
    #expect(live.bank?.item(item.id)?.state == .live)
  }

  @Test func `new parameters are used, and the old ones stay on record`() throws {
    let old = try #require(item.parameters)
    let new = PartialCreditParameters(
      slope: 1.0 / 3, stepLocations: old.stepLocations.map { $0 + 0.1 },
      loadingShares: old.loadingShares, calibration: "https://bianque.example/calibration/7",
      isProvisional: false, caseCount: 431, lastUpdated: "2026-11-26")
    let result = BankImporter.change([ItemChange(item: item.id, parameters: new)], in: base)
    let changed = try #require(result.bank?.item(item.id))
    #expect(changed.parameters == new)
    #expect(changed.calibrations.contains(old))
    let others = bank.items.filter { $0.id != item.id }
    #expect(others.allSatisfy { result.bank?.item($0.id)?.calibrations == $0.calibrations })
  }

  @Test func `a bank that is read from its folder again keeps the change`() throws {
    let change = ItemChange(item: item.id, state: .pilot)
    let files = try #require(BankImporter.change([change], in: base).files)
    let again = BankReader.read(BankImporter.refreshed(base, keeping: files)).bank
    #expect(again?.item(item.id)?.state == .pilot)
  }

  @Test func `several items change together or not at all`() throws {
    let order = try #require(bank.items.first { $0.item.scoredChoices.isEmpty })
    let choice = try #require(item.item.scoredChoices.first)
    let result = BankImporter.change(
      [
        ItemChange(item: item.id, state: .draft),
        ItemChange(item: order.id, scores: [SimpleChoice.ID(rawValue: "A"): 4]),
      ], in: base)
    #expect(result.bank == nil)
    #expect(result.report.refused.map(\.identifier) == [order.id.rawValue])
    #expect(result.report.refused[0].diagnostics.map(\.code) == ["key-not-simple"])
    for (scores, code) in [
      ([choice.key: 99], "score-category"),
      ([SimpleChoice.ID(rawValue: "nowhere"): 1], "score-category"),
      (item.item.scoredChoices.mapValues { _ in 0 }, "maximum-score"),
    ] as [([SimpleChoice.ID: Int], String)] {
      let refused = BankImporter.change([ItemChange(item: item.id, scores: scores)], in: base)
      #expect(refused.report.refused.flatMap(\.diagnostics).map(\.code) == [code])
    }
    let unknown = BankImporter.change(
      [ItemChange(item: AssessmentItem.ID(rawValue: "nobody"), state: .live)], in: base)
    #expect(unknown.report.refused.flatMap(\.diagnostics).map(\.code).contains("unknown-item"))
  }

  @Test func `two versions differ in just what was changed`() throws {
    let worth = item.item.scoredChoices
    let best = try #require(worth.max { $0.value < $1.value })
    let worst = try #require(worth.min { $0.value < $1.value })
    let other = try #require(bank.items.last)
    var parameters = try #require(other.parameters)
    parameters.slope += 0.125
    let result = BankImporter.change(
      [
        ItemChange(
          item: item.id, state: .pilot,
          scores: [best.key: worst.value, worst.key: best.value]),
        ItemChange(item: other.id, parameters: parameters),
      ], in: base)
    let changed = try #require(result.bank)
    #expect(
      changed.differences(from: bank).sorted { $0.aspects.count > $1.aspects.count } == [
        ItemDifference(item: item.id, aspects: [.key, .state]),
        ItemDifference(item: other.id, aspects: [.parameters]),
      ])
    #expect(bank.differences(from: bank).isEmpty)
    let empty = try #require(BankReader.read(.newBank(withFrameworksOf: base)).bank)
    #expect(bank.differences(from: empty).allSatisfy { $0.aspects == [.added] })
    #expect(empty.differences(from: bank).count == bank.items.count)
  }
}
