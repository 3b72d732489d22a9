/// Since when a person is known, since when they have left, and whether their name was taken out.
///
/// For whoever was there before, the clock starts when this is applied: nobody's time is shortened.
let retentionSchema: [SQL] =
  [
    "ALTER TABLE person ADD COLUMN listed_at TEXT",
    "ALTER TABLE person ADD COLUMN left_at TEXT",
    "ALTER TABLE person ADD COLUMN unnamed_at TEXT",
    """
    UPDATE person SET listed_at = (SELECT max(applied_at) FROM schema_migration),
      left_at = CASE WHEN has_left = 1 THEN (SELECT max(applied_at) FROM schema_migration) END
    """,
  ]
