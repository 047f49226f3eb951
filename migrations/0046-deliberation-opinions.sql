-- Deliberation: the map of opinions, removal with a sentence, and progress notes while a resolution is carried out.
CREATE TABLE deliberation.opinion_map (
  jurisdiction platform.jurisdiction NOT NULL,
  motion uuid NOT NULL,
  pending integer NOT NULL DEFAULT 0,
  opinions integer NOT NULL DEFAULT 0,
  voters integer NOT NULL DEFAULT 0,
  map jsonb,
  basis jsonb,
  made_at timestamptz,
  CONSTRAINT opinion_map_pkey PRIMARY KEY (jurisdiction, motion),
  CONSTRAINT opinion_map_of_motion FOREIGN KEY (jurisdiction, motion) REFERENCES deliberation.motion (jurisdiction, id),
  CONSTRAINT opinion_map_counts CHECK (pending >= 0 AND opinions >= 0 AND voters >= 0),
  CONSTRAINT opinion_map_whole CHECK ((map IS NULL) = (basis IS NULL))
);
COMMENT ON TABLE deliberation.opinion_map IS 'distributed. Groups of opinion on a motion as last computed, and what the next computation starts from; holds no persons.';
CREATE INDEX opinion_map_pending ON deliberation.opinion_map (jurisdiction, motion) WHERE pending > 0;

ALTER TABLE deliberation.statement ADD COLUMN removed_words text;
ALTER TABLE deliberation.statement ADD CONSTRAINT statement_removed_words CHECK (removed_words IS NULL OR removed_reason IS NOT NULL);

CREATE INDEX statement_newest ON deliberation.statement (jurisdiction, motion, id DESC);

CREATE TABLE deliberation.progress (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  motion uuid NOT NULL,
  person text COLLATE "C" NOT NULL,
  words text NOT NULL,
  percent integer,
  milestone text,
  files jsonb NOT NULL DEFAULT '[]',
  at timestamptz NOT NULL,
  CONSTRAINT progress_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT progress_of_motion FOREIGN KEY (jurisdiction, motion) REFERENCES deliberation.motion (jurisdiction, id),
  CONSTRAINT progress_percent CHECK (percent BETWEEN 0 AND 100),
  CONSTRAINT progress_says_how_far CHECK (percent IS NOT NULL OR milestone IS NOT NULL)
);
COMMENT ON TABLE deliberation.progress IS 'distributed. A dated note on how far an adopted motion has been carried out.';
CREATE INDEX progress_motion ON deliberation.progress (jurisdiction, motion, id DESC);

GRANT SELECT, INSERT, UPDATE ON deliberation.opinion_map TO liandong_app;
GRANT SELECT, INSERT ON deliberation.progress TO liandong_app;
