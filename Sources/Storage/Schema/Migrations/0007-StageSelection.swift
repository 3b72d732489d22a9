/// The stages chosen while a session goes on, and how often items were given.
///
/// A choice is kept like an event: a session is told again from it, not from the counts of the day.
let stageSelectionSchema: [SQL] =
  [
    """
    CREATE TABLE stage_selection (
      session TEXT NOT NULL REFERENCES test_session (id),
      stage \(word: .integer) NOT NULL CHECK (stage >= 2),
      form TEXT NOT NULL,
      selected_at TEXT NOT NULL,
      PRIMARY KEY (session, stage)
    ) \(word: .strict)
    """,
    """
    CREATE TRIGGER stage_selection_is_append_only BEFORE UPDATE ON stage_selection
    BEGIN SELECT RAISE(ABORT, 'stage_selection is append-only'); END
    """,
    """
    CREATE TABLE item_exposure (
      test TEXT NOT NULL,
      item TEXT NOT NULL,
      offered \(word: .integer) NOT NULL CHECK (offered >= 0),
      presented \(word: .integer) NOT NULL CHECK (presented BETWEEN 0 AND offered),
      admission \(word: .real) NOT NULL CHECK (admission > 0 AND admission <= 1),
      PRIMARY KEY (test, item)
    ) \(word: .strict)
    """,
    """
    CREATE TABLE exposure_window (
      test TEXT NOT NULL PRIMARY KEY,
      session_count \(word: .integer) NOT NULL CHECK (session_count >= 0),
      counted_until TEXT NOT NULL
    ) \(word: .strict)
    """,
    "CREATE INDEX test_session_by_finish ON test_session (test, finished_at)",
    // What the teacher thought of each dimension before the first item, as JSON.
    "ALTER TABLE test_session ADD COLUMN self_rating TEXT",
  ]
