-- The letters of one channel by state, in the order in which they were made.
CREATE INDEX outbox_channel ON outbox (channel, state, created);
