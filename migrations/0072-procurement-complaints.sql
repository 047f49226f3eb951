-- Objections with evidence, also against a cancellation, and their second step: the complaint to the county's finance department.
ALTER TABLE procurement.objection ADD COLUMN files jsonb NOT NULL DEFAULT '[]';
COMMENT ON COLUMN procurement.objection.files IS 'Evidence: id, name and type of each file.';
ALTER TABLE procurement.objection DROP CONSTRAINT objection_against;
ALTER TABLE procurement.objection ADD CONSTRAINT objection_against CHECK (against IN ('terms', 'qualification', 'award', 'cancellation'));

CREATE TABLE procurement.complaint (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  objection uuid NOT NULL,
  tender uuid NOT NULL,
  person text COLLATE "C" NOT NULL,
  argument text NOT NULL,
  asked text NOT NULL,
  files jsonb NOT NULL,
  at timestamptz NOT NULL,
  due timestamptz NOT NULL,
  state text NOT NULL,
  decision text,
  remedy text,
  decided_by text COLLATE "C",
  decided_at timestamptz,
  CONSTRAINT complaint_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT complaint_one_each UNIQUE (jurisdiction, objection),
  CONSTRAINT complaint_of_objection FOREIGN KEY (jurisdiction, objection) REFERENCES procurement.objection (jurisdiction, id),
  CONSTRAINT complaint_state CHECK (state IN ('open', 'rejected', 'upheld')),
  CONSTRAINT complaint_decided_whole CHECK ((state = 'open') = (decided_at IS NULL) AND (decision IS NULL) = (decided_at IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)),
  CONSTRAINT complaint_upheld_has_remedy CHECK ((state = 'upheld') = (remedy IS NOT NULL))
);
COMMENT ON TABLE procurement.complaint IS 'distributed. The second step of an objection: to the county''s finance department, after the purchaser''s answer or when it stayed away; open ones stop the clock.';
CREATE INDEX complaint_tender ON procurement.complaint (jurisdiction, tender);

GRANT SELECT, INSERT, UPDATE ON procurement.complaint TO liandong_app;
