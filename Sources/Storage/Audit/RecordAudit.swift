public import Foundation

extension SQLiteConnection {
  /// Adds a line to the audit log, in the transaction of the act it tells of.
  ///
  /// - Throws: the database's error if it cannot be kept; the act is then undone with it.
  func audit(_ event: AuditEvent, at time: Date) throws {
    let last = try row("SELECT position, hash FROM audit_event ORDER BY position DESC LIMIT 1")
    let position = Int(try last?.integer("position") ?? 0) + 1
    let hash = AuditChain.hash(
      event, position: position, time: time.storedTime,
      after: try last?.blob("hash") ?? AuditChain.start)
    try execute(
      """
      INSERT INTO audit_event (position, happened_at, actor, action, object, outcome, detail, hash)
      VALUES (\(position), \(time.storedTime), \(event.actor), \(event.action), \(event.object),
        \(event.outcome.rawValue), \(event.detail), \(hash))
      """)
  }
}

extension Store {
  /// Adds a line to the audit log for something that changes nothing else, such as a refusal.
  ///
  /// - Throws: the database's error if it cannot be kept.
  public func record(_ event: AuditEvent, at time: Date) async throws {
    try await commits.commit { try $0.audit(event, at: time) }
  }
}
