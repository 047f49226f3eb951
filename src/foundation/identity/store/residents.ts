// All SQL over the residents of communities as lists show them.
import type { Scopes } from '../../../kit/actor.ts'
import type { DivisionCode } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { endOfPrefix } from '../../../platform/cursor.ts'
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

function conditions(filter: ResidentFilter): { where: string; values: unknown[] } {
  const values: unknown[] = []
  const put = (value: unknown) => `$${values.push(value)}`
  const within = (division: string) => `(r.division >= ${put(division)} AND r.division < ${put(endOfPrefix(division))})`
  const parts = [
    'r.until IS NULL',
    filter.scopes.divisions.length === 0
      ? 'false'
      : `(${filter.scopes.divisions.map((code) => within(code)).join(' OR ')})`,
  ]
  if (filter.division !== undefined) parts.push(within(filter.division))
  if (filter.state !== undefined) parts.push(`r.state = ${put(filter.state)}`)
  if (filter.phoneBlind !== undefined) parts.push(`p.phone_blind = ${put(filter.phoneBlind)}`)
  if (filter.idNumberBlind !== undefined) parts.push(`p.id_number_blind = ${put(filter.idNumberBlind)}`)
  if (filter.after !== undefined)
    parts.push(`(r.since, r.id) < (${put(filter.after.at)}::timestamptz, ${put(filter.after.id)}::uuid)`)
  return { where: parts.join(' AND '), values }
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
