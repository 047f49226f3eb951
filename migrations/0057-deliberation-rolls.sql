-- Deliberation: secret votes by households (a roll of households and the voters they named) and paper ballots beside the tokens.
CREATE TABLE deliberation.roll_line (
  jurisdiction platform.jurisdiction NOT NULL,
  motion uuid NOT NULL,
  household text COLLATE "C" NOT NULL,
  line integer NOT NULL,
  address bytea NOT NULL,
  voter text COLLATE "C",
  set_by text COLLATE "C" NOT NULL,
  set_at timestamptz NOT NULL,
  CONSTRAINT roll_line_pkey PRIMARY KEY (jurisdiction, motion, household),
  CONSTRAINT roll_line_of_motion FOREIGN KEY (jurisdiction, motion) REFERENCES deliberation.motion (jurisdiction, id),
  CONSTRAINT roll_line_number CHECK (line >= 1)
);
COMMENT ON TABLE deliberation.roll_line IS 'distributed. One household of a motion''s roll and the voter it named: known by the keyed hash of its address within the community, the address itself sealed.';
CREATE UNIQUE INDEX roll_line_order ON deliberation.roll_line (jurisdiction, motion, line);
-- Nobody votes for two households.
CREATE UNIQUE INDEX roll_line_voter ON deliberation.roll_line (jurisdiction, motion, voter) WHERE voter IS NOT NULL;

ALTER TABLE deliberation.vote
  ADD COLUMN roll_size integer,
  ADD COLUMN papers integer,
  ADD COLUMN paper_attempt integer NOT NULL DEFAULT 1,
  ADD COLUMN paper_rows jsonb,
  DROP CONSTRAINT vote_form,
  ADD CONSTRAINT vote_form CHECK (form IN ('residents', 'households')),
  DROP CONSTRAINT vote_within_issued,
  ADD CONSTRAINT vote_within_issued CHECK (in_favour + against + abstained <= issued + papers),
  ADD CONSTRAINT vote_roll CHECK (roll_size IS NULL OR (form = 'households' AND frozen_at IS NOT NULL)),
  -- Rows of fewer than five paper ballots are not published.
  ADD CONSTRAINT vote_paper_rows CHECK (paper_rows IS NULL OR
    (state = 'counted' AND (paper_rows ->> 'for')::integer + (paper_rows ->> 'against')::integer + (paper_rows ->> 'abstain')::integer BETWEEN 5 AND papers));
COMMENT ON COLUMN deliberation.vote.roll_size IS 'Households with a voter when the roll was frozen.';
COMMENT ON COLUMN deliberation.vote.papers IS 'Paper ballots handed out, as counted at the end.';
COMMENT ON COLUMN deliberation.vote.paper_attempt IS 'Number of the attempt of two officers to count the paper ballots alike.';
COMMENT ON COLUMN deliberation.vote.paper_rows IS 'Paper ballots by choice, when five or more were found; fewer are among the other ballots.';
UPDATE deliberation.vote SET papers = 0 WHERE state = 'counted';
UPDATE deliberation.motion SET vote = jsonb_set(vote, '{tally}', (vote -> 'tally') || jsonb_build_object('papers', 0, 'counted', vote -> 'tally' -> 'cast'))
WHERE vote ? 'tally';

ALTER TABLE deliberation.ballot_issue
  ADD COLUMN household text COLLATE "C",
  ADD COLUMN paper_at timestamptz,
  ADD COLUMN handed_by text COLLATE "C",
  ALTER COLUMN blinded DROP NOT NULL,
  -- One voter has a token, a deposit or a paper ballot; never two of them.
  ADD CONSTRAINT ballot_issue_one CHECK ((blinded IS NULL) = (paper_at IS NOT NULL) AND (paper_at IS NULL OR signature IS NULL)),
  ADD CONSTRAINT ballot_issue_handed CHECK ((paper_at IS NULL) = (handed_by IS NULL));
COMMENT ON TABLE deliberation.ballot_issue IS 'distributed. The roll: who was given a token or a paper ballot, by name; neither: a token deposited until the person is verified. Says nothing of any ballot.';
-- One household, one line.
CREATE UNIQUE INDEX ballot_issue_household ON deliberation.ballot_issue (jurisdiction, vote, household) WHERE household IS NOT NULL;
CREATE INDEX ballot_issue_paper ON deliberation.ballot_issue (jurisdiction, vote) WHERE paper_at IS NOT NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON deliberation.roll_line TO liandong_app;
