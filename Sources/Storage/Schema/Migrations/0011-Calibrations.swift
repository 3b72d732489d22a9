/// Calibrations as jobs: what was asked, how far they are, what they found.
let calibrationSchema: [SQL] =
  [
    """
    CREATE TABLE calibration_run (
      number \(word: .integer) NOT NULL PRIMARY KEY CHECK (number >= 1),
      bank_version TEXT NOT NULL,
      settings TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN
        ('running', 'finished', 'cancelled', 'failed', 'published', 'discarded')),
      progress TEXT NOT NULL,
      results TEXT NOT NULL,
      fault TEXT NOT NULL,
      actor TEXT NOT NULL,
      started_at TEXT NOT NULL,
      finished_at TEXT
    ) \(word: .strict)
    """
  ]
