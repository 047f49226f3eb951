// All SQL over outside programs that act with a key.
import type { Scopes } from '../../../kit/actor.ts'
import { type DivisionCode, type Id, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { endOfPrefix } from '../../../platform/cursor.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import type { ApiClientState } from '../contract/api-clients.ts'
import type { ApiClient } from '../rules/api-clients.ts'

type ClientRow = {
  reference: Id<'api-client'>
  division: DivisionCode
  state: ApiClientState
  version: number
  name: string
  operator: string
  person: Id<'person'>
  key_hash: string
  registered_by: string
  created_at: Instant
}

const columns = 'reference, division, state, version, name, operator, person, key_hash, registered_by, created_at'

function clientOf(row: ClientRow): ApiClient {
  return {
    id: row.reference,
    division: row.division,
    state: row.state,
    version: row.version,
    name: row.name,
    operator: row.operator,
    person: row.person,
    keyHash: row.key_hash,
    registeredBy: row.registered_by,
    createdAt: row.created_at,
  }
}

const byId = `SELECT ${columns} FROM identity.api_client WHERE reference = $1`

/** A program by its id, in whatever state. */
export async function findApiClient(tx: Tx, id: string): Promise<ApiClient | undefined> {
  const row = await rowOf<ClientRow>(tx, byId, [id])
  return row === undefined ? undefined : clientOf(row)
}

/** Like findApiClient, locked until the transaction ends. */
export async function findApiClientForUpdate(tx: Tx, id: string): Promise<ApiClient | undefined> {
  const row = await rowOf<ClientRow>(tx, `${byId} FOR UPDATE`, [id])
  return row === undefined ? undefined : clientOf(row)
}

/** The program in use whose key has this hash. */
export async function findApiClientByKey(tx: Tx, keyHash: string): Promise<ApiClient | undefined> {
  const row = await rowOf<ClientRow>(
    tx,
    `SELECT ${columns} FROM identity.api_client WHERE key_hash = $1 AND state = 'active'`,
    [keyHash],
  )
  return row === undefined ? undefined : clientOf(row)
}

/** Programs of a set of ids; unknown ones are left out. */
export async function listApiClientsById(tx: Tx, ids: readonly string[]): Promise<ApiClient[]> {
  const rows = await rowsOf<ClientRow>(tx, `SELECT ${columns} FROM identity.api_client WHERE reference = ANY($1)`, [
    [...ids],
  ])
  return rows.map(clientOf)
}

/** A new program. */
export async function insertApiClient(tx: Tx, client: ApiClient): Promise<void> {
  const { jurisdiction, uuid } = splitId(client.id)
  await rowOf(
    tx,
    `INSERT INTO identity.api_client (jurisdiction, id, division, state, version, name, operator, person, key_hash, registered_by, created_at, updated_at)
     VALUES ($1,$2,$3,$4,1,$5,$6,$7,$8,$9,$10,$10)`,
    [
      jurisdiction,
      uuid,
      client.division,
      client.state,
      client.name,
      client.operator,
      client.person,
      client.keyHash,
      client.registeredBy,
      client.createdAt,
    ],
  )
}

/** State and key of a program; the row is locked. */
export async function saveApiClient(tx: Tx, client: ApiClient, now: Instant): Promise<void> {
  await rowOf(
    tx,
    'UPDATE identity.api_client SET state = $2, key_hash = $3, version = version + 1, updated_at = $4 WHERE reference = $1',
    [client.id, client.state, client.keyHash, now],
  )
}

export type ApiClientFilter = {
  readonly scopes: Scopes
  readonly division?: DivisionCode
  readonly state?: ApiClientState
  readonly size: number
  readonly after?: { readonly at: string; readonly id: string }
}

function conditions(filter: ApiClientFilter): { where: string; values: unknown[] } {
  const values: unknown[] = []
  const put = (value: unknown) => `$${values.push(value)}`
  const within = (division: string) => `(division >= ${put(division)} AND division < ${put(endOfPrefix(division))})`
  const reach = filter.scopes.divisions.map((division) => within(division))
  const parts = [reach.length === 0 ? 'false' : `(${reach.join(' OR ')})`]
  if (filter.division !== undefined) parts.push(within(filter.division))
  if (filter.state !== undefined) parts.push(`state = ${put(filter.state)}`)
  if (filter.after !== undefined)
    parts.push(`(created_at, id) < (${put(filter.after.at)}::timestamptz, ${put(filter.after.id)}::uuid)`)
  return { where: parts.join(' AND '), values }
}

/** A page of programs within the actor's scopes, newest first. */
export async function listApiClients(tx: Tx, filter: ApiClientFilter): Promise<ApiClient[]> {
  const { where, values } = conditions(filter)
  const rows = await rowsOf<ClientRow>(
    tx,
    `SELECT ${columns} FROM identity.api_client WHERE ${where} ORDER BY created_at DESC, id DESC LIMIT $${values.length + 1}`,
    [...values, filter.size],
  )
  return rows.map(clientOf)
}

/** How many there are, counted up to `cap` + 1. */
export async function countApiClients(tx: Tx, filter: ApiClientFilter, cap: number): Promise<number> {
  const { where, values } = conditions({ ...filter, after: undefined })
  const row = await rowOf<{ n: number }>(
    tx,
    `SELECT count(*)::int AS n FROM (SELECT 1 FROM identity.api_client WHERE ${where} LIMIT $${values.length + 1}) x`,
    [...values, cap + 1],
  )
  return row?.n ?? 0
}
