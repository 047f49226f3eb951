// Needs: the SQL of supports and of clusters of merged needs.
import { joinId, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import type { Need } from '../rules.ts'
import { keysOf } from '../store.ts'

const insertSupportText = `
WITH given AS (
  INSERT INTO needs.support (jurisdiction, need, person, verified, at)
  SELECT $1::text, $2::uuid, $3::text, $4::boolean, $5::timestamptz WHERE NOT EXISTS (
    SELECT 1 FROM needs.need n LEFT JOIN needs.support s ON s.jurisdiction = n.jurisdiction AND s.need = n.id AND s.person = $3
    WHERE n.jurisdiction = $1 AND n.root = $2 AND (n.resident = $3 OR s.person IS NOT NULL))
  RETURNING verified
)
UPDATE needs.need n SET supports = n.supports + 1, verified_supports = n.verified_supports + g.verified::int, updated_at = $5
FROM given g WHERE n.jurisdiction = $1 AND n.id = $2
RETURNING n.supports, n.verified_supports`

export type Counts = { readonly supports: number; readonly verifiedSupports: number }
type CountRow = { supports: number; verified_supports: number }
const countsOf = (row: CountRow): Counts => ({ supports: row.supports, verifiedSupports: row.verified_supports })

/** Adds a support to a locked need; undefined when the person is already counted in its cluster. */
export async function insertSupport(
  tx: Tx,
  need: Need,
  person: string,
  verified: boolean,
  now: Instant,
): Promise<Counts | undefined> {
  const { jurisdiction, uuid } = splitId(need.id)
  const row = await rowOf<CountRow>(tx, insertSupportText, [jurisdiction, uuid, person, verified, now])
  return row === undefined ? undefined : countsOf(row)
}

/** Takes a person's supports out of the whole cluster; how many rows there were. */
export async function removeSupports(tx: Tx, root: string, person: string): Promise<number> {
  const { jurisdiction, uuid } = splitId(root)
  const rows = await rowsOf(
    tx,
    `DELETE FROM needs.support s USING needs.need n
     WHERE n.jurisdiction = $1 AND n.root = $2 AND s.jurisdiction = n.jurisdiction AND s.need = n.id AND s.person = $3 RETURNING s.need`,
    [jurisdiction, uuid, person],
  )
  return rows.length
}

const recountText = `
WITH cluster AS (SELECT id, resident, resident_verified FROM needs.need WHERE jurisdiction = $1 AND root = $2),
own AS (SELECT resident FROM cluster WHERE id = $2),
people AS (
  SELECT person, bool_or(verified) AS verified FROM (
    SELECT s.person, s.verified FROM needs.support s JOIN cluster c ON s.jurisdiction = $1 AND s.need = c.id
    UNION ALL SELECT c.resident, c.resident_verified FROM cluster c) AS each
  WHERE person NOT IN (SELECT resident FROM own) GROUP BY person)
UPDATE needs.need SET supports = (SELECT count(*) FROM people), verified_supports = (SELECT count(*) FROM people WHERE verified), updated_at = $3
WHERE jurisdiction = $1 AND id = $2 RETURNING supports, verified_supports`

/** Counts a root's supporters anew: everybody in its cluster once, its own resident left out. */
export async function saveCounts(tx: Tx, root: string, now: Instant): Promise<Counts> {
  const { jurisdiction, uuid } = splitId(root)
  const row = await rowOf<CountRow>(tx, recountText, [jurisdiction, uuid, now])
  if (row === undefined) throw new Error('no such need')
  return countsOf(row)
}

/** Moves members of a cluster under another root. */
export async function saveRoots(tx: Tx, ids: readonly string[], root: string): Promise<void> {
  if (ids.length === 0) return
  const { jurisdiction, uuid } = splitId(root)
  await rowOf(tx, 'UPDATE needs.need SET root = $3 WHERE jurisdiction = $1 AND id = ANY($2)', [
    jurisdiction,
    ids.map((id) => splitId(id).uuid),
    uuid,
  ])
}

/**
 * Everything that is counted under one of the needs is counted under another root from now on. By what stands in the table after the locks,
 * not by what was read before them: a need that somebody merged into one of these meanwhile goes along.
 */
export async function saveRootOfAll(tx: Tx, from: readonly string[], root: string): Promise<void> {
  if (from.length === 0) return
  const { jurisdiction, uuid } = splitId(root)
  await rowOf(tx, 'UPDATE needs.need SET root = $3 WHERE jurisdiction = $1 AND root = ANY($2)', [
    jurisdiction,
    from.map((id) => splitId(id).uuid),
    uuid,
  ])
}

const concerned = `
SELECT r.jurisdiction, r.id, n.resident AS person FROM needs.need r JOIN needs.need n ON n.jurisdiction = r.jurisdiction AND n.root = r.root
WHERE r.jurisdiction = ANY($1) AND r.id = ANY($2)
UNION SELECT r.jurisdiction, r.id, s.person FROM needs.need r JOIN needs.need n ON n.jurisdiction = r.jurisdiction AND n.root = r.root
JOIN needs.support s ON s.jurisdiction = n.jurisdiction AND s.need = n.id
WHERE r.jurisdiction = ANY($1) AND r.id = ANY($2)`

type Concerned = { jurisdiction: string; id: string; person: string }

/** By need: residents who raised or support it or needs merged with it, each once. One statement, none for no needs. */
export async function listConcernedOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string[]>> {
  if (ids.length === 0) return new Map()
  const rows = await rowsOf<Concerned>(tx, concerned, keysOf(ids))
  const byNeed = Map.groupBy(rows, (row): string => joinId(row.jurisdiction, row.id))
  return new Map([...byNeed].map(([id, group]) => [id, group.map(({ person }) => person)]))
}

/** Residents who raised or support the needs or needs merged with them, each once. */
export async function listConcernedPersons(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const byNeed = await listConcernedOf(tx, ids)
  return [...new Set([...byNeed.values()].flat())]
}
