-- When an imported need was first raised elsewhere: told on the record, no clock runs from it.
ALTER TABLE needs.need ADD COLUMN first_raised date;
COMMENT ON COLUMN needs.need.first_raised IS 'The day on which an imported need was first raised elsewhere, as the list said; null for all others. The clocks run from the import.';
ALTER TABLE needs.need ADD CONSTRAINT need_first_raised CHECK (first_raised IS NULL OR source = 'import');
