-- Procurement: tenders with their frozen terms, bids, scoring sheets and objections.
CREATE SCHEMA procurement;
COMMENT ON SCHEMA procurement IS 'How organizations compete to undertake a project: tenders, bids, scores, awards, objections.';

CREATE TABLE procurement.tender (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  division platform.division NOT NULL,
  state text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  number_year integer NOT NULL,
  number_value bigint NOT NULL,
  project text COLLATE "C" NOT NULL,
  project_number text NOT NULL,
  title text NOT NULL,
  mode text NOT NULL,
  categories text[] NOT NULL,
  budget bigint NOT NULL,
  procedure text NOT NULL,
  description text NOT NULL,
  criteria jsonb NOT NULL,
  requirements jsonb NOT NULL,
  notice_days integer,
  procurers text[] NOT NULL,
  designers text[] NOT NULL,
  terms jsonb,
  secret text,
  commitment text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  published_at timestamptz,
  deadline timestamptz,
  closed_at timestamptz,
  opened_at timestamptz,
  opened_by text COLLATE "C",
  draw jsonb,
  panel text[] NOT NULL DEFAULT '{}',
  replaced text[] NOT NULL DEFAULT '{}',
  round integer NOT NULL DEFAULT 1,
  award_bid text COLLATE "C",
  award_organization text COLLATE "C",
  award_price bigint,
  award_score integer,
  award_ranking jsonb,
  award_at timestamptz,
  notice_until timestamptz,
  standstill_until timestamptz,
  stopped_at timestamptz,
  contract text COLLATE "C",
  end_reason text,
  end_words text,
  history jsonb NOT NULL,
  CONSTRAINT tender_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT tender_state CHECK (state IN ('planning', 'published', 'closed', 'opened', 'scoring', 'award-notice', 'standstill', 'awarded', 'contracted', 'cancelled', 'failed')),
  CONSTRAINT tender_procedure CHECK (procedure IN ('open', 'consultation')),
  CONSTRAINT tender_published_with_terms CHECK (state IN ('planning', 'cancelled') OR (published_at IS NOT NULL AND deadline IS NOT NULL AND terms IS NOT NULL AND commitment IS NOT NULL)),
  CONSTRAINT tender_award_whole CHECK (num_nonnulls(award_bid, award_organization, award_price, award_score, award_ranking, award_at) IN (0, 6)),
  CONSTRAINT tender_awarded_has_award CHECK (state NOT IN ('award-notice', 'standstill', 'awarded', 'contracted') OR award_bid IS NOT NULL),
  CONSTRAINT tender_within_budget CHECK (budget > 0 AND award_price BETWEEN 1 AND budget),
  CONSTRAINT tender_panel_odd CHECK (cardinality(panel) = 0 OR (cardinality(panel) >= 5 AND cardinality(panel) % 2 = 1)),
  CONSTRAINT tender_end_has_reason CHECK ((state IN ('cancelled', 'failed')) = (end_reason IS NOT NULL)),
  CONSTRAINT tender_contracted_has_contract CHECK (state <> 'contracted' OR contract IS NOT NULL)
);
COMMENT ON TABLE procurement.tender IS 'distributed. A tender of a project. terms: policy values frozen at publication; secret: committed at publication, shown with the draw; scores in hundredths of a point.';
CREATE UNIQUE INDEX tender_number ON procurement.tender (jurisdiction, number_year, number_value);
CREATE UNIQUE INDEX tender_one_running ON procurement.tender (jurisdiction, project) WHERE state NOT IN ('cancelled', 'failed');
CREATE INDEX tender_newest ON procurement.tender (id DESC);
CREATE INDEX tender_place_newest ON procurement.tender (division, id DESC);
CREATE INDEX tender_state_newest ON procurement.tender (state, id DESC);
CREATE INDEX tender_panel ON procurement.tender USING gin (panel);

CREATE TABLE procurement.bid (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  tender uuid NOT NULL,
  organization text COLLATE "C" NOT NULL,
  organization_name text NOT NULL,
  price bigint NOT NULL,
  proposal text NOT NULL,
  received_at timestamptz NOT NULL,
  entered_at timestamptz NOT NULL,
  entered_by text COLLATE "C" NOT NULL,
  faults text[] NOT NULL,
  hash text NOT NULL,
  CONSTRAINT bid_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT bid_one_each UNIQUE (jurisdiction, tender, organization),
  CONSTRAINT bid_of_tender FOREIGN KEY (jurisdiction, tender) REFERENCES procurement.tender (jurisdiction, id),
  CONSTRAINT bid_price_positive CHECK (price > 0)
);
COMMENT ON TABLE procurement.bid IS 'distributed. A bid as entered from its sealed paper after the deadline, with what the registers said of the bidder. Never changed.';
CREATE INDEX bid_organization ON procurement.bid (organization, id DESC);

CREATE TABLE procurement.sheet (
  jurisdiction platform.jurisdiction NOT NULL,
  tender uuid NOT NULL,
  round integer NOT NULL,
  bid uuid NOT NULL,
  panelist text COLLATE "C" NOT NULL,
  points smallint[] NOT NULL,
  note text,
  at timestamptz NOT NULL,
  CONSTRAINT sheet_pkey PRIMARY KEY (jurisdiction, tender, round, bid, panelist),
  CONSTRAINT sheet_of_tender FOREIGN KEY (jurisdiction, tender) REFERENCES procurement.tender (jurisdiction, id),
  CONSTRAINT sheet_of_bid FOREIGN KEY (jurisdiction, bid) REFERENCES procurement.bid (jurisdiction, id)
);
COMMENT ON TABLE procurement.sheet IS 'distributed. One panelist''s points for one bid. Never changed; a later round leaves the earlier ones on record.';

CREATE TABLE procurement.objection (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  tender uuid NOT NULL,
  organization text COLLATE "C" NOT NULL,
  organization_name text NOT NULL,
  person text COLLATE "C" NOT NULL,
  against text NOT NULL,
  argument text NOT NULL,
  asked text NOT NULL,
  at timestamptz NOT NULL,
  due timestamptz NOT NULL,
  state text NOT NULL,
  decision text,
  decided_by text COLLATE "C",
  decided_at timestamptz,
  CONSTRAINT objection_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT objection_of_tender FOREIGN KEY (jurisdiction, tender) REFERENCES procurement.tender (jurisdiction, id),
  CONSTRAINT objection_against CHECK (against IN ('terms', 'qualification', 'award')),
  CONSTRAINT objection_state CHECK (state IN ('open', 'rejected', 'upheld')),
  CONSTRAINT objection_decided_whole CHECK ((state = 'open') = (decided_at IS NULL) AND (decision IS NULL) = (decided_at IS NULL))
);
COMMENT ON TABLE procurement.objection IS 'distributed. An organization''s objection to a tender with its argument and the decision; open ones stop the clock.';
CREATE INDEX objection_tender ON procurement.objection (jurisdiction, tender, id);

GRANT USAGE ON SCHEMA procurement TO liandong_app;
GRANT SELECT, INSERT, UPDATE ON procurement.tender, procurement.objection TO liandong_app;
GRANT SELECT, INSERT ON procurement.bid, procurement.sheet TO liandong_app;
