-- Help that a resident needs at once cannot wait either (domain/urgency.h).
UPDATE application SET rank = 0
  WHERE waits = 1 AND type <> 'incoming-post' AND status NOT IN ('decided', 'withdrawn')
    AND id IN (SELECT application FROM application_reason WHERE code = 'urgent');
