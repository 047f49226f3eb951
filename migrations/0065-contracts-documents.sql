-- The documents generated from contracts and amendments, the signatures over their hashes, and the public keys of those who sign.
CREATE TABLE contracts.document (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  contract uuid NOT NULL,
  position smallint NOT NULL,
  kind text NOT NULL,
  amendment uuid,
  round timestamptz NOT NULL,
  sha256 text COLLATE "C" NOT NULL,
  sm3 text COLLATE "C" NOT NULL,
  data_sha256 text COLLATE "C" NOT NULL,
  previous text COLLATE "C",
  content jsonb NOT NULL,
  file text COLLATE "C" NOT NULL,
  copy text COLLATE "C" NOT NULL,
  made_at timestamptz NOT NULL,
  CONSTRAINT document_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT document_of_contract FOREIGN KEY (jurisdiction, contract) REFERENCES contracts.contract (jurisdiction, id),
  CONSTRAINT document_kind CHECK (kind IN ('contract', 'amendment') AND (kind = 'amendment') = (amendment IS NOT NULL)),
  CONSTRAINT document_follows CHECK (kind = 'contract' OR previous IS NOT NULL),
  CONSTRAINT document_hashes CHECK (sha256 ~ '^[0-9a-f]{64}$' AND sm3 ~ '^[0-9a-f]{64}$' AND data_sha256 ~ '^[0-9a-f]{64}$')
);
COMMENT ON TABLE contracts.document IS 'distributed. A generated document: content says all that the file says; round: when the signing began or the amendment was proposed; previous: SHA-256 of the document that it follows on; never changed.';
CREATE UNIQUE INDEX document_position ON contracts.document (jurisdiction, contract, position);
CREATE UNIQUE INDEX document_round ON contracts.document (jurisdiction, contract, kind, round);
CREATE INDEX document_sha256 ON contracts.document (sha256);

CREATE TABLE contracts.signing_key (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  person text COLLATE "C" NOT NULL,
  kind text NOT NULL,
  public_key text COLLATE "C" NOT NULL,
  fingerprint text COLLATE "C" NOT NULL,
  label text NOT NULL,
  at timestamptz NOT NULL,
  retired_at timestamptz,
  CONSTRAINT signing_key_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT signing_key_kind CHECK (kind IN ('ed25519', 'sm2'))
);
COMMENT ON TABLE contracts.signing_key IS 'distributed. The public half of a key that a person made in the browser; the private half never comes here.';
CREATE UNIQUE INDEX signing_key_fingerprint ON contracts.signing_key (jurisdiction, fingerprint);
CREATE INDEX signing_key_person ON contracts.signing_key (jurisdiction, person, id);

CREATE TABLE contracts.signature (
  jurisdiction platform.jurisdiction NOT NULL,
  document uuid NOT NULL,
  party text NOT NULL,
  person text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  kind text NOT NULL,
  public_key text COLLATE "C" NOT NULL,
  fingerprint text COLLATE "C" NOT NULL,
  signature text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT signature_pkey PRIMARY KEY (jurisdiction, document, party),
  CONSTRAINT signature_of_document FOREIGN KEY (jurisdiction, document) REFERENCES contracts.document (jurisdiction, id),
  CONSTRAINT signature_party CHECK (party IN ('purchaser', 'organization')),
  CONSTRAINT signature_kind CHECK (kind IN ('ed25519', 'sm2'))
);
COMMENT ON TABLE contracts.signature IS 'distributed. A party''s signature over a document''s hash, with the key as it was; never changed.';

GRANT SELECT, INSERT ON contracts.document TO liandong_app;
GRANT SELECT, INSERT ON contracts.signature TO liandong_app;
GRANT SELECT, INSERT, UPDATE ON contracts.signing_key TO liandong_app;
