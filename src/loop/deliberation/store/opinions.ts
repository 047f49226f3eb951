// Deliberation: the SQL of the map of opinions: what the last computation left, and the opinions that the next one reads, without persons.
import { splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import type { Ballot, MapBasis, OpinionMap } from '../rules/opinion-map.ts'

export type StoredMap = {
  readonly voters: number
  readonly map?: OpinionMap
  readonly basis?: MapBasis
  readonly madeAt?: Instant
}

type Opinion = 'agree' | 'disagree' | 'pass'
type MapRow = { voters: number; map: OpinionMap | null; basis: MapBasis | null; made_at: Instant | null }

const some = <T>(value: T | null): T | undefined => value ?? undefined

const mapOf = (row: MapRow): StoredMap => ({
  voters: row.voters,
  map: some(row.map),
  basis: some(row.basis),
  madeAt: some(row.made_at),
})

const selectMap =
  'SELECT voters, map, basis, made_at FROM deliberation.opinion_map WHERE jurisdiction = $1 AND motion = $2'

export async function findMap(tx: Tx, motion: string): Promise<StoredMap | undefined> {
  const { jurisdiction, uuid } = splitId(motion)
  const row = await rowOf<MapRow>(tx, selectMap, [jurisdiction, uuid])
  return row === undefined ? undefined : mapOf(row)
}

/** Counts one more change of opinions and locks the map's row; answers how many wait and how many the last computation knew. */
export async function savePending(
  tx: Tx,
  motion: string,
  more: number,
): Promise<{ readonly pending: number; readonly opinions: number }> {
  const { jurisdiction, uuid } = splitId(motion)
  const row = await rowOf<{ pending: number; opinions: number }>(
    tx,
    `INSERT INTO deliberation.opinion_map AS m (jurisdiction, motion, pending) VALUES ($1, $2, $3)
     ON CONFLICT (jurisdiction, motion) DO UPDATE SET pending = m.pending + $3 RETURNING pending, opinions`,
    [jurisdiction, uuid, more],
  )
  return row ?? { pending: more, opinions: 0 }
}

/** Opinions on the `statements` most spoken about, one ballot for each of the `voters` who gave most; an author agrees with the own words. */
export async function listBallots(
  tx: Tx,
  motion: string,
  most: { readonly statements: number; readonly voters: number },
): Promise<Ballot[]> {
  const { jurisdiction, uuid } = splitId(motion)
  const rows = await rowsOf<{ given: Record<string, Opinion> }>(
    tx,
    `WITH s AS MATERIALIZED (
       SELECT id, person FROM deliberation.statement WHERE jurisdiction = $1 AND motion = $2 AND removed_reason IS NULL
       ORDER BY agrees + disagrees + passes DESC, id LIMIT $3),
     o AS (
       SELECT o.person, o.statement, o.opinion FROM s JOIN deliberation.opinion o ON o.jurisdiction = $1 AND o.statement = s.id
       UNION ALL SELECT s.person, s.id, 'agree' FROM s)
     SELECT jsonb_object_agg(o.statement, o.opinion) AS given FROM o GROUP BY o.person ORDER BY count(*) DESC, o.person LIMIT $4`,
    [jurisdiction, uuid, most.statements, most.voters],
  )
  return rows.map((row) => new Map(Object.entries(row.given)))
}

/** Puts a new map in the place of the last one; nothing waits any more. */
export async function saveMap(
  tx: Tx,
  motion: string,
  made: { readonly map: OpinionMap; readonly basis: MapBasis } | undefined,
  counts: { readonly opinions: number; readonly voters: number },
  now: Instant,
): Promise<void> {
  const { jurisdiction, uuid } = splitId(motion)
  await rowOf(
    tx,
    `UPDATE deliberation.opinion_map SET pending = 0, opinions = $3, voters = $4, map = $5, basis = $6, made_at = $7
     WHERE jurisdiction = $1 AND motion = $2`,
    [
      jurisdiction,
      uuid,
      counts.opinions,
      counts.voters,
      made === undefined ? null : JSON.stringify(made.map),
      made === undefined ? null : JSON.stringify(made.basis),
      now,
    ],
  )
}

/** Motions with opinions that no computation has seen, at most `limit`: for the job that leaves none lying. */
export async function listPendingMaps(tx: Tx, limit: number): Promise<{ jurisdiction: string; motion: string }[]> {
  return rowsOf(
    tx,
    'SELECT jurisdiction, motion FROM deliberation.opinion_map WHERE pending > 0 ORDER BY jurisdiction, motion LIMIT $1',
    [limit],
  )
}

/** What one person thinks of these statements (uuids), the own ones agreed. */
export async function getBallot(
  tx: Tx,
  motion: string,
  statements: readonly string[],
  person: string,
): Promise<Ballot> {
  const { jurisdiction } = splitId(motion)
  const rows = await rowsOf<{ statement: string; opinion: Opinion }>(
    tx,
    `SELECT statement, opinion FROM deliberation.opinion WHERE jurisdiction = $1 AND person = $2 AND statement = ANY($3)
     UNION ALL SELECT id, 'agree' FROM deliberation.statement WHERE jurisdiction = $1 AND id = ANY($3) AND person = $2`,
    [jurisdiction, person, [...statements]],
  )
  return new Map(rows.map((row) => [row.statement, row.opinion]))
}

/** Words of these statements (uuids) that are still to be read. */
export async function listStatementWords(
  tx: Tx,
  motion: string,
  statements: readonly string[],
): Promise<{ id: string; side: 'for' | 'against'; words: string }[]> {
  if (statements.length === 0) return []
  const { jurisdiction } = splitId(motion)
  return rowsOf(
    tx,
    `SELECT id, side, words FROM deliberation.statement WHERE jurisdiction = $1 AND id = ANY($2) AND removed_reason IS NULL`,
    [jurisdiction, [...statements]],
  )
}
