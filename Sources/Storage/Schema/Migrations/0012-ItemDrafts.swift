/// Items that are being written: who began them, and every text that was kept, so that nobody's is
/// lost when two write at once.
///
/// `page` names the page that was written on: what one page sends comes in its own order.
let itemDraftSchema: [SQL] =
  [
    """
    CREATE TABLE item_draft (
      id TEXT NOT NULL PRIMARY KEY,
      item TEXT,
      base TEXT,
      author TEXT NOT NULL,
      begun_at TEXT NOT NULL
    ) \(word: .strict)
    """,
    """
    CREATE TABLE item_draft_revision (
      draft TEXT NOT NULL REFERENCES item_draft (id),
      revision \(word: .integer) NOT NULL CHECK (revision >= 1),
      manuscript TEXT NOT NULL,
      editor TEXT NOT NULL,
      page TEXT NOT NULL,
      saved_at TEXT NOT NULL,
      PRIMARY KEY (draft, revision)
    ) \(word: .strict)
    """,
    """
    CREATE TRIGGER item_draft_revision_is_append_only BEFORE UPDATE ON item_draft_revision
    BEGIN SELECT RAISE(ABORT, 'item_draft_revision is append-only'); END
    """,
  ]
