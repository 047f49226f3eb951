-- Keys with which outside programs raise needs here (Open311): registered by the system administrator of their place.
CREATE TABLE identity.api_client (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  reference text COLLATE "C" GENERATED ALWAYS AS (jurisdiction::text || '-' || id::text) STORED NOT NULL,
  division platform.division NOT NULL,
  state text NOT NULL DEFAULT 'active',
  version integer NOT NULL DEFAULT 1,
  name text NOT NULL,
  operator text NOT NULL,
  person text COLLATE "C" NOT NULL,
  key_hash text COLLATE "C" NOT NULL,
  registered_by text COLLATE "C" NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CONSTRAINT api_client_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT api_client_reference UNIQUE (reference),
  CONSTRAINT api_client_key UNIQUE (key_hash),
  CONSTRAINT api_client_state CHECK (state IN ('active', 'disabled'))
);
COMMENT ON TABLE identity.api_client IS 'local. Outside programs that act with a key; person is the account under which their acts stand on record, of the key only a SHA-256 is kept.';
CREATE INDEX api_client_place ON identity.api_client (division, created_at DESC, id DESC);
CREATE INDEX api_client_newest ON identity.api_client (created_at DESC, id DESC);

GRANT SELECT, INSERT, UPDATE ON identity.api_client TO liandong_app;
