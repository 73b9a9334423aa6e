-- Moments are milliseconds since 1970 in UTC; days are days since 1970; what is sealed is a blob under the person's key.

CREATE TABLE schema_version (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  applied INTEGER NOT NULL
) STRICT;

-- What this store is: its node's name, its own key (wrapped by the master key) and a sealed text to know the master key by.
CREATE TABLE store_fact (
  name TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
  id TEXT PRIMARY KEY,
  wrapped_key BLOB NOT NULL,          -- empty once destroyed
  bsn_lookup TEXT UNIQUE
) STRICT, WITHOUT ROWID;

CREATE TABLE submission (
  id TEXT NOT NULL UNIQUE,
  person TEXT NOT NULL REFERENCES person (id),
  channel TEXT NOT NULL,
  received INTEGER NOT NULL,
  idempotency_scope TEXT NOT NULL,
  idempotency_key TEXT NOT NULL UNIQUE,
  body_commitment TEXT NOT NULL,
  applications TEXT NOT NULL,         -- JSON list of references
  body BLOB NOT NULL                  -- sealed
) STRICT;

CREATE TABLE application (
  id INTEGER PRIMARY KEY,
  reference TEXT NOT NULL UNIQUE,
  submission TEXT REFERENCES submission (id),
  person TEXT NOT NULL REFERENCES person (id),
  type TEXT NOT NULL,
  law TEXT NOT NULL,
  municipality TEXT NOT NULL,
  channel TEXT NOT NULL,
  assurance TEXT NOT NULL,
  status TEXT NOT NULL,
  outcome TEXT,
  decided_by TEXT,
  received INTEGER NOT NULL,
  deadline INTEGER NOT NULL,          -- the legal deadline; a day far away when there is none
  team TEXT NOT NULL,
  claim_account TEXT NOT NULL,
  claim_until INTEGER NOT NULL,
  version INTEGER NOT NULL,
  waits INTEGER NOT NULL              -- 1: for a person
) STRICT;

CREATE INDEX application_person ON application (person);
CREATE INDEX application_received ON application (received);
CREATE INDEX application_claim ON application (claim_account) WHERE claim_account <> '';
-- The queue in its order, with all that it is filtered by, so that counting touches nothing else.
CREATE INDEX application_queue
  ON application (deadline, received, reference, municipality, type, team, status, claim_account, claim_until)
  WHERE waits = 1;

-- Apart from the plain columns, so that these stay close together.
CREATE TABLE application_content (
  application INTEGER PRIMARY KEY REFERENCES application (id),
  content BLOB NOT NULL               -- sealed; empty once the key is destroyed
) STRICT;

CREATE TABLE application_reason (
  application INTEGER NOT NULL REFERENCES application (id),
  code TEXT NOT NULL,
  PRIMARY KEY (application, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE job (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  run_at INTEGER NOT NULL,
  due INTEGER NOT NULL,               -- 0: at once; when leased: the end of the lease
  leased INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  last_error TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX job_due ON job (due, id);
CREATE INDEX job_subject ON job (subject);
CREATE INDEX job_leased ON job (due) WHERE leased = 1;

CREATE TABLE document (
  id TEXT NOT NULL UNIQUE,
  reference TEXT REFERENCES application (reference),
  person TEXT NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  own INTEGER NOT NULL,
  for_resident INTEGER NOT NULL,
  created INTEGER NOT NULL,
  names BLOB NOT NULL                 -- title and file name, sealed
) STRICT;

CREATE INDEX document_reference ON document (reference);
CREATE INDEX document_person ON document (person);

CREATE TABLE outbox (
  key TEXT NOT NULL UNIQUE,
  reference TEXT REFERENCES application (reference),
  person TEXT REFERENCES person (id),
  channel TEXT NOT NULL,
  document TEXT NOT NULL,
  state TEXT NOT NULL,
  created INTEGER NOT NULL,
  delivered INTEGER,
  planned_date INTEGER,
  confirmed_date INTEGER,
  attempts INTEGER NOT NULL,
  last_error TEXT NOT NULL,
  content BLOB NOT NULL               -- sealed
) STRICT;

CREATE INDEX outbox_state ON outbox (state, created);
CREATE INDEX outbox_reference ON outbox (reference);

CREATE TABLE provision (
  id TEXT NOT NULL UNIQUE,
  person TEXT NOT NULL REFERENCES person (id),
  type TEXT NOT NULL,
  municipality TEXT NOT NULL,
  from_date INTEGER NOT NULL,
  until_date INTEGER,
  source TEXT NOT NULL,
  content BLOB NOT NULL               -- decision number and details, sealed
) STRICT;

CREATE INDEX provision_person ON provision (person);

CREATE TABLE account (
  name TEXT PRIMARY KEY,
  display_name TEXT NOT NULL,
  person TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  roles TEXT NOT NULL,                -- JSON lists of text
  municipalities TEXT NOT NULL,
  teams TEXT NOT NULL,
  active INTEGER NOT NULL,
  demo INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE machine_key (
  name TEXT PRIMARY KEY,
  key_commitment TEXT NOT NULL UNIQUE,
  roles TEXT NOT NULL,
  municipalities TEXT NOT NULL,
  may_assert_identity INTEGER NOT NULL,
  active INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
  token_commitment TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  account TEXT NOT NULL,
  bsn BLOB NOT NULL,                  -- sealed under the store's own key; empty for staff
  csrf TEXT NOT NULL,
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE counter (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL                 -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE configuration (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  version TEXT NOT NULL,
  content TEXT NOT NULL,
  state TEXT NOT NULL,
  by TEXT NOT NULL,
  why TEXT NOT NULL,
  created INTEGER NOT NULL,
  UNIQUE (kind, name, version)
) STRICT;

CREATE TABLE audit (
  number INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  purpose TEXT NOT NULL,
  activity TEXT NOT NULL,
  commitment TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE INDEX audit_subject ON audit (subject);

CREATE TABLE audit_checkpoint (
  number INTEGER PRIMARY KEY,         -- of the link that it confirms
  at INTEGER NOT NULL,
  hash TEXT NOT NULL,
  signature TEXT NOT NULL
) STRICT;
