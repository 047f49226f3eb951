-- Open data: procurement processes as OCDS releases. A release is written once and stays as it is; what is compiled of them can be made again.
CREATE SCHEMA open_data;
COMMENT ON SCHEMA open_data IS 'What is published of procurement in the Open Contracting Data Standard 1.1.';

CREATE TABLE open_data.process (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  ocid text COLLATE "C" NOT NULL,
  division platform.division NOT NULL,
  project text COLLATE "C" NOT NULL,
  title text NOT NULL,
  ended boolean NOT NULL DEFAULT false,
  releases integer NOT NULL DEFAULT 0,
  last_at timestamptz,
  compiled json,
  CONSTRAINT process_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT process_ocid UNIQUE (jurisdiction, ocid),
  CONSTRAINT process_counts CHECK (releases >= 0 AND (releases = 0) = (compiled IS NULL))
);
COMMENT ON TABLE open_data.process IS 'distributed. A contracting process: its tender (id) under the ocid that it keeps, with the compiled release. ended: without award.';
CREATE INDEX process_newest ON open_data.process (id DESC);
CREATE INDEX process_county ON open_data.process (jurisdiction, id DESC);
CREATE INDEX process_township ON open_data.process (jurisdiction, left(division, 9), id DESC);
CREATE INDEX process_community ON open_data.process (division, id DESC);
CREATE INDEX process_project ON open_data.process (jurisdiction, project, id);

CREATE TABLE open_data.release (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  process uuid NOT NULL,
  event uuid NOT NULL,
  division platform.division NOT NULL,
  at timestamptz NOT NULL,
  tags text[] NOT NULL,
  content json NOT NULL,
  CONSTRAINT release_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT release_once UNIQUE (jurisdiction, process, event),
  CONSTRAINT release_of_process FOREIGN KEY (jurisdiction, process) REFERENCES open_data.process (jurisdiction, id),
  CONSTRAINT release_tags CHECK (cardinality(tags) > 0)
);
COMMENT ON TABLE open_data.release IS 'distributed. One release of a process: what one event told everybody. Never changed and never removed: the program may only read and add.';
CREATE INDEX release_process ON open_data.release (jurisdiction, process, at, id);
CREATE INDEX release_newest ON open_data.release (id DESC);
CREATE INDEX release_county ON open_data.release (jurisdiction, id DESC);
CREATE INDEX release_township ON open_data.release (jurisdiction, left(division, 9), id DESC);
CREATE INDEX release_community ON open_data.release (division, id DESC);

GRANT USAGE ON SCHEMA open_data TO liandong_app;
GRANT SELECT, INSERT, UPDATE ON open_data.process TO liandong_app;
GRANT SELECT, INSERT ON open_data.release TO liandong_app;
