-- Delivery: group work. Members are sealed under a key of the group; sessions become service records.
CREATE TABLE delivery.social_group (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  division platform.division NOT NULL,
  state text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  number_year integer NOT NULL,
  number_value bigint NOT NULL,
  contract uuid NOT NULL,
  activity uuid NOT NULL,
  organization text COLLATE "C" NOT NULL,
  worker text COLLATE "C" NOT NULL,
  person text COLLATE "C" NOT NULL,
  worker_name text NOT NULL,
  title text NOT NULL,
  type text NOT NULL,
  aims text NOT NULL,
  place text NOT NULL,
  capacity integer NOT NULL,
  members integer NOT NULL DEFAULT 0,
  result text,
  summary text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  history jsonb NOT NULL,
  CONSTRAINT social_group_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT social_group_of_plan FOREIGN KEY (jurisdiction, contract) REFERENCES delivery.plan (jurisdiction, contract),
  CONSTRAINT social_group_of_activity FOREIGN KEY (jurisdiction, activity) REFERENCES delivery.activity (jurisdiction, id),
  CONSTRAINT social_group_state CHECK (state IN ('preparing', 'running', 'ended', 'cancelled')),
  CONSTRAINT social_group_room CHECK (capacity > 0 AND members BETWEEN 0 AND capacity),
  CONSTRAINT social_group_ended_has_summary CHECK ((state IN ('ended', 'cancelled')) = (summary IS NOT NULL))
);
COMMENT ON TABLE delivery.social_group IS 'distributed. A group of social work: its aims, its room and how many it holds, its summary.';
CREATE UNIQUE INDEX social_group_number ON delivery.social_group (jurisdiction, number_year, number_value);
CREATE INDEX social_group_contract ON delivery.social_group (jurisdiction, contract, id DESC);
CREATE INDEX social_group_place ON delivery.social_group (division, id DESC);
CREATE INDEX social_group_organization ON delivery.social_group (organization, id DESC);
CREATE INDEX social_group_person ON delivery.social_group (person, id DESC);

CREATE TABLE delivery.group_session (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  group_id uuid NOT NULL,
  position smallint NOT NULL,
  phase text NOT NULL,
  theme text NOT NULL,
  starts timestamptz NOT NULL,
  ends timestamptz NOT NULL,
  state text NOT NULL DEFAULT 'planned',
  opened_at timestamptz,
  attendance integer NOT NULL DEFAULT 0,
  service_record text COLLATE "C",
  CONSTRAINT group_session_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT group_session_of_group FOREIGN KEY (jurisdiction, group_id) REFERENCES delivery.social_group (jurisdiction, id),
  CONSTRAINT group_session_phase CHECK (phase IN ('forming', 'transition', 'maturity', 'ending')),
  CONSTRAINT group_session_state CHECK (state IN ('planned', 'held', 'dropped')),
  CONSTRAINT group_session_time CHECK (ends > starts),
  CONSTRAINT group_session_held_has_record CHECK ((state = 'held') = (service_record IS NOT NULL))
);
COMMENT ON TABLE delivery.group_session IS 'distributed. The sessions of a group in their order; a session that was held names its service record.';
CREATE UNIQUE INDEX group_session_position ON delivery.group_session (jurisdiction, group_id, position);

CREATE TABLE delivery.group_member (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  group_id uuid NOT NULL,
  mark text COLLATE "C" NOT NULL,
  who bytea NOT NULL,
  joined_at timestamptz NOT NULL,
  left_at timestamptz,
  CONSTRAINT group_member_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT group_member_of_group FOREIGN KEY (jurisdiction, group_id) REFERENCES delivery.social_group (jurisdiction, id)
);
COMMENT ON TABLE delivery.group_member IS 'distributed. Members of groups, sealed under the key of the group; mark is a blind index by which a member checks in.';
CREATE UNIQUE INDEX group_member_once ON delivery.group_member (jurisdiction, group_id, mark) WHERE left_at IS NULL;

CREATE TABLE delivery.session_attendance (
  jurisdiction platform.jurisdiction NOT NULL,
  session_id uuid NOT NULL,
  member_id uuid NOT NULL,
  by_code boolean NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT session_attendance_pkey PRIMARY KEY (jurisdiction, session_id, member_id),
  CONSTRAINT session_attendance_of_session FOREIGN KEY (jurisdiction, session_id) REFERENCES delivery.group_session (jurisdiction, id),
  CONSTRAINT session_attendance_of_member FOREIGN KEY (jurisdiction, member_id) REFERENCES delivery.group_member (jurisdiction, id)
);
COMMENT ON TABLE delivery.session_attendance IS 'distributed. Who was at a session: checked in by its code, or marked by the worker.';
CREATE INDEX session_attendance_member ON delivery.session_attendance (jurisdiction, member_id);

GRANT SELECT, INSERT, UPDATE ON delivery.social_group, delivery.group_session, delivery.group_member TO liandong_app;
GRANT SELECT, INSERT ON delivery.session_attendance TO liandong_app;
