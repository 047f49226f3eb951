-- One sign-on: systems that sign in here, what the OpenID provider keeps for them, and accounts elsewhere that open sessions here.
CREATE TABLE identity.oidc_client (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  reference text COLLATE "C" GENERATED ALWAYS AS (jurisdiction::text || '-' || id::text) STORED NOT NULL,
  division platform.division NOT NULL,
  state text NOT NULL DEFAULT 'active',
  version integer NOT NULL DEFAULT 1,
  name text NOT NULL,
  department text NOT NULL,
  redirect_uris text[] NOT NULL,
  logout_uris text[] NOT NULL DEFAULT '{}',
  auth_method text NOT NULL,
  secret_hash text NOT NULL,
  secret_at timestamptz NOT NULL,
  registered_by text COLLATE "C" NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CONSTRAINT oidc_client_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT oidc_client_reference UNIQUE (reference),
  CONSTRAINT oidc_client_state CHECK (state IN ('active', 'disabled')),
  CONSTRAINT oidc_client_auth_method CHECK (auth_method IN ('client_secret_basic', 'client_secret_post')),
  CONSTRAINT oidc_client_has_redirect CHECK (cardinality(redirect_uris) BETWEEN 1 AND 5),
  CONSTRAINT oidc_client_logouts CHECK (cardinality(logout_uris) <= 5)
);
COMMENT ON TABLE identity.oidc_client IS 'local. Systems of departments that sign in here; reference is their client_id, of the secret only a SHA-256 is kept.';
CREATE INDEX oidc_client_place ON identity.oidc_client (division, created_at DESC, id DESC);
CREATE INDEX oidc_client_newest ON identity.oidc_client (created_at DESC, id DESC);

CREATE TABLE identity.oidc_artefact (
  model text NOT NULL,
  id_hash text COLLATE "C" NOT NULL,
  grant_hash text COLLATE "C",
  uid_hash text COLLATE "C",
  payload bytea NOT NULL,
  consumed_at timestamptz,
  expires_at timestamptz NOT NULL,
  CONSTRAINT oidc_artefact_pkey PRIMARY KEY (model, id_hash)
);
COMMENT ON TABLE identity.oidc_artefact IS 'local. Codes, tokens, grants and sessions of the OpenID provider by the SHA-256 of their id, sealed; consumed_at makes each usable once.';
CREATE INDEX oidc_artefact_grant ON identity.oidc_artefact (grant_hash) WHERE grant_hash IS NOT NULL;
CREATE INDEX oidc_artefact_uid ON identity.oidc_artefact (uid_hash) WHERE uid_hash IS NOT NULL;
CREATE INDEX oidc_artefact_expires ON identity.oidc_artefact (expires_at);

CREATE TABLE identity.outside_link (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  reference text COLLATE "C" GENERATED ALWAYS AS (jurisdiction::text || '-' || id::text) STORED NOT NULL,
  issuer text COLLATE "C" NOT NULL,
  subject_blind text COLLATE "C" NOT NULL,
  person text COLLATE "C" NOT NULL,
  kind text NOT NULL,
  linked_at timestamptz NOT NULL,
  used_at timestamptz,
  CONSTRAINT outside_link_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT outside_link_reference UNIQUE (reference),
  CONSTRAINT outside_link_subject UNIQUE (issuer, subject_blind),
  CONSTRAINT outside_link_kind CHECK (kind IN ('staff', 'resident'))
);
COMMENT ON TABLE identity.outside_link IS 'local. Which account at an outside identity provider (subject as a keyed hash) opens sessions of which person and of which kind; made by the person, signed in.';
CREATE INDEX outside_link_person ON identity.outside_link (person, linked_at);

GRANT SELECT, INSERT, UPDATE ON identity.oidc_client TO liandong_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.oidc_artefact, identity.outside_link TO liandong_app;
