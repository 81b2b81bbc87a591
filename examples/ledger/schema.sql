CREATE TABLE IF NOT EXISTS event (
    position  INTEGER PRIMARY KEY,  -- 0, 1, 2, ... without gaps
    key       TEXT    NOT NULL UNIQUE,
    kind      INTEGER NOT NULL,     -- wip.EventKind
    at        INTEGER NOT NULL,     -- nanoseconds since 1970
    "order"   TEXT    NOT NULL,
    step      TEXT    NOT NULL,
    workplace TEXT    NOT NULL,
    item      TEXT    NOT NULL,
    place     TEXT    NOT NULL,
    "to"      TEXT    NOT NULL,
    receipt   TEXT    NOT NULL,
    line      TEXT    NOT NULL,
    qty       INTEGER NOT NULL,     -- base units of the item
    scrap     INTEGER NOT NULL,
    spent     INTEGER NOT NULL,     -- nanoseconds
    cause     TEXT    NOT NULL,
    actor     TEXT    NOT NULL,
    document  TEXT    NOT NULL
);

-- A snapshot of the ledger, so that it opens without reading every event.
CREATE TABLE IF NOT EXISTS snapshot (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    content BLOB NOT NULL
);
