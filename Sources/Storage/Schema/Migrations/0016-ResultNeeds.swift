/// What reports count of a result, beside it: a night reads a tenth of what results hold.
///
/// It follows from the result and is never changed. Results of before the table get theirs in the
/// first night.
let resultNeedSchema: [SQL] =
  [
    """
    CREATE TABLE session_need (
      session TEXT NOT NULL PRIMARY KEY REFERENCES session_result (session),
      body TEXT NOT NULL
    ) \(word: .strict)
    """,
    """
    CREATE TRIGGER session_need_is_append_only BEFORE UPDATE ON session_need
    BEGIN SELECT RAISE(ABORT, 'session_need is append-only'); END
    """,
  ]
