import Delivery
import Foundation
import ItemBank
import Storage
import TestSupport
import Testing

@testable import Web

/// Packages brought into the bank in service.
struct ItemImportingTests {
  private func wish(_ files: PackageFiles, keeps: Bool) throws -> ItemImporting.Wish {
    ItemImporting.Wish(
      file: [UInt8](try PackageWriter.archive(files)), name: "items.zip", keeps: keeps,
      isPartial: false, test: nil, privateName: nil, actor: "account:1", reason: "试一试")
  }

  @Test(arguments: [false, true])
  func `a package after which forms cannot be filled is refused, at the look already`(
    keeps: Bool
  ) async throws {
    try await TestSite.with { site in
      try await site.publishBank()
      let bank = site.content.bank
      let base = PackageFiles(folder: Project.root.appending(path: "ItemBank"))
      let test = try #require(bank.blueprints.first { $0.audience == .public }).test
      let retired = bank.items(of: test).filter { $0.state == .live }.dropFirst(3).map {
        ItemChange(item: $0.id, state: .retired)
      }
      let files = try #require(BankImporter.change(retired, in: base).files)
      await #expect {
        _ = try await ItemImporting(site: site.site).take(try wish(files, keeps: keeps))
      } throws: { error in
        guard case BankPublishing.Fault.unfilled(let forms)? = error as? BankPublishing.Fault
        else { return false }
        return forms.contains { $0.test == test }
      }
      #expect(try await site.site.store.bankInService(.public) == bank.version)
      // One item less leaves enough.
      let one = try #require(BankImporter.change(Array(retired.prefix(1)), in: base).files)
      let outcome = try await ItemImporting(site: site.site).take(try wish(one, keeps: keeps))
      #expect(outcome.bank != nil)
      #expect(try await site.site.store.bankInService(.public) != bank.version || !keeps)
    }
  }
}
