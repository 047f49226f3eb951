// The lists of registered systems and programs: two tables with the same columns to list by.
import type { Scopes } from '../../../kit/actor.ts'
import type { DivisionCode } from '../../../kit/id.ts'
import { Conditions, under } from '../../../platform/conditions.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'

export type ClientFilter = {
  readonly scopes: Scopes
  readonly division?: DivisionCode
  readonly state?: string
  readonly size: number
  readonly after?: { readonly at: string; readonly id: string }
}

type ClientTable = 'identity.oidc_client' | 'identity.api_client'

function conditionsOf(filter: ClientFilter): Conditions {
  const conditions = new Conditions().anyOf(filter.scopes.divisions.map((division) => under('division', division)))
  if (filter.division !== undefined) conditions.add(...under('division', filter.division))
  if (filter.state !== undefined) conditions.add('state = ?', filter.state)
  if (filter.after !== undefined)
    conditions.add('(created_at, id) < (?::timestamptz, ?::uuid)', filter.after.at, filter.after.id)
  return conditions
}

/** A page of clients within the actor's scopes, newest first. */
export function listClients<Row>(tx: Tx, table: ClientTable, columns: string, filter: ClientFilter): Promise<Row[]> {
  const { where, values } = conditionsOf(filter)
  return rowsOf<Row>(
    tx,
    `SELECT ${columns} FROM ${table} WHERE ${where} ORDER BY created_at DESC, id DESC LIMIT $${values.length + 1}`,
    [...values, filter.size],
  )
}

/** How many there are, counted up to `cap` + 1. */
export async function countClients(tx: Tx, table: ClientTable, filter: ClientFilter, cap: number): Promise<number> {
  const { where, values } = conditionsOf({ ...filter, after: undefined })
  const row = await rowOf<{ n: number }>(
    tx,
    `SELECT count(*)::int AS n FROM (SELECT 1 FROM ${table} WHERE ${where} LIMIT $${values.length + 1}) x`,
    [...values, cap + 1],
  )
  return row?.n ?? 0
}
