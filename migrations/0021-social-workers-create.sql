-- Social workers: certificate, level, registration and its renewals, employer. Ids are province-wide (320000-…).
CREATE SCHEMA social_workers;
COMMENT ON SCHEMA social_workers IS 'The register of social workers: certificate, level, registration, renewal, employer.';

CREATE TABLE social_workers.worker (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  division platform.division NOT NULL,
  state text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  number_year integer NOT NULL,
  number_value bigint NOT NULL,
  person text COLLATE "C" NOT NULL,
  certificate text COLLATE "C" NOT NULL,
  level text NOT NULL,
  post text NOT NULL,
  employer text COLLATE "C",
  passed_on date NOT NULL,
  registered_on date NOT NULL,
  valid_until date NOT NULL,
  hours integer NOT NULL DEFAULT 0,
  history jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CONSTRAINT worker_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT worker_number UNIQUE (jurisdiction, number_year, number_value),
  CONSTRAINT worker_person UNIQUE (jurisdiction, person),
  CONSTRAINT worker_certificate UNIQUE (jurisdiction, certificate),
  CONSTRAINT worker_state CHECK (state IN ('registered', 'lapsed')),
  CONSTRAINT worker_level CHECK (level IN ('assistant', 'social-worker', 'senior')),
  CONSTRAINT worker_post CHECK (post IN ('frontline', 'project-lead', 'supervisor', 'community', 'administration')),
  CONSTRAINT worker_hours CHECK (hours >= 0),
  CONSTRAINT worker_days CHECK (passed_on <= registered_on AND registered_on < valid_until)
);
COMMENT ON TABLE social_workers.worker IS 'distributed. One row per registered social worker; the name lives in identity.';
CREATE INDEX worker_division ON social_workers.worker (division, id);
CREATE INDEX worker_employer ON social_workers.worker (employer, id) WHERE employer IS NOT NULL;
CREATE INDEX worker_validity ON social_workers.worker (valid_until, id);
CREATE INDEX worker_by_age ON social_workers.worker (id);

GRANT USAGE ON SCHEMA social_workers TO liandong_app;
GRANT SELECT, INSERT, UPDATE ON social_workers.worker TO liandong_app;
