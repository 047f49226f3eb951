-- Delivery: rooms, occasions (volunteers' shifts and community activities), who takes a place, and where somebody is at a time.
CREATE TABLE delivery.room (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  division platform.division NOT NULL,
  name text NOT NULL,
  capacity integer NOT NULL,
  open boolean NOT NULL DEFAULT true,
  updated_at timestamptz NOT NULL,
  CONSTRAINT room_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT room_capacity CHECK (capacity BETWEEN 1 AND 10000)
);
COMMENT ON TABLE delivery.room IS 'distributed. Rooms of a community and how many people each may hold; the register of facilities takes this over when it is there.';
CREATE UNIQUE INDEX room_name ON delivery.room (jurisdiction, division, name);

CREATE TABLE delivery.occasion (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  division platform.division NOT NULL,
  state text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  number_year integer NOT NULL,
  number_value bigint NOT NULL,
  contract uuid,
  activity uuid,
  organization text COLLATE "C",
  person text COLLATE "C" NOT NULL,
  title text NOT NULL,
  words text NOT NULL,
  asks text,
  place text NOT NULL,
  room uuid,
  starts timestamptz NOT NULL,
  ends timestamptz NOT NULL,
  capacity integer NOT NULL,
  taken integer NOT NULL DEFAULT 0,
  arrived integer NOT NULL DEFAULT 0,
  guests integer NOT NULL DEFAULT 0,
  opened_at timestamptz,
  summary text,
  service_record text COLLATE "C",
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  history jsonb NOT NULL,
  CONSTRAINT occasion_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT occasion_of_plan FOREIGN KEY (jurisdiction, contract) REFERENCES delivery.plan (jurisdiction, contract),
  CONSTRAINT occasion_of_activity FOREIGN KEY (jurisdiction, activity) REFERENCES delivery.activity (jurisdiction, id),
  CONSTRAINT occasion_in_room FOREIGN KEY (jurisdiction, room) REFERENCES delivery.room (jurisdiction, id),
  CONSTRAINT occasion_kind CHECK (kind IN ('shift', 'activity')),
  CONSTRAINT occasion_state CHECK (state IN ('open', 'cancelled', 'over')),
  CONSTRAINT occasion_time CHECK (ends > starts),
  CONSTRAINT occasion_people CHECK (capacity > 0 AND taken >= 0 AND arrived >= 0 AND guests >= 0 AND arrived + guests <= capacity),
  CONSTRAINT occasion_by_team CHECK ((contract IS NULL) = (activity IS NULL) AND (contract IS NULL) = (organization IS NULL)),
  CONSTRAINT occasion_cancelled_has_reason CHECK (state <> 'cancelled' OR summary IS NOT NULL)
);
COMMENT ON TABLE delivery.occasion IS 'distributed. Volunteers'' shifts and community activities: where, when, for how many; by a contract''s team or by the community.';
CREATE UNIQUE INDEX occasion_number ON delivery.occasion (jurisdiction, kind, number_year, number_value);
CREATE INDEX occasion_ahead_place ON delivery.occasion (division, kind, ends, id) WHERE state = 'open';
CREATE INDEX occasion_ahead_township ON delivery.occasion (jurisdiction, left(division, 9), kind, ends, id) WHERE state = 'open';
CREATE INDEX occasion_ahead_county ON delivery.occasion (jurisdiction, kind, ends, id) WHERE state = 'open';
CREATE INDEX occasion_place ON delivery.occasion (division, id DESC);
CREATE INDEX occasion_organization ON delivery.occasion (organization, id DESC);
CREATE INDEX occasion_contract ON delivery.occasion (jurisdiction, contract, id DESC);
CREATE INDEX occasion_person ON delivery.occasion (person, ends);

CREATE TABLE delivery.sign_up (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  occasion_id uuid NOT NULL,
  kind text NOT NULL,
  person text COLLATE "C" NOT NULL,
  starts timestamptz NOT NULL,
  ends timestamptz NOT NULL,
  taken_at timestamptz NOT NULL,
  given_back_at timestamptz,
  arrived_at timestamptz,
  left_at timestamptz,
  by_worker boolean NOT NULL DEFAULT false,
  minutes integer,
  outcome text,
  CONSTRAINT sign_up_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT sign_up_of_occasion FOREIGN KEY (jurisdiction, occasion_id) REFERENCES delivery.occasion (jurisdiction, id),
  CONSTRAINT sign_up_outcome CHECK (outcome IN ('counted', 'too-short', 'no-show', 'no-check-out', 'attended', 'called-off')),
  CONSTRAINT sign_up_times CHECK (left_at IS NULL OR (arrived_at IS NOT NULL AND left_at >= arrived_at))
);
COMMENT ON TABLE delivery.sign_up IS 'distributed. Who took a place of an occasion, gave it back, arrived and left; times of the occasion are kept beside, to find what overlaps.';
CREATE UNIQUE INDEX sign_up_once ON delivery.sign_up (jurisdiction, occasion_id, person);
CREATE INDEX sign_up_person ON delivery.sign_up (person, ends DESC, id DESC);

CREATE TABLE delivery.presence (
  person text COLLATE "C" NOT NULL,
  occasion text COLLATE "C" NOT NULL,
  starts timestamptz NOT NULL,
  ends timestamptz NOT NULL,
  CONSTRAINT presence_pkey PRIMARY KEY (person, occasion),
  CONSTRAINT presence_one_place EXCLUDE USING gist (person WITH =, tstzrange(starts, ends) WITH &&),
  CONSTRAINT presence_time CHECK (ends > starts)
);
COMMENT ON TABLE delivery.presence IS 'distributed by person. Where somebody who checked in is, until they leave or it ends: nobody is at two places at once, in any county.';

GRANT SELECT, INSERT, UPDATE ON delivery.room, delivery.occasion, delivery.sign_up, delivery.presence TO liandong_app;
-- Which sessions are open now: whoever checks in elsewhere is not at one of them.
CREATE INDEX group_session_open ON delivery.group_session (jurisdiction, ends) WHERE state = 'planned' AND opened_at IS NOT NULL;
