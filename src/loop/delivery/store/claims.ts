// Delivery: the SQL of claimed hours and of photo hashes: each in a table of its own, by worker and by hash. Nothing but SQL.
import type { Instant } from '../../../kit/instant.ts'
import { rowOf, rowsOf, sqlState, type Tx } from '../../../platform/database.ts'
import type { Claim, ServiceRecord } from '../rules.ts'

const claimText = `
WITH other AS (
  SELECT organization, contract, starts AS from, ends AS until FROM delivery.claimed_hours
  WHERE worker = $1 AND tstzrange(starts, ends) && tstzrange($5, $6) ORDER BY starts LIMIT 1
), claimed AS (
  INSERT INTO delivery.claimed_hours (worker, record, contract, organization, starts, ends)
  SELECT $1, $2, $3, $4, $5, $6 WHERE NOT EXISTS (SELECT FROM other)
)
SELECT * FROM other`

/**
 * Claims the hours of a record. Answers the worker's first claim that overlaps, of which the refusal tells; when another act claimed an
 * overlapping hour at the same moment the table's own constraint decides, and the claim that is answered tells no more than its time.
 */
export async function claimHours(tx: Tx, record: ServiceRecord): Promise<Claim | undefined> {
  try {
    return await rowOf<Claim>(tx, claimText, [
      record.worker,
      record.id,
      record.contract,
      record.organization,
      record.from,
      record.until,
    ])
  } catch (error) {
    if (sqlState(error) === '23P01') return { organization: '', contract: '', from: record.from, until: record.until }
    throw error
  }
}

export async function removeClaim(tx: Tx, record: ServiceRecord): Promise<void> {
  await rowOf(tx, 'DELETE FROM delivery.claimed_hours WHERE worker = $1 AND record = $2', [record.worker, record.id])
}

/** Notes the hashes of a record's photos; answers those that other records carried before. */
export async function insertPhotoHashes(
  tx: Tx,
  record: string,
  hashes: readonly string[],
  now: Instant,
): Promise<string[]> {
  if (hashes.length === 0) return []
  const rows = await rowsOf<{ hash: string }>(
    tx,
    `WITH known AS (SELECT DISTINCT hash FROM delivery.photo_hash WHERE hash = ANY($1)),
     noted AS (INSERT INTO delivery.photo_hash (hash, record, at) SELECT DISTINCT h, $2, $3::timestamptz FROM unnest($1::text[]) AS h ON CONFLICT DO NOTHING)
     SELECT hash FROM known`,
    [[...hashes], record, now],
  )
  return rows.map((row) => row.hash)
}
