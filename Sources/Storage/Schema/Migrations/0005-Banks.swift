/// Which publication of a bank is in service, and who may see which item.
///
/// A bank is known by a name: `public` for the one that anybody may take tests of, otherwise the
/// name of the institution whose own it is.
let bankSchema: [SQL] = [
  """
  CREATE TABLE bank_in_service (
    name TEXT NOT NULL PRIMARY KEY CHECK (name <> ''),
    kind TEXT NOT NULL CHECK (kind = 'bank'),
    version TEXT NOT NULL,
    since TEXT NOT NULL,
    FOREIGN KEY (kind, version) REFERENCES publication (kind, version)
  ) \(word: .strict)
  """,
  // One content has one audience for ever, in all banks: what was open once cannot be closed.
  """
  CREATE TABLE item_audience (
    content_hash TEXT NOT NULL PRIMARY KEY,
    audience TEXT NOT NULL CHECK (audience IN ('public', 'enrolled')),
    UNIQUE (content_hash, audience)
  ) \(word: .strict)
  """,
  // One item has one audience in a version of a bank, by the primary key.
  """
  CREATE TABLE published_item (
    kind TEXT NOT NULL CHECK (kind = 'bank'),
    version TEXT NOT NULL,
    item TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    audience TEXT NOT NULL,
    PRIMARY KEY (kind, version, item),
    FOREIGN KEY (kind, version) REFERENCES publication (kind, version),
    FOREIGN KEY (content_hash, audience) REFERENCES item_audience (content_hash, audience)
  ) \(word: .strict)
  """,
  """
  CREATE TRIGGER item_audience_is_kept BEFORE UPDATE ON item_audience
  BEGIN SELECT RAISE(ABORT, 'item_audience is append-only'); END
  """,
]
