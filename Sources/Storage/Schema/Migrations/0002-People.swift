/// Units, persons and how they sign in; staff accounts and what they may; the audit log.
///
/// Codes, tokens and passwords are kept as hashes only.
let peopleSchema: [SQL] =
  [
    """
    CREATE TABLE unit (
      id TEXT NOT NULL PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN ('province', 'city', 'county', 'school', 'site')),
      parent TEXT REFERENCES unit (id),
      name TEXT NOT NULL,
      code TEXT UNIQUE,
      identifier TEXT,
      source_id TEXT UNIQUE,
      CHECK ((kind IN ('school', 'site')) = (code IS NOT NULL))
    ) \(word: .strict)
    """,
    "CREATE INDEX unit_by_parent ON unit (parent, name)",
    """
    CREATE TABLE teaching_group (
      id TEXT NOT NULL PRIMARY KEY,
      unit TEXT NOT NULL REFERENCES unit (id),
      name TEXT NOT NULL,
      UNIQUE (unit, name)
    ) \(word: .strict)
    """,
    """
    CREATE TABLE person (
      id TEXT NOT NULL PRIMARY KEY,
      unit TEXT NOT NULL REFERENCES unit (id),
      staff_number TEXT NOT NULL,
      name TEXT NOT NULL,
      school_stage TEXT,
      subject TEXT,
      teaching_group TEXT REFERENCES teaching_group (id),
      is_near_retirement \(word: .integer) NOT NULL CHECK (is_near_retirement IN (0, 1)),
      source_id TEXT,
      has_left \(word: .integer) NOT NULL CHECK (has_left IN (0, 1)),
      notice_at TEXT,
      UNIQUE (unit, staff_number)
    ) \(word: .strict)
    """,
    "CREATE INDEX person_by_group ON person (teaching_group)",
    // One code of each kind a person: a new one takes the old one's place.
    """
    CREATE TABLE sign_in_code (
      person TEXT NOT NULL REFERENCES person (id),
      kind TEXT NOT NULL CHECK (kind IN ('activation', 'personal')),
      hash \(word: .blob) NOT NULL UNIQUE,
      made_at TEXT NOT NULL,
      expires_at TEXT,
      PRIMARY KEY (person, kind),
      CHECK ((kind = 'activation') = (expires_at IS NOT NULL))
    ) \(word: .strict)
    """,
    """
    CREATE TABLE staff_account (
      id TEXT NOT NULL PRIMARY KEY,
      login TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      password_hash TEXT NOT NULL,
      totp_secret \(word: .blob) NOT NULL,
      totp_used_step \(word: .integer) NOT NULL,
      role TEXT NOT NULL,
      unit TEXT REFERENCES unit (id),
      teaching_group TEXT REFERENCES teaching_group (id),
      made_at TEXT NOT NULL,
      closed_at TEXT
    ) \(word: .strict)
    """,
    """
    CREATE TABLE invitation (
      token_hash \(word: .blob) NOT NULL PRIMARY KEY,
      role TEXT NOT NULL,
      unit TEXT REFERENCES unit (id),
      teaching_group TEXT REFERENCES teaching_group (id),
      made_at TEXT NOT NULL,
      expires_at TEXT NOT NULL
    ) \(word: .strict)
    """,
    """
    CREATE TABLE access_session (
      token_hash \(word: .blob) NOT NULL PRIMARY KEY,
      person TEXT REFERENCES person (id),
      account TEXT REFERENCES staff_account (id),
      started_at TEXT NOT NULL,
      seen_at TEXT NOT NULL,
      CHECK ((person IS NULL) <> (account IS NULL))
    ) \(word: .strict)
    """,
    "CREATE INDEX access_session_by_person ON access_session (person)",
    "CREATE INDEX access_session_by_account ON access_session (account)",
    """
    CREATE TABLE audit_event (
      position \(word: .integer) NOT NULL PRIMARY KEY CHECK (position >= 1),
      happened_at TEXT NOT NULL,
      actor TEXT NOT NULL,
      action TEXT NOT NULL,
      object TEXT NOT NULL,
      outcome TEXT NOT NULL CHECK (outcome IN ('done', 'refused')),
      detail TEXT NOT NULL,
      hash \(word: .blob) NOT NULL
    ) \(word: .strict)
    """,
    """
    CREATE TRIGGER audit_event_is_never_changed BEFORE UPDATE ON audit_event
    BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END
    """,
    """
    CREATE TRIGGER audit_event_is_never_deleted BEFORE DELETE ON audit_event
    BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END
    """,
    "ALTER TABLE test_session ADD COLUMN person TEXT REFERENCES person (id)",
    "CREATE INDEX test_session_by_person ON test_session (person, started_at)",
  ]
