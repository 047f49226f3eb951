-- Evaluation: final evaluations of contracts and the findings made on the way.
CREATE SCHEMA evaluation;
COMMENT ON SCHEMA evaluation IS 'Final evaluations of contracts, and findings with their rectification.';

CREATE TABLE evaluation.evaluation (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  division platform.division NOT NULL,
  state text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  number_year integer NOT NULL,
  number_value bigint NOT NULL,
  title text NOT NULL,
  contract text COLLATE "C" NOT NULL,
  project text COLLATE "C" NOT NULL,
  tender text COLLATE "C" NOT NULL,
  organization text COLLATE "C" NOT NULL,
  evaluator text COLLATE "C" NOT NULL,
  planned_by text COLLATE "C" NOT NULL,
  items jsonb NOT NULL,
  factors jsonb NOT NULL,
  credit jsonb NOT NULL,
  due_at timestamptz NOT NULL,
  judgements jsonb,
  score integer,
  summary text,
  submitted_at timestamptz,
  reply_until timestamptz,
  reply text,
  replied_at timestamptz,
  send_back text,
  factor_bps integer,
  published_at timestamptz,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  history jsonb NOT NULL,
  CONSTRAINT evaluation_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT evaluation_state CHECK (state IN ('planned', 'submitted', 'published')),
  CONSTRAINT evaluation_score CHECK (score BETWEEN 0 AND 1000),
  CONSTRAINT evaluation_submitted_has_score CHECK (state = 'planned' OR (score IS NOT NULL AND judgements IS NOT NULL AND reply_until IS NOT NULL)),
  CONSTRAINT evaluation_published_has_factor CHECK ((state = 'published') = (factor_bps IS NOT NULL))
);
COMMENT ON TABLE evaluation.evaluation IS 'distributed. The final evaluation of a contract; items, factors and credit: the scheme and the policy values as they stood at planning; score in tenths of a point.';
CREATE UNIQUE INDEX evaluation_number ON evaluation.evaluation (jurisdiction, number_year, number_value);
CREATE UNIQUE INDEX evaluation_of_contract ON evaluation.evaluation (jurisdiction, contract);
CREATE INDEX evaluation_place ON evaluation.evaluation (division, id DESC);
CREATE INDEX evaluation_organization ON evaluation.evaluation (organization, id DESC);
CREATE INDEX evaluation_evaluator ON evaluation.evaluation (evaluator, id DESC);

CREATE TABLE evaluation.finding (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  division platform.division NOT NULL,
  state text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  contract text COLLATE "C" NOT NULL,
  project text COLLATE "C" NOT NULL,
  organization text COLLATE "C" NOT NULL,
  number text NOT NULL,
  title text NOT NULL,
  kind text NOT NULL,
  serious boolean NOT NULL,
  words text NOT NULL,
  found_by text COLLATE "C" NOT NULL,
  rectify_until timestamptz NOT NULL,
  rectification text,
  rectified_at timestamptz,
  remarks text,
  verified_at timestamptz,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  history jsonb NOT NULL,
  CONSTRAINT finding_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT finding_state CHECK (state IN ('open', 'rectified', 'verified')),
  CONSTRAINT finding_kind CHECK (kind IN ('inspection', 'records', 'safety', 'staff', 'money', 'complaint'))
);
COMMENT ON TABLE evaluation.finding IS 'distributed. What an inspection of a running contract found, how the undertaker put it right, and who verified it.';
CREATE INDEX finding_contract ON evaluation.finding (jurisdiction, contract, id DESC);
CREATE INDEX finding_place ON evaluation.finding (division, id DESC);
CREATE INDEX finding_organization ON evaluation.finding (organization, id DESC);

GRANT USAGE ON SCHEMA evaluation TO liandong_app;
GRANT SELECT, INSERT, UPDATE ON evaluation.evaluation, evaluation.finding TO liandong_app;
