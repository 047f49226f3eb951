// All SQL over outside programs that act with a key.
import { type DivisionCode, type Id, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import type { ApiClientState } from '../contract/api-clients.ts'
import type { ApiClient } from '../rules/api-clients.ts'
import { type ClientFilter, countClients, listClients } from './clients.ts'

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

/** A page of programs within the actor's scopes, newest first. */
export async function listApiClients(tx: Tx, filter: ClientFilter): Promise<ApiClient[]> {
  return (await listClients<ClientRow>(tx, 'identity.api_client', columns, filter)).map(clientOf)
}

/** How many there are, counted up to `cap` + 1. */
export function countApiClients(tx: Tx, filter: ClientFilter, cap: number): Promise<number> {
  return countClients(tx, 'identity.api_client', filter, cap)
}
