// All SQL over the residents of communities as lists show them.
import type { Scopes } from '../../../kit/actor.ts'
import type { DivisionCode } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { Conditions, under } from '../../../platform/conditions.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import type { PersonState } from '../contract.ts'

export type ResidentRow = {
  id: string
  residence_id: string
  masked_name: string
  masked_phone: string | null
  state: PersonState
  adult: boolean
  division: DivisionCode
  since: Instant
}

export type ResidentFilter = {
  readonly scopes: Scopes
  readonly division?: DivisionCode
  readonly state?: PersonState
  readonly phoneBlind?: string
  readonly idNumberBlind?: string
  readonly size: number
  readonly after?: { readonly at: string; readonly id: string }
}

function conditions(filter: ResidentFilter): Conditions {
  const found = new Conditions()
    .add('r.until IS NULL')
    .anyOf(filter.scopes.divisions.map((division) => under('r.division', division)))
  if (filter.division !== undefined) found.add(...under('r.division', filter.division))
  if (filter.state !== undefined) found.add('r.state = ?', filter.state)
  if (filter.phoneBlind !== undefined) found.add('p.phone_blind = ?', filter.phoneBlind)
  if (filter.idNumberBlind !== undefined) found.add('p.id_number_blind = ?', filter.idNumberBlind)
  if (filter.after !== undefined)
    found.add('(r.since, r.id) < (?::timestamptz, ?::uuid)', filter.after.at, filter.after.id)
  return found
}

const joined = `identity.residence r JOIN identity.person p ON p.jurisdiction = left(r.person, 6) AND p.id = substr(r.person, 8)::uuid`

/** A page of residents within the actor's scopes, newest residence first. */
export function listResidents(tx: Tx, filter: ResidentFilter): Promise<ResidentRow[]> {
  const { where, values } = conditions(filter)
  return rowsOf<ResidentRow>(
    tx,
    `SELECT r.person AS id, r.id AS residence_id, p.masked_name, p.masked_phone, p.state, p.adult, r.division, r.since
     FROM ${joined} WHERE ${where} ORDER BY r.since DESC, r.id DESC LIMIT $${values.length + 1}`,
    [...values, filter.size],
  )
}

/** How many there are, counted up to `cap` + 1. */
export async function countResidents(tx: Tx, filter: ResidentFilter, cap: number): Promise<number> {
  const { where, values } = conditions({ ...filter, after: undefined })
  const row = await rowOf<{ n: number }>(
    tx,
    `SELECT count(*)::int AS n FROM (SELECT 1 FROM identity.residence r WHERE ${where} LIMIT $${values.length + 1}) x`,
    [...values, cap + 1],
  )
  return row?.n ?? 0
}

const birthsText = `
SELECT r.person, r.id, r.since, p.birth_sealed FROM ${joined}
WHERE r.until IS NULL AND r.division = $1 AND ($2::timestamptz IS NULL OR (r.since, r.id) < ($2::timestamptz, $3::uuid))
ORDER BY r.since DESC, r.id DESC LIMIT $4`

export type BirthRow = { person: string; id: string; since: Instant; birth_sealed: Buffer | null }

/** The residents of a community with their sealed births, page by page. */
export function listBirths(
  tx: Tx,
  division: DivisionCode,
  after: Pick<BirthRow, 'since' | 'id'> | undefined,
  size: number,
): Promise<BirthRow[]> {
  return rowsOf<BirthRow>(tx, birthsText, [division, after?.since ?? null, after?.id ?? null, size])
}
