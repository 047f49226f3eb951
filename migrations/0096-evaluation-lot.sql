-- Of a project with several contracts the thread and the notice board say of which lot an evaluation is.
ALTER TABLE evaluation.evaluation ADD COLUMN lot smallint;
COMMENT ON COLUMN evaluation.evaluation.lot IS 'Number of the lot on whose award the evaluated contract stands; null where its tender had none.';
ALTER TABLE evaluation.evaluation ADD CONSTRAINT evaluation_lot CHECK (lot > 0);
