-- Lots: a tender may be divided into parts that are bid for, scored, awarded and contracted one by one.
ALTER TABLE procurement.tender ADD COLUMN lots jsonb;
ALTER TABLE procurement.tender ADD COLUMN lot_limit smallint;
COMMENT ON COLUMN procurement.tender.lots IS 'NULL: undivided. Else 2 to 20 lots in the order of the award: number, title, description, ceiling and prices in fen as text, what of the design each covers, and what became of it: award, failed with its reason, contract.';
COMMENT ON COLUMN procurement.tender.lot_limit IS 'Most lots that one bidder can win; NULL: all.';
ALTER TABLE procurement.tender ADD CONSTRAINT tender_lots CHECK (lots IS NULL OR jsonb_array_length(lots) BETWEEN 2 AND 20);
ALTER TABLE procurement.tender ADD CONSTRAINT tender_lot_limit CHECK (lot_limit IS NULL OR (lots IS NOT NULL AND lot_limit BETWEEN 1 AND 20));
ALTER TABLE procurement.tender ADD CONSTRAINT tender_lots_have_awards CHECK (lots IS NULL OR award_bid IS NULL);
ALTER TABLE procurement.tender DROP CONSTRAINT tender_awarded_has_award;
ALTER TABLE procurement.tender ADD CONSTRAINT tender_awarded_has_award
  CHECK (state NOT IN ('award-notice', 'standstill', 'awarded', 'contracted') OR award_bid IS NOT NULL OR coalesce(jsonb_path_exists(lots, '$[*].award'), false));
ALTER TABLE procurement.tender DROP CONSTRAINT tender_contracted_has_contract;
ALTER TABLE procurement.tender ADD CONSTRAINT tender_contracted_has_contract
  CHECK (state <> 'contracted' OR contract IS NOT NULL OR coalesce(jsonb_path_exists(lots, '$[*].contract'), false));
-- Lots that failed are tendered again while contracts of the others run.
DROP INDEX procurement.tender_one_running;
CREATE UNIQUE INDEX tender_one_running ON procurement.tender (jurisdiction, project) WHERE state NOT IN ('cancelled', 'failed', 'contracted');

ALTER TABLE procurement.bid ADD COLUMN lot smallint NOT NULL DEFAULT 1;
COMMENT ON COLUMN procurement.bid.lot IS 'The lot that it is for; 1 where the tender is undivided.';
ALTER TABLE procurement.bid DROP CONSTRAINT bid_one_each;
ALTER TABLE procurement.bid ADD CONSTRAINT bid_one_each UNIQUE (jurisdiction, tender, organization, lot);

ALTER TABLE procurement.sealed_bid ADD COLUMN lot smallint NOT NULL DEFAULT 1;
COMMENT ON COLUMN procurement.sealed_bid.lot IS 'The lot that it is for; 1 where the tender is undivided.';
DROP INDEX procurement.sealed_bid_one_held;
CREATE UNIQUE INDEX sealed_bid_one_held ON procurement.sealed_bid (jurisdiction, tender, organization, lot) WHERE state = 'held';

ALTER TABLE procurement.objection ADD COLUMN lot smallint;
COMMENT ON COLUMN procurement.objection.lot IS 'The lot that it is about; NULL: the tender as a whole.';
