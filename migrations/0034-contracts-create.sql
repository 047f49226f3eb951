-- Contracts: what a township and an undertaker agreed, milestone by milestone, with amendments and breaches.
CREATE SCHEMA contracts;
COMMENT ON SCHEMA contracts IS 'Contracts with their milestones, amendments and breaches.';

CREATE TABLE contracts.contract (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  division platform.division NOT NULL,
  state text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  number_year integer NOT NULL,
  number_value bigint NOT NULL,
  title text NOT NULL,
  project text COLLATE "C" NOT NULL,
  tender text COLLATE "C" NOT NULL,
  bid text COLLATE "C",
  organization text COLLATE "C" NOT NULL,
  value bigint NOT NULL,
  original_value bigint NOT NULL,
  source text NOT NULL,
  categories text[] NOT NULL,
  needs text[] NOT NULL,
  residents text[] NOT NULL,
  drafted_by text COLLATE "C" NOT NULL,
  start_on date NOT NULL,
  end_on date NOT NULL,
  data_clause text NOT NULL,
  clauses text NOT NULL,
  team jsonb NOT NULL,
  policy jsonb NOT NULL,
  signatures jsonb NOT NULL DEFAULT '{}',
  sign_until timestamptz,
  reopen_words text,
  amendment_for text,
  active_at timestamptz,
  delivery_at timestamptz,
  evaluation text COLLATE "C",
  factor_bps integer,
  factor_score integer,
  factor_evaluation text COLLATE "C",
  termination_reason text,
  termination_words text,
  termination_settlement bigint,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  history jsonb NOT NULL,
  CONSTRAINT contract_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT contract_state CHECK (state IN ('drafting', 'signing', 'active', 'completed', 'terminated')),
  CONSTRAINT contract_value CHECK (value > 0 AND original_value > 0 AND value >= original_value),
  CONSTRAINT contract_dates CHECK (start_on < end_on),
  CONSTRAINT contract_amendment_for CHECK (amendment_for IN ('purchaser', 'organization')),
  CONSTRAINT contract_factor CHECK (factor_bps BETWEEN 0 AND 10000 AND factor_score BETWEEN 0 AND 1000),
  CONSTRAINT contract_active_is_signed CHECK (state IN ('drafting', 'signing', 'terminated') OR (signatures ? 'purchaser' AND signatures ? 'organization' AND active_at IS NOT NULL)),
  CONSTRAINT contract_termination CHECK ((state = 'terminated') = (termination_reason IS NOT NULL))
);
COMMENT ON TABLE contracts.contract IS 'distributed. A contract on an award; policy: factors and limits as they stood at signing; factor_score in tenths of a point; residents: who raised the needs.';
CREATE UNIQUE INDEX contract_number ON contracts.contract (jurisdiction, number_year, number_value);
CREATE UNIQUE INDEX contract_of_tender ON contracts.contract (jurisdiction, tender) WHERE state <> 'terminated';
CREATE INDEX contract_place ON contracts.contract (division, id DESC);
CREATE INDEX contract_place_state ON contracts.contract (division, state, id DESC);
CREATE INDEX contract_organization ON contracts.contract (organization, id DESC);
CREATE INDEX contract_project ON contracts.contract (jurisdiction, project, id DESC);

CREATE TABLE contracts.milestone (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  contract uuid NOT NULL,
  position smallint NOT NULL,
  title text NOT NULL,
  deliverable text NOT NULL,
  criteria text NOT NULL,
  due date NOT NULL,
  share integer NOT NULL,
  amount bigint NOT NULL,
  state text NOT NULL,
  needs_records boolean NOT NULL,
  settlement boolean NOT NULL DEFAULT false,
  service_records integer NOT NULL DEFAULT 0,
  minutes integer NOT NULL DEFAULT 0,
  attendance integer NOT NULL DEFAULT 0,
  report_words text,
  reported_at timestamptz,
  remarks text,
  resident_person text COLLATE "C",
  resident_at timestamptz,
  head_person text COLLATE "C",
  head_at timestamptz,
  payable bigint,
  payable_at timestamptz,
  transfer text COLLATE "C",
  paid_at timestamptz,
  CONSTRAINT milestone_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT milestone_of_contract FOREIGN KEY (jurisdiction, contract) REFERENCES contracts.contract (jurisdiction, id),
  CONSTRAINT milestone_state CHECK (state IN ('planned', 'reported', 'returned', 'accepted', 'payable', 'paid', 'forfeited', 'cancelled')),
  CONSTRAINT milestone_amount CHECK (amount >= 0 AND (payable IS NULL OR payable BETWEEN 0 AND amount)),
  CONSTRAINT milestone_evidence CHECK (service_records >= 0 AND minutes >= 0 AND attendance >= 0),
  CONSTRAINT milestone_accepted_by_two CHECK (state NOT IN ('accepted', 'payable', 'paid', 'forfeited') OR settlement OR (resident_person IS NOT NULL AND head_person IS NOT NULL AND resident_person <> head_person)),
  CONSTRAINT milestone_payable_has_sum CHECK (state NOT IN ('payable', 'paid') OR payable IS NOT NULL)
);
COMMENT ON TABLE contracts.milestone IS 'distributed. A milestone of a contract: what is delivered by when, its sum, the evidence that delivery handed in, who accepted and what is payable.';
CREATE UNIQUE INDEX milestone_position ON contracts.milestone (jurisdiction, contract, position);

CREATE TABLE contracts.amendment (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  contract uuid NOT NULL,
  state text NOT NULL,
  proposed_by text NOT NULL,
  person text COLLATE "C" NOT NULL,
  words text NOT NULL,
  growth bigint,
  end_on date,
  dues jsonb NOT NULL DEFAULT '[]',
  team jsonb,
  at timestamptz NOT NULL,
  decided_at timestamptz,
  decided_by text COLLATE "C",
  CONSTRAINT amendment_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT amendment_of_contract FOREIGN KEY (jurisdiction, contract) REFERENCES contracts.contract (jurisdiction, id),
  CONSTRAINT amendment_state CHECK (state IN ('proposed', 'agreed', 'declined')),
  CONSTRAINT amendment_party CHECK (proposed_by IN ('purchaser', 'organization')),
  CONSTRAINT amendment_growth CHECK (growth > 0)
);
COMMENT ON TABLE contracts.amendment IS 'distributed. A proposed change of value, dates or team; in force when the other party agreed.';
CREATE INDEX amendment_contract ON contracts.amendment (jurisdiction, contract, id);
CREATE UNIQUE INDEX amendment_one_open ON contracts.amendment (jurisdiction, contract) WHERE state = 'proposed';

CREATE TABLE contracts.breach (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  contract uuid NOT NULL,
  by_party text NOT NULL,
  kind text NOT NULL,
  words text NOT NULL,
  person text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT breach_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT breach_of_contract FOREIGN KEY (jurisdiction, contract) REFERENCES contracts.contract (jurisdiction, id),
  CONSTRAINT breach_party CHECK (by_party IN ('purchaser', 'organization')),
  CONSTRAINT breach_kind CHECK (kind IN ('late', 'quality', 'staff', 'data', 'payment', 'other'))
);
COMMENT ON TABLE contracts.breach IS 'distributed. What a party put on record against the other; never changed.';
CREATE INDEX breach_contract ON contracts.breach (jurisdiction, contract, id);

GRANT USAGE ON SCHEMA contracts TO liandong_app;
GRANT SELECT, INSERT, UPDATE ON contracts.contract TO liandong_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON contracts.milestone TO liandong_app;
GRANT SELECT, INSERT, UPDATE ON contracts.amendment TO liandong_app;
GRANT SELECT, INSERT ON contracts.breach TO liandong_app;
