// All SQL of policy.
import type { Instant } from '../../kit/instant.ts'
import { rowOf, rowsOf, type Tx } from '../../platform/database.ts'

export type ValueRow = { key: string; division: string; value: unknown; version: number }

/** The newest value of every key and division. */
export function listNewestValues(tx: Tx): Promise<ValueRow[]> {
  return rowsOf(
    tx,
    'SELECT DISTINCT ON (key, division) key, division, value, version FROM policy.parameter_value ORDER BY key, division, version DESC',
  )
}

export type HistoryRow = { version: number; value: unknown; reason: string; set_by: string; set_at: Instant }

export function listHistory(tx: Tx, key: string, division: string): Promise<HistoryRow[]> {
  return rowsOf(
    tx,
    'SELECT version, value, reason, set_by, set_at FROM policy.parameter_value WHERE key = $1 AND division = $2 ORDER BY version DESC LIMIT 100',
    [key, division],
  )
}

/** Appends the next version; two at once: the unique version lets one win, the other fails and is retried by its caller. */
export async function insertValue(
  tx: Tx,
  row: { id: string; key: string; division: string; value: unknown; reason: string; setBy: string; setAt: Instant },
): Promise<number> {
  const inserted = await rowOf<{ version: number }>(
    tx,
    `INSERT INTO policy.parameter_value (id, key, division, value, reason, set_by, set_at, version)
     SELECT $1, $2::text, $3::text, $4::jsonb, $5, $6, $7, coalesce(max(version), 0) + 1 FROM policy.parameter_value WHERE key = $2::text AND division = $3::text
     RETURNING version`,
    [
      row.id,
      row.key,
      row.division,
      row.value === null ? null : JSON.stringify(row.value),
      row.reason,
      row.setBy,
      row.setAt,
    ],
  )
  return inserted?.version ?? 0
}
