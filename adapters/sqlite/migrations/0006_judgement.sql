-- What the policy was given and what it said, small and apart from the trace, so that many can be read in a short time. Every application that a policy
-- judges has a row; those that were judged before there was this table do not, and their content has it.
CREATE TABLE judgement (
  application INTEGER PRIMARY KEY REFERENCES application (id),
  content BLOB NOT NULL               -- sealed; empty once the key is destroyed
) STRICT;
