-- Two municipalities may give their decisions the same number: an id is unique within one municipality.
CREATE TABLE provision_anew (
  id TEXT NOT NULL,
  person TEXT NOT NULL REFERENCES person (id),
  type TEXT NOT NULL,
  municipality TEXT NOT NULL,
  from_date INTEGER NOT NULL,
  until_date INTEGER,
  source TEXT NOT NULL,
  content BLOB NOT NULL,              -- decision number and details, sealed
  UNIQUE (municipality, id)
) STRICT;
INSERT INTO provision_anew (id, person, type, municipality, from_date, until_date, source, content)
  SELECT id, person, type, municipality, from_date, until_date, source, content FROM provision ORDER BY rowid;
DROP TABLE provision;
ALTER TABLE provision_anew RENAME TO provision;
CREATE INDEX provision_person ON provision (person);
