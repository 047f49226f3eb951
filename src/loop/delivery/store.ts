// Delivery: the SQL of plans and service records. Nothing but SQL.
import { Conditions, behind, within } from '../../platform/conditions.ts'
import type { Scopes } from '../../kit/actor.ts'
import { asDivision, type DivisionCode, joinId, splitId } from '../../kit/id.ts'
import type { Instant } from '../../kit/instant.ts'
import { rowOf, rowsOf, type Tx } from '../../platform/database.ts'
import { recordReader } from '../../platform/records.ts'
import { type Statement, together } from '../../platform/together.ts'
import { recordFinder } from '../../platform/search/record-finder.ts'
import { countUpToCap, paged } from '../../platform/pages.ts'
import type { ServiceKind, ServiceRecordState } from './contract.ts'
import type { Activity, Counted, CountedActivity, Photo, Plan, ServiceRecord } from './rules.ts'
import type { DeliveryActivity, DeliveryPlan, DeliveryServiceRecord } from './tables.ts'

type Known<Table, Narrow> = Omit<Table, keyof Narrow> & Narrow
type PlanRow = Known<DeliveryPlan, { started_at: Instant }>
type ActivityRow = Known<DeliveryActivity, { kind: ServiceKind }>
type RecordRow = Known<
  DeliveryServiceRecord,
  {
    state: ServiceRecordState
    version: number
    kind: ServiceKind
    starts: Instant
    ends: Instant
    photos: readonly Photo[]
    reused_photos: readonly string[]
    doubts: ServiceRecord['doubts']
    created_at: Instant
    history: ServiceRecord['history']
  }
>

const columns = [
  'jurisdiction',
  'id',
  'division',
  'state',
  'version',
  'number_year',
  'number_value',
  'contract',
  'milestone',
  'activity',
  'organization',
  'worker',
  'person',
  'kind',
  'starts',
  'ends',
  'minutes',
  'place',
  'attendance',
  'newcomers',
  'words',
  'photos',
  'reused_photos',
  'doubts',
  'occasion',
  'shift',
  'room',
  'void_reason',
  'voided_by',
  'created_at',
  'history',
] as const
const selected = columns.map((column) => `r.${column}`).join(', ')

function recordOf(row: RecordRow): ServiceRecord {
  return {
    id: joinId(row.jurisdiction, row.id),
    number: { year: row.number_year, value: Number(row.number_value) },
    division: asDivision(row.division),
    state: row.state,
    version: row.version,
    contract: joinId(row.jurisdiction, row.contract),
    milestone: row.milestone,
    activity: joinId(row.jurisdiction, row.activity),
    organization: row.organization,
    worker: row.worker,
    person: row.person,
    kind: row.kind,
    from: row.starts,
    until: row.ends,
    minutes: row.minutes,
    place: row.place,
    attendance: row.attendance,
    newcomers: row.newcomers,
    words: row.words,
    photos: row.photos,
    reusedPhotos: row.reused_photos,
    doubts: row.doubts,
    occasion: row.occasion ?? undefined,
    shift: row.shift ?? undefined,
    room: row.room === null ? undefined : joinId(row.jurisdiction, row.room),
    voidReason: row.void_reason ?? undefined,
    voidedBy: row.voided_by ?? undefined,
    createdAt: row.created_at,
    history: row.history,
  }
}

function activityOf(row: ActivityRow): Activity {
  return {
    id: joinId(row.jurisdiction, row.id),
    position: row.position,
    name: row.name,
    kind: row.kind,
    planned: row.planned,
  }
}

const selectPlan = `
SELECT p.jurisdiction, p.contract, p.division, p.project, p.organization, p.words, p.started_by, p.started_at,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('jurisdiction', a.jurisdiction, 'id', a.id, 'contract', a.contract, 'position', a.position, 'name', a.name,
     'kind', a.kind, 'planned', a.planned) ORDER BY a.position), '[]') FROM delivery.activity a
   WHERE a.jurisdiction = p.jurisdiction AND a.contract = p.contract) AS activities
FROM delivery.plan p WHERE p.jurisdiction = $1 AND p.contract = $2`

export async function findPlan(tx: Tx, contract: string): Promise<Plan | undefined> {
  const { jurisdiction, uuid } = splitId(contract)
  const row = await rowOf<PlanRow & { activities: ActivityRow[] }>(tx, selectPlan, [jurisdiction, uuid])
  if (row === undefined) return undefined
  return {
    contract,
    division: asDivision(row.division),
    project: row.project,
    organization: row.organization,
    words: row.words,
    startedBy: row.started_by,
    startedAt: row.started_at,
    activities: row.activities.map(activityOf),
  }
}

export async function insertPlan(tx: Tx, plan: Plan): Promise<void> {
  const { jurisdiction, uuid } = splitId(plan.contract)
  await rowOf(
    tx,
    'INSERT INTO delivery.plan (jurisdiction, contract, division, project, organization, words, started_by, started_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
    [jurisdiction, uuid, plan.division, plan.project, plan.organization, plan.words, plan.startedBy, plan.startedAt],
  )
  await rowOf(
    tx,
    `INSERT INTO delivery.activity (jurisdiction, contract, id, position, name, kind, planned)
     SELECT $1, $2, x.id, x.position, x.name, x.kind, x.planned
     FROM jsonb_to_recordset($3::jsonb) AS x(id uuid, position smallint, name text, kind text, planned integer)`,
    [jurisdiction, uuid, JSON.stringify(plan.activities.map((each) => ({ ...each, id: splitId(each.id).uuid })))],
  )
}

const selectCounted = `
SELECT a.jurisdiction, a.id, a.contract, a.position, a.name, a.kind, a.planned, count(r.id)::integer AS done FROM delivery.activity a
LEFT JOIN delivery.service_record r ON r.jurisdiction = a.jurisdiction AND r.activity = a.id AND r.state = 'filed'
WHERE a.jurisdiction = $1 AND a.contract = $2 GROUP BY a.jurisdiction, a.id ORDER BY a.position`

/** The plan's activities and how often each took place. */
export async function listCountedActivities(tx: Tx, contract: string): Promise<CountedActivity[]> {
  const { jurisdiction, uuid } = splitId(contract)
  const rows = await rowsOf<ActivityRow & { done: number }>(tx, selectCounted, [jurisdiction, uuid])
  return rows.map((row) => ({ ...activityOf(row), done: row.done }))
}

/** Sums over the records of a contract that stand. */
export async function getTotals(tx: Tx, contract: string): Promise<Counted> {
  const { jurisdiction, uuid } = splitId(contract)
  const row = await rowOf<Counted>(
    tx,
    `SELECT count(*)::integer AS "serviceRecords", coalesce(sum(minutes), 0)::integer AS minutes, coalesce(sum(attendance), 0)::integer AS attendance,
     coalesce(sum(newcomers), 0)::integer AS newcomers FROM delivery.service_record WHERE jurisdiction = $1 AND contract = $2 AND state = 'filed'`,
    [jurisdiction, uuid],
  )
  return row ?? { serviceRecords: 0, minutes: 0, attendance: 0, newcomers: 0 }
}

/** One, one to be changed, many. */
export const {
  find: findServiceRecord,
  findForUpdate: findServiceRecordForUpdate,
  list: listServiceRecordsById,
} = recordReader<RecordRow, ServiceRecord>(selected, 'delivery.service_record r', recordOf)

const given = columns.filter((column) => column !== 'number_value')
const insertText = `
INSERT INTO delivery.service_record (${given.join(', ')}, updated_at, number_value)
VALUES (${given.map((_, index) => `$${index + 1}`).join(', ')}, $${given.length + 1}, (SELECT value FROM number))
RETURNING number_value AS value`

/** Inserts the record in one statement with `beside`, among which is the taking of its number, named `number`. Answers the number. */
export async function insertServiceRecord(
  tx: Tx,
  record: ServiceRecord,
  beside: readonly Statement[],
): Promise<number> {
  const { jurisdiction, uuid } = splitId(record.id)
  const values = [
    jurisdiction,
    uuid,
    record.division,
    record.state,
    record.version,
    record.number.year,
    splitId(record.contract).uuid,
    record.milestone,
    splitId(record.activity).uuid,
    record.organization,
    record.worker,
    record.person,
    record.kind,
    record.from,
    record.until,
    record.minutes,
    record.place,
    record.attendance,
    record.newcomers,
    record.words,
    JSON.stringify(record.photos),
    JSON.stringify(record.reusedPhotos),
    JSON.stringify(record.doubts),
    record.occasion ?? null,
    record.shift ?? null,
    record.room === undefined ? null : splitId(record.room).uuid,
    null,
    null,
    record.createdAt,
    JSON.stringify(record.history),
    record.createdAt,
  ]
  const [row] = await together<{ value: bigint }>(tx, [...beside, { text: insertText, values }])
  return Number(row?.value ?? 0n)
}

/** Voiding is all that ever changes a record; written together with the evidence taken back. */
export function serviceRecordSaved(record: ServiceRecord, now: Instant): Statement {
  const { jurisdiction, uuid } = splitId(record.id)
  return {
    text: `UPDATE delivery.service_record SET state = $3, version = $4, void_reason = $5, voided_by = $6, history = $7, updated_at = $8
     WHERE jurisdiction = $1 AND id = $2`,
    values: [
      jurisdiction,
      uuid,
      record.state,
      record.version,
      record.voidReason ?? null,
      record.voidedBy ?? null,
      JSON.stringify(record.history),
      now,
    ],
  }
}

export type RecordFilter = {
  readonly contract?: string
  readonly division?: DivisionCode
  readonly state?: ServiceRecordState
  readonly person?: string
  readonly flagged: boolean
  readonly size: number
  readonly cursor?: string
}

function conditionsOf(scopes: Scopes, filter: RecordFilter): Conditions {
  const conditions = new Conditions().anyOf(within('r', scopes, filter.division))
  if (filter.contract !== undefined) {
    const { jurisdiction, uuid } = splitId(filter.contract)
    conditions.add('r.jurisdiction = ? AND r.contract = ?', jurisdiction, uuid)
  }
  if (filter.state !== undefined) conditions.add('r.state = ?', filter.state)
  if (filter.person !== undefined) conditions.add('r.person = ?', filter.person)
  // The very words of the indexes of what is flagged.
  if (filter.flagged) conditions.add("(r.reused_photos <> '[]' OR r.doubts <> '[]')")
  return conditions
}

/** Newest first. */
export async function listServiceRecords(
  tx: Tx,
  scopes: Scopes,
  filter: RecordFilter,
): Promise<{ records: ServiceRecord[]; next?: string }> {
  const { where, next, values } = conditionsOf(scopes, filter).all(behind('r', filter.cursor))
  const rows = await rowsOf<RecordRow>(
    tx,
    `SELECT ${selected} FROM delivery.service_record r WHERE ${where} ORDER BY r.id DESC LIMIT ${next}`,
    [...values, filter.size + 1],
  )
  const page = paged(rows.map(recordOf), filter.size)
  return { records: page.rows, next: page.next }
}

export async function getServiceRecordCount(
  tx: Tx,
  scopes: Scopes,
  filter: RecordFilter,
): Promise<{ n: number; capped: boolean }> {
  return countUpToCap(tx, 'delivery.service_record r', conditionsOf(scopes, filter), 'r.id DESC')
}

/** Names of activities by id. */
export async function listActivityNames(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const keys = ids.map(splitId)
  const rows = await rowsOf<{ jurisdiction: string; id: string; name: string }>(
    tx,
    'SELECT jurisdiction, id, name FROM delivery.activity WHERE jurisdiction = ANY($1) AND id = ANY($2)',
    [[...new Set(keys.map((key) => key.jurisdiction))], [...new Set(keys.map((key) => key.uuid))]],
  )
  return new Map(rows.map((row) => [joinId(row.jurisdiction, row.id), row.name]))
}

/** By number alone; the undertaker and whoever supervises it find them. */
export const listFoundServiceRecords = recordFinder({
  table: 'delivery.service_record',
  organization: 'r.organization',
})
