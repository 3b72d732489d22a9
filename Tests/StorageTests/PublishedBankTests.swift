import Foundation
import GRDB
import ItemBank
import TestSupport
import Testing

@testable import Storage

/// Which bank is in service, and who may see which item.
struct PublishedBankTests {
  private let bank: Bank
  private let noon = Date(timeIntervalSince1970: 1_795_262_400)

  init() throws {
    bank = try ShippedContent().bank
  }

  private func withStore(_ body: (Store, URL) async throws -> Void) async throws {
    let folder = try Project.temporaryFolder()
    let store = try Store(folder: folder, now: noon)
    do {
      try await body(store, folder)
    } catch {
      try store.close()
      try FileManager.default.removeItem(at: folder)
      throw error
    }
    try store.close()
    try FileManager.default.removeItem(at: folder)
  }

  private func copy(version: String, audience: Blueprint.Audience) -> Bank {
    let blueprints = bank.blueprints.map { blueprint in
      var changed = blueprint
      changed.audience = audience
      return changed
    }
    return Bank(
      version: Bank.Version(rawValue: version), title: bank.title, frameworks: bank.frameworks,
      items: bank.items, stimuli: bank.stimuli, tests: bank.tests, blueprints: blueprints)
  }

  @Test func `the bank that was published last under a name is in service`() async throws {
    try await withStore { store, _ in
      #expect(try await store.bankInService(.public) == nil)
      let files: [String: [UInt8]] = ["a": [1]]
      let later = copy(version: "later", audience: .public)
      for one in [bank, later] {
        try await store.publish(one, as: .public, files: files, publishedAt: noon)
        #expect(try await store.bankInService(.public) == one.version)
      }
      // An earlier one again is in service again, and the later one is kept.
      try await store.publish(bank, as: .public, files: files, publishedAt: noon)
      #expect(try await store.bankInService(.public) == bank.version)
      #expect(try await store.publishedFiles(.bank, version: "later") == files)
      #expect(try await store.bankInService(BankName(rawValue: "实验学校")) == nil)
    }
  }

  @Test func `of two banks made from one, the second is refused and nothing of it is kept`()
    async throws
  {
    try await withStore { store, _ in
      let files: [String: [UInt8]] = ["a": [1]]
      try await store.publish(
        bank, as: .public, files: files, publishedAt: noon, replacing: .version(nil))
      let first = copy(version: "first", audience: .public)
      try await store.publish(
        first, as: .public, files: files, publishedAt: noon, replacing: .version(bank.version))
      let second = copy(version: "second", audience: .public)
      await #expect(throws: StoreError.bankChanged) {
        try await store.publish(
          second, as: .public, files: files, publishedAt: noon, replacing: .version(bank.version))
      }
      #expect(try await store.bankInService(.public) == first.version)
      #expect(try await store.publishedFiles(.bank, version: "second").isEmpty)
    }
  }

  @Test func `an item that was public is never for enrolled teachers, in any bank`() async throws {
    try await withStore { store, _ in
      try await store.publish(bank, as: .public, files: [:], publishedAt: noon)
      let enrolled = copy(version: "own", audience: .enrolled)
      let first = try #require(bank.items.first).id.rawValue
      await #expect(throws: StoreError.audience(item: first)) {
        try await store.publish(
          enrolled, as: BankName(rawValue: "实验学校"), files: ["a": [1]], publishedAt: noon)
      }
      // Nothing of it was kept.
      #expect(try await store.publishedFiles(.bank, version: "own").isEmpty)
      #expect(try await store.bankInService(BankName(rawValue: "实验学校")) == nil)
    }
  }

  @Test func `the database itself refuses an item with two audiences`() async throws {
    try await withStore { store, folder in
      try await store.publish(bank, as: .public, files: [:], publishedAt: noon)
      let queue = try DatabaseQueue(path: folder.appending(path: "bianque.sqlite").path)
      let hash = try #require(bank.items.first).item.contentHash
      let statements = [
        "UPDATE item_audience SET audience = 'enrolled'",
        "INSERT INTO item_audience (content_hash, audience) VALUES ('\(hash)', 'enrolled')",
        """
        INSERT INTO published_item (kind, version, item, content_hash, audience)
        VALUES ('bank', '\(bank.version.rawValue)', 'another', '\(hash)', 'enrolled')
        """,
        """
        INSERT INTO published_item (kind, version, item, content_hash, audience)
        VALUES ('bank', '\(bank.version.rawValue)', 'another', 'unknown', 'public')
        """,
      ]
      for statement in statements {
        #expect(throws: DatabaseError.self) {
          try queue.write { try $0.execute(sql: statement) }
        }
      }
      try queue.close()
    }
  }
}
