-- Venture calls: organizations propose their own projects, residents vote, a panel scores.
CREATE SCHEMA venture;
COMMENT ON SCHEMA venture IS 'Venture calls (公益创投) with their proposals, votes, score sheets and coaching.';

CREATE TABLE venture.call (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  division platform.division NOT NULL,
  state text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  number_year integer NOT NULL,
  number_value bigint NOT NULL,
  title text NOT NULL,
  places text[] NOT NULL,
  categories text[] NOT NULL,
  ceiling bigint NOT NULL,
  total bigint NOT NULL,
  awarded bigint,
  source text NOT NULL,
  purchase_item text COLLATE "C" NOT NULL,
  design jsonb NOT NULL,
  proposals_until date NOT NULL,
  vote_until date NOT NULL,
  score_until date NOT NULL,
  terms jsonb,
  secret text COLLATE "C",
  commitment text COLLATE "C",
  screen_until timestamptz,
  draw jsonb,
  panel text[] NOT NULL,
  replaced text[] NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  opened_at timestamptz,
  end_reason text,
  history jsonb NOT NULL,
  search tsvector NOT NULL,
  CONSTRAINT call_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT call_place CHECK (length(division) IN (6, 9)),
  CONSTRAINT call_state CHECK (state IN ('planning', 'open', 'screening', 'voting', 'panel', 'announced', 'closed', 'cancelled')),
  CONSTRAINT call_money CHECK (ceiling > 0 AND total >= ceiling AND awarded BETWEEN 0 AND total),
  CONSTRAINT call_dates CHECK (proposals_until < vote_until AND vote_until < score_until),
  CONSTRAINT call_opened CHECK (state IN ('planning', 'cancelled') OR (opened_at IS NOT NULL AND terms IS NOT NULL AND secret IS NOT NULL)),
  CONSTRAINT call_cancelled CHECK ((state = 'cancelled') = (end_reason IS NOT NULL)),
  CONSTRAINT call_announced CHECK (state NOT IN ('announced', 'closed') OR awarded IS NOT NULL)
);
COMMENT ON TABLE venture.call IS 'distributed. A venture call. terms: policy values of its opening; secret: of the draws, its hash (commitment) is public from the opening on; design: theme, criteria and weights.';
CREATE UNIQUE INDEX call_number ON venture.call (jurisdiction, number_year, number_value);
CREATE INDEX call_place_newest ON venture.call (division, id DESC);
CREATE INDEX call_newest ON venture.call (id DESC) WHERE opened_at IS NOT NULL;
CREATE INDEX call_government_newest ON venture.call (jurisdiction, id DESC) WHERE opened_at IS NOT NULL;
CREATE INDEX call_panel ON venture.call USING gin (panel);
CREATE INDEX call_search ON venture.call USING gin (search);

CREATE TABLE venture.proposal (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  call uuid NOT NULL,
  division platform.division NOT NULL,
  state text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  number_year integer NOT NULL,
  number_value bigint NOT NULL,
  organization text COLLATE "C" NOT NULL,
  organization_name text NOT NULL,
  authors text[] NOT NULL,
  title text NOT NULL,
  needs text[] NOT NULL,
  asked bigint NOT NULL,
  own bigint,
  design jsonb NOT NULL,
  hash text COLLATE "C",
  reason text,
  admitted_at timestamptz,
  votes integer,
  vote_score integer,
  panel_score integer,
  score integer,
  rank integer,
  award bigint,
  coachings integer NOT NULL DEFAULT 0,
  project text COLLATE "C",
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  history jsonb NOT NULL,
  search tsvector NOT NULL,
  CONSTRAINT proposal_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT proposal_of_call FOREIGN KEY (jurisdiction, call) REFERENCES venture.call (jurisdiction, id),
  CONSTRAINT proposal_state CHECK (state IN ('draft', 'submitted', 'admitted', 'turned-away', 'withdrawn', 'voted', 'awarded', 'not-awarded', 'declined', 'project-made', 'lapsed')),
  CONSTRAINT proposal_money CHECK (asked > 0 AND own >= 0 AND award > 0),
  CONSTRAINT proposal_awarded CHECK (state NOT IN ('awarded', 'declined', 'project-made') OR award IS NOT NULL),
  CONSTRAINT proposal_ranked CHECK ((rank IS NULL) = (score IS NULL) AND (rank IS NULL OR votes IS NOT NULL)),
  CONSTRAINT proposal_project CHECK ((state = 'project-made') = (project IS NOT NULL))
);
COMMENT ON TABLE venture.proposal IS 'distributed. An organization''s own project for a call. asked: what its lines add up to; scores in hundredths of a point, written with the announcement; votes: counted when the vote closes.';
CREATE UNIQUE INDEX proposal_number ON venture.proposal (jurisdiction, number_year, number_value);
CREATE INDEX proposal_of_call_newest ON venture.proposal (jurisdiction, call, id DESC);
CREATE INDEX proposal_organization ON venture.proposal (organization, id DESC);
CREATE INDEX proposal_search ON venture.proposal USING gin (search);

CREATE TABLE venture.voter (
  jurisdiction platform.jurisdiction NOT NULL,
  call uuid NOT NULL,
  person text COLLATE "C" NOT NULL,
  used integer NOT NULL,
  CONSTRAINT voter_pkey PRIMARY KEY (jurisdiction, call, person),
  CONSTRAINT voter_of_call FOREIGN KEY (jurisdiction, call) REFERENCES venture.call (jurisdiction, id),
  CONSTRAINT voter_used CHECK (used >= 1)
);
COMMENT ON TABLE venture.voter IS 'distributed. How many of their votes a resident used in a call.';

CREATE TABLE venture.vote (
  jurisdiction platform.jurisdiction NOT NULL,
  call uuid NOT NULL,
  proposal uuid NOT NULL,
  person text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT vote_pkey PRIMARY KEY (jurisdiction, proposal, person),
  CONSTRAINT vote_of_proposal FOREIGN KEY (jurisdiction, proposal) REFERENCES venture.proposal (jurisdiction, id)
);
COMMENT ON TABLE venture.vote IS 'distributed. A verified resident''s vote for a proposal, one each. Read by its own resident only; counted when the vote closes. Never changed.';
CREATE INDEX vote_of_person ON venture.vote (jurisdiction, call, person);

CREATE TABLE venture.sheet (
  jurisdiction platform.jurisdiction NOT NULL,
  call uuid NOT NULL,
  proposal uuid NOT NULL,
  panelist text COLLATE "C" NOT NULL,
  points integer[] NOT NULL,
  note text,
  at timestamptz NOT NULL,
  CONSTRAINT sheet_pkey PRIMARY KEY (jurisdiction, proposal, panelist),
  CONSTRAINT sheet_of_proposal FOREIGN KEY (jurisdiction, proposal) REFERENCES venture.proposal (jurisdiction, id)
);
COMMENT ON TABLE venture.sheet IS 'distributed. One panelist''s points for one proposal, 0 to 100 per criterion. Read by its panelist only before the announcement. Never changed.';
CREATE INDEX sheet_of_call ON venture.sheet (jurisdiction, call);

CREATE TABLE venture.coaching (
  jurisdiction platform.jurisdiction NOT NULL,
  proposal uuid NOT NULL,
  id uuid NOT NULL,
  person text COLLATE "C" NOT NULL,
  words text NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT coaching_pkey PRIMARY KEY (jurisdiction, proposal, id),
  CONSTRAINT coaching_of_proposal FOREIGN KEY (jurisdiction, proposal) REFERENCES venture.proposal (jurisdiction, id)
);
COMMENT ON TABLE venture.coaching IS 'distributed. A coach''s note to an awarded organization. Never changed.';

GRANT USAGE ON SCHEMA venture TO liandong_app;
GRANT SELECT, INSERT, UPDATE ON venture.call, venture.proposal, venture.voter TO liandong_app;
GRANT SELECT, INSERT ON venture.vote, venture.sheet, venture.coaching TO liandong_app;
