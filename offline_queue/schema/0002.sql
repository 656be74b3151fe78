-- How often the platform refused a request about it (400 and the like), and what tells the last refusal from
-- the next one.
ALTER TABLE item ADD COLUMN refusals INTEGER NOT NULL DEFAULT 0;
ALTER TABLE item ADD COLUMN refusal_mark TEXT;

-- Whose turn it is, without reading ten thousand rows.
CREATE INDEX waiting_by_size ON item (size, seq) WHERE state = 'queued';
CREATE INDEX waiting_by_seq ON item (seq) WHERE state = 'queued';
CREATE INDEX chained ON item (order_key, seq) WHERE order_key IS NOT NULL;

-- When a copy last went to a USB stick, milliseconds since 1970 as the terminal believed. The item stays.
ALTER TABLE item ADD COLUMN exported_at INTEGER;
