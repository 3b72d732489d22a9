public import Foundation

extension Store {
  /// Whether one course of each new plan is drawn among nearly equal ones; until somebody says
  /// otherwise, it is.
  ///
  /// - Throws: the database's error if it cannot be read.
  public func drawsSlots() async throws -> Bool {
    try await engine.read { connection in
      let row = try connection.row(
        "SELECT is_on FROM randomised_slot ORDER BY position DESC LIMIT 1")
      return try row.map { try $0.integer("is_on") == 1 } ?? true
    }
  }

  /// Turns the draw on or off for new plans.
  ///
  /// - Parameters:
  ///   - isOn: whether slots are drawn.
  ///   - actor: who decides.
  ///   - time: when.
  /// - Throws: the database's error if it cannot be kept.
  public func setDrawsSlots(_ isOn: Bool, actor: String, at time: Date) async throws {
    try await commits.commit { connection in
      let last = try connection.row("SELECT max(position) AS position FROM randomised_slot")?
        .optionalInteger("position")
      try connection.execute(
        """
        INSERT INTO randomised_slot (position, is_on, actor, set_at)
        VALUES (\(Int(last ?? 0) + 1), \(isOn ? 1 : 0), \(actor), \(time.storedTime))
        """)
      try connection.audit(
        AuditEvent(
          actor: actor, action: isOn ? "draw-slots" : "stop-drawing-slots", object: "service"),
        at: time)
    }
  }
}
