// All SQL of the register of social workers.
import type { Scopes } from '../../kit/actor.ts'
import { asDivision, type DivisionCode, joinId, splitId } from '../../kit/id.ts'
import { instant, type Instant } from '../../kit/instant.ts'
import { plainDateOf } from '../../kit/plain-date.ts'
import { Conditions, under } from '../../platform/conditions.ts'
import { endOfPrefix, readCursor } from '../../platform/cursor.ts'
import { rowOf, rowsOf, type Tx } from '../../platform/database.ts'
import { countUpToCap, paged } from '../../platform/pages.ts'
import { recordFinder } from '../../platform/search/record-finder.ts'
import { posts, type WorkerLevel, workerLevels, type WorkerState, workerStates } from './contract.ts'
import type { Worker } from './rules.ts'
import type { SocialWorkersWorker } from './tables.ts'

/** A text of the database that a CHECK holds to one of these values. */
function oneOf<T extends string>(values: readonly T[], text: string): T {
  const found = values.find((value) => value === text)
  if (found === undefined) throw new Error(`not one of ${values.join(', ')}`)
  return found
}

type Row = Omit<SocialWorkersWorker, 'version' | 'hours' | 'former_employers' | 'created_at' | 'updated_at'> & {
  version: number
  hours: number
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

function conditionsOf(scopes: Scopes, filter: Filter): Conditions {
  const conditions = new Conditions().anyOf([
    ...scopes.divisions.map((division) => under('w.division', division)),
    ...(scopes.organizations.length === 0 ? [] : [['w.employer = ANY(?)', [...scopes.organizations]] as const]),
    ...(scopes.personId === undefined ? [] : [['w.person = ?', scopes.personId] as const]),
  ])
  if (filter.division !== undefined) conditions.add(...under('w.division', filter.division))
  if (filter.level !== undefined) conditions.add('w.level = ?', filter.level)
  if (filter.state !== undefined) conditions.add('w.state = ?', filter.state)
  if (filter.employer !== undefined) conditions.add('w.employer = ?', filter.employer)
  return conditions
}

/** A page of workers within the caller's reach: the newest first, or by the end of their registration. */
export async function listWorkers(
  tx: Tx,
  scopes: Scopes,
  filter: Filter,
): Promise<{ rows: Worker[]; next?: string; count?: { n: number; capped: boolean } }> {
  const conditions = conditionsOf(scopes, filter)
  const byEnd = filter.sort === 'validUntil'
  const after = readCursor(filter.cursor, 2)
  if (after !== undefined && byEnd) conditions.add('(w.valid_until, w.id) > (?::date, ?::uuid)', ...after)
  else if (after !== undefined) conditions.add('w.id < ?::uuid', after[1])
  const { where, next, values } = conditions
  const found = await rowsOf<Row>(
    tx,
    `SELECT ${columns} FROM social_workers.worker w WHERE ${where} ORDER BY ${byEnd ? 'valid_until, id' : 'id DESC'} LIMIT ${next}`,
    [...values, filter.size + 1],
  )
  return {
    ...paged(found.map(workerOf), filter.size, (last) => [last.validUntil, splitId(last.id).uuid]),
    count:
      after === undefined ? await countUpToCap(tx, 'social_workers.worker w', conditionsOf(scopes, filter)) : undefined,
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
