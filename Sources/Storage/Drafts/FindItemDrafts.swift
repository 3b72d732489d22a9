public import ItemBank

extension Store {
  /// A draft with its newest text.
  ///
  /// - Throws: the database's error if it cannot be read.
  public func itemDraft(_ id: ItemDraft.ID) async throws -> ItemDraft? {
    try await engine.read { try $0.itemDraft(id) }
  }

  /// All drafts with their newest texts, the one kept last first.
  ///
  /// - Throws: the database's error if they cannot be read.
  public func itemDrafts() async throws -> [ItemDraft] {
    try await engine.read { connection in
      try connection.rows(
        """
        SELECT id, item, base, author, begun_at, revision, manuscript, editor, saved_at
        FROM item_draft JOIN item_draft_revision AS kept ON kept.draft = id
        WHERE revision = (SELECT max(revision) FROM item_draft_revision WHERE draft = id)
        ORDER BY saved_at DESC, id
        """
      ).map(ItemDraft.init(row:))
    }
  }

  /// An older text of a draft.
  ///
  /// - Throws: the database's error if it cannot be read.
  public func manuscript(
    of draft: ItemDraft.ID, revision: Int
  ) async throws -> ItemManuscript? {
    try await engine.read { connection in
      try connection.row(
        """
        SELECT manuscript FROM item_draft_revision
        WHERE draft = \(draft.rawValue) AND revision = \(revision)
        """
      ).map { try ItemManuscript(storedJSON: try $0.text("manuscript")) }
    }
  }
}
