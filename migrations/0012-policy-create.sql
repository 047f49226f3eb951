-- Policy parameters: values in force per division, with their history.
CREATE SCHEMA policy;
COMMENT ON SCHEMA policy IS 'Parameters of the rules: the default stands in the code that declares it, a division''s own value here, with history.';

CREATE TABLE policy.parameter_value (
  id uuid NOT NULL,
  key text NOT NULL,
  division platform.division NOT NULL,
  value jsonb,
  reason text NOT NULL,
  set_by text COLLATE "C" NOT NULL,
  set_at timestamptz NOT NULL,
  version integer NOT NULL,
  CONSTRAINT parameter_value_pkey PRIMARY KEY (id),
  CONSTRAINT parameter_value_once UNIQUE (key, division, version)
);
COMMENT ON TABLE policy.parameter_value IS 'reference. Append-only: the newest version of a key and division is in force below that division; a null value returns to what stands above.';

GRANT USAGE ON SCHEMA policy TO liandong_app;
GRANT SELECT, INSERT ON policy.parameter_value TO liandong_app;
