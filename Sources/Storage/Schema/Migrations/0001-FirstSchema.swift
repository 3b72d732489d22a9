/// Sessions with their events, results and plans, and the publications they are pinned to.
///
/// Times are ISO 8601 in UTC, as text. JSON is text that the program wrote. Identifiers are random,
/// so that none can be guessed from another.
let firstSchema: [SQL] =
  [
    """
    CREATE TABLE publication (
      kind TEXT NOT NULL CHECK (kind IN ('bank', 'courses')),
      version TEXT NOT NULL,
      published_at TEXT NOT NULL,
      PRIMARY KEY (kind, version)
    ) \(word: .strict)
    """,
    """
    CREATE TABLE publication_file (
      kind TEXT NOT NULL,
      version TEXT NOT NULL,
      path TEXT NOT NULL,
      content \(word: .blob) NOT NULL,
      PRIMARY KEY (kind, version, path),
      FOREIGN KEY (kind, version) REFERENCES publication (kind, version)
    ) \(word: .strict)
    """,
    """
    CREATE TABLE test_session (
      id TEXT NOT NULL PRIMARY KEY,
      token_hash \(word: .blob),
      test TEXT NOT NULL,
      bank_version TEXT NOT NULL,
      environment TEXT NOT NULL,
      school_stage TEXT,
      subject TEXT,
      programme TEXT NOT NULL,
      seed \(word: .integer) NOT NULL,
      form TEXT NOT NULL,
      started_at TEXT NOT NULL,
      finished_at TEXT,
      erased_at TEXT,
      CHECK (token_hash IS NOT NULL OR erased_at IS NOT NULL)
    ) \(word: .strict)
    """,
    "CREATE INDEX test_session_by_token_hash ON test_session (token_hash)",
    """
    CREATE TABLE session_event (
      session TEXT NOT NULL REFERENCES test_session (id),
      position \(word: .integer) NOT NULL CHECK (position >= 1),
      kind TEXT NOT NULL CHECK (kind IN ('responded', 'stage_submitted')),
      stage \(word: .integer) NOT NULL CHECK (stage >= 1),
      item TEXT,
      sequence \(word: .integer) CHECK (sequence >= 0),
      response TEXT,
      is_unsure \(word: .integer) CHECK (is_unsure IN (0, 1)),
      received_at TEXT NOT NULL,
      PRIMARY KEY (session, position),
      CHECK (kind <> 'responded' OR
        (item IS NOT NULL AND sequence IS NOT NULL AND is_unsure IS NOT NULL))
    ) \(word: .strict)
    """,
    // The same answer sent twice is one answer; a stage is submitted once.
    """
    CREATE UNIQUE INDEX session_event_response ON session_event (session, item, sequence)
      WHERE kind = 'responded'
    """,
    """
    CREATE UNIQUE INDEX session_event_stage ON session_event (session, stage)
      WHERE kind = 'stage_submitted'
    """,
    """
    CREATE TABLE session_result (
      session TEXT NOT NULL PRIMARY KEY REFERENCES test_session (id),
      body TEXT NOT NULL,
      finished_at TEXT NOT NULL
    ) \(word: .strict)
    """,
    """
    CREATE TABLE study_plan (
      id TEXT NOT NULL PRIMARY KEY,
      session TEXT NOT NULL REFERENCES test_session (id),
      programme TEXT NOT NULL,
      created_at TEXT NOT NULL
    ) \(word: .strict)
    """,
    "CREATE INDEX study_plan_by_session ON study_plan (session, created_at)",
    """
    CREATE TABLE study_plan_version (
      plan TEXT NOT NULL REFERENCES study_plan (id),
      version \(word: .integer) NOT NULL CHECK (version >= 1),
      courses_version TEXT NOT NULL,
      body TEXT NOT NULL,
      created_at TEXT NOT NULL,
      PRIMARY KEY (plan, version)
    ) \(word: .strict)
    """,
    // Only changes are refused: a person's right to erasure needs DELETE, done by one operation.
    """
    CREATE TRIGGER session_event_is_append_only BEFORE UPDATE ON session_event
    BEGIN SELECT RAISE(ABORT, 'session_event is append-only'); END
    """,
    """
    CREATE TRIGGER session_result_is_append_only BEFORE UPDATE ON session_result
    BEGIN SELECT RAISE(ABORT, 'session_result is append-only'); END
    """,
  ]
