public import Foundation
public import ItemBank

extension Store {
  /// Opens a panel.
  ///
  /// - Parameters:
  ///   - kind: what its judges are asked for.
  ///   - name: what it is called.
  ///   - settings: what is judged.
  ///   - bank: the bank whose items are judged.
  ///   - judges: the accounts that judge, in the order of the numbers they get.
  ///   - seed: where the order of the choices comes from.
  ///   - actor: who opens it.
  ///   - time: when.
  /// - Returns: its number; nil if a panel of that name is open: a button pressed twice opens one.
  /// - Throws: the database's error if it cannot be kept.
  public func openPanel(
    _ kind: Panel.Kind, name: String, settings: Panel.Settings, bank: Bank.Version,
    judges: [StaffAccount.ID], seed: UInt64, actor: String, at time: Date
  ) async throws -> Int? {
    try await commits.commit { connection in
      let open = try connection.row(
        "SELECT number FROM panel WHERE name = \(name) AND closed_at IS NULL LIMIT 1")
      guard open == nil else { return nil }
      let last = try connection.row("SELECT max(number) AS number FROM panel")
      let number = Int(try last?.optionalInteger("number") ?? 0) + 1
      try connection.execute(
        """
        INSERT INTO panel
          (number, kind, name, bank_version, settings, seed, round, opened_by, opened_at)
        VALUES (\(number), \(kind.rawValue), \(name), \(bank.rawValue),
          \(try settings.storedJSON()), \(Int64(bitPattern: seed)), 1, \(actor),
          \(time.storedTime))
        """)
      for (place, judge) in judges.enumerated() {
        try connection.execute(
          """
          INSERT INTO panel_judge (panel, number, account)
          VALUES (\(number), \(place + 1), \(judge.rawValue))
          """)
      }
      try connection.audit(
        AuditEvent(
          actor: actor, action: "open-panel", object: "panel:\(number)", detail: kind.rawValue),
        at: time)
      return number
    }
  }
}
