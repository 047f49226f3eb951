-- Volunteers: who serves by consent, hours that were confirmed, proofs of them.
CREATE SCHEMA volunteers;
COMMENT ON SCHEMA volunteers IS 'The register of volunteers: consent, skills, hours confirmed once, proofs with number and code.';

CREATE TABLE volunteers.volunteer (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  person text COLLATE "C" NOT NULL,
  division platform.division NOT NULL,
  state text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  skills jsonb NOT NULL DEFAULT '[]',
  minutes integer NOT NULL DEFAULT 0,
  shifts integer NOT NULL DEFAULT 0,
  consented_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  history jsonb NOT NULL,
  CONSTRAINT volunteer_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT volunteer_state CHECK (state IN ('active', 'withdrawn')),
  CONSTRAINT volunteer_totals CHECK (minutes >= 0 AND shifts >= 0)
);
COMMENT ON TABLE volunteers.volunteer IS 'local. One row for each resident who ever became a volunteer, province-wide like the person; totals are those of the confirmed hours.';
CREATE UNIQUE INDEX volunteer_person ON volunteers.volunteer (jurisdiction, person);
CREATE INDEX volunteer_place ON volunteers.volunteer (division, id DESC);
CREATE INDEX volunteer_township ON volunteers.volunteer (left(division, 9), id DESC);
CREATE INDEX volunteer_county ON volunteers.volunteer (left(division, 6), id DESC);

CREATE TABLE volunteers.hours (
  person text COLLATE "C" NOT NULL,
  shift text COLLATE "C" NOT NULL,
  title text NOT NULL,
  place text NOT NULL,
  division platform.division NOT NULL,
  organization text COLLATE "C",
  starts timestamptz NOT NULL,
  ends timestamptz NOT NULL,
  minutes integer NOT NULL,
  by_worker boolean NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT hours_pkey PRIMARY KEY (person, shift),
  CONSTRAINT hours_once EXCLUDE USING gist (person WITH =, tstzrange(starts, ends) WITH &&),
  CONSTRAINT hours_time CHECK (ends > starts AND minutes > 0)
);
COMMENT ON TABLE volunteers.hours IS 'distributed by person. Confirmed hours of volunteers, from arrival to leaving; no hour of a person counts twice, in any county.';
CREATE INDEX hours_newest ON volunteers.hours (person, starts DESC);

CREATE TABLE volunteers.hours_proof (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  division platform.division NOT NULL,
  number_year integer NOT NULL,
  number_value bigint NOT NULL,
  person text COLLATE "C" NOT NULL,
  masked_name text NOT NULL,
  code text COLLATE "C" NOT NULL,
  minutes integer NOT NULL,
  shifts integer NOT NULL,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  issued_at timestamptz NOT NULL,
  CONSTRAINT hours_proof_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT hours_proof_sums CHECK (minutes > 0 AND shifts > 0)
);
COMMENT ON TABLE volunteers.hours_proof IS 'distributed. Proofs of hours that volunteers made for themselves; whoever holds the code sees masked name and sums.';
CREATE UNIQUE INDEX hours_proof_number ON volunteers.hours_proof (jurisdiction, number_year, number_value);
CREATE UNIQUE INDEX hours_proof_code ON volunteers.hours_proof (jurisdiction, code);
CREATE INDEX hours_proof_person ON volunteers.hours_proof (person, id DESC);

GRANT USAGE ON SCHEMA volunteers TO liandong_app;
GRANT SELECT, INSERT, UPDATE ON volunteers.volunteer TO liandong_app;
GRANT SELECT, INSERT ON volunteers.hours, volunteers.hours_proof TO liandong_app;
