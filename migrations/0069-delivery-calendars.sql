-- Delivery: secret addresses under which social workers subscribe to their calendar.
CREATE TABLE delivery.calendar_feed (
  jurisdiction platform.jurisdiction NOT NULL,
  person text COLLATE "C" NOT NULL,
  token_hash text COLLATE "C" NOT NULL,
  organization text COLLATE "C" NOT NULL,
  created_at timestamptz NOT NULL,
  CONSTRAINT calendar_feed_pkey PRIMARY KEY (jurisdiction, person)
);
COMMENT ON TABLE delivery.calendar_feed IS 'distributed. One secret address for each person, kept as its hash; revoked by removing the row, replaced by a new one.';
CREATE UNIQUE INDEX calendar_feed_token ON delivery.calendar_feed (jurisdiction, token_hash);
CREATE INDEX social_case_next ON delivery.social_case (worker_person, next_at) WHERE next_at IS NOT NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON delivery.calendar_feed TO liandong_app;
