// Delivery: the SQL of occasions: shifts and activities, their lists. Nothing but SQL.
import type { Scopes } from '../../../kit/actor.ts'
import { asDivision, type DivisionCode, joinId, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { atPlace, behind, Conditions, within } from '../../../platform/conditions.ts'
import { readCursor } from '../../../platform/cursor.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import { recordReader } from '../../../platform/records.ts'
import type { Statement } from '../../../platform/together.ts'
import { countUpToCap, paged } from '../../../platform/pages.ts'
import type { OccasionKind, OccasionState } from '../contract/occasions.ts'
import type { Occasion } from '../rules/occasions.ts'
import type { DeliveryOccasion } from '../tables.ts'

type Known<Table, Narrow> = Omit<Table, keyof Narrow> & Narrow
export type OccasionRow = Known<
  DeliveryOccasion,
  {
    kind: OccasionKind
    state: OccasionState
    version: number
    taken: number
    arrived: number
    guests: number
    starts: Instant
    ends: Instant
    opened_at: Instant | null
    created_at: Instant
    history: Occasion['history']
  }
>

const columns = [
  'jurisdiction',
  'id',
  'kind',
  'division',
  'state',
  'version',
  'number_year',
  'number_value',
  'contract',
  'activity',
  'organization',
  'person',
  'title',
  'words',
  'asks',
  'place',
  'room',
  'starts',
  'ends',
  'capacity',
  'taken',
  'arrived',
  'guests',
  'opened_at',
  'summary',
  'service_record',
  'created_at',
  'history',
] as const
export const occasionColumns = columns.map((column) => `o.${column}`).join(', ')

export function occasionOf(row: OccasionRow): Occasion {
  const id = (uuid: string | null) => (uuid === null ? undefined : joinId(row.jurisdiction, uuid))
  return {
    id: joinId(row.jurisdiction, row.id),
    kind: row.kind,
    number: { year: row.number_year, value: Number(row.number_value) },
    division: asDivision(row.division),
    state: row.state,
    version: row.version,
    contract: id(row.contract),
    activity: id(row.activity),
    organization: row.organization ?? undefined,
    person: row.person,
    title: row.title,
    words: row.words,
    asks: row.asks ?? undefined,
    place: row.place,
    room: id(row.room),
    from: row.starts,
    until: row.ends,
    capacity: row.capacity,
    taken: row.taken,
    arrived: row.arrived,
    guests: row.guests,
    openedAt: row.opened_at ?? undefined,
    summary: row.summary ?? undefined,
    serviceRecord: row.service_record ?? undefined,
    createdAt: row.created_at,
    history: row.history,
  }
}

/** One, one to be changed, many. */
export const {
  find: findOccasion,
  findForUpdate: findOccasionForUpdate,
  list: listOccasionsById,
} = recordReader<OccasionRow, Occasion>(occasionColumns, 'delivery.occasion o', occasionOf)

const insertText = `
INSERT INTO delivery.occasion (${columns.join(', ')}, updated_at)
VALUES (${columns.map((_, index) => `$${index + 1}`).join(', ')}, $${columns.length + 1})`

export async function insertOccasion(tx: Tx, it: Occasion): Promise<void> {
  const { jurisdiction, uuid } = splitId(it.id)
  const part = (id: string | undefined) => (id === undefined ? null : splitId(id).uuid)
  await rowOf(tx, insertText, [
    jurisdiction,
    uuid,
    it.kind,
    it.division,
    it.state,
    it.version,
    it.number.year,
    it.number.value,
    part(it.contract),
    part(it.activity),
    it.organization ?? null,
    it.person,
    it.title,
    it.words,
    it.asks ?? null,
    it.place,
    part(it.room),
    it.from,
    it.until,
    it.capacity,
    it.taken,
    it.arrived,
    it.guests,
    it.openedAt ?? null,
    it.summary ?? null,
    it.serviceRecord ?? null,
    it.createdAt,
    JSON.stringify(it.history),
    it.createdAt,
  ])
}

/** What acts change: to be written together with what else the act writes. */
export function occasionSaved(it: Occasion, now: Instant): Statement {
  const { jurisdiction, uuid } = splitId(it.id)
  return {
    text: `UPDATE delivery.occasion SET state = $3, version = $4, taken = $5, arrived = $6, guests = $7, opened_at = $8, summary = $9, service_record = $10,
       history = $11, updated_at = $12 WHERE jurisdiction = $1 AND id = $2`,
    values: [
      jurisdiction,
      uuid,
      it.state,
      it.version,
      it.taken,
      it.arrived,
      it.guests,
      it.openedAt ?? null,
      it.summary ?? null,
      it.serviceRecord ?? null,
      JSON.stringify(it.history),
      now,
    ],
  }
}

/** Open occasions of a place (a county or below) that end after a moment, soonest first. */
export async function listOccasionsAhead(
  tx: Tx,
  filter: {
    readonly place: DivisionCode
    readonly kind: OccasionKind
    readonly now: Instant
    readonly size: number
    readonly cursor?: string
  },
): Promise<{ rows: Occasion[]; next?: string }> {
  const [ends, id] = readCursor(filter.cursor, 2) ?? []
  const conditions = new Conditions()
    .add(...atPlace('o', filter.place))
    .add("o.kind = ? AND o.state = 'open' AND o.ends > ?", filter.kind, filter.now)
  if (ends !== undefined && id !== undefined && /^[0-9a-f-]{36}$/.test(id) && !Number.isNaN(Date.parse(ends)))
    conditions.add('(o.ends, o.id) > (?::timestamptz, ?::uuid)', ends, id)
  const { where, next, values } = conditions
  const found = await rowsOf<OccasionRow>(
    tx,
    `SELECT ${occasionColumns} FROM delivery.occasion o WHERE ${where} ORDER BY o.ends, o.id LIMIT ${next}`,
    [...values, filter.size + 1],
  )
  return paged(found.map(occasionOf), filter.size, (last) => [last.until, splitId(last.id).uuid])
}

export type OccasionFilter = {
  readonly kind?: OccasionKind
  readonly state?: OccasionState
  readonly division?: DivisionCode
  readonly contract?: string
  readonly person?: string
  readonly size: number
  readonly cursor?: string
}

function conditionsOf(scopes: Scopes, filter: OccasionFilter): Conditions {
  const conditions = new Conditions().anyOf(within('o', scopes, filter.division))
  if (filter.contract !== undefined) {
    const { jurisdiction, uuid } = splitId(filter.contract)
    conditions.add('o.jurisdiction = ? AND o.contract = ?', jurisdiction, uuid)
  }
  if (filter.kind !== undefined) conditions.add('o.kind = ?', filter.kind)
  if (filter.state !== undefined) conditions.add('o.state = ?', filter.state)
  if (filter.person !== undefined) conditions.add('o.person = ?', filter.person)
  return conditions
}

/** Newest first. */
export async function listOccasionsWithin(
  tx: Tx,
  scopes: Scopes,
  filter: OccasionFilter,
): Promise<{ rows: Occasion[]; next?: string }> {
  const { where, next, values } = conditionsOf(scopes, filter).all(behind('o', filter.cursor))
  const found = await rowsOf<OccasionRow>(
    tx,
    `SELECT ${occasionColumns} FROM delivery.occasion o WHERE ${where} ORDER BY o.id DESC LIMIT ${next}`,
    [...values, filter.size + 1],
  )
  return paged(found.map(occasionOf), filter.size)
}

export async function getOccasionCount(
  tx: Tx,
  scopes: Scopes,
  filter: OccasionFilter,
): Promise<{ n: number; capped: boolean }> {
  return countUpToCap(tx, 'delivery.occasion o', conditionsOf(scopes, filter))
}

/** At most 200 occasions that a person offers within a time, in its order; for calendars. */
export async function listOffered(
  tx: Tx,
  whose: { readonly person: string; readonly organization: string; readonly from: Instant; readonly until: Instant },
): Promise<Occasion[]> {
  const rows = await rowsOf<OccasionRow>(
    tx,
    `SELECT ${occasionColumns} FROM delivery.occasion o
     WHERE o.person = $1 AND o.organization = $2 AND o.ends >= $3 AND o.ends < $4 ORDER BY o.ends LIMIT 200`,
    [whose.person, whose.organization, whose.from, whose.until],
  )
  return rows.map(occasionOf)
}
