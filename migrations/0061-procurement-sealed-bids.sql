-- Sealed bids: who holds a share of a tender's key, and the bids as their bidders' browsers encrypted them.
ALTER TABLE procurement.tender ADD COLUMN sealing jsonb;
COMMENT ON COLUMN procurement.tender.sealing IS 'NULL: bids on paper. Else the public half of the tender''s key, how many shares open it, and how far the opening is. No secret.';

CREATE TABLE procurement.key_seat (
  jurisdiction platform.jurisdiction NOT NULL,
  tender uuid NOT NULL,
  seat text NOT NULL,
  person text COLLATE "C" NOT NULL,
  opener_key text COLLATE "C" NOT NULL,
  registered_at timestamptz NOT NULL,
  sealed_share text COLLATE "C",
  share_hash text COLLATE "C",
  confirmed_at timestamptz,
  lost_at timestamptz,
  handed_share text COLLATE "C",
  handed_at timestamptz,
  CONSTRAINT key_seat_pkey PRIMARY KEY (jurisdiction, tender, seat),
  CONSTRAINT key_seat_one_person_one_seat UNIQUE (jurisdiction, tender, person),
  CONSTRAINT key_seat_of_tender FOREIGN KEY (jurisdiction, tender) REFERENCES procurement.tender (jurisdiction, id),
  CONSTRAINT key_seat_body CHECK (seat IN ('procurer', 'overseer', 'community')),
  CONSTRAINT key_seat_share_whole CHECK ((sealed_share IS NULL) = (share_hash IS NULL)),
  CONSTRAINT key_seat_confirmed_share CHECK (confirmed_at IS NULL OR sealed_share IS NOT NULL),
  CONSTRAINT key_seat_handed_whole CHECK ((handed_share IS NULL) = (handed_at IS NULL))
);
COMMENT ON TABLE procurement.key_seat IS 'distributed. One of the three bodies that open the bids of a tender: its public key, its share sealed to that key, and at the opening the share sealed to the key of the session. Never a share in clear.';

CREATE TABLE procurement.sealed_bid (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  tender uuid NOT NULL,
  organization text COLLATE "C" NOT NULL,
  organization_name text NOT NULL,
  deposit text COLLATE "C" NOT NULL,
  round integer NOT NULL,
  state text NOT NULL,
  header text NOT NULL,
  content bytea,
  size integer NOT NULL,
  sha256 text COLLATE "C" NOT NULL,
  sm3 text COLLATE "C" NOT NULL,
  received_at timestamptz NOT NULL,
  received_by text COLLATE "C" NOT NULL,
  receipt jsonb NOT NULL,
  ended_at timestamptz,
  content_key bytea,
  void_reason text,
  CONSTRAINT sealed_bid_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT sealed_bid_never_replayed UNIQUE (jurisdiction, tender, deposit),
  CONSTRAINT sealed_bid_of_tender FOREIGN KEY (jurisdiction, tender) REFERENCES procurement.tender (jurisdiction, id),
  CONSTRAINT sealed_bid_state CHECK (state IN ('held', 'replaced', 'withdrawn', 'opened', 'void')),
  CONSTRAINT sealed_bid_gone_is_gone CHECK ((state IN ('replaced', 'withdrawn')) = (content IS NULL)),
  CONSTRAINT sealed_bid_key_after_opening CHECK (content_key IS NULL OR state IN ('opened', 'void')),
  CONSTRAINT sealed_bid_void_has_reason CHECK ((state = 'void') = (void_reason IS NOT NULL)),
  CONSTRAINT sealed_bid_size CHECK (size > 0)
);
COMMENT ON TABLE procurement.sealed_bid IS 'distributed. A bid as its bidder''s browser encrypted it, with the receipt that was given. What was replaced or withdrawn keeps its hash and loses its content. content_key: of this one bid, from its opening on.';
CREATE UNIQUE INDEX sealed_bid_one_held ON procurement.sealed_bid (jurisdiction, tender, organization) WHERE state = 'held';
CREATE INDEX sealed_bid_tender ON procurement.sealed_bid (jurisdiction, tender, received_at, id);
CREATE INDEX sealed_bid_organization ON procurement.sealed_bid (organization, id DESC);

GRANT SELECT, INSERT, UPDATE ON procurement.key_seat, procurement.sealed_bid TO liandong_app;
