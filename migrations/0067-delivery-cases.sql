-- Delivery: social casework. What tells of a person is sealed under a key of the case; in clear stand ids, states, codes and dates.
CREATE TABLE delivery.social_case (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  division platform.division NOT NULL,
  state text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  number_year integer NOT NULL,
  number_value bigint NOT NULL,
  contract uuid NOT NULL,
  organization text COLLATE "C" NOT NULL,
  worker text COLLATE "C" NOT NULL,
  worker_person text COLLATE "C" NOT NULL,
  supervisor text COLLATE "C" NOT NULL,
  topic text NOT NULL,
  source text NOT NULL,
  under_fourteen boolean NOT NULL,
  beneficiary bytea NOT NULL,
  consent jsonb,
  goals bytea,
  goal_count smallint NOT NULL DEFAULT 0,
  awaiting boolean NOT NULL DEFAULT false,
  sessions integer NOT NULL DEFAULT 0,
  retention text NOT NULL DEFAULT 'none',
  reason text,
  next_at timestamptz,
  destroyed_at timestamptz,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  history jsonb NOT NULL,
  CONSTRAINT social_case_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT social_case_of_plan FOREIGN KEY (jurisdiction, contract) REFERENCES delivery.plan (jurisdiction, contract),
  CONSTRAINT social_case_state CHECK (state IN ('intake', 'assessment', 'plan', 'intervention', 'evaluation', 'closed', 'transferred')),
  CONSTRAINT social_case_retention CHECK (retention IN ('none', 'mandatory-report', 'court', 'audit')),
  CONSTRAINT social_case_two_people CHECK (worker_person <> supervisor),
  CONSTRAINT social_case_stages_need_consent CHECK (state IN ('intake', 'closed', 'transferred') OR consent IS NOT NULL)
);
COMMENT ON TABLE delivery.social_case IS 'distributed. A case of social work: its stage, its worker and supervisor; the person and the goals are sealed under the key of the case.';
CREATE UNIQUE INDEX social_case_number ON delivery.social_case (jurisdiction, number_year, number_value);
CREATE INDEX social_case_worker ON delivery.social_case (worker_person, id DESC);
CREATE INDEX social_case_supervisor ON delivery.social_case (supervisor, id DESC);

CREATE TABLE delivery.case_note (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  kind text NOT NULL,
  author text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL,
  body bytea NOT NULL,
  service_record text COLLATE "C",
  CONSTRAINT case_note_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT case_note_of_case FOREIGN KEY (jurisdiction, case_id) REFERENCES delivery.social_case (jurisdiction, id)
);
COMMENT ON TABLE delivery.case_note IS 'distributed. Notes of cases, sealed under the key of the case; added to, never changed, unreadable once the key is destroyed.';
CREATE INDEX case_note_case ON delivery.case_note (jurisdiction, case_id, id DESC);

CREATE TABLE delivery.case_opening (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  person text COLLATE "C" NOT NULL,
  reason text NOT NULL,
  words bytea NOT NULL,
  at timestamptz NOT NULL,
  until timestamptz NOT NULL,
  CONSTRAINT case_opening_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT case_opening_of_case FOREIGN KEY (jurisdiction, case_id) REFERENCES delivery.social_case (jurisdiction, id),
  CONSTRAINT case_opening_time CHECK (until > at)
);
COMMENT ON TABLE delivery.case_opening IS 'distributed. Emergency openings: who, why (the sentence sealed), from when until when.';
CREATE INDEX case_opening_case ON delivery.case_opening (jurisdiction, case_id, id DESC);
CREATE INDEX case_opening_person ON delivery.case_opening (person, until);

GRANT SELECT, INSERT, UPDATE ON delivery.social_case TO liandong_app;
GRANT SELECT, INSERT ON delivery.case_note, delivery.case_opening TO liandong_app;
