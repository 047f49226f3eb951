-- Deliberation: secret ballots. A vote of a motion, who was given a token, ballots under way (sealed), and the counted ballots for everybody.
ALTER TABLE deliberation.motion ADD COLUMN vote jsonb;
COMMENT ON COLUMN deliberation.motion.vote IS 'The present secret vote: its id, rules, dates and, once counted, its numbers.';

CREATE TABLE deliberation.vote (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  motion uuid NOT NULL,
  division platform.division NOT NULL,
  state text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  form text NOT NULL,
  question text NOT NULL,
  eligible integer NOT NULL,
  quorum_percent integer NOT NULL,
  majority_percent integer NOT NULL,
  issue_until timestamptz NOT NULL,
  cast_until timestamptz NOT NULL,
  public_key bytea NOT NULL,
  private_key bytea,
  opened_at timestamptz NOT NULL,
  frozen_at timestamptz,
  ended_at timestamptz,
  issued integer,
  in_favour integer,
  against integer,
  abstained integer,
  result text,
  digest text,
  cancelled text,
  CONSTRAINT vote_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT vote_of_motion FOREIGN KEY (jurisdiction, motion) REFERENCES deliberation.motion (jurisdiction, id),
  CONSTRAINT vote_state CHECK (state IN ('open', 'counted', 'cancelled')),
  CONSTRAINT vote_form CHECK (form IN ('residents')),
  CONSTRAINT vote_dates CHECK (cast_until > issue_until AND issue_until > opened_at),
  CONSTRAINT vote_percents CHECK (quorum_percent BETWEEN 1 AND 99 AND majority_percent BETWEEN 50 AND 99),
  -- The key lives exactly as long as tokens may be signed.
  CONSTRAINT vote_key_destroyed CHECK ((state = 'open') = (private_key IS NOT NULL)),
  CONSTRAINT vote_counted CHECK ((state = 'counted') = (in_favour IS NOT NULL) AND (state = 'counted') = (digest IS NOT NULL) AND (state = 'counted') = (result IS NOT NULL)),
  CONSTRAINT vote_within_issued CHECK (in_favour + against + abstained <= issued),
  CONSTRAINT vote_cancelled CHECK ((state = 'cancelled') = (cancelled IS NOT NULL))
);
COMMENT ON TABLE deliberation.vote IS 'distributed. A secret vote of a motion: rules, dates, the key of its tokens (private part sealed, gone once it ended), and its numbers once counted.';
CREATE INDEX vote_motion ON deliberation.vote (jurisdiction, motion, id DESC);
-- One vote of a motion at a time.
CREATE UNIQUE INDEX vote_open ON deliberation.vote (jurisdiction, motion) WHERE state = 'open';

CREATE TABLE deliberation.ballot_issue (
  jurisdiction platform.jurisdiction NOT NULL,
  vote uuid NOT NULL,
  voter text COLLATE "C" NOT NULL,
  blinded bytea NOT NULL,
  signature bytea,
  asked_at timestamptz NOT NULL,
  issued_at timestamptz,
  CONSTRAINT ballot_issue_pkey PRIMARY KEY (jurisdiction, vote, voter),
  CONSTRAINT ballot_issue_of_vote FOREIGN KEY (jurisdiction, vote) REFERENCES deliberation.vote (jurisdiction, id),
  CONSTRAINT ballot_issue_sizes CHECK (length(blinded) = 256 AND (signature IS NULL OR length(signature) = 256)),
  CONSTRAINT ballot_issue_signed CHECK ((signature IS NULL) = (issued_at IS NULL))
);
COMMENT ON TABLE deliberation.ballot_issue IS 'distributed. The roll: who was given a token, by name; without a signature: deposited until the person is verified. Says nothing of any ballot.';
CREATE INDEX ballot_issue_issued ON deliberation.ballot_issue (jurisdiction, vote) WHERE signature IS NOT NULL;
CREATE INDEX ballot_issue_voter ON deliberation.ballot_issue (voter, vote DESC);

CREATE TABLE deliberation.ballot_inbox (
  jurisdiction platform.jurisdiction NOT NULL,
  vote uuid NOT NULL,
  mark text COLLATE "C" NOT NULL,
  sealed bytea NOT NULL,
  CONSTRAINT ballot_inbox_pkey PRIMARY KEY (jurisdiction, vote, mark)
);
COMMENT ON TABLE deliberation.ballot_inbox IS 'distributed. Ballots just cast: sealed under the vote''s key, all of one size, known by a keyed hash of their token. No time, no number, no person.';

CREATE TABLE deliberation.ballot_box (
  jurisdiction platform.jurisdiction NOT NULL,
  vote uuid NOT NULL,
  mark text COLLATE "C" NOT NULL,
  sealed bytea NOT NULL,
  CONSTRAINT ballot_box_pkey PRIMARY KEY (jurisdiction, vote, mark)
);
COMMENT ON TABLE deliberation.ballot_box IS 'distributed. Ballots moved out of the inbox together, in the order of their marks; still sealed until the count.';

CREATE TABLE deliberation.ballot (
  jurisdiction platform.jurisdiction NOT NULL,
  vote uuid NOT NULL,
  token bytea NOT NULL,
  signature bytea NOT NULL,
  choice text NOT NULL,
  proof bytea NOT NULL,
  CONSTRAINT ballot_pkey PRIMARY KEY (jurisdiction, vote, token),
  CONSTRAINT ballot_of_vote FOREIGN KEY (jurisdiction, vote) REFERENCES deliberation.vote (jurisdiction, id),
  CONSTRAINT ballot_choice CHECK (choice IN ('for', 'against', 'abstain')),
  CONSTRAINT ballot_sizes CHECK (length(token) = 64 AND length(signature) = 256 AND length(proof) = 64)
);
COMMENT ON TABLE deliberation.ballot IS 'distributed. Counted ballots as everybody may see them, written at the count in the order of their tokens.';

GRANT SELECT, INSERT, UPDATE ON deliberation.vote, deliberation.ballot_issue TO liandong_app;
GRANT SELECT, INSERT, DELETE, TRUNCATE ON deliberation.ballot_inbox TO liandong_app;
GRANT SELECT, INSERT, DELETE ON deliberation.ballot_box TO liandong_app;
GRANT SELECT, INSERT ON deliberation.ballot TO liandong_app;
