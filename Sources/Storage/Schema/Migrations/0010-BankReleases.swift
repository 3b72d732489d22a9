/// Who put which version of a bank into service, when and why.
let bankReleaseSchema: [SQL] =
  [
    """
    CREATE TABLE bank_release (
      name TEXT NOT NULL,
      number \(word: .integer) NOT NULL CHECK (number >= 1),
      kind TEXT NOT NULL CHECK (kind IN ('folder', 'import', 'change', 'calibration', 'rollback')),
      version TEXT NOT NULL,
      previous TEXT,
      actor TEXT NOT NULL,
      reason TEXT NOT NULL,
      differences TEXT NOT NULL,
      released_at TEXT NOT NULL,
      PRIMARY KEY (name, number)
    ) \(word: .strict)
    """,
    """
    CREATE TRIGGER bank_release_is_append_only BEFORE UPDATE ON bank_release
    BEGIN SELECT RAISE(ABORT, 'bank_release is append-only'); END
    """,
    """
    CREATE TRIGGER bank_release_is_kept BEFORE DELETE ON bank_release
    BEGIN SELECT RAISE(ABORT, 'bank_release is append-only'); END
    """,
  ]
