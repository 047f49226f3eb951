// All SQL of the thread: steps through the graph of links, events of stations, what is due.
import type { RecordRef } from '../../kit/id.ts'
import type { Instant } from '../../kit/instant.ts'
import type { Fen } from '../../kit/money.ts'
import { rowOf, rowsOf, type Tx } from '../../platform/database.ts'
import type { StoredEvent } from '../../platform/events.ts'

/** A record to step from, with the governments in which links to it can stand. */
export type Step = RecordRef & { readonly jurisdictions: readonly string[] }

const sourcesSql = `
SELECT DISTINCT l.to_kind AS kind, l.to_id AS id FROM jsonb_to_recordset($1::jsonb) AS x(kind text, id text)
JOIN platform.link l ON l.jurisdiction = left(x.id, 6) AND l.from_kind = x.kind AND l.from_id = x.id
WHERE l.to_kind = ANY ($2::text[]) ORDER BY 1, 2 LIMIT $3`

/** What a set of records grew out of: one step back. */
export function listSources(
  tx: Tx,
  from: readonly RecordRef[],
  kinds: readonly string[],
  limit: number,
): Promise<RecordRef[]> {
  return rowsOf(tx, sourcesSql, [JSON.stringify(from.map(({ kind, id }) => ({ kind, id }))), [...kinds], limit])
}

const resultsSql = `
SELECT DISTINCT l.from_kind AS kind, l.from_id AS id FROM jsonb_to_recordset($1::jsonb) AS x(kind text, id text, jurisdictions text[])
JOIN platform.link l ON l.jurisdiction = ANY (x.jurisdictions) AND l.to_kind = x.kind AND l.to_id = x.id
WHERE l.from_kind = ANY ($2::text[]) ORDER BY 1, 2 DESC LIMIT $3`

/** What grew out of a set of records: one step forward. */
export function listResults(
  tx: Tx,
  of: readonly Step[],
  kinds: readonly string[],
  limit: number,
): Promise<RecordRef[]> {
  return rowsOf(tx, resultsSql, [JSON.stringify(of), [...kinds], limit])
}

/** An event of a station; `count` and `since` are of all events of this name in the thread, of which only the newest are read. */
export type StationEvent = StoredEvent & { readonly count: number; readonly since: Instant }

type Row = {
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
  count: bigint
  since: Instant
}

// Of a need with thousands of supports only the newest events are read; the count tells the rest.
const eventsSql = `
SELECT * FROM (
  SELECT e.id, e.jurisdiction, e.at, e.name, e.record_kind, e.record_id, e.division, e.state_from, e.state_to, e.actor, e.actor_role,
    e.delegated_from, e.on_behalf_of, e.organization, e.amount, e.data,
    row_number() OVER (PARTITION BY e.name ORDER BY e.id DESC) AS place, count(*) OVER (PARTITION BY e.name) AS count,
    min(e.at) OVER (PARTITION BY e.name) AS since
  FROM jsonb_to_recordset($1::jsonb) AS x(kind text, id text)
  JOIN platform.event e ON e.jurisdiction = left(x.id, 6) AND e.record_kind = x.kind AND e.record_id = x.id
  WHERE e.name = ANY ($2::text[])) AS numbered
WHERE place <= $3 ORDER BY at, id`

/** The events of the names in the records, oldest first, of each name the newest `perName`. */
export async function listStationEvents(
  tx: Tx,
  refs: readonly RecordRef[],
  names: readonly string[],
  perName: number,
): Promise<StationEvent[]> {
  const rows = await rowsOf<Row>(tx, eventsSql, [JSON.stringify(refs), [...names], perName])
  return rows.map((row) => ({
    id: row.id,
    jurisdiction: row.jurisdiction,
    at: row.at,
    name: row.name,
    of: { kind: row.record_kind, id: row.record_id },
    division: row.division as StoredEvent['division'],
    stateFrom: row.state_from ?? undefined,
    stateTo: row.state_to ?? undefined,
    actor: row.actor ?? undefined,
    actorRole: row.actor_role ?? undefined,
    delegatedFrom: row.delegated_from ?? undefined,
    onBehalfOf: row.on_behalf_of ?? undefined,
    organization: row.organization ?? undefined,
    amount: row.amount === null ? undefined : (row.amount as Fen),
    data: row.data,
    count: Number(row.count),
    since: row.since,
  }))
}

const dueSql = `
SELECT min(w.due) AS due FROM jsonb_to_recordset($1::jsonb) AS x(kind text, id text)
JOIN platform.waiting w ON w.jurisdiction = left(x.id, 6) AND w.record_kind = x.kind AND w.record_id = x.id`

/** The nearest deadline of what waits in the records. */
export async function findDue(tx: Tx, refs: readonly RecordRef[]): Promise<Instant | undefined> {
  return (await rowOf<{ due: Instant | null }>(tx, dueSql, [JSON.stringify(refs)]))?.due ?? undefined
}
