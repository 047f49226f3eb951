-- Deliberation: motions, their supports, statements and opinions.
CREATE SCHEMA deliberation;
COMMENT ON SCHEMA deliberation IS 'Neighbours decide together: motions, supports, statements and opinions.';

CREATE TABLE deliberation.motion (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  division platform.division NOT NULL,
  state text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  number_year integer NOT NULL,
  number_value bigint NOT NULL,
  title text NOT NULL,
  body text NOT NULL,
  origin text NOT NULL,
  proposer text COLLATE "C" NOT NULL,
  organization text COLLATE "C",
  needs jsonb NOT NULL DEFAULT '[]',
  supports integer NOT NULL DEFAULT 0,
  verified_supports integer NOT NULL DEFAULT 0,
  admit_at integer NOT NULL,
  meeting jsonb,
  past_meetings jsonb NOT NULL DEFAULT '[]',
  result text,
  decided_at timestamptz,
  notice_until timestamptz,
  objections jsonb NOT NULL DEFAULT '[]',
  declined text,
  report text,
  files jsonb NOT NULL DEFAULT '[]',
  history jsonb NOT NULL,
  search tsvector NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CONSTRAINT motion_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT motion_state CHECK (state IN ('proposed', 'admitted', 'discussing', 'voting', 'adopted', 'rejected', 'no-quorum', 'published', 'executing', 'reported', 'closed', 'declined', 'withdrawn')),
  CONSTRAINT motion_origin CHECK (origin IN ('needs', 'residents', 'community', 'organization')),
  CONSTRAINT motion_result CHECK (result IN ('adopted', 'rejected', 'no-quorum')),
  CONSTRAINT motion_published_has_result CHECK (state NOT IN ('adopted', 'rejected', 'no-quorum', 'published', 'executing', 'reported', 'closed') OR result IS NOT NULL),
  CONSTRAINT motion_community CHECK (length(division) = 12),
  CONSTRAINT motion_counts CHECK (supports >= verified_supports AND verified_supports >= 0)
);
COMMENT ON TABLE deliberation.motion IS 'distributed. A motion with its meeting (numbers, minutes, two officers), resolution, objections and report.';
CREATE UNIQUE INDEX motion_number ON deliberation.motion (jurisdiction, number_year, number_value);
CREATE INDEX motion_place ON deliberation.motion (division, id DESC);
CREATE INDEX motion_place_state ON deliberation.motion (division, state, id DESC);
CREATE INDEX motion_jurisdiction ON deliberation.motion (jurisdiction, id DESC);
CREATE INDEX motion_search ON deliberation.motion USING gin (search);

CREATE TABLE deliberation.support (
  jurisdiction platform.jurisdiction NOT NULL,
  motion uuid NOT NULL,
  person text COLLATE "C" NOT NULL,
  verified boolean NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT support_pkey PRIMARY KEY (jurisdiction, motion, person),
  CONSTRAINT support_of_motion FOREIGN KEY (jurisdiction, motion) REFERENCES deliberation.motion (jurisdiction, id)
);
COMMENT ON TABLE deliberation.support IS 'distributed. One resident supports one motion.';

CREATE TABLE deliberation.statement (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  motion uuid NOT NULL,
  person text COLLATE "C" NOT NULL,
  side text NOT NULL,
  words text NOT NULL,
  agrees integer NOT NULL DEFAULT 0,
  disagrees integer NOT NULL DEFAULT 0,
  passes integer NOT NULL DEFAULT 0,
  removed_reason text,
  removed_by text COLLATE "C",
  removed_at timestamptz,
  created_at timestamptz NOT NULL,
  CONSTRAINT statement_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT statement_of_motion FOREIGN KEY (jurisdiction, motion) REFERENCES deliberation.motion (jurisdiction, id),
  CONSTRAINT statement_side CHECK (side IN ('for', 'against')),
  CONSTRAINT statement_removed CHECK ((removed_reason IS NULL) = (removed_at IS NULL))
);
COMMENT ON TABLE deliberation.statement IS 'distributed. A short sentence of a resident for or against a motion; taken off, its mark and reason stay.';
CREATE INDEX statement_motion ON deliberation.statement (jurisdiction, motion, agrees DESC, id DESC);
CREATE INDEX statement_person ON deliberation.statement (jurisdiction, motion, person);

CREATE TABLE deliberation.opinion (
  jurisdiction platform.jurisdiction NOT NULL,
  statement uuid NOT NULL,
  person text COLLATE "C" NOT NULL,
  opinion text NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT opinion_pkey PRIMARY KEY (jurisdiction, statement, person),
  CONSTRAINT opinion_of_statement FOREIGN KEY (jurisdiction, statement) REFERENCES deliberation.statement (jurisdiction, id),
  CONSTRAINT opinion_known CHECK (opinion IN ('agree', 'disagree', 'pass'))
);
COMMENT ON TABLE deliberation.opinion IS 'distributed. What one resident thinks of one statement; may be changed.';

GRANT USAGE ON SCHEMA deliberation TO liandong_app;
GRANT SELECT, INSERT, UPDATE ON deliberation.motion, deliberation.statement, deliberation.opinion TO liandong_app;
GRANT SELECT, INSERT ON deliberation.support TO liandong_app;
