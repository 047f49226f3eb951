-- Evaluation: a visit on the spot is on record by itself, whether it found something or not; findings say which visit made them.
CREATE TABLE evaluation.inspection (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  division platform.division NOT NULL,
  contract text COLLATE "C" NOT NULL,
  project text COLLATE "C" NOT NULL,
  organization text COLLATE "C" NOT NULL,
  number text NOT NULL,
  title text NOT NULL,
  visited_at timestamptz NOT NULL,
  announced boolean NOT NULL,
  place text NOT NULL,
  looked text NOT NULL,
  words text NOT NULL,
  findings integer NOT NULL,
  inspector text COLLATE "C" NOT NULL,
  created_at timestamptz NOT NULL,
  CONSTRAINT inspection_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT inspection_findings CHECK (findings BETWEEN 0 AND 20),
  CONSTRAINT inspection_after_visit CHECK (visited_at <= created_at)
);
COMMENT ON TABLE evaluation.inspection IS 'distributed. A visit to a running contract: when, by whom, where, what was looked at, and what came of it; findings: how many it made, none is a result too.';
CREATE INDEX inspection_contract ON evaluation.inspection (jurisdiction, contract, id DESC);
CREATE INDEX inspection_place ON evaluation.inspection (division, id DESC);
CREATE INDEX inspection_organization ON evaluation.inspection (organization, id DESC);
CREATE INDEX inspection_inspector ON evaluation.inspection (inspector, id DESC);

ALTER TABLE evaluation.finding ADD COLUMN inspection uuid;
ALTER TABLE evaluation.finding ADD CONSTRAINT finding_of_inspection FOREIGN KEY (jurisdiction, inspection) REFERENCES evaluation.inspection (jurisdiction, id);
COMMENT ON COLUMN evaluation.finding.inspection IS 'The visit that made it; none where it comes from records, money or a complaint.';
CREATE INDEX finding_inspection ON evaluation.finding (jurisdiction, inspection);

GRANT SELECT, INSERT ON evaluation.inspection TO liandong_app;
