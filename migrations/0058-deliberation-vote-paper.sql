-- Deliberation: what two officers counted of a secret vote's paper ballots.
CREATE TABLE deliberation.vote_paper (
  jurisdiction platform.jurisdiction NOT NULL,
  vote uuid NOT NULL,
  attempt integer NOT NULL,
  person text COLLATE "C" NOT NULL,
  in_favour integer NOT NULL,
  against integer NOT NULL,
  abstain integer NOT NULL,
  invalid integer NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT vote_paper_pkey PRIMARY KEY (jurisdiction, vote, attempt, person),
  CONSTRAINT vote_paper_of_vote FOREIGN KEY (jurisdiction, vote) REFERENCES deliberation.vote (jurisdiction, id),
  CONSTRAINT vote_paper_numbers CHECK (in_favour >= 0 AND against >= 0 AND abstain >= 0 AND invalid >= 0)
);
COMMENT ON TABLE deliberation.vote_paper IS 'distributed. One officer''s own count of a vote''s paper ballots, entered without seeing the other''s. Gone with the count of the vote.';
GRANT SELECT, INSERT, DELETE ON deliberation.vote_paper TO liandong_app;
