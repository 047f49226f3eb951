-- One contract for each awarded lot of a tender.
ALTER TABLE contracts.contract ADD COLUMN lot smallint;
COMMENT ON COLUMN contracts.contract.lot IS 'The lot of the tender on whose award it stands; NULL where the tender is undivided or there was none.';
DROP INDEX contracts.contract_of_tender;
CREATE UNIQUE INDEX contract_of_tender ON contracts.contract (jurisdiction, tender, coalesce(lot, 0)) WHERE state <> 'terminated';
