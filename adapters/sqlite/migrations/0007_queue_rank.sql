-- What cannot wait comes first, whatever its terms are (domain/urgency.h).
ALTER TABLE application ADD COLUMN rank INTEGER NOT NULL DEFAULT 1;   -- 0: cannot wait

UPDATE application SET rank = 0
  WHERE waits = 1 AND type = 'incoming-post' AND id IN (
    SELECT application FROM application_reason WHERE code IN ('post-objection', 'post-notice-of-default', 'post-human-request'));

DROP INDEX application_queue;
CREATE INDEX application_queue
  ON application (rank, deadline, received, reference, municipality, type, team, status, claim_account, claim_until)
  WHERE waits = 1;
