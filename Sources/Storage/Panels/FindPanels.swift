import Foundation
import ItemBank

extension Store {
  /// The panels.
  ///
  /// - Parameters:
  ///   - judge: only those in which this account judges; nil for all.
  ///   - limit: how many at most.
  /// - Returns: the panels, latest first.
  /// - Throws: the database's error if they cannot be read.
  public func panels(judge: StaffAccount.ID? = nil, limit: Int = 200) async throws -> [Panel] {
    try await engine.read { connection in
      try connection.rows(
        """
        SELECT number, kind, name, bank_version, settings, seed, round, opened_by, opened_at,
          closed_at
        FROM panel
        WHERE coalesce(\(judge?.rawValue), '') = '' OR EXISTS (SELECT 1 FROM panel_judge
          WHERE panel_judge.panel = panel.number AND account = \(judge?.rawValue))
        ORDER BY number DESC LIMIT \(limit)
        """
      ).map { try Panel(row: $0, in: connection) }
    }
  }

  /// One panel.
  ///
  /// - Throws: the database's error if it cannot be read.
  public func panel(_ number: Int) async throws -> Panel? {
    try await engine.read { try $0.panel(number) }
  }

  /// What judges of a panel have said.
  ///
  /// - Parameters:
  ///   - panel: the panel.
  ///   - judge: only what this judge said; nil for all.
  /// - Returns: by judge, round and item; what came too late after what counts.
  /// - Throws: the database's error if it cannot be read.
  public func entries(of panel: Int, judge: Int? = nil) async throws -> [PanelEntry] {
    try await engine.read { connection in
      try connection.rows(
        """
        SELECT judge, round, item, is_late, body, remark, revision, saved_at FROM panel_entry
        WHERE panel = \(panel) AND (coalesce(\(judge), 0) = 0 OR judge = \(judge))
        ORDER BY judge, round, item, is_late
        """
      ).map(PanelEntry.init(row:))
    }
  }
}

extension SQLiteConnection {
  func panel(_ number: Int) throws -> Panel? {
    try row(
      """
      SELECT number, kind, name, bank_version, settings, seed, round, opened_by, opened_at, closed_at
      FROM panel WHERE number = \(number)
      """
    ).map { try Panel(row: $0, in: self) }
  }
}

extension Panel {
  fileprivate init(row: Row, in connection: SQLiteConnection) throws {
    guard let kind = Kind(rawValue: try row.text("kind")) else {
      throw StoreError.unreadable(table: "panel")
    }
    let number = Int(try row.integer("number"))
    self.init(
      number: number, kind: kind, name: try row.text("name"),
      bankVersion: Bank.Version(rawValue: try row.text("bank_version")),
      settings: try JSONDecoder().decode(
        Settings.self, from: Data(try row.text("settings").utf8)),
      seed: UInt64(bitPattern: try row.integer("seed")), round: Int(try row.integer("round")),
      openedBy: try row.text("opened_by"),
      openedAt: try Date(storedTime: try row.text("opened_at")),
      closedAt: try row.optionalText("closed_at").map { try Date(storedTime: $0) },
      judges: try connection.rows(
        "SELECT number, account FROM panel_judge WHERE panel = \(number) ORDER BY number"
      ).map {
        Judge(
          number: Int(try $0.integer("number")),
          account: StaffAccount.ID(rawValue: try $0.text("account")))
      })
  }
}

extension PanelEntry {
  init(row: Row) throws {
    self.init(
      judge: Int(try row.integer("judge")), round: Int(try row.integer("round")),
      item: try row.text("item"),
      values: try JSONDecoder().decode(
        [String: Double].self, from: Data(try row.text("body").utf8)),
      remark: try row.text("remark"), revision: Int(try row.integer("revision")),
      isLate: try row.integer("is_late") == 1,
      savedAt: try Date(storedTime: try row.text("saved_at")))
  }
}
