-- Search answers the newest first: a frequent word is found by walking back from the newest record, a rare one by its own index.
CREATE INDEX need_newest ON needs.need (id DESC);
CREATE INDEX motion_newest ON deliberation.motion (id DESC);
CREATE INDEX contract_newest ON contracts.contract (id DESC);
CREATE INDEX evaluation_newest ON evaluation.evaluation (id DESC);
