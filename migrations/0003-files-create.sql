-- Stored files: what was received, and to which record it was attached. The bytes lie in the file store, named by their hash.
CREATE TABLE platform.file (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  owner text COLLATE "C" NOT NULL,
  name text NOT NULL,
  type text NOT NULL,
  size bigint NOT NULL,
  sha256 text COLLATE "C" NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  record_kind text,
  record_id text COLLATE "C",
  attached_at timestamptz,
  CONSTRAINT file_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT file_size_positive CHECK (size > 0),
  CONSTRAINT file_sha256_hex CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  CONSTRAINT file_attached_whole CHECK (num_nulls(record_kind, record_id, attached_at) IN (0, 3))
);
COMMENT ON TABLE platform.file IS 'distributed. A stored file by its own id: owner, type found in the content, hash of the kept bytes, and the one record it is attached to.';
CREATE INDEX file_loose ON platform.file (jurisdiction, owner, created_at) WHERE record_id IS NULL;
CREATE INDEX file_sha256 ON platform.file (sha256);

CREATE TABLE platform.attachment (
  jurisdiction platform.jurisdiction NOT NULL,
  record_kind text NOT NULL,
  record_id text COLLATE "C" NOT NULL,
  file_id text COLLATE "C" NOT NULL,
  place integer NOT NULL,
  name text NOT NULL,
  type text NOT NULL,
  size bigint NOT NULL,
  sha256 text COLLATE "C" NOT NULL,
  attached_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT attachment_pkey PRIMARY KEY (jurisdiction, record_kind, record_id, file_id)
);
COMMENT ON TABLE platform.attachment IS 'distributed. The files of a record, in the jurisdiction of the record, so that a record page asks one shard.';

GRANT SELECT, INSERT, UPDATE, DELETE ON platform.file TO liandong_app;
GRANT SELECT, INSERT ON platform.attachment TO liandong_app;
