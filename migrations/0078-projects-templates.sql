-- Projects: reusable designs kept by a county or township, every edition of them, and the template that a project was designed from.
CREATE TABLE projects.template (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  division platform.division NOT NULL,
  state text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  edition integer NOT NULL DEFAULT 1,
  title text NOT NULL,
  categories text[] NOT NULL,
  design jsonb NOT NULL,
  from_project text COLLATE "C",
  end_reason text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  history jsonb NOT NULL,
  CONSTRAINT template_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT template_place CHECK (length(division) IN (6, 9)),
  CONSTRAINT template_state CHECK (state IN ('offered', 'retired')),
  CONSTRAINT template_edition CHECK (edition >= 1 AND version >= edition),
  CONSTRAINT template_retired CHECK ((state = 'retired') = (end_reason IS NOT NULL))
);
COMMENT ON TABLE projects.template IS 'distributed. A reusable design as it stands now. design: the parts that fill the form of a project, shares of the budget in basis points; from_project: the finished project that it was kept from.';
CREATE INDEX template_place_newest ON projects.template (division, id DESC);
CREATE UNIQUE INDEX template_of_project ON projects.template (jurisdiction, from_project) WHERE from_project IS NOT NULL;

CREATE TABLE projects.template_edition (
  jurisdiction platform.jurisdiction NOT NULL,
  template uuid NOT NULL,
  edition integer NOT NULL,
  title text NOT NULL,
  categories text[] NOT NULL,
  design jsonb NOT NULL,
  note text,
  changed_by text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT template_edition_pkey PRIMARY KEY (jurisdiction, template, edition),
  CONSTRAINT template_edition_of FOREIGN KEY (jurisdiction, template) REFERENCES projects.template (jurisdiction, id)
);
COMMENT ON TABLE projects.template_edition IS 'distributed. What a template said in each of its editions. Never changed: projects refer to it.';

ALTER TABLE projects.project ADD COLUMN template text COLLATE "C", ADD COLUMN template_edition integer,
  ADD CONSTRAINT project_template CHECK ((template IS NULL) = (template_edition IS NULL));
CREATE INDEX project_of_template ON projects.project (jurisdiction, template, id DESC) WHERE template IS NOT NULL;

GRANT SELECT, INSERT, UPDATE ON projects.template TO liandong_app;
GRANT SELECT, INSERT ON projects.template_edition TO liandong_app;
