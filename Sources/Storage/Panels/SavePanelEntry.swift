import Foundation

/// What came of something a judge wanted to say.
public enum PanelSaving: Hashable, Sendable {
  /// It counts; the revision says how often it was said anew.
  case saved(revision: Int)
  /// Its round was over: it is kept, and does not count.
  case late
  /// Something else was said in another window since the page was made: nothing is changed.
  case conflict(PanelEntry)
}

extension Store {
  /// Keeps what a judge says.
  ///
  /// The same said twice is said once. Something else than what the judge's page showed is not
  /// overwritten unseen.
  ///
  /// - Parameters:
  ///   - entry: what is said; its revision is the one that the judge's page showed, 0 for none.
  ///   - number: the panel.
  /// - Returns: what came of it.
  /// - Throws: the database's error if it cannot be kept, among others when the panel has no such
  ///   judge.
  public func savePanelEntry(_ entry: PanelEntry, inPanel number: Int) async throws -> PanelSaving {
    try await commits.commit { connection in
      guard let panel = try connection.panel(number) else {
        throw StoreError.unreadable(table: "panel")
      }
      var entry = entry
      entry.isLate = !panel.isOpen || panel.round != entry.round
      let kept = try connection.entry(like: entry, inPanel: number)
      if let kept, kept.values == entry.values, kept.remark == entry.remark {
        return entry.isLate ? .late : .saved(revision: kept.revision)
      }
      if let kept, !entry.isLate, kept.revision != entry.revision { return .conflict(kept) }
      entry.revision = (kept?.revision ?? 0) + 1
      try connection.keep(entry, inPanel: number)
      return entry.isLate ? .late : .saved(revision: entry.revision)
    }
  }
}

extension SQLiteConnection {
  /// What the judge said about the same thing before.
  fileprivate func entry(like entry: PanelEntry, inPanel panel: Int) throws -> PanelEntry? {
    try row(
      """
      SELECT judge, round, item, is_late, body, remark, revision, saved_at FROM panel_entry
      WHERE panel = \(panel) AND judge = \(entry.judge) AND round = \(entry.round)
        AND item = \(entry.item) AND is_late = \(entry.isLate ? 1 : 0)
      """
    ).map(PanelEntry.init(row:))
  }

  fileprivate func keep(_ entry: PanelEntry, inPanel panel: Int) throws {
    try execute(
      """
      INSERT INTO panel_entry
        (panel, judge, round, item, is_late, body, remark, revision, saved_at)
      VALUES (\(panel), \(entry.judge), \(entry.round), \(entry.item), \(entry.isLate ? 1 : 0),
        \(try entry.values.storedJSON()), \(entry.remark), \(entry.revision),
        \(entry.savedAt.storedTime))
      ON CONFLICT (panel, judge, round, item, is_late) DO UPDATE SET
        body = excluded.body, remark = excluded.remark, revision = excluded.revision,
        saved_at = excluded.saved_at
      """)
  }
}
