-- One row per application. The row, not the file, makes it durable: a file without a row was never receipted.
CREATE TABLE item (
  seq                INTEGER PRIMARY KEY AUTOINCREMENT,
  submission_id      BLOB    NOT NULL UNIQUE CHECK (length(submission_id) = 16),
  receipt_no         TEXT    NOT NULL UNIQUE,
  service            TEXT    NOT NULL,
  container_ver      INTEGER NOT NULL,
  kid                TEXT    NOT NULL,
  file               TEXT    NOT NULL UNIQUE,
  size               INTEGER NOT NULL,
  digest             BLOB    NOT NULL CHECK (length(digest) = 32),
  order_key          BLOB,
  depends_on         INTEGER REFERENCES item (seq),
  state              TEXT    NOT NULL
                     CHECK (state IN ('queued', 'sending', 'acked', 'wiped', 'attention', 'rejected')),
  lease_boot         TEXT,
  lease_owner        TEXT,
  attempts           INTEGER NOT NULL DEFAULT 0,
  not_before_boot    TEXT,
  not_before_mono    INTEGER,
  last_error         TEXT,
  upload_offset_hint INTEGER NOT NULL DEFAULT 0,
  created_boot       TEXT,
  created_mono       INTEGER,
  created_wall       INTEGER,
  clock_conf         TEXT,
  acceptance_no      TEXT,
  ack                BLOB,
  ack_at             INTEGER,
  receipt_printed    INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX ready ON item (state, not_before_mono, seq);

CREATE INDEX chain ON item (order_key, seq)
  WHERE order_key IS NOT NULL AND state IN ('queued', 'sending', 'attention');

-- What happened, by codes and ids only, each row hashed over the one before. Kept at least a year.
CREATE TABLE journal (
  n             INTEGER PRIMARY KEY AUTOINCREMENT,
  prev          BLOB    NOT NULL,
  hash          BLOB    NOT NULL,
  boot          TEXT    NOT NULL,
  mono          INTEGER NOT NULL,
  wall          INTEGER NOT NULL,
  submission_id BLOB,
  ev            TEXT    NOT NULL,
  detail        TEXT    NOT NULL
) STRICT;

CREATE TABLE boot (
  boot_id     TEXT PRIMARY KEY,
  counter     INTEGER NOT NULL,
  first_wall  INTEGER NOT NULL,
  sync_offset INTEGER,
  sync_mono   INTEGER
) STRICT;

CREATE TABLE kv (
  k TEXT PRIMARY KEY,
  v BLOB
) STRICT;
