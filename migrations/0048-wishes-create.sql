-- Wishes: small needs that somebody grants directly, the bodies that grant them, and who helped how many residents in a year.
CREATE SCHEMA wishes;
COMMENT ON SCHEMA wishes IS 'Small needs that neighbours, organizations and supporting bodies grant: wishes, supporting bodies, residents helped by giver and year.';

CREATE TABLE wishes.wish (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  division platform.division NOT NULL,
  state text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  number_year integer NOT NULL,
  number_value bigint NOT NULL,
  need text COLLATE "C" NOT NULL,
  need_private boolean NOT NULL,
  resident text COLLATE "C" NOT NULL,
  category text COLLATE "C" NOT NULL,
  title text NOT NULL,
  body text NOT NULL,
  put_by text COLLATE "C",
  giver_kind text,
  giver text COLLATE "C",
  claimed_by text COLLATE "C",
  claim jsonb,
  delivery jsonb,
  confirm_until timestamptz,
  remark text,
  thanks text,
  thanks_public boolean NOT NULL DEFAULT false,
  end_reason text,
  end_words text,
  history jsonb NOT NULL,
  search tsvector NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CONSTRAINT wish_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT wish_state CHECK (state IN ('asked', 'offered', 'open', 'claimed', 'delivered', 'confirmed', 'unconfirmed', 'declined', 'withdrawn')),
  CONSTRAINT wish_community CHECK (length(division) = 12),
  CONSTRAINT wish_giver_kind CHECK (giver_kind IN ('resident', 'organization', 'supporting-body')),
  CONSTRAINT wish_claimed_has_giver CHECK ((state IN ('claimed', 'delivered', 'confirmed', 'unconfirmed')) = (claim IS NOT NULL)),
  CONSTRAINT wish_giver_whole CHECK ((claim IS NULL) = (giver IS NULL) AND (claim IS NULL) = (giver_kind IS NULL) AND (claim IS NULL) = (claimed_by IS NULL)),
  CONSTRAINT wish_delivered_has_words CHECK (state NOT IN ('delivered', 'confirmed', 'unconfirmed') OR delivery IS NOT NULL),
  CONSTRAINT wish_not_own CHECK (claimed_by <> resident)
);
COMMENT ON TABLE wishes.wish IS 'distributed. A need put on the wish board in public words, with its present claim, delivery and thank-you. claim: shown name and date due; delivery: words and photos, for those concerned only.';
CREATE UNIQUE INDEX wish_number ON wishes.wish (jurisdiction, number_year, number_value);
CREATE UNIQUE INDEX wish_need ON wishes.wish (jurisdiction, need) WHERE state IN ('asked', 'offered', 'open', 'claimed', 'delivered');
CREATE INDEX wish_shown_number ON wishes.wish (number_value, number_year);
CREATE INDEX wish_newest ON wishes.wish (id DESC);
CREATE INDEX wish_search ON wishes.wish USING gin (search);
CREATE INDEX wish_board ON wishes.wish (division, id DESC) WHERE state IN ('open', 'claimed', 'delivered', 'confirmed', 'unconfirmed');
CREATE INDEX wish_place_state ON wishes.wish (division, state, id DESC);
CREATE INDEX wish_place ON wishes.wish (division, id DESC);
CREATE INDEX wish_township ON wishes.wish (jurisdiction, left(division, 9), id DESC);
CREATE INDEX wish_township_state ON wishes.wish (jurisdiction, left(division, 9), state, id DESC);
CREATE INDEX wish_county ON wishes.wish (jurisdiction, id DESC);
CREATE INDEX wish_county_state ON wishes.wish (jurisdiction, state, id DESC);
CREATE INDEX wish_resident ON wishes.wish (resident, id DESC);
CREATE INDEX wish_claimed_by ON wishes.wish (claimed_by, id DESC) WHERE claimed_by IS NOT NULL;

CREATE TABLE wishes.supporting_body (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  division platform.division NOT NULL,
  state text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  kind text NOT NULL,
  name text NOT NULL,
  uscc text COLLATE "C",
  words text,
  person text COLLATE "C" NOT NULL,
  person_masked text NOT NULL,
  end_words text,
  history jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CONSTRAINT supporting_body_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT supporting_body_state CHECK (state IN ('applied', 'confirmed', 'declined', 'ended')),
  CONSTRAINT supporting_body_kind CHECK (kind IN ('enterprise', 'party-branch')),
  CONSTRAINT supporting_body_community CHECK (length(division) = 12),
  CONSTRAINT supporting_body_enterprise_has_uscc CHECK (kind <> 'enterprise' OR uscc IS NOT NULL)
);
COMMENT ON TABLE wishes.supporting_body IS 'distributed. An enterprise or party branch that grants wishes: applies at a community, is confirmed there; one person acts for it.';
CREATE UNIQUE INDEX supporting_body_name ON wishes.supporting_body (jurisdiction, division, name) WHERE state IN ('applied', 'confirmed');
CREATE UNIQUE INDEX supporting_body_person ON wishes.supporting_body (jurisdiction, division, person) WHERE state IN ('applied', 'confirmed');
CREATE INDEX supporting_body_of_person ON wishes.supporting_body (person, id DESC);
CREATE INDEX supporting_body_place ON wishes.supporting_body (division, id DESC);
CREATE INDEX supporting_body_township ON wishes.supporting_body (jurisdiction, left(division, 9), id DESC);
CREATE INDEX supporting_body_county ON wishes.supporting_body (jurisdiction, id DESC);

CREATE TABLE wishes.helped (
  jurisdiction platform.jurisdiction NOT NULL,
  place platform.division NOT NULL,
  year integer NOT NULL,
  giver text COLLATE "C" NOT NULL,
  resident text COLLATE "C" NOT NULL,
  CONSTRAINT helped_pkey PRIMARY KEY (jurisdiction, place, year, giver, resident)
);
COMMENT ON TABLE wishes.helped IS 'distributed. A giver helped a resident in a year: once, however many wishes; at the community, its township and its county.';

CREATE TABLE wishes.standing (
  jurisdiction platform.jurisdiction NOT NULL,
  place platform.division NOT NULL,
  year integer NOT NULL,
  giver text COLLATE "C" NOT NULL,
  giver_kind text NOT NULL,
  name text,
  helped integer NOT NULL,
  CONSTRAINT standing_pkey PRIMARY KEY (jurisdiction, place, year, giver),
  CONSTRAINT standing_giver_kind CHECK (giver_kind IN ('resident', 'organization', 'supporting-body')),
  CONSTRAINT standing_helped CHECK (helped > 0)
);
COMMENT ON TABLE wishes.standing IS 'distributed. How many residents a giver helped at a place in a year. name: as the giver wished to be shown last; none for a resident who stays unnamed.';
CREATE INDEX standing_rank ON wishes.standing (jurisdiction, place, year, helped DESC, giver);

GRANT USAGE ON SCHEMA wishes TO liandong_app;
GRANT SELECT, INSERT, UPDATE ON wishes.wish, wishes.supporting_body, wishes.standing TO liandong_app;
GRANT SELECT, INSERT ON wishes.helped TO liandong_app;
