-- Needs: what residents ask for, and who supports it.
CREATE SCHEMA needs;
COMMENT ON SCHEMA needs IS 'What residents ask for: needs and their supports.';

CREATE TABLE needs.need (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  division platform.division NOT NULL,
  grid platform.division,
  state text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  number_year integer,
  number_value bigint,
  resident text COLLATE "C" NOT NULL,
  resident_masked text NOT NULL,
  resident_verified boolean NOT NULL,
  submitted_by text COLLATE "C",
  visibility text NOT NULL,
  category text COLLATE "C" NOT NULL,
  for_whom text NOT NULL,
  urgency text NOT NULL,
  source text NOT NULL,
  texts jsonb,
  texts_sealed bytea,
  files jsonb NOT NULL DEFAULT '[]',
  search tsvector,
  supports integer NOT NULL DEFAULT 0,
  verified_supports integer NOT NULL DEFAULT 0,
  holder text COLLATE "C",
  holder_name text,
  route text,
  route_hint text,
  route_by_kind text,
  route_by_id text COLLATE "C",
  department text COLLATE "C",
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  submitted_at timestamptz,
  due_at timestamptz,
  paused_at timestamptz,
  responded_at timestamptz,
  decline_reason text,
  declined_by text COLLATE "C",
  appeal_until timestamptz,
  appealed_at timestamptz,
  merged_into uuid,
  root uuid NOT NULL,
  end_reason text,
  answered_at timestamptz,
  answered_by text COLLATE "C",
  verdict text,
  rating smallint,
  verdict_verified boolean NOT NULL DEFAULT false,
  verdict_until timestamptz,
  reopened_at timestamptz,
  raised boolean NOT NULL DEFAULT false,
  escalated boolean NOT NULL DEFAULT false,
  history jsonb NOT NULL,
  CONSTRAINT need_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT need_state CHECK (state IN ('draft', 'submitted', 'accepted', 'declined', 'merged', 'withdrawn', 'responding', 'answered', 'closed')),
  CONSTRAINT need_visibility CHECK (visibility IN ('public', 'private')),
  CONSTRAINT need_private_is_sealed CHECK (visibility = 'public' OR (texts IS NULL AND search IS NULL)),
  CONSTRAINT need_open_is_clear CHECK (visibility = 'private' OR texts_sealed IS NULL),
  CONSTRAINT need_community CHECK (length(division) = 12),
  CONSTRAINT need_route CHECK (route IN ('wish', 'counter', 'department', 'mediation', 'deliberation', 'project')),
  CONSTRAINT need_responding_has_route CHECK (state <> 'responding' OR route IS NOT NULL),
  CONSTRAINT need_verdict CHECK (verdict IN ('met', 'partly', 'not-met', 'unconfirmed')),
  CONSTRAINT need_closed_has_verdict CHECK (state <> 'closed' OR verdict IS NOT NULL),
  CONSTRAINT need_rating CHECK (rating BETWEEN 1 AND 5),
  CONSTRAINT need_merged_has_target CHECK ((state = 'merged') = (merged_into IS NOT NULL)),
  CONSTRAINT need_counts CHECK (supports >= verified_supports AND verified_supports >= 0)
);
COMMENT ON TABLE needs.need IS 'distributed. A need of a resident. texts: what people wrote, in clear when open, sealed under the resident''s key when private; root: the need under which a merged one is counted.';
CREATE UNIQUE INDEX need_number ON needs.need (jurisdiction, number_year, number_value);
CREATE INDEX need_board_state ON needs.need (division, state, id DESC) WHERE visibility = 'public';
CREATE INDEX need_board_state_supports ON needs.need (division, state, supports DESC, id DESC) WHERE visibility = 'public';
CREATE INDEX need_board ON needs.need (division, id DESC) WHERE visibility = 'public' AND state IN ('submitted', 'accepted', 'responding', 'answered', 'closed');
CREATE INDEX need_board_supports ON needs.need (division, supports DESC, id DESC) WHERE visibility = 'public' AND state IN ('submitted', 'accepted', 'responding', 'answered', 'closed');
CREATE INDEX need_desk_due ON needs.need (jurisdiction, due_at, id);
CREATE INDEX need_desk_place_due ON needs.need (division, due_at, id);
CREATE INDEX need_desk_place ON needs.need (division, id DESC);
CREATE INDEX need_desk_submitted ON needs.need (jurisdiction, id DESC);
CREATE INDEX need_department ON needs.need (department, due_at, id) WHERE department IS NOT NULL;
CREATE INDEX need_resident ON needs.need (resident, id DESC);
CREATE INDEX need_holder ON needs.need (holder, due_at, id) WHERE holder IS NOT NULL;
CREATE INDEX need_root ON needs.need (jurisdiction, root);
CREATE INDEX need_search ON needs.need USING gin (search);

CREATE TABLE needs.support (
  jurisdiction platform.jurisdiction NOT NULL,
  need uuid NOT NULL,
  person text COLLATE "C" NOT NULL,
  verified boolean NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT support_pkey PRIMARY KEY (jurisdiction, need, person),
  CONSTRAINT support_of_need FOREIGN KEY (jurisdiction, need) REFERENCES needs.need (jurisdiction, id)
);
COMMENT ON TABLE needs.support IS 'distributed. One resident supports one need; stays with the need on which it was given when needs are merged.';
CREATE INDEX support_person ON needs.support (person, jurisdiction, need);

GRANT USAGE ON SCHEMA needs TO liandong_app;
GRANT SELECT, INSERT, UPDATE ON needs.need TO liandong_app;
GRANT SELECT, INSERT, DELETE ON needs.support TO liandong_app;
