-- Exact allowances per address or field: at most so many calls of an endpoint in a window of real time.
CREATE TABLE platform.allowance (
  name text NOT NULL,
  who text COLLATE "C" NOT NULL,
  window_start timestamptz NOT NULL,
  taken integer NOT NULL,
  CONSTRAINT allowance_pkey PRIMARY KEY (name, who)
);
COMMENT ON TABLE platform.allowance IS 'local. Calls taken by a keyed hash of an address or field in the running window; real time.';
CREATE INDEX allowance_window ON platform.allowance (window_start);
GRANT SELECT, INSERT, UPDATE, DELETE ON platform.allowance TO liandong_app;
