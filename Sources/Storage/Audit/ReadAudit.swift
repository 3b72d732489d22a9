import Foundation

/// What was found when the audit log was checked.
public struct AuditVerification: Hashable, Sendable {
  /// How many lines are whole, from the first on.
  public var intactEvents: Int
  /// The place of the first line that is missing or not as it was written; nil if none.
  public var firstBrokenPosition: Int?
  /// The hash of the last whole line, in hexadecimal: note it elsewhere to notice a log written anew.
  public var lastHash: String
}

/// Some lines of the audit log, for a page.
public struct AuditPage: Hashable, Sendable {
  /// The lines, the newest first.
  public var events: [StoredAuditEvent]
  /// The place of the first of these lines that is missing or not as it was written; nil if the
  /// chain holds from the first to the last of them.
  public var brokenPosition: Int?
}

extension Store {
  /// The newest lines of the audit log, the newest first, with the chain between them checked.
  ///
  /// What is checked are these lines and no others: each against the one before it. So it takes the
  /// same time however long the log is; ``verifyAudit()`` reads all of it.
  ///
  /// - Parameters:
  ///   - limit: how many at most.
  ///   - position: only lines before this place; nil for the newest.
  /// - Returns: the lines.
  /// - Throws: the database's error if it cannot be read.
  public func auditPage(limit: Int, before position: Int? = nil) async throws -> AuditPage {
    try await engine.read { connection in
      // One more than is shown: the line that the oldest shown one is chained to.
      let rows = try connection.rows(
        """
        SELECT position, happened_at, actor, action, object, outcome, detail, hash
        FROM audit_event
        WHERE position < \(position ?? Int.max) ORDER BY position DESC LIMIT \(limit + 1)
        """)
      return AuditPage(
        events: try rows.prefix(limit).map(StoredAuditEvent.init(row:)),
        brokenPosition: try connection.brokenPosition(in: rows.reversed(), shown: limit))
    }
  }

  /// Reads the audit log from the first line and computes every hash anew.
  ///
  /// - Throws: the database's error if it cannot be read.
  public func verifyAudit() async throws -> AuditVerification {
    try await engine.read { try $0.auditVerification() }
  }
}

extension SQLiteConnection {
  /// Computes every hash of the audit log anew.
  func auditVerification() throws -> AuditVerification {
    var verification = AuditVerification(
      intactEvents: 0, firstBrokenPosition: nil, lastHash: Self.hexadecimal(AuditChain.start))
    var previous = AuditChain.start
    while true {
      // Page by page: years of lines do not fit in memory at once.
      let rows = try rows(
        """
        SELECT position, happened_at, actor, action, object, outcome, detail, hash
        FROM audit_event WHERE position > \(verification.intactEvents)
        ORDER BY position LIMIT 10000
        """)
      guard !rows.isEmpty else { return verification }
      for row in rows {
        let position = verification.intactEvents + 1
        guard let hash = try Self.hash(of: row, at: position, after: previous),
          hash == (try row.blob("hash"))
        else {
          verification.firstBrokenPosition = position
          return verification
        }
        previous = hash
        verification.intactEvents = position
        verification.lastHash = Self.hexadecimal(hash)
      }
    }
  }

  /// The first of some lines in a row that is missing or not as it was written.
  ///
  /// - Parameters:
  ///   - rows: the lines, the oldest first; where there are more than are shown, the first is only
  ///     the one that the next is chained to.
  ///   - shown: how many lines a page shows.
  /// - Returns: its place; nil if all of them hang together.
  /// - Throws: the row's error if a column is missing.
  func brokenPosition(in rows: [Row], shown: Int) throws -> Int? {
    var rows = rows[...]
    var previous = AuditChain.start
    var position = 0
    if rows.count > shown, let before = rows.popFirst() {
      previous = try before.blob("hash")
      position = Int(try before.integer("position"))
    }
    for row in rows {
      position += 1
      guard let hash = try Self.hash(of: row, at: position, after: previous),
        hash == (try row.blob("hash"))
      else { return position }
      previous = hash
    }
    return nil
  }

  /// The hash that a line should have; nil if it is not the line of this place.
  private static func hash(
    of row: Row, at position: Int, after previous: [UInt8]
  ) throws -> [UInt8]? {
    // The time as it stands there: one that is no time any more is a changed line too.
    guard try row.integer("position") == position,
      let outcome = AuditEvent.Outcome(rawValue: try row.text("outcome"))
    else { return nil }
    let event = AuditEvent(
      actor: try row.text("actor"), action: try row.text("action"),
      object: try row.text("object"), outcome: outcome, detail: try row.text("detail"))
    return AuditChain.hash(
      event, position: position, time: try row.text("happened_at"), after: previous)
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }
}

extension StoredAuditEvent {
  init(row: Row) throws {
    guard let outcome = AuditEvent.Outcome(rawValue: try row.text("outcome")) else {
      throw StoreError.unreadable(table: "audit_event")
    }
    self.init(
      position: Int(try row.integer("position")),
      happenedAt: try Date(storedTime: try row.text("happened_at")),
      event: AuditEvent(
        actor: try row.text("actor"), action: try row.text("action"),
        object: try row.text("object"), outcome: outcome, detail: try row.text("detail")))
  }
}
