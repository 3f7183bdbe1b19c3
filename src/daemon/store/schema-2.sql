-- A person's own record. Columns are for finding and counting; `entry` is the whole of it, as JSON.
CREATE TABLE entry (
  id       TEXT    PRIMARY KEY,
  at       INTEGER NOT NULL,                  -- UTC milliseconds since 1970
  local    INTEGER NOT NULL,                  -- what the clock on the wall said, as if it were UTC
  kind     TEXT    NOT NULL,                  -- check-in, note, win
  prompt   TEXT,
  revision INTEGER NOT NULL,
  words    TEXT,                              -- the person's own words, made alike for searching
  entry    TEXT    NOT NULL
) STRICT;

CREATE INDEX entry_at ON entry (at, id);

-- A search reads this alone, in the order of time.
CREATE INDEX entry_words ON entry (at, id, local, kind, words) WHERE words IS NOT NULL;

-- What was deleted: the id alone, so that no import brings it back.
CREATE TABLE deleted_entry (
  id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
