import Delivery
import Foundation
import ItemBank
import Storage
import TestSupport
import Testing

@testable import Web

/// A bank that is published while the service runs.
struct NewBankTests {
  /// Publishes the shipped bank with another title of a test, and so another version.
  private func publishAnother(_ site: TestSite) async throws -> Bank {
    var files = PackageFiles(folder: Project.root.appending(path: "ItemBank")).contents
    let path = "tests/diagnostic-2.0.blueprint.json"
    let text = String(decoding: try #require(files[path]), as: UTF8.self)
    files[path] = Array(
      text.replacing("\"version\": \"1\"", with: "\"version\": \"2\"").utf8)
    let bank = try #require(BankReader.read(files: files, name: "another").bank)
    #expect(bank.version != site.content.bank.version)
    try await site.site.store.publish(
      bank, as: .public, files: files, publishedAt: TestSite.noon)
    return bank
  }

  @Test func `a newly published bank is taken over once, and sessions keep theirs`() async throws {
    try await TestSite.with { site in
      let publications = site.site.publications
      let old = site.content.bank
      try await site.publishBank()
      #expect(try await site.site.takeOverBank() == nil)
      let start = Cast.wang(in: old)
      let owner = SessionOwner(tokenHash: AccessToken().hash)
      let (id, _) = try await site.site.begin(start, owner: owner)
      let new = try await publishAnother(site)
      #expect(try await site.site.takeOverBank() == new.version)
      #expect(try await site.site.takeOverBank() == nil)
      #expect(publications.bank.version == new.version)
      // The session that has begun is still of the old bank.
      let stored = try #require(
        try await site.site.store.session(SessionKey(id: id, owner: owner)))
      let bank = try await publications.bank(stored.start.bankVersion)
      #expect(bank.version == old.version)
      _ = try stored.replayed(bank: bank)
      // A new one is of the new bank.
      let (next, _) = try await site.site.begin(Cast.li(in: new), owner: owner)
      #expect(next != id)
    }
  }

  @Test func `a bank that cannot be read is not taken over`() async throws {
    try await TestSite.with { site in
      let old = site.content.bank
      let broken = Bank(
        version: Bank.Version(rawValue: "broken"), title: "", frameworks: [], items: [],
        stimuli: [], tests: [], blueprints: [])
      try await site.site.store.publish(
        broken, as: .public, files: ["imsmanifest.xml": [1, 2, 3]], publishedAt: TestSite.noon)
      await #expect(throws: Publications.Missing.self) { try await site.site.takeOverBank() }
      #expect(site.site.publications.bank.version == old.version)
    }
  }
}
