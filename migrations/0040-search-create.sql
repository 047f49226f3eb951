-- Search over every kind of record: the words of titles, and numbers looked up whatever government gave them.
ALTER TABLE projects.project ADD COLUMN search tsvector NOT NULL DEFAULT '';
ALTER TABLE procurement.tender ADD COLUMN search tsvector NOT NULL DEFAULT '';
ALTER TABLE contracts.contract ADD COLUMN search tsvector NOT NULL DEFAULT '';
ALTER TABLE evaluation.evaluation ADD COLUMN search tsvector NOT NULL DEFAULT '';
COMMENT ON COLUMN projects.project.search IS 'Words of the title, cut by the program.';
COMMENT ON COLUMN procurement.tender.search IS 'Words of the title, cut by the program.';
COMMENT ON COLUMN contracts.contract.search IS 'Words of the title, cut by the program.';
COMMENT ON COLUMN evaluation.evaluation.search IS 'Words of the title, cut by the program.';

CREATE INDEX project_search ON projects.project USING gin (search);
CREATE INDEX tender_search ON procurement.tender USING gin (search);
CREATE INDEX contract_search ON contracts.contract USING gin (search);
CREATE INDEX evaluation_search ON evaluation.evaluation USING gin (search);

-- People type 需2026-0087 without its government: few rows of a year bear one value.
CREATE INDEX need_shown_number ON needs.need (number_value, number_year);
CREATE INDEX motion_shown_number ON deliberation.motion (number_value, number_year);
CREATE INDEX project_shown_number ON projects.project (number_value, number_year);
CREATE INDEX tender_shown_number ON procurement.tender (number_value, number_year);
CREATE INDEX contract_shown_number ON contracts.contract (number_value, number_year);
CREATE INDEX service_record_shown_number ON delivery.service_record (number_value, number_year);
CREATE INDEX evaluation_shown_number ON evaluation.evaluation (number_value, number_year);
CREATE INDEX proposal_shown_number ON funds.proposal (number_value, number_year);
CREATE INDEX organization_shown_number ON organizations.organization (number_value, number_year);
CREATE INDEX worker_shown_number ON social_workers.worker (number_value, number_year);
