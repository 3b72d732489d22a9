public import Foundation

extension Store {
  /// Ends what a panel's judges can say: the first round of two, or all of it.
  ///
  /// - Parameters:
  ///   - number: the panel.
  ///   - goesOn: whether the second round begins instead of the end.
  ///   - actor: who does it.
  ///   - time: when.
  /// - Returns: whether it was so; false if somebody had done it before.
  /// - Throws: the database's error if it cannot be kept.
  public func endRound(
    ofPanel number: Int, goesOn: Bool, actor: String, at time: Date
  ) async throws -> Bool {
    try await commits.commit { connection in
      let changed =
        goesOn
        ? try connection.execute(
          """
          UPDATE panel SET round = 2
          WHERE number = \(number) AND kind = 'angoff' AND round = 1 AND closed_at IS NULL
          """)
        : try connection.execute(
          """
          UPDATE panel SET closed_at = \(time.storedTime)
          WHERE number = \(number) AND closed_at IS NULL
          """)
      guard changed == 1 else { return false }
      try connection.audit(
        AuditEvent(
          actor: actor, action: goesOn ? "begin-second-round" : "close-panel",
          object: "panel:\(number)"), at: time)
      return true
    }
  }
}
