-- Readings in doubt and what a person made of them, kept to learn from where a municipality wants that. Each municipality and day has a key of its own, so
-- that destroying it ends that day. Neither case nor person stands here: `about` and `owner` are keyed hashes of them.
CREATE TABLE correction_key (
  municipality TEXT NOT NULL,
  kept_on INTEGER NOT NULL,
  wrapped_key BLOB NOT NULL,
  PRIMARY KEY (municipality, kept_on)
) STRICT, WITHOUT ROWID;

CREATE TABLE correction (
  id TEXT NOT NULL UNIQUE,
  municipality TEXT NOT NULL,
  kept_on INTEGER NOT NULL,
  about TEXT NOT NULL UNIQUE,
  owner TEXT NOT NULL,
  picture_type TEXT NOT NULL,
  content BLOB NOT NULL,              -- sealed under the day's key, as is the picture
  picture BLOB NOT NULL,
  FOREIGN KEY (municipality, kept_on) REFERENCES correction_key (municipality, kept_on)
) STRICT;

CREATE INDEX correction_day ON correction (municipality, kept_on, id);
CREATE INDEX correction_owner ON correction (owner);
