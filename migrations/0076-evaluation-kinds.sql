-- Evaluation: a baseline and a mid-term evaluation may stand beside the final one; they move no money.
ALTER TABLE evaluation.evaluation ADD COLUMN kind text NOT NULL DEFAULT 'final';
ALTER TABLE evaluation.evaluation ADD CONSTRAINT evaluation_kind CHECK (kind IN ('baseline', 'mid-term', 'final'));
ALTER TABLE evaluation.evaluation DROP CONSTRAINT evaluation_published_has_factor;
ALTER TABLE evaluation.evaluation ADD CONSTRAINT evaluation_published_has_factor CHECK ((state = 'published' AND kind = 'final') = (factor_bps IS NOT NULL));
DROP INDEX evaluation.evaluation_of_contract;
CREATE UNIQUE INDEX evaluation_of_contract ON evaluation.evaluation (jurisdiction, contract, kind);
COMMENT ON COLUMN evaluation.evaluation.kind IS 'baseline and mid-term show where the work stands; final alone decides the last payment.';
COMMENT ON TABLE evaluation.evaluation IS 'distributed. An evaluation of a contract; items, factors and credit: the scheme and the policy values as they stood at planning; score in tenths of a point.';
