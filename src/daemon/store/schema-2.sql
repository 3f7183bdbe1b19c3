-- A person's own record. Columns are for finding and counting; `entry` is the whole of it, as JSON.
CREATE TABLE entry (
  id       TEXT    PRIMARY KEY,
  at       INTEGER NOT NULL,                  -- UTC milliseconds since 1970
  kind     TEXT    NOT NULL,                  -- check-in, note, win
  prompt   TEXT,
  revision INTEGER NOT NULL,
  entry    TEXT    NOT NULL
) STRICT;

CREATE INDEX entry_at ON entry (at);

-- What was deleted: the id alone, so that no import brings it back.
CREATE TABLE deleted_entry (
  id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
