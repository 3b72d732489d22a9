public import Foundation
public import ItemBank

/// One version of a bank put into service: who did it, why, and what became different.
public struct BankRelease: Hashable, Sendable {
  /// How it came about.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The folder the service was started with holds another bank.
    case folder
    /// A package or sheet was imported.
    case `import`
    /// Items were changed: their key or their state.
    case change
    /// Items got the parameters of a calibration.
    case calibration
    /// An earlier version was put back.
    case rollback
  }

  /// What is said about a release when it is made.
  public struct Note: Hashable, Sendable {
    /// How it came about.
    public var kind: Kind
    /// Who did it, as the audit log calls them.
    public var actor: String
    /// Why, in the words of who did it; empty where a program did.
    public var reason: String
    /// The items that became different from the version before.
    public var differences: [ItemDifference]

    /// Creates a note.
    public init(kind: Kind, actor: String, reason: String, differences: [ItemDifference]) {
      self.kind = kind
      self.actor = actor
      self.reason = reason
      self.differences = differences
    }
  }

  /// Its number, from 1, of the bank's releases.
  public var number: Int
  /// The version put into service.
  public var version: Bank.Version
  /// The version before; nil for the first.
  public var previous: Bank.Version?
  /// What was said about it.
  public var note: Note
  /// When.
  public var releasedAt: Date
}

extension Store {
  /// The releases of a bank, latest first.
  ///
  /// - Parameters:
  ///   - name: the bank.
  ///   - limit: the most to read.
  /// - Returns: the releases.
  /// - Throws: the database's error if they cannot be read.
  public func releases(of name: BankName, limit: Int = 200) async throws -> [BankRelease] {
    try await engine.read { connection in
      try connection.rows(
        """
        SELECT number, kind, version, previous, actor, reason, differences, released_at
        FROM bank_release WHERE name = \(name.rawValue) ORDER BY number DESC LIMIT \(limit)
        """
      ).map(BankRelease.init(row:))
    }
  }

  /// Puts an earlier version of a bank back into service.
  ///
  /// - Parameters:
  ///   - version: a version that was in service before.
  ///   - name: the bank.
  ///   - current: the version in service when it was asked for.
  ///   - note: who, why, and what becomes different.
  ///   - time: when.
  /// - Throws: ``StoreError/bankChanged`` if something else is in service by now;
  ///   ``StoreError/unreadable(table:)`` if the version was never in service. Nothing has then
  ///   changed.
  public func putBack(
    _ version: Bank.Version, as name: BankName, replacing current: Bank.Version,
    note: BankRelease.Note, at time: Date
  ) async throws {
    try await commits.commit { connection in
      guard try connection.bankInService(name) == current else { throw StoreError.bankChanged }
      let known = try connection.row(
        """
        SELECT number FROM bank_release
        WHERE name = \(name.rawValue) AND (version = \(version.rawValue)
          OR previous = \(version.rawValue)) LIMIT 1
        """)
      guard known != nil else { throw StoreError.unreadable(table: "bank_release") }
      try connection.putIntoService(version, as: name, at: time)
      try connection.release(version, of: name, after: current, note: note, at: time)
    }
  }
}

extension SQLiteConnection {
  /// Puts a published version into service.
  func putIntoService(_ version: Bank.Version, as name: BankName, at time: Date) throws {
    try execute(
      """
      INSERT INTO bank_in_service (name, kind, version, since)
      VALUES (\(name.rawValue), 'bank', \(version.rawValue), \(time.storedTime))
      ON CONFLICT (name) DO UPDATE SET version = excluded.version, since = excluded.since
        WHERE bank_in_service.version <> excluded.version
      """)
  }

  /// Notes a release and tells the audit log of it.
  func release(
    _ version: Bank.Version, of name: BankName, after previous: Bank.Version?,
    note: BankRelease.Note, at time: Date
  ) throws {
    let last = try row(
      "SELECT max(number) AS number FROM bank_release WHERE name = \(name.rawValue)")
    let number = Int(try last?.optionalInteger("number") ?? 0) + 1
    let differences = try DifferencesRecord(note.differences).storedJSON()
    try execute(
      """
      INSERT INTO bank_release
        (name, number, kind, version, previous, actor, reason, differences, released_at)
      VALUES (\(name.rawValue), \(number), \(note.kind.rawValue), \(version.rawValue),
        \(previous?.rawValue), \(note.actor), \(note.reason), \(differences), \(time.storedTime))
      """)
    try audit(
      AuditEvent(
        actor: note.actor, action: "release-bank", object: "bank:\(name.rawValue)",
        detail: "\(note.kind.rawValue) \(number), items: \(note.differences.count)"), at: time)
  }
}

/// The differences of a release as they are kept.
private struct DifferencesRecord: Codable {
  struct Item: Codable {
    var item: String
    var aspects: [String]
  }

  var items: [Item]

  init(_ differences: [ItemDifference]) {
    items = differences.map {
      Item(item: $0.item.rawValue, aspects: $0.aspects.map(\.rawValue))
    }
  }

  var differences: [ItemDifference] {
    items.map { item in
      ItemDifference(
        item: AssessmentItem.ID(rawValue: item.item),
        aspects: item.aspects.compactMap(ItemDifference.Aspect.init(rawValue:)))
    }
  }
}

extension BankRelease {
  fileprivate init(row: Row) throws {
    guard let kind = Kind(rawValue: try row.text("kind")) else {
      throw StoreError.unreadable(table: "bank_release")
    }
    number = Int(try row.integer("number"))
    version = Bank.Version(rawValue: try row.text("version"))
    previous = try row.optionalText("previous").map(Bank.Version.init(rawValue:))
    let kept = try JSONDecoder().decode(
      DifferencesRecord.self, from: Data(try row.text("differences").utf8))
    note = Note(
      kind: kind, actor: try row.text("actor"), reason: try row.text("reason"),
      differences: kept.differences)
    releasedAt = try Date(storedTime: try row.text("released_at"))
  }
}
