-- Marks the file as attuned's: "attu" in ASCII.
PRAGMA application_id = 0x61747475;

-- Times are UTC milliseconds since 1970. Columns are for finding and counting; `record` is the whole story, as JSON.
CREATE TABLE delivery (
  id           INTEGER PRIMARY KEY,
  due          INTEGER NOT NULL,
  local        TEXT    NOT NULL,              -- the wall-clock time it was planned for, in `zone`
  zone         TEXT    NOT NULL,
  trigger_kind TEXT    NOT NULL,              -- reminder, request, follow-up
  reminder     TEXT,
  prompt       TEXT,
  kind         TEXT,
  title        TEXT,
  shown_at     INTEGER,
  ended_at     INTEGER,
  outcome      TEXT,                          -- NULL while under way; answered, dismissed, expired, snoozed, let-go, missed, failed
  count        INTEGER NOT NULL,
  record       TEXT    NOT NULL
) STRICT;

CREATE INDEX delivery_due ON delivery (due);
CREATE INDEX delivery_shown_at ON delivery (shown_at);

-- What the engine remembers: one JSON document.
CREATE TABLE state (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  document TEXT NOT NULL
) STRICT;

-- States that could not be read, kept as they were.
CREATE TABLE unread_state (
  id       INTEGER PRIMARY KEY,
  found_at INTEGER NOT NULL,
  problem  TEXT    NOT NULL,
  document TEXT    NOT NULL
) STRICT;
