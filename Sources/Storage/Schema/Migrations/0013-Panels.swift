/// Panels of judges: scores of options given blind, and sessions that set borders between levels.
///
/// What was said in time is a record: once a round is over, or the panel closed, it does not change
/// and is not deleted. What comes too late is kept beside it and never counts.
let panelSchema: [SQL] =
  [
    """
    CREATE TABLE panel (
      number \(word: .integer) NOT NULL PRIMARY KEY CHECK (number >= 1),
      kind TEXT NOT NULL CHECK (kind IN ('options', 'angoff', 'bookmark')),
      name TEXT NOT NULL,
      bank_version TEXT NOT NULL,
      settings TEXT NOT NULL,
      seed \(word: .integer) NOT NULL,
      round \(word: .integer) NOT NULL CHECK (round IN (1, 2)),
      opened_by TEXT NOT NULL,
      opened_at TEXT NOT NULL,
      closed_at TEXT
    ) \(word: .strict)
    """,
    """
    CREATE TABLE panel_judge (
      panel \(word: .integer) NOT NULL REFERENCES panel (number),
      number \(word: .integer) NOT NULL CHECK (number >= 1),
      account TEXT NOT NULL REFERENCES staff_account (id),
      PRIMARY KEY (panel, number),
      UNIQUE (panel, account)
    ) \(word: .strict)
    """,
    "CREATE INDEX panel_judge_by_account ON panel_judge (account, panel)",
    """
    CREATE TABLE panel_entry (
      panel \(word: .integer) NOT NULL,
      judge \(word: .integer) NOT NULL,
      round \(word: .integer) NOT NULL CHECK (round IN (1, 2)),
      item TEXT NOT NULL,
      is_late \(word: .integer) NOT NULL CHECK (is_late IN (0, 1)),
      body TEXT NOT NULL,
      remark TEXT NOT NULL,
      revision \(word: .integer) NOT NULL CHECK (revision >= 1),
      saved_at TEXT NOT NULL,
      PRIMARY KEY (panel, judge, round, item, is_late),
      FOREIGN KEY (panel, judge) REFERENCES panel_judge (panel, number)
    ) \(word: .strict)
    """,
    """
    CREATE TRIGGER panel_stays_closed BEFORE UPDATE ON panel WHEN OLD.closed_at IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'a closed panel is not changed'); END
    """,
    """
    CREATE TRIGGER panel_entry_is_in_time BEFORE INSERT ON panel_entry WHEN NEW.is_late = 0
      AND (SELECT closed_at IS NOT NULL OR round <> NEW.round FROM panel WHERE number = NEW.panel)
    BEGIN SELECT RAISE(ABORT, 'what comes after the end of a round is late'); END
    """,
    """
    CREATE TRIGGER panel_entry_is_kept_as_said BEFORE UPDATE ON panel_entry WHEN OLD.is_late = 0
      AND (SELECT closed_at IS NOT NULL OR round <> OLD.round FROM panel WHERE number = OLD.panel)
    BEGIN SELECT RAISE(ABORT, 'what was said in a round is not changed after it'); END
    """,
    """
    CREATE TRIGGER panel_entry_is_never_deleted BEFORE DELETE ON panel_entry
    BEGIN SELECT RAISE(ABORT, 'panel_entry is kept'); END
    """,
    """
    CREATE TRIGGER panel_is_never_deleted BEFORE DELETE ON panel
    BEGIN SELECT RAISE(ABORT, 'panel is kept'); END
    """,
  ]
