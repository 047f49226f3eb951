-- Evaluation: surveys of the beneficiaries on record. Answers are sealed until the survey ends, known by a keyed hash of a token; afterwards only counts are left.
ALTER TABLE evaluation.evaluation ADD COLUMN survey jsonb;
COMMENT ON COLUMN evaluation.evaluation.survey IS 'Where indicators come from a survey: the terms of its sample and the committed secret of its draw as they stood at planning, then its id and what each indicator got.';

CREATE TABLE evaluation.survey (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  division platform.division NOT NULL,
  state text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  evaluation uuid NOT NULL,
  contract text COLLATE "C" NOT NULL,
  organization text COLLATE "C" NOT NULL,
  evaluator text COLLATE "C" NOT NULL,
  number text NOT NULL,
  title text NOT NULL,
  items jsonb NOT NULL,
  nonce text NOT NULL,
  secret bytea,
  population integer,
  population_hash text,
  invited integer,
  draw jsonb,
  until timestamptz,
  answered integer,
  tally jsonb,
  opened_at timestamptz NOT NULL,
  closed_at timestamptz,
  CONSTRAINT survey_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT survey_of_evaluation FOREIGN KEY (jurisdiction, evaluation) REFERENCES evaluation.evaluation (jurisdiction, id),
  CONSTRAINT survey_state CHECK (state IN ('preparing', 'asking', 'closed')),
  -- The key of tokens and answers lives exactly as long as answers may come in.
  CONSTRAINT survey_secret_destroyed CHECK ((state = 'closed') = (secret IS NULL)),
  CONSTRAINT survey_open_has_population CHECK (state = 'preparing' OR (population IS NOT NULL AND population_hash IS NOT NULL AND invited BETWEEN 0 AND population)),
  CONSTRAINT survey_open_has_end CHECK (state <> 'asking' OR until IS NOT NULL),
  CONSTRAINT survey_closed_has_time CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
  CONSTRAINT survey_answers_within CHECK (answered IS NULL OR (state = 'closed' AND answered <= invited)),
  CONSTRAINT survey_tally_has_answers CHECK ((tally IS NULL) = (answered IS NULL))
);
COMMENT ON TABLE evaluation.survey IS 'distributed. A survey of an evaluation: questions, the frozen population by its hash, the draw, and once it ended how often each answer was given. Fewer than five answers leave nothing.';
CREATE UNIQUE INDEX survey_evaluation ON evaluation.survey (jurisdiction, evaluation);

CREATE TABLE evaluation.survey_invitation (
  jurisdiction platform.jurisdiction NOT NULL,
  survey uuid NOT NULL,
  id uuid NOT NULL,
  token_hash text COLLATE "C" NOT NULL,
  holders text[] COLLATE "C" NOT NULL,
  who bytea,
  guardian boolean NOT NULL,
  on_paper date,
  CONSTRAINT survey_invitation_pkey PRIMARY KEY (jurisdiction, survey, id),
  CONSTRAINT survey_invitation_of_survey FOREIGN KEY (jurisdiction, survey) REFERENCES evaluation.survey (jurisdiction, id)
);
COMMENT ON TABLE evaluation.survey_invitation IS 'distributed. Who is asked: the hash of a link''s token, keyed marks of whoever may take the link from the inbox, the masked name (sealed) of those without one. Never touched by an answer.';
CREATE UNIQUE INDEX survey_invitation_token ON evaluation.survey_invitation (jurisdiction, token_hash);

CREATE TABLE evaluation.survey_inbox (
  jurisdiction platform.jurisdiction NOT NULL,
  survey uuid NOT NULL,
  mark text COLLATE "C" NOT NULL,
  sealed bytea NOT NULL,
  CONSTRAINT survey_inbox_pkey PRIMARY KEY (jurisdiction, survey, mark)
);
COMMENT ON TABLE evaluation.survey_inbox IS 'distributed. Answers that came in: sealed, of one size within a survey, known by a keyed hash of their token. No time, no number, no person; gone when the survey ends.';

-- Whose case had a session under a contract is asked.
CREATE INDEX social_case_contract ON delivery.social_case (jurisdiction, contract);

GRANT SELECT, INSERT, UPDATE ON evaluation.survey, evaluation.survey_invitation TO liandong_app;
GRANT SELECT, INSERT, DELETE ON evaluation.survey_inbox TO liandong_app;
