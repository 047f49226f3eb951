-- Delivery: what of a service record is doubtful, the occasion and the volunteers' shift behind it, and lists of what is flagged.
ALTER TABLE delivery.service_record
  ADD COLUMN occasion text COLLATE "C",
  ADD COLUMN shift text COLLATE "C",
  ADD COLUMN room uuid,
  ADD COLUMN doubts jsonb NOT NULL DEFAULT '[]',
  -- The name is read from the register where the record is shown: it was a copy that cost a statement at each filing.
  DROP COLUMN worker_name;
CREATE INDEX service_record_flagged ON delivery.service_record (jurisdiction, id DESC) WHERE reused_photos <> '[]' OR doubts <> '[]';
CREATE INDEX service_record_flagged_by ON delivery.service_record (organization, id DESC) WHERE reused_photos <> '[]' OR doubts <> '[]';
