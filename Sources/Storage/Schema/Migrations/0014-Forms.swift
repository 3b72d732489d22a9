/// Blueprints that are being edited, tried on simulated teachers, and when a test may be taken.
let formSchema: [SQL] =
  [
    """
    CREATE TABLE blueprint_draft (
      test TEXT NOT NULL PRIMARY KEY,
      revision \(word: .integer) NOT NULL CHECK (revision >= 1),
      blueprint TEXT NOT NULL,
      actor TEXT NOT NULL,
      saved_at TEXT NOT NULL
    ) \(word: .strict)
    """,
    """
    CREATE TABLE form_trial (
      number \(word: .integer) NOT NULL PRIMARY KEY CHECK (number >= 1),
      test TEXT NOT NULL,
      bank_version TEXT NOT NULL,
      blueprint TEXT NOT NULL,
      teachers \(word: .integer) NOT NULL CHECK (teachers >= 1),
      seed \(word: .integer) NOT NULL CHECK (seed >= 0),
      status TEXT NOT NULL CHECK (status IN ('running', 'finished', 'cancelled', 'failed')),
      done \(word: .integer) NOT NULL,
      report TEXT,
      actor TEXT NOT NULL,
      started_at TEXT NOT NULL,
      finished_at TEXT,
      CHECK (status <> 'finished' OR report IS NOT NULL)
    ) \(word: .strict)
    """,
    """
    CREATE TABLE test_window (
      number \(word: .integer) NOT NULL PRIMARY KEY CHECK (number >= 1),
      test TEXT NOT NULL,
      programme TEXT NOT NULL,
      opens_on TEXT NOT NULL,
      closes_on TEXT NOT NULL CHECK (closes_on >= opens_on),
      actor TEXT NOT NULL,
      made_at TEXT NOT NULL
    ) \(word: .strict)
    """,
    """
    CREATE TABLE test_window_unit (
      test_window \(word: .integer) NOT NULL REFERENCES test_window (number) ON DELETE CASCADE,
      unit TEXT NOT NULL REFERENCES unit (id),
      PRIMARY KEY (test_window, unit)
    ) \(word: .strict)
    """,
    "CREATE INDEX test_window_by_test ON test_window (test, programme)",
  ]
