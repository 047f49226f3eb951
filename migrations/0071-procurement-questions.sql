-- Questions of bidders with public answers, and every version of a tender's terms since its publication.
CREATE TABLE procurement.question (
  jurisdiction platform.jurisdiction NOT NULL,
  id uuid NOT NULL,
  tender uuid NOT NULL,
  organization text COLLATE "C" NOT NULL,
  person text COLLATE "C" NOT NULL,
  words text NOT NULL,
  at timestamptz NOT NULL,
  due timestamptz NOT NULL,
  answer text,
  answered_at timestamptz,
  answered_by text COLLATE "C",
  CONSTRAINT question_pkey PRIMARY KEY (jurisdiction, id),
  CONSTRAINT question_of_tender FOREIGN KEY (jurisdiction, tender) REFERENCES procurement.tender (jurisdiction, id),
  CONSTRAINT question_answered_whole CHECK (num_nonnulls(answer, answered_at, answered_by) IN (0, 3))
);
COMMENT ON TABLE procurement.question IS 'distributed. What an organization asked about a published tender, and the public answer. Who asked is shown to nobody but that organization.';
CREATE INDEX question_tender ON procurement.question (jurisdiction, tender, id);

CREATE TABLE procurement.terms_version (
  jurisdiction platform.jurisdiction NOT NULL,
  tender uuid NOT NULL,
  number integer NOT NULL,
  at timestamptz NOT NULL,
  by_person text COLLATE "C" NOT NULL,
  reason text,
  changed text[] NOT NULL,
  binding boolean NOT NULL,
  terms jsonb NOT NULL,
  deadline timestamptz NOT NULL,
  CONSTRAINT terms_version_pkey PRIMARY KEY (jurisdiction, tender, number),
  CONSTRAINT terms_version_of_tender FOREIGN KEY (jurisdiction, tender) REFERENCES procurement.tender (jurisdiction, id),
  CONSTRAINT terms_version_first CHECK ((number = 1) = (reason IS NULL)),
  CONSTRAINT terms_version_changes_something CHECK (number = 1 OR cardinality(changed) > 0)
);
COMMENT ON TABLE procurement.terms_version IS 'distributed. The terms of a tender as published (1) and after each change, with its reason. binding: bids made before must be handed in anew or confirmed. Never changed.';

-- What waits on a tender beside its straight path: open questions, objections and complaints with their dates.
ALTER TABLE procurement.tender ADD COLUMN pending jsonb NOT NULL DEFAULT '[]';
ALTER TABLE procurement.tender ADD COLUMN terms_number integer NOT NULL DEFAULT 1;
ALTER TABLE procurement.tender ADD COLUMN binding_number integer NOT NULL DEFAULT 1;
ALTER TABLE procurement.tender ADD COLUMN binding_at timestamptz;
COMMENT ON COLUMN procurement.tender.binding_number IS 'The last version of the terms that changed what bids answer to, and when: bids made before it lapse at the deadline unless replaced or confirmed.';

UPDATE procurement.tender t SET pending = o.items
FROM (
  SELECT jurisdiction, tender, jsonb_agg(jsonb_build_object('verb', 'decideObjection', 'of', jurisdiction || '-' || id,
    'due', to_char(due AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY id) AS items
  FROM procurement.objection WHERE state = 'open' GROUP BY jurisdiction, tender
) o WHERE o.jurisdiction = t.jurisdiction AND o.tender = t.id;
-- Tenders published before these rules keep to the values that the rules began with.
UPDATE procurement.tender SET terms = terms || '{"questionDays": 3, "answerDays": 3, "changeDays": 5, "complaintDays": 15, "complaintDecisionDays": 30}'::jsonb
WHERE terms IS NOT NULL;
INSERT INTO procurement.terms_version (jurisdiction, tender, number, at, by_person, changed, binding, terms, deadline)
SELECT jurisdiction, id, 1, published_at, coalesce(procurers[1], 'system'), '{}', true,
  jsonb_build_object('description', description, 'criteria', criteria, 'requirements', requirements, 'files', '[]'::jsonb), deadline
FROM procurement.tender WHERE published_at IS NOT NULL;

ALTER TABLE procurement.sealed_bid ADD COLUMN terms_number integer NOT NULL DEFAULT 1;
COMMENT ON COLUMN procurement.sealed_bid.terms_number IS 'The version of the terms that the bidder answered to, or confirmed its bid under.';
ALTER TABLE procurement.sealed_bid DROP CONSTRAINT sealed_bid_state;
ALTER TABLE procurement.sealed_bid ADD CONSTRAINT sealed_bid_state CHECK (state IN ('held', 'replaced', 'withdrawn', 'lapsed', 'opened', 'void'));
ALTER TABLE procurement.sealed_bid DROP CONSTRAINT sealed_bid_gone_is_gone;
ALTER TABLE procurement.sealed_bid ADD CONSTRAINT sealed_bid_gone_is_gone CHECK ((state IN ('replaced', 'withdrawn', 'lapsed')) = (content IS NULL));

GRANT SELECT, INSERT, UPDATE ON procurement.question TO liandong_app;
GRANT SELECT, INSERT ON procurement.terms_version TO liandong_app;
