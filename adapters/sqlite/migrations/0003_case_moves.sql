-- A document whose bytes were sealed anew for another person has them in another file; without one: under its own id.
ALTER TABLE document ADD COLUMN file TEXT;
CREATE UNIQUE INDEX document_file ON document (file) WHERE file IS NOT NULL;
