-- Indicators: figures kept per division of every level and per period, counted as events arrive.
CREATE SCHEMA indicators;
COMMENT ON SCHEMA indicators IS 'What the domains declared to be counted: kept incrementally, counted again from the events with the same result.';

CREATE TABLE indicators.figure (
  jurisdiction platform.jurisdiction NOT NULL,
  indicator text COLLATE "C" NOT NULL,
  division platform.division NOT NULL,
  period text COLLATE "C" NOT NULL,
  bucket smallint NOT NULL DEFAULT 0,
  n bigint NOT NULL,
  amount bigint NOT NULL,
  CONSTRAINT figure_pkey PRIMARY KEY (jurisdiction, indicator, division, period, bucket),
  CONSTRAINT figure_period CHECK (period ~ '^[0-9]{4}(-(Q[1-4]|[0-9]{2}(-[0-9]{2})?))?$')
);
COMMENT ON TABLE indicators.figure IS 'distributed. One row per indicator, division of any level and day, month, quarter or year; of durations one per bucket. A city or province has one row per county that contributes, so that no row is everybody''s.';
CREATE INDEX figure_read ON indicators.figure (indicator, division, period);

CREATE TABLE indicators.person_seen (
  jurisdiction platform.jurisdiction NOT NULL,
  indicator text COLLATE "C" NOT NULL,
  division platform.division NOT NULL,
  period text COLLATE "C" NOT NULL,
  person text COLLATE "C" NOT NULL,
  CONSTRAINT person_seen_pkey PRIMARY KEY (jurisdiction, indicator, division, period, person)
);
COMMENT ON TABLE indicators.person_seen IS 'distributed. Who was counted already in a division and period, once: the persons behind figures of kind distinct. Never shown.';

CREATE TABLE indicators.recounted_figure (
  run uuid NOT NULL,
  jurisdiction platform.jurisdiction NOT NULL,
  indicator text COLLATE "C" NOT NULL,
  division platform.division NOT NULL,
  period text COLLATE "C" NOT NULL,
  bucket smallint NOT NULL,
  n bigint NOT NULL,
  amount bigint NOT NULL,
  CONSTRAINT recounted_figure_pkey PRIMARY KEY (run, jurisdiction, indicator, division, period, bucket)
);
COMMENT ON TABLE indicators.recounted_figure IS 'local. The shadow of figure that a recount fills from the events; empty between recounts.';

CREATE TABLE indicators.recounted_person (
  run uuid NOT NULL,
  jurisdiction platform.jurisdiction NOT NULL,
  indicator text COLLATE "C" NOT NULL,
  division platform.division NOT NULL,
  period text COLLATE "C" NOT NULL,
  person text COLLATE "C" NOT NULL,
  CONSTRAINT recounted_person_pkey PRIMARY KEY (run, jurisdiction, indicator, division, period, person)
);
COMMENT ON TABLE indicators.recounted_person IS 'local. The shadow of person_seen that a recount fills from the events; empty between recounts.';

GRANT USAGE ON SCHEMA indicators TO liandong_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON indicators.figure, indicators.person_seen, indicators.recounted_figure, indicators.recounted_person TO liandong_app;
