-- A project whose tender has lots is carried out under several contracts; it ends when all of them have.
ALTER TABLE projects.project ADD COLUMN parts jsonb NOT NULL DEFAULT '[]';
COMMENT ON COLUMN projects.project.parts IS 'Its contracts in force or ended, in the order in which they came into force: contract, value and cost in fen as text, state as that of the project under this contract, score in hundredths of a point.';
ALTER TABLE projects.project ADD COLUMN awaited smallint NOT NULL DEFAULT 0;
COMMENT ON COLUMN projects.project.awaited IS 'Contracts that are still to come of its tender while others are in force: the project does not end before.';
ALTER TABLE projects.project ADD COLUMN rest bigint;
COMMENT ON COLUMN projects.project.rest IS 'Fen: ceilings of lots that failed while others were awarded; they may be tendered again.';
ALTER TABLE projects.project ADD CONSTRAINT project_rest CHECK (rest > 0);
ALTER TABLE projects.project ADD CONSTRAINT project_awaited CHECK (awaited >= 0);
UPDATE projects.project SET parts = jsonb_build_array(jsonb_strip_nulls(jsonb_build_object('contract', contract, 'value', coalesce(contract_value, 0)::text, 'state', state,
  'cost', cost::text, 'score', score)))
WHERE contract IS NOT NULL AND state IN ('contracted', 'delivering', 'evaluating', 'completed', 'terminated');
