-- One purchase split to stay below the open-tender threshold: what a tender buys, and what was found when it was published.
ALTER TABLE procurement.tender ADD COLUMN item text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE procurement.tender ADD COLUMN split jsonb;
COMMENT ON COLUMN procurement.tender.item IS 'Code of the purchase catalogue, as the project names it.';
COMMENT ON COLUMN procurement.tender.split IS 'found: at publication, the other purchases of the same item, buyer and year, their sum and the threshold of that day; reason: why the procurer buys them apart.';
UPDATE procurement.tender t SET item = p.purchase_item FROM projects.project p
WHERE p.jurisdiction = t.jurisdiction AND p.jurisdiction || '-' || p.id = t.project;
CREATE INDEX tender_item ON procurement.tender (jurisdiction, item, division, created_at);
CREATE INDEX tender_split_newest ON procurement.tender (id DESC) WHERE (split -> 'found') IS NOT NULL;
