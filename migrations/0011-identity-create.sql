-- Identity: persons, where they live, how they sign in, what roles they hold, who looked at their data.
CREATE SCHEMA identity;
COMMENT ON SCHEMA identity IS 'Persons, residences, verification, credentials, sessions, roles and delegations.';

CREATE TABLE identity.person (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  state text NOT NULL DEFAULT 'unverified',
  version integer NOT NULL DEFAULT 1,
  masked_name text NOT NULL,
  name_sealed bytea,
  official_name text,
  account text COLLATE "C",
  phone_blind text COLLATE "C",
  phone_sealed bytea,
  masked_phone text,
  birth_sealed bytea,
  id_number_blind text COLLATE "C",
  id_number_sealed bytea,
  masked_id_number text,
  adult boolean NOT NULL DEFAULT false,
  verified_at timestamptz,
  verified_until timestamptz,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CONSTRAINT person_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT person_state CHECK (state IN ('unverified', 'verified')),
  CONSTRAINT person_province_wide CHECK (jurisdiction LIKE '%0000'),
  CONSTRAINT person_account UNIQUE (account),
  CONSTRAINT person_phone UNIQUE (phone_blind),
  CONSTRAINT person_id_number UNIQUE (id_number_blind)
);
COMMENT ON TABLE identity.person IS 'local. One record per person in the province; personal fields sealed under the person''s key, found by blind index only.';
CREATE INDEX person_account_prefix ON identity.person (account COLLATE "C" text_pattern_ops) WHERE account IS NOT NULL;

CREATE TABLE identity.residence (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  person text COLLATE "C" NOT NULL,
  division platform.division NOT NULL,
  state text NOT NULL DEFAULT 'unverified',
  since timestamptz NOT NULL,
  until timestamptz,
  CONSTRAINT residence_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT residence_state CHECK (state IN ('unverified', 'verified')),
  CONSTRAINT residence_community CHECK (length(division) = 12)
);
COMMENT ON TABLE identity.residence IS 'local. In which community a person lives or lived; a move closes one row and opens the next.';
CREATE UNIQUE INDEX residence_current ON identity.residence (person) WHERE until IS NULL;
CREATE INDEX residence_place ON identity.residence (division, since DESC, id DESC) WHERE until IS NULL;
CREATE INDEX residence_newest ON identity.residence (since DESC, id DESC) WHERE until IS NULL;

CREATE TABLE identity.verification (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  person text COLLATE "C" NOT NULL,
  division platform.division NOT NULL,
  confirmed_by text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL,
  until timestamptz NOT NULL,
  withdrawn_at timestamptz,
  withdrawn_by text COLLATE "C",
  reason text,
  CONSTRAINT verification_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT verification_reason CHECK (reason IN ('moved-away', 'mistaken', 'deceased', 'replaced'))
);
COMMENT ON TABLE identity.verification IS 'local. Who confirmed a resident, when, for which community and until when.';
CREATE INDEX verification_person ON identity.verification (person, at);

CREATE TABLE identity.credential (
  person text COLLATE "C" NOT NULL,
  password_hash text,
  password_at timestamptz,
  enrolment_hash text,
  enrolment_until timestamptz,
  totp_sealed bytea,
  totp_pending_sealed bytea,
  totp_step bigint NOT NULL DEFAULT 0,
  updated_at timestamptz NOT NULL,
  CONSTRAINT credential_pkey PRIMARY KEY (person)
);
COMMENT ON TABLE identity.credential IS 'local. Password (argon2id) and TOTP secret (sealed) of staff; totp_step is the last step used, so that no code works twice.';

CREATE TABLE identity.passkey (
  id text COLLATE "C" NOT NULL,
  person text COLLATE "C" NOT NULL,
  public_key bytea NOT NULL,
  counter bigint NOT NULL,
  transports text[] NOT NULL DEFAULT '{}',
  label text NOT NULL,
  created_at timestamptz NOT NULL,
  used_at timestamptz,
  CONSTRAINT passkey_pkey PRIMARY KEY (id)
);
COMMENT ON TABLE identity.passkey IS 'local. Public keys of passkeys (WebAuthn).';
CREATE INDEX passkey_person ON identity.passkey (person);

CREATE TABLE identity.challenge (
  id uuid NOT NULL,
  person text COLLATE "C",
  purpose text NOT NULL,
  challenge text NOT NULL,
  expires_at timestamptz NOT NULL,
  CONSTRAINT challenge_pkey PRIMARY KEY (id),
  CONSTRAINT challenge_purpose CHECK (purpose IN ('register', 'sign-in', 'confirm'))
);
COMMENT ON TABLE identity.challenge IS 'local. WebAuthn challenges, each used once within minutes.';
CREATE INDEX challenge_expires ON identity.challenge (expires_at);

CREATE TABLE identity.phone_code (
  phone_blind text COLLATE "C" NOT NULL,
  id uuid NOT NULL,
  code_hmac text NOT NULL,
  expires_at timestamptz NOT NULL,
  tries integer NOT NULL DEFAULT 0,
  CONSTRAINT phone_code_pkey PRIMARY KEY (phone_blind)
);
COMMENT ON TABLE identity.phone_code IS 'local. The last one-time code of a number as a keyed hash; gone when used.';
CREATE INDEX phone_code_expires ON identity.phone_code (expires_at);

CREATE TABLE identity.ticket (
  token_hash text COLLATE "C" NOT NULL,
  person text COLLATE "C" NOT NULL,
  purpose text NOT NULL,
  expires_at timestamptz NOT NULL,
  CONSTRAINT ticket_pkey PRIMARY KEY (token_hash),
  CONSTRAINT ticket_purpose CHECK (purpose IN ('second-factor', 'enrol'))
);
COMMENT ON TABLE identity.ticket IS 'local. Between the first and the second factor: who may continue a sign-in for some minutes.';
CREATE INDEX ticket_expires ON identity.ticket (expires_at);

CREATE TABLE identity.attempt (
  scope text NOT NULL,
  key text COLLATE "C" NOT NULL,
  started_at timestamptz NOT NULL,
  count integer NOT NULL,
  CONSTRAINT attempt_pkey PRIMARY KEY (scope, key)
);
COMMENT ON TABLE identity.attempt IS 'local. Exact counters by real time, per account and number (keyed hashes): lock-out.';
CREATE INDEX attempt_started ON identity.attempt (started_at);

CREATE TABLE identity.session (
  id uuid NOT NULL,
  token_hash text COLLATE "C" NOT NULL,
  person text COLLATE "C" NOT NULL,
  kind text NOT NULL,
  assignment text COLLATE "C",
  device text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  idle_ms bigint NOT NULL,
  expires_at timestamptz NOT NULL,
  second_factor_at timestamptz,
  CONSTRAINT session_pkey PRIMARY KEY (id),
  CONSTRAINT session_token UNIQUE (token_hash),
  CONSTRAINT session_kind CHECK (kind IN ('staff', 'resident'))
);
COMMENT ON TABLE identity.session IS 'local. Open sessions by the SHA-256 of their token; a row that is gone is signed out.';
CREATE INDEX session_person ON identity.session (person, created_at);
CREATE INDEX session_expires ON identity.session (expires_at);

CREATE TABLE identity.assignment (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  reference text COLLATE "C" GENERATED ALWAYS AS (jurisdiction::text || '-' || id::text) STORED NOT NULL,
  person text COLLATE "C" NOT NULL,
  role text NOT NULL,
  division platform.division NOT NULL,
  organization text COLLATE "C",
  organization_name text,
  department text,
  from_day date NOT NULL,
  until_day date,
  state text NOT NULL DEFAULT 'given',
  version integer NOT NULL DEFAULT 1,
  delegated_from text COLLATE "C",
  delegated_person text COLLATE "C",
  given_by text COLLATE "C",
  ended_at timestamptz,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CONSTRAINT assignment_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT assignment_reference UNIQUE (reference),
  CONSTRAINT assignment_state CHECK (state IN ('given', 'ended')),
  CONSTRAINT assignment_term CHECK (until_day IS NULL OR until_day >= from_day),
  CONSTRAINT assignment_not_by_oneself CHECK (given_by IS NULL OR given_by <> person)
);
COMMENT ON TABLE identity.assignment IS 'local. A role of a person at a place, within an organization or department, from-until; a delegation names the assignment it copies.';
CREATE INDEX assignment_person ON identity.assignment (person, state);
CREATE INDEX assignment_parent ON identity.assignment (delegated_from) WHERE delegated_from IS NOT NULL;
CREATE INDEX assignment_place ON identity.assignment (division, created_at DESC, id DESC);
CREATE INDEX assignment_newest ON identity.assignment (created_at DESC, id DESC);
CREATE INDEX assignment_organization ON identity.assignment (organization, created_at DESC, id DESC) WHERE organization IS NOT NULL;
CREATE INDEX assignment_holders ON identity.assignment (role, division) WHERE state = 'given';
CREATE UNIQUE INDEX assignment_once ON identity.assignment (person, role, division, coalesce(organization, ''), coalesce(department, ''), coalesce(delegated_from, '')) WHERE state = 'given';

CREATE TABLE identity.look (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  person text COLLATE "C" NOT NULL,
  field text NOT NULL,
  purpose text NOT NULL,
  by_person text COLLATE "C" NOT NULL,
  by_role text NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT look_pkey PRIMARY KEY (jurisdiction, id)
);
COMMENT ON TABLE identity.look IS 'local. Append-only: who saw which personal field in clear, for what; the person concerned reads it.';
CREATE INDEX look_person ON identity.look (person, at DESC, id DESC);

CREATE TABLE identity.proxy (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  person text COLLATE "C" NOT NULL,
  kind text NOT NULL,
  proxy_phone_blind text COLLATE "C" NOT NULL,
  masked_phone text NOT NULL,
  recorded_by text COLLATE "C" NOT NULL,
  since timestamptz NOT NULL,
  until_day date,
  revoked_at timestamptz,
  CONSTRAINT proxy_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT proxy_kind CHECK (kind IN ('family', 'worker'))
);
COMMENT ON TABLE identity.proxy IS 'local. Who may raise, apply and rate for a resident; named by number, so that giving one tells nobody whether it has an account.';
CREATE INDEX proxy_person ON identity.proxy (person) WHERE revoked_at IS NULL;
CREATE INDEX proxy_phone ON identity.proxy (proxy_phone_blind) WHERE revoked_at IS NULL;

GRANT USAGE ON SCHEMA identity TO liandong_app;
GRANT SELECT, INSERT, UPDATE ON identity.person, identity.residence, identity.verification, identity.assignment, identity.proxy TO liandong_app;
GRANT SELECT, INSERT ON identity.look TO liandong_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.credential, identity.passkey, identity.challenge, identity.phone_code, identity.ticket, identity.attempt, identity.session TO liandong_app;
