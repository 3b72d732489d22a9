/// Plans that are changed without losing what was: what each version changed, the sheets that were
/// printed, and which courses are in service.
///
/// Of a sheet's code only the hash is kept. Versions are never rewritten; erasing a person deletes
/// them.
let plansSchema: [SQL] =
  [
    "ALTER TABLE study_plan_version ADD COLUMN edit TEXT",
    "ALTER TABLE study_plan_version ADD COLUMN parent \(word: .integer)",
    """
    CREATE TRIGGER study_plan_version_is_append_only BEFORE UPDATE ON study_plan_version
    BEGIN SELECT RAISE(ABORT, 'study_plan_version is append-only'); END
    """,
    """
    CREATE TABLE plan_sheet (
      code_hash \(word: .blob) NOT NULL PRIMARY KEY,
      plan TEXT NOT NULL,
      version \(word: .integer) NOT NULL,
      content_hash \(word: .blob) NOT NULL,
      printed_at TEXT NOT NULL,
      FOREIGN KEY (plan, version) REFERENCES study_plan_version (plan, version)
    ) \(word: .strict)
    """,
    "CREATE INDEX plan_sheet_by_plan ON plan_sheet (plan, version)",
    """
    CREATE TRIGGER plan_sheet_is_append_only BEFORE UPDATE ON plan_sheet
    BEGIN SELECT RAISE(ABORT, 'plan_sheet is append-only'); END
    """,
    """
    CREATE TABLE courses_in_service (
      position \(word: .integer) NOT NULL PRIMARY KEY CHECK (position >= 1),
      kind TEXT NOT NULL CHECK (kind = 'courses'),
      version TEXT NOT NULL,
      folder_version TEXT NOT NULL,
      actor TEXT NOT NULL,
      set_at TEXT NOT NULL,
      FOREIGN KEY (kind, version) REFERENCES publication (kind, version)
    ) \(word: .strict)
    """,
    """
    CREATE TRIGGER courses_in_service_is_append_only BEFORE UPDATE ON courses_in_service
    BEGIN SELECT RAISE(ABORT, 'courses_in_service is append-only'); END
    """,
  ]
