/// Sessions that go on from a finished one, and forms on paper.
///
/// A session goes on from one, and one from it: two tabs make no two.
let furtherStagesSchema: [SQL] =
  [
    "ALTER TABLE test_session ADD COLUMN continues TEXT REFERENCES test_session (id)",
    // What was expected of the stage before it was taken, as JSON.
    "ALTER TABLE test_session ADD COLUMN expectation TEXT",
    """
    CREATE UNIQUE INDEX test_session_by_continued ON test_session (continues)
      WHERE continues IS NOT NULL
    """,
    """
    CREATE TABLE paper_form (
      code TEXT NOT NULL PRIMARY KEY,
      unit TEXT NOT NULL REFERENCES unit (id),
      test TEXT NOT NULL,
      bank_version TEXT NOT NULL,
      environment TEXT NOT NULL,
      programme TEXT NOT NULL,
      seed \(word: .integer) NOT NULL,
      form TEXT NOT NULL,
      made_at TEXT NOT NULL
    ) \(word: .strict)
    """,
    "CREATE INDEX paper_form_by_unit ON paper_form (unit, made_at)",
    // Sheets of it are on people's desks.
    """
    CREATE TRIGGER paper_form_is_never_changed BEFORE UPDATE ON paper_form
    BEGIN SELECT RAISE(ABORT, 'paper_form is append-only'); END
    """,
    // A session that was filled in on paper: one of a person and a form.
    "ALTER TABLE test_session ADD COLUMN paper_form TEXT REFERENCES paper_form (code)",
    """
    CREATE UNIQUE INDEX test_session_by_paper ON test_session (paper_form, person)
      WHERE paper_form IS NOT NULL
    """,
  ]
