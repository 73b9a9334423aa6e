-- Files of paper. Everything here is a random id, a code or a day, but for the file's name, which is sealed.
CREATE TABLE scan (
  id TEXT NOT NULL UNIQUE,
  person TEXT NOT NULL REFERENCES person (id),
  municipality TEXT NOT NULL,
  source TEXT NOT NULL,
  by TEXT NOT NULL,
  received INTEGER NOT NULL,
  received_on INTEGER NOT NULL,
  content_commitment TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  document TEXT NOT NULL,
  parts TEXT NOT NULL,
  reader_version TEXT NOT NULL,
  looks_like_earlier INTEGER NOT NULL,
  pages TEXT NOT NULL,                -- JSON
  applications TEXT NOT NULL,         -- JSON list of references
  sheets TEXT NOT NULL,               -- JSON
  names BLOB NOT NULL                 -- sealed
) STRICT;

CREATE INDEX scan_received ON scan (received);
CREATE INDEX scan_state ON scan (state, received);

-- What a scan can be known by again: the set number of a form, or a keyed hash of who asked for what when.
CREATE TABLE scan_mark (
  mark TEXT NOT NULL,
  scan TEXT NOT NULL REFERENCES scan (id),
  PRIMARY KEY (mark, scan)
) STRICT, WITHOUT ROWID;
