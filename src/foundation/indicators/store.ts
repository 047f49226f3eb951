// All SQL of the figures: adding, reading, counting again.
import { type DivisionCode, jurisdictionOf } from '../../kit/id.ts'
import type { Instant } from '../../kit/instant.ts'
import { endOfPrefix } from '../../platform/cursor.ts'
import { rowOf, rowsOf, type Tx } from '../../platform/database.ts'
import type { FigureRow, SeenRow } from './rules.ts'

const figureRecord =
  'x(jurisdiction text, indicator text, division text, period text, bucket smallint, n bigint, amount bigint)'
const seenRecord = 'x(jurisdiction text, indicator text, division text, period text, person text)'

function json(rows: readonly FigureRow[]): string {
  return JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))
}

// Ordered by key, so that two deliveries never wait for each other in a circle.
const addFigures = `
INSERT INTO indicators.figure AS f (jurisdiction, indicator, division, period, bucket, n, amount)
SELECT jurisdiction, indicator, division, period, bucket, n, amount FROM jsonb_to_recordset($1::jsonb) AS ${figureRecord}
ORDER BY indicator COLLATE "C", division COLLATE "C", period COLLATE "C", bucket
ON CONFLICT (jurisdiction, indicator, division, period, bucket) DO UPDATE SET n = f.n + excluded.n, amount = f.amount + excluded.amount`

/** Adds to the figures. One statement. */
export async function saveFigures(tx: Tx, rows: readonly FigureRow[]): Promise<void> {
  if (rows.length > 0) await rowsOf(tx, addFigures, [json(rows)])
}

const addSeen = `
INSERT INTO indicators.person_seen (jurisdiction, indicator, division, period, person)
SELECT jurisdiction, indicator, division, period, person FROM jsonb_to_recordset($1::jsonb) AS ${seenRecord}
ORDER BY indicator COLLATE "C", division COLLATE "C", period COLLATE "C", person COLLATE "C"
ON CONFLICT DO NOTHING RETURNING jurisdiction, indicator, division, period`

/** Remembers persons; answers the rows in which one was new. */
export function insertSeen(tx: Tx, rows: readonly SeenRow[]): Promise<Omit<SeenRow, 'person'>[]> {
  return rows.length === 0 ? Promise.resolve([]) : rowsOf(tx, addSeen, [JSON.stringify(rows)])
}

export type ReadFigure = {
  indicator: string
  division: string
  period: string
  bucket: number
  n: bigint
  amount: bigint
}

const readFigures = `
SELECT indicator, division, period, bucket::int AS bucket, sum(n)::bigint AS n, sum(amount)::bigint AS amount FROM indicators.figure
WHERE indicator = ANY ($1::text[]) AND division = ANY ($2::text[]) AND period = ANY ($3::text[])
GROUP BY indicator, division, period, bucket`

/** Figures of several indicators, divisions and periods in one statement; what was never counted has no row. */
export function listFigures(
  tx: Tx,
  indicators: readonly string[],
  divisions: readonly string[],
  periods: readonly string[],
): Promise<ReadFigure[]> {
  return rowsOf(tx, readFigures, [[...indicators], [...divisions], [...periods]])
}

/** Who was counted in a figure of kind distinct at one division and period. */
export async function listSeenPersons(tx: Tx, indicator: string, division: string, period: string): Promise<string[]> {
  const rows = await rowsOf<{ person: string }>(
    tx,
    `SELECT person FROM indicators.person_seen WHERE jurisdiction = $1 AND indicator = $2 AND division = $3 AND period = $4`,
    [jurisdictionOf(division as DivisionCode), indicator, division, period],
  )
  return rows.map((row) => row.person)
}

/** Communities at which a figure counted anything in a period. */
export async function listCountedCommunities(tx: Tx, indicator: string, period: string): Promise<string[]> {
  const rows = await rowsOf<{ division: string }>(
    tx,
    'SELECT DISTINCT division FROM indicators.figure WHERE indicator = $1 AND period = $2 AND length(division) = 12 ORDER BY division',
    [indicator, period],
  )
  return rows.map((row) => row.division)
}

export type EventRow = {
  id: string
  jurisdiction: string
  at: Instant
  name: string
  record_kind: string
  record_id: string
  division: string
  state_from: string | null
  state_to: string | null
  actor: string | null
  actor_role: string | null
  delegated_from: string | null
  on_behalf_of: string | null
  organization: string | null
  amount: bigint | null
  data: Record<string, unknown>
}

const eventColumns = `id, jurisdiction, at, name, record_kind, record_id, division, state_from, state_to, actor, actor_role, delegated_from,
  on_behalf_of, organization, amount, data`

// Ids grow with business time, so a period is a range of ids.
const newestEvents = `
SELECT e.* FROM unnest($1::text[]) AS j(jurisdiction)
CROSS JOIN LATERAL (
  SELECT ${eventColumns} FROM platform.event
  WHERE jurisdiction = j.jurisdiction AND division >= $2 AND division < $3 AND name = ANY ($4::text[]) AND id >= $5 AND id < $6
  ORDER BY id DESC LIMIT $7) AS e
ORDER BY e.id DESC LIMIT $7`

/** The newest events behind a figure, at most `limit`. */
export function listEventsBehind(
  tx: Tx,
  asked: {
    jurisdictions: readonly string[]
    division: string
    names: readonly string[]
    from: string
    before: string
    limit: number
  },
): Promise<EventRow[]> {
  return rowsOf(tx, newestEvents, [
    [...asked.jurisdictions],
    asked.division,
    endOfPrefix(asked.division),
    [...asked.names],
    asked.from,
    asked.before,
    asked.limit,
  ])
}

// What still waits in the outbox is not in the figures yet, so a recount leaves it out too.
const eventsToCount = `
SELECT ${eventColumns} FROM platform.event e
WHERE (jurisdiction, id) > ($1, $2::uuid) AND name = ANY ($3::text[])
  AND NOT EXISTS (SELECT 1 FROM platform.outbox o WHERE o.jurisdiction = e.jurisdiction AND o.event_id = e.id AND o.consumer = 'indicators.count')
ORDER BY jurisdiction, id LIMIT $4`

/** The next events of a recount, in order of jurisdiction and id. */
export function listEventsToCount(
  tx: Tx,
  after: { jurisdiction: string; id: string },
  names: readonly string[],
  limit: number,
): Promise<EventRow[]> {
  return rowsOf(tx, eventsToCount, [after.jurisdiction, after.id, [...names], limit])
}

/** One snapshot for the whole recount; with `repair` nobody else counts meanwhile. First statements of the transaction. */
export async function beginRecount(tx: Tx, repair: boolean): Promise<void> {
  await rowsOf(tx, 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ')
  if (repair) await rowsOf(tx, 'LOCK TABLE indicators.figure, indicators.person_seen IN SHARE ROW EXCLUSIVE MODE')
}

/** Adds to the shadow of the figures. */
export async function saveRecounted(tx: Tx, run: string, rows: readonly FigureRow[]): Promise<void> {
  if (rows.length === 0) return
  await rowsOf(
    tx,
    `INSERT INTO indicators.recounted_figure AS f (run, jurisdiction, indicator, division, period, bucket, n, amount)
     SELECT $2::uuid, jurisdiction, indicator, division, period, bucket, sum(n), sum(amount) FROM jsonb_to_recordset($1::jsonb) AS ${figureRecord}
     GROUP BY jurisdiction, indicator, division, period, bucket
     ON CONFLICT (run, jurisdiction, indicator, division, period, bucket) DO UPDATE SET n = f.n + excluded.n, amount = f.amount + excluded.amount`,
    [json(rows), run],
  )
}

/** Remembers persons in the shadow. */
export async function insertRecountedSeen(tx: Tx, run: string, rows: readonly SeenRow[]): Promise<void> {
  if (rows.length === 0) return
  await rowsOf(
    tx,
    `INSERT INTO indicators.recounted_person (run, jurisdiction, indicator, division, period, person)
     SELECT $2::uuid, jurisdiction, indicator, division, period, person FROM jsonb_to_recordset($1::jsonb) AS ${seenRecord} ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows), run],
  )
}

/** Turns the shadow's persons into its figures of kind distinct. */
export async function countRecountedSeen(tx: Tx, run: string): Promise<void> {
  await rowsOf(
    tx,
    `INSERT INTO indicators.recounted_figure (run, jurisdiction, indicator, division, period, bucket, n, amount)
     SELECT run, jurisdiction, indicator, division, period, 0, count(*), count(*) FROM indicators.recounted_person WHERE run = $1
     GROUP BY run, jurisdiction, indicator, division, period`,
    [run],
  )
}

export type Difference = {
  indicator: string
  division: string
  period: string
  bucket: number
  counted: string
  recounted: string
}

const differences = `
SELECT coalesce(f.indicator, r.indicator) AS indicator, coalesce(f.division, r.division) AS division, coalesce(f.period, r.period) AS period,
  coalesce(f.bucket, r.bucket)::int AS bucket, coalesce(f.n, 0) || '/' || coalesce(f.amount, 0) AS counted,
  coalesce(r.n, 0) || '/' || coalesce(r.amount, 0) AS recounted
FROM (SELECT * FROM indicators.figure WHERE indicator = ANY ($2::text[])) AS f
FULL JOIN (SELECT * FROM indicators.recounted_figure WHERE run = $1) AS r USING (jurisdiction, indicator, division, period, bucket)
WHERE (f.n, f.amount) IS DISTINCT FROM (r.n, r.amount)
ORDER BY 1, 2, 3, 4 LIMIT 100`

/** Where figures and shadow differ, at most 100. */
export function listDifferences(tx: Tx, run: string, indicators: readonly string[]): Promise<Difference[]> {
  return rowsOf(tx, differences, [run, [...indicators]])
}

/** Puts the shadow in the place of the figures. */
export async function saveShadow(tx: Tx, run: string): Promise<void> {
  await rowsOf(tx, 'DELETE FROM indicators.figure')
  await rowsOf(tx, 'DELETE FROM indicators.person_seen')
  await rowsOf(
    tx,
    `INSERT INTO indicators.figure (jurisdiction, indicator, division, period, bucket, n, amount)
     SELECT jurisdiction, indicator, division, period, bucket, n, amount FROM indicators.recounted_figure WHERE run = $1`,
    [run],
  )
  await rowsOf(
    tx,
    `INSERT INTO indicators.person_seen (jurisdiction, indicator, division, period, person)
     SELECT jurisdiction, indicator, division, period, person FROM indicators.recounted_person WHERE run = $1`,
    [run],
  )
}

/** Empties the shadow of a run; answers nothing. */
export async function removeShadow(tx: Tx, run: string): Promise<void> {
  await rowOf(tx, 'DELETE FROM indicators.recounted_figure WHERE run = $1', [run])
  await rowOf(tx, 'DELETE FROM indicators.recounted_person WHERE run = $1', [run])
}
