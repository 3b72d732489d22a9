/// Nightly snapshots of what groups need.
///
/// A block is written on the nights it changes; a map, the page of a unit, every night. Days count
/// from 1970-01-01, UTC.
let reports: [SQL] =
  [
    """
    CREATE TABLE report_snapshot (
      framework TEXT NOT NULL,
      day \(word: .integer) NOT NULL,
      taken_at TEXT NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (framework, day)
    ) \(word: .strict)
    """,
    """
    CREATE TABLE report_block (
      framework TEXT NOT NULL,
      unit TEXT NOT NULL,
      environment \(word: .integer) NOT NULL CHECK (environment >= 0),
      day \(word: .integer) NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (framework, unit, environment, day),
      FOREIGN KEY (framework, day) REFERENCES report_snapshot (framework, day)
    ) \(word: .strict)
    """,
    """
    CREATE TABLE report_map (
      framework TEXT NOT NULL,
      unit TEXT NOT NULL,
      day \(word: .integer) NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (framework, unit, day),
      FOREIGN KEY (framework, day) REFERENCES report_snapshot (framework, day)
    ) \(word: .strict)
    """,
    // Figures count people by a number of their own: a copy of a snapshot names nobody.
    """
    CREATE TABLE report_person (
      number \(word: .integer) NOT NULL PRIMARY KEY,
      person TEXT NOT NULL UNIQUE REFERENCES person (id)
    ) \(word: .strict)
    """,
    // A published figure cannot be taken back: a corrected one would tell what was corrected.
    """
    CREATE TRIGGER report_snapshot_is_final BEFORE UPDATE ON report_snapshot
    BEGIN SELECT RAISE(ABORT, 'report_snapshot is append-only'); END
    """,
    """
    CREATE TRIGGER report_block_is_final BEFORE UPDATE ON report_block
    BEGIN SELECT RAISE(ABORT, 'report_block is append-only'); END
    """,
    """
    CREATE TRIGGER report_map_is_final BEFORE UPDATE ON report_map
    BEGIN SELECT RAISE(ABORT, 'report_map is append-only'); END
    """,
  ]
