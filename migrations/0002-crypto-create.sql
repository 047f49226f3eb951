-- Keys of persons and cases, wrapped by the root key that never enters the database.
CREATE TABLE platform.subject_key (
  jurisdiction platform.jurisdiction NOT NULL,
  subject text COLLATE "C" NOT NULL,
  version smallint NOT NULL,
  root text NOT NULL,
  wrapped bytea,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  destroyed_at timestamptz,
  CONSTRAINT subject_key_pkey PRIMARY KEY (jurisdiction, subject, version),
  CONSTRAINT subject_key_version_byte CHECK (version BETWEEN 1 AND 255),
  CONSTRAINT subject_key_destroyed_has_no_bytes CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
);
COMMENT ON TABLE platform.subject_key IS 'distributed. One data key per person or case, wrapped by the root key named in root; destroying it makes everything sealed under it unreadable.';
CREATE INDEX subject_key_root ON platform.subject_key (root) WHERE wrapped IS NOT NULL;

-- No DELETE: a destroyed key stays as a row without bytes, so that nobody can make a new one under the same subject unnoticed.
GRANT SELECT, INSERT, UPDATE ON platform.subject_key TO liandong_app;
