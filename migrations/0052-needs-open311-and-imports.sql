-- Open311: the tokens that lead a client to its need, and the order in which it reads them. Imports: which rows of old lists are needs by now.
CREATE TABLE needs.service_token (
  jurisdiction platform.jurisdiction NOT NULL,
  token uuid NOT NULL,
  need uuid NOT NULL,
  created_at timestamptz NOT NULL,
  CONSTRAINT service_token_pkey PRIMARY KEY (jurisdiction, token),
  CONSTRAINT service_token_of_need FOREIGN KEY (jurisdiction, need) REFERENCES needs.need (jurisdiction, id)
);
COMMENT ON TABLE needs.service_token IS 'distributed. What a client of Open311 got for its request (a random UUIDv4) and the need that the request became.';

CREATE TABLE needs.imported_row (
  jurisdiction platform.jurisdiction NOT NULL,
  division platform.division NOT NULL,
  source_key text COLLATE "C" NOT NULL,
  need uuid NOT NULL,
  imported_by text COLLATE "C" NOT NULL,
  imported_at timestamptz NOT NULL,
  CONSTRAINT imported_row_pkey PRIMARY KEY (jurisdiction, division, source_key)
);
COMMENT ON TABLE needs.imported_row IS 'distributed. A row of a list that a worker imported and the need it became; source_key is a keyed hash of the row''s own number, else of what it says.';

-- The newest of a government's open needs, for clients that read its last days; drafts have no submitted_at.
CREATE INDEX need_requested ON needs.need (jurisdiction, submitted_at DESC, id DESC) WHERE visibility = 'public' AND submitted_at IS NOT NULL;

GRANT SELECT, INSERT ON needs.service_token, needs.imported_row TO liandong_app;
