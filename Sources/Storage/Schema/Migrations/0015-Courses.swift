/// What is asked of courses and what they turn out to raise: figures of demand, gains frozen for a
/// term, and the course of a plan that was drawn by chance.
///
/// Figures and gains are never rewritten: a corrected figure would tell what was corrected, and
/// plans are pinned to the gains they were made with.
let coursesSchema: [SQL] =
  [
    """
    CREATE TABLE course_demand (
      framework TEXT NOT NULL,
      unit TEXT NOT NULL,
      term TEXT NOT NULL,
      day \(word: .integer) NOT NULL,
      taken_at TEXT NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (framework, unit, term, day)
    ) \(word: .strict)
    """,
    """
    CREATE TRIGGER course_demand_is_final BEFORE UPDATE ON course_demand
    BEGIN SELECT RAISE(ABORT, 'course_demand is append-only'); END
    """,
    """
    CREATE TABLE course_gains (
      framework TEXT NOT NULL,
      version \(word: .integer) NOT NULL CHECK (version >= 2),
      term TEXT NOT NULL,
      body TEXT NOT NULL,
      actor TEXT NOT NULL,
      frozen_at TEXT NOT NULL,
      PRIMARY KEY (framework, version)
    ) \(word: .strict)
    """,
    """
    CREATE TRIGGER course_gains_is_append_only BEFORE UPDATE ON course_gains
    BEGIN SELECT RAISE(ABORT, 'course_gains is append-only'); END
    """,
    // The last one holds; none means that slots are drawn.
    """
    CREATE TABLE randomised_slot (
      position \(word: .integer) NOT NULL PRIMARY KEY CHECK (position >= 1),
      is_on \(word: .integer) NOT NULL CHECK (is_on IN (0, 1)),
      actor TEXT NOT NULL,
      set_at TEXT NOT NULL
    ) \(word: .strict)
    """,
    "ALTER TABLE study_plan ADD COLUMN slot TEXT",
  ]
