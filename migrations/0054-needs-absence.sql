-- Who is away and until when, and how many open needs each worker of a community holds.
CREATE TABLE needs.absence (
  jurisdiction platform.jurisdiction NOT NULL,
  person text COLLATE "C" NOT NULL,
  id uuid NOT NULL,
  version integer NOT NULL DEFAULT 1,
  division platform.division NOT NULL,
  since date NOT NULL,
  until date NOT NULL,
  reason text NOT NULL,
  entered_by text COLLATE "C" NOT NULL,
  entered_at timestamptz NOT NULL,
  CONSTRAINT absence_pkey PRIMARY KEY (jurisdiction, person),
  CONSTRAINT absence_id UNIQUE (jurisdiction, id),
  CONSTRAINT absence_division CHECK (length(division) = 12),
  CONSTRAINT absence_period CHECK (since <= until),
  CONSTRAINT absence_reason CHECK (reason IN ('on-leave', 'ill', 'training'))
);
COMMENT ON TABLE needs.absence IS 'distributed. A worker who is away from the first to the last day named, both included; the needs that the worker holds show it. One period per worker; what was before stands in the events.';
CREATE INDEX absence_place ON needs.absence (division, until);
CREATE INDEX need_open_holder ON needs.need (division, holder, id) WHERE holder IS NOT NULL AND state IN ('submitted', 'accepted', 'responding');

GRANT SELECT, INSERT, UPDATE, DELETE ON needs.absence TO liandong_app;
