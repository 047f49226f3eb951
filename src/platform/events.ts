// The event of an accepted change and everything that is written with it, in one statement: links, outbox, waiting, timers.
import type { Actor } from '../kit/actor.ts'
import { type DivisionCode, type RecordRef, splitId } from '../kit/id.ts'
import type { Instant } from '../kit/instant.ts'
import type { Fen } from '../kit/money.ts'
import { uuidAt } from './clock.ts'
import { rowOf, rowsOf, type Tx } from './database.ts'
import type { Platform } from './platform.ts'

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

const recordEvent = `
WITH e AS (
  INSERT INTO platform.event (jurisdiction, id, at, name, record_kind, record_id, division, state_from, state_to,
    actor, actor_role, assignment, delegated_from, on_behalf_of, organization, amount, data, correlation)
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18)
  RETURNING id
), l AS (
  INSERT INTO platform.link (jurisdiction, from_kind, from_id, to_kind, to_id, event_id)
  SELECT $1, $5, $6, x.kind, x.id, $2 FROM jsonb_to_recordset($19::jsonb) AS x(kind text, id text)
  ON CONFLICT DO NOTHING
), o AS (
  INSERT INTO platform.outbox (jurisdiction, id, event_id, consumer)
  SELECT $1, x.id, $2, x.consumer FROM jsonb_to_recordset($20::jsonb) AS x(id uuid, consumer text)
), wd AS (
  DELETE FROM platform.waiting WHERE $21::boolean AND jurisdiction = $1 AND record_kind = $5 AND record_id = $6
), w AS (
  INSERT INTO platform.waiting (jurisdiction, id, record_kind, record_id, verb, permission, division, organization, person, department, number, title, since, due)
  SELECT $1, x.id, $5, $6, x.verb, x.permission, x.division, x.organization, x.person, x.department, x.number, x.title, $3, x.due
  FROM jsonb_to_recordset($22::jsonb) AS x(id uuid, verb text, permission text, division text, organization text, person text, department text, number text, title text, due timestamptz)
), td AS (
  DELETE FROM platform.timer WHERE $23::boolean AND jurisdiction = $1 AND record_kind = $5 AND record_id = $6
), t AS (
  INSERT INTO platform.timer (jurisdiction, id, record_kind, record_id, handler, due)
  SELECT $1, x.id, $5, $6, x.handler, x.due FROM jsonb_to_recordset($24::jsonb) AS x(id uuid, handler text, due timestamptz)
)
SELECT id FROM e`

/** Writes the event of an accepted change and what comes with it. One statement, whatever it carries. */
export async function writeEvent(
  platform: Platform,
  tx: Tx,
  actor: Actor,
  grant: { role?: string; assignmentId?: string; delegatedFrom?: string } | undefined,
  now: Instant,
  correlation: string,
  draft: EventDraft,
): Promise<string> {
  const id = uuidAt(now)
  const consumers = platform.hearers.get(draft.name) ?? []
  const actorText = actor.kind === 'person' ? actor.personId : actor.kind === 'system' ? `system:${actor.name}` : null
  await rowOf(tx, recordEvent, [
    splitId(draft.of.id).jurisdiction,
    id,
    now,
    draft.name,
    draft.of.kind,
    draft.of.id,
    draft.division,
    draft.state?.from ?? null,
    draft.state?.to ?? null,
    actorText,
    grant?.role ?? null,
    grant?.assignmentId ?? null,
    grant?.delegatedFrom ?? null,
    draft.onBehalfOf ?? null,
    draft.organization ?? null,
    draft.amount ?? null,
    JSON.stringify(draft.data ?? {}),
    correlation,
    JSON.stringify(draft.links ?? []),
    JSON.stringify(consumers.map((consumer) => ({ id: uuidAt(now), consumer }))),
    draft.waiting !== undefined,
    JSON.stringify((draft.waiting ?? []).map((item) => ({ id: uuidAt(now), ...item }))),
    draft.timers !== undefined,
    JSON.stringify((draft.timers ?? []).map((item) => ({ id: uuidAt(now), ...item }))),
  ])
  return id
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

/** One event by its id, for reactions. */
export async function getEvent(tx: Tx, jurisdiction: string, id: string): Promise<StoredEvent> {
  const row = await rowOf<EventRow>(
    tx,
    `SELECT ${eventColumns} FROM platform.event WHERE jurisdiction = $1 AND id = $2`,
    [jurisdiction, id],
  )
  if (row === undefined) throw new Error('no such event')
  return stored(row)
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
