-- Delivery: plans, service records, claimed hours and photo hashes.
CREATE SCHEMA delivery;
COMMENT ON SCHEMA delivery IS 'What was done: plans of contracts, service records, hours claimed once, photos used once.';
-- A trusted extension: an owner of the database may create it without being superuser; kept in our own schema, which the owner surely may fill.
CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA delivery;

CREATE TABLE delivery.plan (
  jurisdiction platform.jurisdiction NOT NULL,
  contract uuid NOT NULL,
  division platform.division NOT NULL,
  project text COLLATE "C" NOT NULL,
  organization text COLLATE "C" NOT NULL,
  words text NOT NULL,
  started_by text COLLATE "C" NOT NULL,
  started_at timestamptz NOT NULL,
  CONSTRAINT plan_pkey PRIMARY KEY (jurisdiction, contract)
);
COMMENT ON TABLE delivery.plan IS 'distributed. How an undertaker means to deliver a contract; one per contract.';

CREATE TABLE delivery.activity (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  contract uuid NOT NULL,
  position smallint NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  planned integer NOT NULL,
  CONSTRAINT activity_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT activity_of_plan FOREIGN KEY (jurisdiction, contract) REFERENCES delivery.plan (jurisdiction, contract),
  CONSTRAINT activity_kind CHECK (kind IN ('home-visit', 'activity', 'group', 'counselling', 'referral')),
  CONSTRAINT activity_planned CHECK (planned > 0)
);
COMMENT ON TABLE delivery.activity IS 'distributed. An activity of a plan and how often it is to take place; how often it did is counted from the service records.';
CREATE UNIQUE INDEX activity_position ON delivery.activity (jurisdiction, contract, position);

CREATE TABLE delivery.service_record (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  division platform.division NOT NULL,
  state text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  number_year integer NOT NULL,
  number_value bigint NOT NULL,
  contract uuid NOT NULL,
  milestone text COLLATE "C" NOT NULL,
  activity uuid NOT NULL,
  organization text COLLATE "C" NOT NULL,
  worker text COLLATE "C" NOT NULL,
  person text COLLATE "C" NOT NULL,
  worker_name text NOT NULL,
  kind text NOT NULL,
  starts timestamptz NOT NULL,
  ends timestamptz NOT NULL,
  minutes integer NOT NULL,
  place text NOT NULL,
  attendance integer NOT NULL,
  newcomers integer NOT NULL,
  words text NOT NULL,
  photos jsonb NOT NULL DEFAULT '[]',
  reused_photos jsonb NOT NULL DEFAULT '[]',
  void_reason text,
  voided_by text COLLATE "C",
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  history jsonb NOT NULL,
  CONSTRAINT service_record_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT service_record_of_plan FOREIGN KEY (jurisdiction, contract) REFERENCES delivery.plan (jurisdiction, contract),
  CONSTRAINT service_record_of_activity FOREIGN KEY (jurisdiction, activity) REFERENCES delivery.activity (jurisdiction, id),
  CONSTRAINT service_record_state CHECK (state IN ('filed', 'void')),
  CONSTRAINT service_record_kind CHECK (kind IN ('home-visit', 'activity', 'group', 'counselling', 'referral')),
  CONSTRAINT service_record_time CHECK (ends > starts AND minutes > 0),
  CONSTRAINT service_record_people CHECK (attendance >= 1 AND newcomers BETWEEN 0 AND attendance),
  CONSTRAINT service_record_void_has_reason CHECK ((state = 'void') = (void_reason IS NOT NULL))
);
COMMENT ON TABLE delivery.service_record IS 'distributed. What a social worker did: when, where, with how many. Voided with a reason, never removed.';
CREATE UNIQUE INDEX service_record_number ON delivery.service_record (jurisdiction, number_year, number_value);
CREATE INDEX service_record_contract ON delivery.service_record (jurisdiction, contract, id DESC);
CREATE INDEX service_record_activity ON delivery.service_record (jurisdiction, activity) WHERE state = 'filed';
CREATE INDEX service_record_place ON delivery.service_record (division, id DESC);
CREATE INDEX service_record_organization ON delivery.service_record (organization, id DESC);
CREATE INDEX service_record_person ON delivery.service_record (person, id DESC);

CREATE TABLE delivery.claimed_hours (
  worker text COLLATE "C" NOT NULL,
  record text COLLATE "C" NOT NULL,
  contract text COLLATE "C" NOT NULL,
  organization text COLLATE "C" NOT NULL,
  starts timestamptz NOT NULL,
  ends timestamptz NOT NULL,
  CONSTRAINT claimed_hours_pkey PRIMARY KEY (worker, record),
  CONSTRAINT claimed_hours_once EXCLUDE USING gist (worker WITH =, tstzrange(starts, ends) WITH &&),
  CONSTRAINT claimed_hours_time CHECK (ends > starts)
);
COMMENT ON TABLE delivery.claimed_hours IS 'distributed by worker. Hours of a person that a service record claims: none twice, on any contract of any purchaser in any county.';

CREATE TABLE delivery.photo_hash (
  hash text COLLATE "C" NOT NULL,
  record text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT photo_hash_pkey PRIMARY KEY (hash, record)
);
COMMENT ON TABLE delivery.photo_hash IS 'distributed by hash. Which service records carry a photo, by its SHA-256: a second use is flagged.';

GRANT USAGE ON SCHEMA delivery TO liandong_app;
GRANT SELECT, INSERT ON delivery.plan, delivery.activity, delivery.photo_hash TO liandong_app;
GRANT SELECT, INSERT, UPDATE ON delivery.service_record TO liandong_app;
GRANT SELECT, INSERT, DELETE ON delivery.claimed_hours TO liandong_app;
