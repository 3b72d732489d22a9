public import Foundation
public import ItemBank

/// The name a bank is kept under.
public struct BankName: RawRepresentable, Hashable, Sendable {
  /// The name; `public` for the public bank, otherwise the institution's.
  public var rawValue: String
  /// Wraps a name.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The bank that anybody may take tests of.
  public static let `public` = BankName(rawValue: "public")
}

/// What has to be in service under a name for a bank to take its place.
public enum BankBefore: Hashable, Sendable {
  /// Whatever there is.
  case any
  /// This version; nil for no bank yet.
  case version(Bank.Version?)
}

extension Store {
  /// Publishes a bank and puts it into service under its name.
  ///
  /// What is there already stays as it is; only what is in service changes. A service that runs
  /// takes the bank over by itself.
  ///
  /// - Parameters:
  ///   - bank: the bank.
  ///   - name: the name to serve it under.
  ///   - files: its files by their path.
  ///   - publishedAt: the time.
  ///   - before: what it was made from; two imports at once must not undo each other.
  ///   - note: who puts it into service and why; kept when the version in service becomes another.
  /// - Throws: ``StoreError/bankChanged`` if something else is in service by now;
  ///   ``StoreError/audience(item:)`` if an item was published for another audience, in any
  ///   bank; or the database's error. Nothing is then kept.
  public func publish(
    _ bank: Bank, as name: BankName, files: [String: [UInt8]], publishedAt: Date,
    replacing before: BankBefore = .any,
    note: BankRelease.Note = BankRelease.Note(
      kind: .folder, actor: "service", reason: "", differences: [])
  ) async throws {
    let items = bank.audiences
    try await commits.commit { connection in
      if case .version(let expected) = before, try connection.bankInService(name) != expected {
        throw StoreError.bankChanged
      }
      let added = try connection.publish(
        .bank, version: bank.version.rawValue, files: files, publishedAt: publishedAt)
      // A version that was published before the audiences were noted has none yet.
      let isNoted = try connection.hasItems(bank.version)
      if added || !isNoted {
        for item in items { try connection.publish(item, in: bank.version) }
      }
      let present = try connection.bankInService(name)
      guard present != bank.version else { return }
      try connection.putIntoService(bank.version, as: name, at: publishedAt)
      try connection.release(
        bank.version, of: name, after: present, note: note, at: publishedAt)
    }
  }

  /// The version of a bank that is in service.
  ///
  /// - Parameter name: the name of the bank.
  /// - Returns: the version; nil if no bank was published under that name.
  /// - Throws: the database's error if it cannot be read.
  public func bankInService(_ name: BankName) async throws -> Bank.Version? {
    try await engine.read { try $0.bankInService(name) }
  }
}

/// An item of a test and who may take the test.
private struct PublishedItem: Sendable {
  var item: String
  var contentHash: String
  var audience: String
}

extension Bank {
  /// The items of its tests with their audiences; an item in two of them twice.
  fileprivate var audiences: [PublishedItem] {
    blueprints.flatMap { blueprint in
      items(of: blueprint.test).map { item in
        PublishedItem(
          item: item.id.rawValue, contentHash: item.item.contentHash,
          audience: blueprint.audience.rawValue)
      }
    }
  }
}

extension SQLiteConnection {
  func bankInService(_ name: BankName) throws -> Bank.Version? {
    let row = try row("SELECT version FROM bank_in_service WHERE name = \(name.rawValue)")
    return try row.map { Bank.Version(rawValue: try $0.text("version")) }
  }

  fileprivate func hasItems(_ version: Bank.Version) throws -> Bool {
    try row(
      """
      SELECT item FROM published_item WHERE kind = 'bank' AND version = \(version.rawValue) LIMIT 1
      """) != nil
  }

  /// Notes the audience of an item of a version.
  ///
  /// - Throws: ``StoreError/audience(item:)`` if it has another one already.
  fileprivate func publish(_ item: PublishedItem, in version: Bank.Version) throws {
    try execute(
      """
      INSERT INTO item_audience (content_hash, audience)
      VALUES (\(item.contentHash), \(item.audience)) ON CONFLICT (content_hash) DO NOTHING
      """)
    let known = try row(
      """
      SELECT audience FROM published_item
      WHERE kind = 'bank' AND version = \(version.rawValue) AND item = \(item.item)
      """)
    if let known, try known.text("audience") == item.audience { return }
    let kept = try row(
      "SELECT audience FROM item_audience WHERE content_hash = \(item.contentHash)")
    // The constraints refuse both too; asked here so that the item can be named.
    guard known == nil, try kept?.text("audience") == item.audience else {
      throw StoreError.audience(item: item.item)
    }
    try execute(
      """
      INSERT INTO published_item (kind, version, item, content_hash, audience)
      VALUES ('bank', \(version.rawValue), \(item.item), \(item.contentHash), \(item.audience))
      """)
  }
}
