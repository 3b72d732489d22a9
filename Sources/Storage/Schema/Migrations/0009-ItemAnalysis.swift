/// On what a test was taken, the answers of finished sessions in a form that is read fast, and what
/// was worked out from them.
///
/// An answer sheet says nothing that the events of its session do not; it can be made again from
/// them, and is deleted with them.
let itemAnalysisSchema: [SQL] =
  [
    """
    ALTER TABLE test_session ADD COLUMN device TEXT
      CHECK (device IN ('phone', 'tablet', 'computer'))
    """,
    """
    CREATE TABLE answer_sheet (
      session TEXT NOT NULL PRIMARY KEY REFERENCES test_session (id),
      answers TEXT NOT NULL
    ) \(word: .strict)
    """,
    """
    CREATE TABLE item_analysis (
      number \(word: .integer) NOT NULL PRIMARY KEY CHECK (number >= 1),
      bank_version TEXT NOT NULL,
      engine TEXT NOT NULL,
      taken_at TEXT NOT NULL,
      body TEXT NOT NULL
    ) \(word: .strict)
    """,
    """
    CREATE TABLE item_statistics (
      analysis \(word: .integer) NOT NULL REFERENCES item_analysis (number),
      item TEXT NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (analysis, item)
    ) \(word: .strict)
    """,
  ]
