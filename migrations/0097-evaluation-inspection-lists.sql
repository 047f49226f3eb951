-- Evaluation: the list of visits is walked like that of findings (0088): a township's page and that of a city or the province come from indexes of their own.
CREATE INDEX inspection_township ON evaluation.inspection (jurisdiction, left(division, 9), id DESC);
CREATE INDEX inspection_newest ON evaluation.inspection (id DESC);
CREATE STATISTICS evaluation.inspection_places (ndistinct, dependencies, mcv) ON jurisdiction, left(division, 9) FROM evaluation.inspection;
