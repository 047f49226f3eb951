// The events of an accepted act and everything that is written with them, in one statement: links, outbox, waiting, timers.
import type { Actor } from '../kit/actor.ts'
import { type DivisionCode, type RecordRef, splitId } from '../kit/id.ts'
import type { Instant } from '../kit/instant.ts'
import type { Fen } from '../kit/money.ts'
import { uuidAt } from './clock.ts'
import { rowsOf, type Tx } from './database.ts'
import type { Platform } from './platform.ts'
import { type Save, type Statement, together } from './together.ts'

/** Who must do what next with a record, and by when. Replaces the record's earlier ones. */
export type Waiting = {
  readonly verb: string
  /** Permission that the doer needs. */
  readonly permission: string
  readonly division: DivisionCode
  readonly organization?: string
  readonly person?: string
  readonly department?: string
  /** The record's number and title as the list shows them; leave the title out where it is private. */
  readonly number?: string
  readonly title?: string
  readonly due?: Instant
}

/** What the program itself does at `due` of business time unless the record moved on. `handler`: `<domain>.<verb>`. */
export type Timer = { readonly handler: string; readonly due: Instant }

export type EventDraft = {
  /** `<domain>.<verb>`. */
  readonly name: string
  readonly of: RecordRef
  readonly division: DivisionCode
  readonly state?: { readonly from?: string; readonly to?: string }
  /** Records that this one grew out of: edges of the thread. */
  readonly links?: readonly RecordRef[]
  readonly onBehalfOf?: string
  readonly organization?: string
  readonly amount?: Fen
  /** Ids, states, codes, numbers; never personal or free text. */
  readonly data?: Readonly<Record<string, unknown>>
  /** Left out: what waits stays as it is. */
  readonly waiting?: readonly Waiting[]
  readonly timers?: readonly Timer[]
}

/** An event as it is read back. */
export type StoredEvent = {
  readonly id: string
  readonly jurisdiction: string
  readonly at: Instant
  readonly name: string
  readonly of: RecordRef
  readonly division: DivisionCode
  readonly stateFrom?: string
  readonly stateTo?: string
  readonly actor?: string
  readonly actorRole?: string
  readonly delegatedFrom?: string
  readonly onBehalfOf?: string
  readonly organization?: string
  readonly amount?: Fen
  readonly data: Readonly<Record<string, unknown>>
}

// Everything of one government's events, to be run in one statement; what waits and the timers of a record are replaced as its last event says.
const insertEvents = `
INSERT INTO platform.event (jurisdiction, id, at, name, record_kind, record_id, division, state_from, state_to,
  actor, actor_role, assignment, delegated_from, on_behalf_of, organization, amount, data, correlation)
SELECT $1, x.id, $2, x.name, x.kind, x.record, x.division, x.state_from, x.state_to,
  $3, x.role, x.assignment, x.delegated_from, x.on_behalf_of, x.organization, x.amount, x.data, $4
FROM jsonb_to_recordset($5::jsonb) AS x(id uuid, name text, kind text, record text, division text, state_from text, state_to text,
  role text, assignment text, delegated_from text, on_behalf_of text, organization text, amount bigint, data jsonb)`
const insertLinks = `
INSERT INTO platform.link (jurisdiction, from_kind, from_id, to_kind, to_id, event_id)
SELECT $1, x.from_kind, x.from_id, x.to_kind, x.to_id, x.event
FROM jsonb_to_recordset($2::jsonb) AS x(from_kind text, from_id text, to_kind text, to_id text, event uuid)
ON CONFLICT DO NOTHING`
const insertOutbox = `
INSERT INTO platform.outbox (jurisdiction, id, event_id, consumer)
SELECT $1, x.id, x.event, x.consumer FROM jsonb_to_recordset($2::jsonb) AS x(id uuid, event uuid, consumer text)`
const removeWaiting = `
DELETE FROM platform.waiting w USING jsonb_to_recordset($2::jsonb) AS x(kind text, id text)
WHERE w.jurisdiction = $1 AND w.record_kind = x.kind AND w.record_id = x.id`
const insertWaiting = `
INSERT INTO platform.waiting (jurisdiction, id, record_kind, record_id, verb, permission, division, organization, person, department, number, title, since, due)
SELECT $1, x.id, x.kind, x.record, x.verb, x.permission, x.division, x.organization, x.person, x.department, x.number, x.title, $2, x.due
FROM jsonb_to_recordset($3::jsonb) AS x(id uuid, kind text, record text, verb text, permission text, division text, organization text, person text,
  department text, number text, title text, due timestamptz)`
const removeTimers = `
DELETE FROM platform.timer t USING jsonb_to_recordset($2::jsonb) AS x(kind text, id text)
WHERE t.jurisdiction = $1 AND t.record_kind = x.kind AND t.record_id = x.id`
const insertTimers = `
INSERT INTO platform.timer (jurisdiction, id, record_kind, record_id, handler, due)
SELECT $1, x.id, x.kind, x.record, x.handler, x.due
FROM jsonb_to_recordset($2::jsonb) AS x(id uuid, kind text, record text, handler text, due timestamptz)`

/** The right by which an act was done, as its event keeps it. */
export type EventGrant = { readonly role?: string; readonly assignmentId?: string; readonly delegatedFrom?: string }

/** An event that an act will write, with the right that stood behind it when it was recorded. */
export type PendingEvent = { readonly draft: EventDraft; readonly grant: EventGrant | undefined }

/** For each record the last event that says something about `part`: it replaces what stood before. */
function lastOf<Part extends 'waiting' | 'timers'>(
  pending: readonly PendingEvent[],
  part: Part,
): { of: RecordRef; items: NonNullable<EventDraft[Part]> }[] {
  const last = new Map<string, { of: RecordRef; items: NonNullable<EventDraft[Part]> }>()
  for (const { draft } of pending) {
    const items = draft[part]
    if (items !== undefined) last.set(`${draft.of.kind}:${draft.of.id}`, { of: draft.of, items })
  }
  return [...last.values()]
}

/**
 * Writes the events of an accepted act and what comes with them: links, outbox rows, what waits, timers; and beside them what the act kept to
 * be saved at its end. One statement for each government whose records the act changed, however many events there are.
 */
export async function writeEvents(
  platform: Platform,
  tx: Tx,
  actor: Actor,
  now: Instant,
  correlation: string,
  pending: readonly PendingEvent[],
  saves: readonly Save[] = [],
): Promise<void> {
  const actorText = actor.kind === 'person' ? actor.personId : actor.kind === 'system' ? `system:${actor.name}` : null
  const groups = Map.groupBy(pending, ({ draft }): string => splitId(draft.of.id).jurisdiction)
  const saved = Map.groupBy(saves, (save) => save.jurisdiction)
  for (const jurisdiction of new Set([...groups.keys(), ...saved.keys()])) {
    const group = groups.get(jurisdiction) ?? []
    await together(tx, [
      ...(saved.get(jurisdiction) ?? []).map(({ statement }) => statement),
      ...(group.length === 0
        ? []
        : statementsOf(platform, jurisdiction, now, { actor: actorText, correlation }, group)),
    ])
  }
}

/** The events of one government as statements to be run together. */
function statementsOf(
  platform: Platform,
  jurisdiction: string,
  now: Instant,
  { actor, correlation }: { readonly actor: string | null; readonly correlation: string },
  group: readonly PendingEvent[],
): Statement[] {
  const events = group.map(({ draft, grant }) => ({ id: uuidAt(now), draft, grant }))
  const waiting = lastOf(group, 'waiting')
  const timers = lastOf(group, 'timers')
  const written = events.map(({ id, draft, grant }) => ({
    id,
    name: draft.name,
    kind: draft.of.kind,
    record: draft.of.id,
    division: draft.division,
    state_from: draft.state?.from,
    state_to: draft.state?.to,
    role: grant?.role,
    assignment: grant?.assignmentId,
    delegated_from: grant?.delegatedFrom,
    on_behalf_of: draft.onBehalfOf,
    organization: draft.organization,
    amount: draft.amount === undefined ? undefined : String(draft.amount),
    data: draft.data ?? {},
  }))
  const links = events.flatMap(({ id, draft: { of, links: to } }) =>
    (to ?? []).map((other) => ({
      from_kind: of.kind,
      from_id: of.id,
      to_kind: other.kind,
      to_id: other.id,
      event: id,
    })),
  )
  const outbox = events.flatMap(({ id, draft }) =>
    (platform.hearers.get(draft.name) ?? []).map((consumer) => ({ id: uuidAt(now), event: id, consumer })),
  )
  const waits = waiting.flatMap(({ of, items }) =>
    items.map((item) => ({ ...item, id: uuidAt(now), kind: of.kind, record: of.id })),
  )
  const due = timers.flatMap(({ of, items }) =>
    items.map((item) => ({ ...item, id: uuidAt(now), kind: of.kind, record: of.id })),
  )
  const rows = (items: readonly unknown[]) => JSON.stringify(items)
  return [
    { text: insertLinks, values: [jurisdiction, rows(links)] },
    { text: insertOutbox, values: [jurisdiction, rows(outbox)] },
    { text: removeWaiting, values: [jurisdiction, rows(waiting.map(({ of }) => of))] },
    { text: insertWaiting, values: [jurisdiction, now, rows(waits)] },
    { text: removeTimers, values: [jurisdiction, rows(timers.map(({ of }) => of))] },
    { text: insertTimers, values: [jurisdiction, rows(due)] },
    { text: insertEvents, values: [jurisdiction, now, actor, correlation, rows(written)] },
  ]
}

type EventRow = {
  jurisdiction: string
  id: string
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

function stored(row: EventRow): StoredEvent {
  return {
    id: row.id,
    jurisdiction: row.jurisdiction,
    at: row.at,
    name: row.name,
    of: { kind: row.record_kind, id: row.record_id },
    division: row.division as DivisionCode,
    stateFrom: row.state_from ?? undefined,
    stateTo: row.state_to ?? undefined,
    actor: row.actor ?? undefined,
    actorRole: row.actor_role ?? undefined,
    delegatedFrom: row.delegated_from ?? undefined,
    onBehalfOf: row.on_behalf_of ?? undefined,
    organization: row.organization ?? undefined,
    amount: row.amount === null ? undefined : (row.amount as Fen),
    data: row.data,
  }
}

const eventColumns = `jurisdiction, id, at, name, record_kind, record_id, division, state_from, state_to, actor, actor_role,
  delegated_from, on_behalf_of, organization, amount, data`

const eventsOfRecords = `
SELECT * FROM (
  SELECT ${eventColumns.replaceAll(/(\w+)/g, 'e.$1')} FROM platform.event e
  JOIN jsonb_to_recordset($1::jsonb) AS x(kind text, id text, jurisdiction text)
    ON e.jurisdiction = x.jurisdiction AND e.record_kind = x.kind AND e.record_id = x.id
  ORDER BY e.at DESC, e.id DESC LIMIT $2) AS newest
ORDER BY at, id`

const eventsById = `SELECT ${eventColumns} FROM platform.event WHERE jurisdiction = $1 AND id = ANY($2) ORDER BY id`

/** Events by their ids, for reactions; oldest first. Throws when one is missing. */
export async function getEvents(tx: Tx, jurisdiction: string, ids: readonly string[]): Promise<StoredEvent[]> {
  const rows = await rowsOf<EventRow>(tx, eventsById, [jurisdiction, [...ids]])
  if (rows.length !== ids.length) throw new Error('no such event')
  return rows.map(stored)
}

/** The newest `limit` (at most 500) events of several records, oldest first: timelines and threads. */
export async function listEventsOf(tx: Tx, refs: readonly RecordRef[], limit = 200): Promise<StoredEvent[]> {
  if (refs.length === 0) return []
  const rows = await rowsOf<EventRow>(tx, eventsOfRecords, [
    JSON.stringify(refs.map((ref) => ({ ...ref, jurisdiction: ref.id.slice(0, 6) }))),
    Math.min(limit, 500),
  ])
  return rows.map(stored)
}
