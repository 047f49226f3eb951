-- Projects that came out of a venture call: their undertaker is set with the award, so they go to the contract without a tender.
ALTER TABLE projects.project
  ADD COLUMN undertaker text COLLATE "C",
  ADD COLUMN proposal text COLLATE "C",
  ADD COLUMN award bigint,
  ADD COLUMN public_votes integer,
  DROP CONSTRAINT project_mode,
  ADD CONSTRAINT project_mode CHECK (mode IN ('contracting-out', 'entrusted-service', 'public-built-privately-run', 'privately-run-publicly-aided', 'venture-call')),
  ADD CONSTRAINT project_venture CHECK ((mode = 'venture-call') = (undertaker IS NOT NULL AND proposal IS NOT NULL AND award IS NOT NULL AND public_votes IS NOT NULL)),
  ADD CONSTRAINT project_within_award CHECK (award IS NULL OR budget <= award);

-- A contract stands on the award of a tender or on that of a venture call.
ALTER TABLE contracts.contract
  ALTER COLUMN tender DROP NOT NULL,
  ADD COLUMN proposal text COLLATE "C",
  ADD CONSTRAINT contract_award CHECK ((tender IS NULL) <> (proposal IS NULL));
CREATE UNIQUE INDEX contract_of_proposal ON contracts.contract (jurisdiction, proposal) WHERE proposal IS NOT NULL AND state <> 'terminated';

ALTER TABLE evaluation.evaluation ALTER COLUMN tender DROP NOT NULL;
