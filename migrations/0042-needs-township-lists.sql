-- Lists of a township's needs: the township itself stands in the index, behind its county, so that its order is read and not sorted.
CREATE INDEX need_township_due ON needs.need (jurisdiction, left(division, 9), due_at, id);
CREATE INDEX need_township ON needs.need (jurisdiction, left(division, 9), id DESC);
