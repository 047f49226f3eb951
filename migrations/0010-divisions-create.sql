-- load data/divisions/jiangsu.csv into divisions.division (code, name, level, parent, pinyin, kind)
CREATE SCHEMA divisions;
COMMENT ON SCHEMA divisions IS 'The tree of statistical division codes with validity and successors: the spine of every scope.';

CREATE TABLE divisions.division (
  code platform.division NOT NULL,
  name text NOT NULL,
  level integer NOT NULL,
  parent platform.division,
  pinyin text NOT NULL,
  kind text,
  valid_from date NOT NULL DEFAULT '2000-01-01',
  valid_to date,
  CONSTRAINT division_pkey PRIMARY KEY (code),
  CONSTRAINT division_parent_fkey FOREIGN KEY (parent) REFERENCES divisions.division (code) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT division_level_range CHECK (level BETWEEN 1 AND 6),
  CONSTRAINT division_validity CHECK (valid_to IS NULL OR valid_to > valid_from)
);
COMMENT ON TABLE divisions.division IS 'reference. Division codes of the five-level tree (data/divisions), names, pinyin for search, validity.';
CREATE INDEX division_parent ON divisions.division (parent, code);

CREATE TABLE divisions.successor (
  code platform.division NOT NULL,
  successor platform.division NOT NULL,
  since date NOT NULL,
  CONSTRAINT successor_pkey PRIMARY KEY (code, successor),
  CONSTRAINT successor_code_fkey FOREIGN KEY (code) REFERENCES divisions.division (code),
  CONSTRAINT successor_successor_fkey FOREIGN KEY (successor) REFERENCES divisions.division (code)
);
COMMENT ON TABLE divisions.successor IS 'reference. Which division took over from a merged or renamed one; old records stay reachable by both codes.';

GRANT USAGE ON SCHEMA divisions TO liandong_app;
GRANT SELECT, INSERT, UPDATE ON divisions.division, divisions.successor TO liandong_app;
