-- Evaluation: the list of a survey is frozen, and its hash public, before the evaluator adds the random number that decides the draw.
ALTER TABLE evaluation.survey ALTER COLUMN nonce DROP NOT NULL;
ALTER TABLE evaluation.survey ADD COLUMN asked jsonb;
ALTER TABLE evaluation.survey ADD COLUMN roster bytea;
ALTER TABLE evaluation.survey DROP CONSTRAINT survey_state;
ALTER TABLE evaluation.survey ADD CONSTRAINT survey_state CHECK (state IN ('preparing', 'listed', 'asking', 'closed'));
ALTER TABLE evaluation.survey DROP CONSTRAINT survey_open_has_population;
ALTER TABLE evaluation.survey ADD CONSTRAINT survey_open_has_population CHECK (state = 'preparing' OR (population IS NOT NULL AND population_hash IS NOT NULL));
ALTER TABLE evaluation.survey ADD CONSTRAINT survey_invited_within CHECK (CASE WHEN state IN ('preparing', 'listed') THEN invited IS NULL ELSE invited IS NOT NULL AND invited BETWEEN 0 AND population END);
-- What is to be drawn from lies there frozen, and the number that decides is not known yet.
ALTER TABLE evaluation.survey ADD CONSTRAINT survey_listed_waits CHECK (state <> 'listed' OR (draw IS NOT NULL AND roster IS NOT NULL AND nonce IS NULL));
ALTER TABLE evaluation.survey ADD CONSTRAINT survey_roster_destroyed CHECK (state <> 'closed' OR roster IS NULL);
COMMENT ON COLUMN evaluation.survey.draw IS 'The frozen list in its order: one opaque entry for each beneficiary, the SM3 of a random receipt that only that person is shown.';
COMMENT ON COLUMN evaluation.survey.asked IS 'The entries that were drawn, in the order drawn; of a small list all of it.';
COMMENT ON COLUMN evaluation.survey.nonce IS 'The evaluator''s half of the seed, given when the list was frozen; none where all are asked.';
COMMENT ON COLUMN evaluation.survey.roster IS 'Whose entry is whose, sealed under the survey''s key; gone when the survey ends.';
