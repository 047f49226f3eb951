-- Social workers: organizations that employed a worker before, so that who worked for a bidder is not drawn to score it.
ALTER TABLE social_workers.worker ADD COLUMN former_employers text[] COLLATE "C" NOT NULL DEFAULT '{}';
COMMENT ON COLUMN social_workers.worker.former_employers IS 'Employers before the present one, each once; filled when the employer changes.';

-- What changed before this column was there stands in the events.
UPDATE social_workers.worker w SET former_employers = f.employers
FROM (
  SELECT e.jurisdiction, e.record_id, array_agg(DISTINCT e.data ->> 'from') AS employers FROM platform.event e
  WHERE e.name = 'social-workers.changeEmployer' AND e.record_kind = 'worker' AND e.data ->> 'from' IS NOT NULL
  GROUP BY e.jurisdiction, e.record_id
) f
WHERE f.jurisdiction = w.jurisdiction AND f.record_id = w.jurisdiction || '-' || w.id;

CREATE INDEX worker_former_employers ON social_workers.worker USING gin (former_employers);
