// All SQL of my work and timelines: what waits within scopes, what a person did, links of a record.
import type { RecordRef } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { rowsOf, type Tx } from '../../../platform/database.ts'
import { endOfPrefix } from '../../../platform/cursor.ts'
import type { WorkScope } from '../rules.ts'

export type WorkRow = {
  id: string
  record_kind: string
  record_id: string
  verb: string
  permission: string
  division: string
  number: string | null
  title: string | null
  since: Instant
  due: Instant | null
}

export type WorkFilter = {
  readonly domain?: string
  readonly verb?: string
  /** Half-open bounds of the deadline; `undated`: only what has none. */
  readonly dueFrom?: Instant
  readonly dueBefore?: Instant
  readonly undated?: boolean
  readonly after?: { readonly due: string; readonly id: string }
  readonly limit: number
}

const columns = 'w.id, w.record_kind, w.record_id, w.verb, w.permission, w.division, w.number, w.title, w.since, w.due'
const filters = `($2::text IS NULL OR starts_with(w.permission, $2 || '.')) AND ($3::text IS NULL OR w.verb = $3)
  AND ($4::timestamptz IS NULL OR w.due >= $4) AND ($5::timestamptz IS NULL OR w.due < $5) AND (NOT $6::boolean OR w.due IS NULL)
  AND ($7::timestamptz IS NULL OR (coalesce(w.due, 'infinity'), w.id) > ($7, $8::uuid))`
const order = `ORDER BY w.due, w.id LIMIT $9`

// Each way has its own index and its own bound; the outer order merges them. What is meant for a department reaches its officers only.
const waitingSql = `
SELECT * FROM (
  SELECT DISTINCT ON (u.id) u.* FROM (
    SELECT x.* FROM jsonb_to_recordset($1::jsonb -> 'places') AS s(permissions text[], division text, upper text, department text)
    CROSS JOIN LATERAL (
      SELECT ${columns} FROM platform.waiting w
      WHERE w.permission = ANY (s.permissions) AND w.division >= s.division AND w.division < s.upper
        AND w.organization IS NULL AND w.person IS NULL AND w.department IS NOT DISTINCT FROM s.department AND ${filters} ${order}) AS x
    UNION ALL
    SELECT x.* FROM jsonb_to_recordset($1::jsonb -> 'organizations') AS s(permissions text[], organization text)
    CROSS JOIN LATERAL (
      SELECT ${columns} FROM platform.waiting w
      WHERE w.organization = s.organization AND w.permission = ANY (s.permissions) AND w.person IS NULL AND ${filters} ${order}) AS x
    UNION ALL
    SELECT x.* FROM (
      SELECT ${columns} FROM platform.waiting w
      WHERE w.person = $10 AND w.permission = ANY ($11::text[]) AND ${filters} ${order}) AS x
  ) AS u
) AS w ${order}`

/** What waits within the scopes, by deadline (none last). Bounded by `limit` in each scope. */
export function listWaiting(tx: Tx, scope: WorkScope, filter: WorkFilter): Promise<WorkRow[]> {
  const scopes = {
    places: scope.places.map((place) => ({ ...place, upper: endOfPrefix(place.division) })),
    organizations: scope.organizations,
  }
  return rowsOf(tx, waitingSql, [
    JSON.stringify(scopes),
    filter.domain ?? null,
    filter.verb ?? null,
    filter.dueFrom ?? null,
    filter.dueBefore ?? null,
    filter.undated ?? false,
    filter.after?.due ?? null,
    filter.after?.id ?? null,
    filter.limit,
    scope.person ?? null,
    [...scope.own],
  ])
}

export type DoneRow = {
  id: string
  at: Instant
  name: string
  record_kind: string
  record_id: string
  division: string
  state_to: string | null
  delegated_from: string | null
}

const doneSql = `
SELECT e.* FROM unnest($1::text[]) AS j(jurisdiction)
CROSS JOIN LATERAL (
  SELECT id, at, name, record_kind, record_id, division, state_to, delegated_from FROM platform.event
  WHERE jurisdiction = j.jurisdiction AND actor = $2 AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4) AS e
ORDER BY e.id DESC LIMIT $4`

/** What a person did in the jurisdictions, newest first. */
export function listDone(
  tx: Tx,
  person: string,
  jurisdictions: readonly string[],
  page: { after?: string; limit: number },
): Promise<DoneRow[]> {
  return rowsOf(tx, doneSql, [[...jurisdictions], person, page.after ?? null, page.limit])
}

const linksSql = `
(SELECT 'source' AS direction, to_kind AS kind, to_id AS id FROM platform.link WHERE jurisdiction = left($2, 6) AND from_kind = $1 AND from_id = $2 ORDER BY to_kind, to_id LIMIT 100)
UNION ALL
(SELECT 'result', from_kind, from_id FROM platform.link WHERE jurisdiction = ANY ($3::text[]) AND to_kind = $1 AND to_id = $2 ORDER BY from_kind, from_id LIMIT 100)`

/** Records next to a record in the graph of links, both ways. Links stand where the younger record was born: `jurisdictions`. */
export function listLinked(
  tx: Tx,
  of: RecordRef,
  jurisdictions: readonly string[],
): Promise<{ direction: 'source' | 'result'; kind: string; id: string }[]> {
  return rowsOf(tx, linksSql, [of.kind, of.id, [...jurisdictions]])
}
