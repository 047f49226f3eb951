-- Seals: a hash chain over the events of each jurisdiction, in signed batches.
CREATE TABLE platform.seal (
  jurisdiction platform.jurisdiction NOT NULL,
  number bigint NOT NULL,
  from_transaction xid8 NOT NULL,
  upto_transaction xid8 NOT NULL,
  events integer NOT NULL,
  leaves bytea NOT NULL,
  root text NOT NULL,
  previous text NOT NULL,
  head text NOT NULL,
  public_key text NOT NULL,
  signature text NOT NULL,
  sealed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT seal_pkey PRIMARY KEY (jurisdiction, number),
  CONSTRAINT seal_number_from_one CHECK (number >= 1),
  CONSTRAINT seal_range CHECK (from_transaction < upto_transaction),
  CONSTRAINT seal_leaves_whole CHECK (events > 0 AND octet_length(leaves) = events * 48)
);
COMMENT ON TABLE platform.seal IS 'local. Append-only: batch number of a jurisdiction, the transactions it covers, id (16 bytes) and SM3 (32 bytes) of each event, Merkle root, chained head and its Ed25519 signature.';

GRANT SELECT, INSERT ON platform.seal TO liandong_app;
