-- Organizations: the register with its staff, warning lists and credit entries. Ids are province-wide (320000-…).
CREATE SCHEMA organizations;
COMMENT ON SCHEMA organizations IS 'The register of social organizations: registration, filing, rating, warning lists, staff, credit.';

CREATE TABLE organizations.organization (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  division platform.division NOT NULL,
  authority platform.division NOT NULL,
  state text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  number_year integer NOT NULL,
  number_value bigint NOT NULL,
  name text NOT NULL,
  found tsvector NOT NULL,
  kind text NOT NULL,
  registration text NOT NULL,
  level text,
  agency boolean NOT NULL,
  community_class text,
  uscc text COLLATE "C",
  categories text[] NOT NULL,
  address text,
  charter text NOT NULL,
  opinion text,
  reason text,
  registered_on date,
  rating text,
  rating_until date,
  abnormal boolean NOT NULL DEFAULT false,
  illegal boolean NOT NULL DEFAULT false,
  certificates integer NOT NULL DEFAULT 0,
  applicant text COLLATE "C" NOT NULL,
  due timestamptz,
  history jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CONSTRAINT organization_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT organization_number UNIQUE (jurisdiction, number_year, number_value),
  CONSTRAINT organization_state CHECK (state IN ('applied', 'accepted', 'reviewed', 'registered', 'filed', 'refused', 'cancelled')),
  CONSTRAINT organization_kind CHECK (kind IN ('association', 'service-institution', 'foundation', 'community-organization')),
  CONSTRAINT organization_registration CHECK (registration IN ('registered', 'filed')),
  CONSTRAINT organization_level CHECK (level IN ('county', 'city', 'province') AND registration = 'registered' OR level IS NULL AND registration = 'filed'),
  CONSTRAINT organization_rating CHECK ((rating IS NULL) = (rating_until IS NULL) AND rating IN ('1A', '2A', '3A', '4A', '5A')),
  CONSTRAINT organization_registered_has_code CHECK (state <> 'registered' OR (uscc IS NOT NULL AND registered_on IS NOT NULL)),
  CONSTRAINT organization_certificates CHECK (certificates >= 0)
);
COMMENT ON TABLE organizations.organization IS 'distributed. One row per organization, from the application on. The public page reads it.';
CREATE UNIQUE INDEX organization_name ON organizations.organization (jurisdiction, name) WHERE state NOT IN ('refused', 'cancelled');
CREATE UNIQUE INDEX organization_uscc ON organizations.organization (jurisdiction, uscc) WHERE uscc IS NOT NULL;
CREATE INDEX organization_by_name ON organizations.organization (name, id);
CREATE INDEX organization_by_age ON organizations.organization (id);
CREATE INDEX organization_division ON organizations.organization (division, id);
CREATE INDEX organization_authority ON organizations.organization (authority, state, id);
CREATE INDEX organization_found ON organizations.organization USING gin (found);
CREATE INDEX organization_categories ON organizations.organization USING gin (categories);
CREATE INDEX organization_applicant ON organizations.organization (applicant, id);

CREATE TABLE organizations.staff (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  organization uuid NOT NULL,
  person text COLLATE "C" NOT NULL,
  duty text NOT NULL,
  from_day date NOT NULL,
  until_day date,
  CONSTRAINT staff_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT staff_organization FOREIGN KEY (jurisdiction, organization) REFERENCES organizations.organization (jurisdiction, id),
  CONSTRAINT staff_duty CHECK (duty IN ('legal-representative', 'director', 'project-lead', 'social-worker', 'accountant', 'assistant', 'volunteer-lead')),
  CONSTRAINT staff_period CHECK (until_day IS NULL OR until_day >= from_day)
);
COMMENT ON TABLE organizations.staff IS 'distributed. Who works for an organization with which duty, from when to when. Names live in identity.';
CREATE UNIQUE INDEX staff_duty_once ON organizations.staff (jurisdiction, organization, person, duty) WHERE until_day IS NULL;
CREATE INDEX staff_of ON organizations.staff (jurisdiction, organization, id);

CREATE TABLE organizations.warning (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  organization uuid NOT NULL,
  list text NOT NULL,
  reason text NOT NULL,
  entered_at timestamptz NOT NULL,
  left_at timestamptz,
  left_reason text,
  CONSTRAINT warning_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT warning_organization FOREIGN KEY (jurisdiction, organization) REFERENCES organizations.organization (jurisdiction, id),
  CONSTRAINT warning_list CHECK (list IN ('abnormal', 'illegal'))
);
COMMENT ON TABLE organizations.warning IS 'distributed. Entries on the list of abnormal activities and of serious violations, with entry, repair and exit.';
CREATE UNIQUE INDEX warning_standing ON organizations.warning (jurisdiction, organization, list) WHERE left_at IS NULL;
CREATE INDEX warning_of ON organizations.warning (jurisdiction, organization, id);

CREATE TABLE organizations.credit_entry (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  organization uuid NOT NULL,
  kind text NOT NULL,
  points integer NOT NULL,
  of_kind text NOT NULL,
  of_id text COLLATE "C" NOT NULL,
  words text NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT credit_entry_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT credit_entry_once UNIQUE (jurisdiction, organization, kind, of_kind, of_id),
  CONSTRAINT credit_entry_organization FOREIGN KEY (jurisdiction, organization) REFERENCES organizations.organization (jurisdiction, id)
);
COMMENT ON TABLE organizations.credit_entry IS 'distributed. Append-only: what contracts, evaluations and objections said about an organization.';
CREATE INDEX credit_entry_of ON organizations.credit_entry (jurisdiction, organization, id);

GRANT USAGE ON SCHEMA organizations TO liandong_app;
GRANT SELECT, INSERT, UPDATE ON organizations.organization, organizations.staff, organizations.warning TO liandong_app;
GRANT SELECT, INSERT ON organizations.credit_entry TO liandong_app;
