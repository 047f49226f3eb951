// All SQL of the register of social workers.
import { type ExpressionBuilder, sql } from 'kysely'
import type { Scopes } from '../../kit/actor.ts'
import { asDivision, type DivisionCode, joinId, splitId } from '../../kit/id.ts'
import { instant, type Instant } from '../../kit/instant.ts'
import { countCap } from '../../kit/listing.ts'
import { plainDateOf } from '../../kit/plain-date.ts'
import { cursorOf, endOfPrefix, readCursor } from '../../platform/cursor.ts'
import { rowOf, rowsOf, type Tx } from '../../platform/database.ts'
import { recordFinder } from '../../platform/search/record-finder.ts'
import { posts, type WorkerLevel, workerLevels, type WorkerState, workerStates } from './contract.ts'
import type { Worker } from './rules.ts'
import type * as tables from './tables.ts'

type DB = { [Table in keyof tables.DB]: tables.DB[Table] }

/** A text of the database that a CHECK holds to one of these values. */
function oneOf<T extends string>(values: readonly T[], text: string): T {
  const found = values.find((value) => value === text)
  if (found === undefined) throw new Error(`not one of ${values.join(', ')}`)
  return found
}

type Row = {
  jurisdiction: string
  id: string
  division: string
  state: string
  version: number
  number_year: number
  number_value: bigint
  person: string
  certificate: string
  level: string
  post: string
  employer: string | null
  passed_on: string
  registered_on: string
  valid_until: string
  hours: number
  history: unknown
}

const columns = `jurisdiction, id, division, state, version, number_year, number_value, person, certificate, level, post, employer, passed_on, registered_on, valid_until,
  hours, history`

/** Our own jsonb, as save and insert wrote it. */
function historyOf(value: unknown): Worker['history'] {
  if (!Array.isArray(value)) throw new Error('no history')
  return value.map((step: { state: string; at: string }) => ({
    state: oneOf(workerStates, step.state),
    at: instant(step.at),
  }))
}

function workerOf(row: Row): Worker {
  return {
    id: joinId(row.jurisdiction, row.id),
    division: asDivision(row.division),
    state: oneOf(workerStates, row.state),
    version: row.version,
    number: { year: row.number_year, value: Number(row.number_value) },
    person: row.person,
    certificate: row.certificate,
    level: oneOf(workerLevels, row.level),
    post: oneOf(posts, row.post),
    employer: row.employer ?? undefined,
    passedOn: plainDateOf(row.passed_on),
    registeredOn: plainDateOf(row.registered_on),
    validUntil: plainDateOf(row.valid_until),
    hours: row.hours,
    history: historyOf(row.history),
  }
}

const byId = `SELECT ${columns} FROM social_workers.worker WHERE jurisdiction = $1 AND id = $2`

export async function findWorker(tx: Tx, id: string): Promise<Worker | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<Row>(tx, byId, [jurisdiction, uuid])
  return row === undefined ? undefined : workerOf(row)
}

export async function findWorkerForUpdate(tx: Tx, id: string): Promise<Worker | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<Row>(tx, `${byId} FOR UPDATE`, [jurisdiction, uuid])
  return row === undefined ? undefined : workerOf(row)
}

export async function findWorkerOfPerson(tx: Tx, person: string): Promise<Worker | undefined> {
  const row = await rowOf<Row>(
    tx,
    `SELECT ${columns} FROM social_workers.worker WHERE jurisdiction = $1 AND person = $2`,
    [splitId(person).jurisdiction, person],
  )
  return row === undefined ? undefined : workerOf(row)
}

const byIds = `
SELECT ${columns.replaceAll(/(\w+)/g, 'w.$1')} FROM social_workers.worker w
JOIN jsonb_to_recordset($1::jsonb) AS x(jurisdiction text, id uuid) ON w.jurisdiction = x.jurisdiction AND w.id = x.id`

export async function listWorkersById(tx: Tx, ids: readonly string[]): Promise<Worker[]> {
  if (ids.length === 0) return []
  const keys = ids.map((id) => ({ jurisdiction: splitId(id).jurisdiction, id: splitId(id).uuid }))
  return (await rowsOf<Row>(tx, byIds, [JSON.stringify(keys)])).map(workerOf)
}

/** The persons whom any of these employers has or had on the register, lapsed ones among them; at most 2,000. */
export async function listPersonsOfEmployers(tx: Tx, employers: readonly string[]): Promise<string[]> {
  if (employers.length === 0) return []
  const rows = await rowsOf<{ person: string }>(
    tx,
    'SELECT person FROM social_workers.worker WHERE employer = ANY($1) OR former_employers && $1::text[] ORDER BY id LIMIT 2000',
    [[...employers]],
  )
  return rows.map((row) => row.person)
}

/** At most 500 workers of an employer. */
export async function listWorkersOfEmployer(tx: Tx, employer: string): Promise<Worker[]> {
  return (
    await rowsOf<Row>(tx, `SELECT ${columns} FROM social_workers.worker WHERE employer = $1 ORDER BY id LIMIT 500`, [
      employer,
    ])
  ).map(workerOf)
}

const insert = `
INSERT INTO social_workers.worker (${columns}, created_at, updated_at)
VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$18)`

export async function insertWorker(tx: Tx, it: Worker, now: Instant): Promise<void> {
  const { jurisdiction, uuid } = splitId(it.id)
  await rowsOf(tx, insert, [
    jurisdiction,
    uuid,
    it.division,
    it.state,
    it.version,
    it.number.year,
    it.number.value,
    it.person,
    it.certificate,
    it.level,
    it.post,
    it.employer ?? null,
    it.passedOn,
    it.registeredOn,
    it.validUntil,
    it.hours,
    JSON.stringify(it.history),
    now,
  ])
}

/** Saves what acts change; the version rises. Answers the new version. The row is locked already. */
export async function saveWorker(tx: Tx, it: Worker, now: Instant): Promise<number> {
  const { jurisdiction, uuid } = splitId(it.id)
  const row = await rowOf<{ version: number }>(
    tx,
    `UPDATE social_workers.worker SET division = $3, state = $4, post = $5, employer = $6, valid_until = $7, hours = $8, history = $9, updated_at = $10, version = version + 1,
       former_employers = CASE WHEN employer IS DISTINCT FROM $6 AND employer IS NOT NULL THEN array_append(array_remove(former_employers, employer), employer) ELSE former_employers END
     WHERE jurisdiction = $1 AND id = $2 RETURNING version`,
    [
      jurisdiction,
      uuid,
      it.division,
      it.state,
      it.post,
      it.employer ?? null,
      it.validUntil,
      it.hours,
      JSON.stringify(it.history),
      now,
    ],
  )
  if (row === undefined) throw new Error('no such worker')
  return row.version
}

/** How many registered workers each of these organizations employs; those without any are left out. */
export async function listCertificates(tx: Tx, employers: readonly string[]): Promise<Map<string, number>> {
  const rows = await rowsOf<{ employer: string; n: bigint }>(
    tx,
    "SELECT employer, count(*) AS n FROM social_workers.worker WHERE employer = ANY($1) AND state = 'registered' GROUP BY employer",
    [[...employers]],
  )
  return new Map(rows.map((row) => [row.employer, Number(row.n)]))
}

export type Filter = {
  readonly size: number
  readonly cursor?: string
  readonly sort: '-id' | 'validUntil'
  readonly division?: DivisionCode
  readonly level?: WorkerLevel
  readonly state?: WorkerState
  readonly employer?: string
}

function inScopes(scopes: Scopes) {
  return (e: ExpressionBuilder<DB, 'social_workers.worker'>) =>
    e.or([
      ...scopes.divisions.map((division) =>
        e.and([e('division', '>=', division), e('division', '<', endOfPrefix(division))]),
      ),
      ...(scopes.organizations.length === 0 ? [] : [e('employer', 'in', [...scopes.organizations])]),
      ...(scopes.personId === undefined ? [] : [e('person', '=', scopes.personId)]),
    ])
}

/** A page of workers within the caller's reach: the newest first, or by the end of their registration. */
export async function listWorkers(
  tx: Tx,
  scopes: Scopes,
  filter: Filter,
): Promise<{ rows: Worker[]; next?: string; count?: { n: number; capped: boolean } }> {
  let query = tx.withTables<DB>().selectFrom('social_workers.worker').where(inScopes(scopes))
  if (filter.division !== undefined)
    query = query.where('division', '>=', filter.division).where('division', '<', endOfPrefix(filter.division))
  if (filter.level !== undefined) query = query.where('level', '=', filter.level)
  if (filter.state !== undefined) query = query.where('state', '=', filter.state)
  if (filter.employer !== undefined) query = query.where('employer', '=', filter.employer)
  const byEnd = filter.sort === 'validUntil'
  const after = readCursor(filter.cursor, 2)
  let page = query
  if (after !== undefined) {
    const [end = '', id = ''] = after
    page = page.where(
      byEnd ? sql<boolean>`(valid_until, id) > (${end}::date, ${id}::uuid)` : sql<boolean>`id < ${id}::uuid`,
    )
  }
  const rows = await page
    .selectAll()
    .orderBy(byEnd ? sql`valid_until, id` : sql`id DESC`)
    .limit(filter.size + 1)
    .execute()
  const shown = rows.slice(0, filter.size)
  const last = shown.at(-1)
  const counted =
    after === undefined
      ? await query
          .select(sql`1`.as('one'))
          .limit(countCap + 1)
          .execute()
      : undefined
  return {
    rows: shown.map(workerOf),
    next: rows.length > filter.size && last !== undefined ? cursorOf([last.valid_until, last.id]) : undefined,
    count:
      counted === undefined ? undefined : { n: Math.min(counted.length, countCap), capped: counted.length > countCap },
  }
}

export type Tally = {
  readonly state: WorkerState
  readonly level: WorkerLevel
  readonly byOrganization: boolean
  readonly n: number
}

/** Numbers of workers below a division by state, level and kind of employer: at most twelve rows. */
export async function listTallies(tx: Tx, division: DivisionCode): Promise<Tally[]> {
  const rows = await rowsOf<{ state: string; level: string; by_organization: boolean; n: bigint }>(
    tx,
    `SELECT state, level, employer IS NOT NULL AS by_organization, count(*) AS n FROM social_workers.worker
     WHERE division >= $1 AND division < $2 GROUP BY 1, 2, 3`,
    [division, endOfPrefix(division)],
  )
  return rows.map((row) => ({
    state: oneOf(workerStates, row.state),
    level: oneOf(workerLevels, row.level),
    byOrganization: row.by_organization,
    n: Number(row.n),
  }))
}

/** By number alone, never by name: the worker, the employer and the register of the place find them. */
export const listFoundWorkers = recordFinder({
  table: 'social_workers.worker',
  organization: 'r.employer',
  person: 'r.person',
})
