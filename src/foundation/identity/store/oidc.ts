// All SQL of one sign-on: systems, the OpenID provider's artefacts, outside accounts, and the sessions behind them.
import type { DivisionCode, Id } from '../../../kit/id.ts'
import { splitId } from '../../../kit/id.ts'
import { type Instant, instant } from '../../../kit/instant.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import type { SessionKind } from '../contract.ts'
import type { OidcAuthMethod, OidcClientState } from '../contract/oidc.ts'
import type { OidcClient } from '../rules/oidc.ts'
import { type ClientFilter, countClients, listClients } from './clients.ts'

// ---------- systems ----------
type ClientRow = {
  reference: Id<'oidc-client'>
  division: DivisionCode
  state: OidcClientState
  version: number
  name: string
  department: string
  redirect_uris: string[]
  logout_uris: string[]
  auth_method: OidcAuthMethod
  secret_hash: string
  secret_at: Instant
  registered_by: string
  created_at: Instant
}

const clientColumns = `reference, division, state, version, name, department, redirect_uris, logout_uris, auth_method, secret_hash, secret_at,
  registered_by, created_at`

function clientOf(row: ClientRow): OidcClient {
  return {
    id: row.reference,
    division: row.division,
    state: row.state,
    version: row.version,
    name: row.name,
    department: row.department,
    redirectUris: row.redirect_uris,
    logoutUris: row.logout_uris,
    authMethod: row.auth_method,
    secretHash: row.secret_hash,
    secretAt: row.secret_at,
    registeredBy: row.registered_by,
    createdAt: row.created_at,
  }
}

/** A system by its client_id, in whatever state. */
export async function findOidcClient(tx: Tx, id: string): Promise<OidcClient | undefined> {
  const row = await rowOf<ClientRow>(tx, `SELECT ${clientColumns} FROM identity.oidc_client WHERE reference = $1`, [id])
  return row === undefined ? undefined : clientOf(row)
}

/** Systems of a set of ids; unknown ones are left out. */
export async function listOidcClientsById(tx: Tx, ids: readonly string[]): Promise<OidcClient[]> {
  return (
    await rowsOf<ClientRow>(tx, `SELECT ${clientColumns} FROM identity.oidc_client WHERE reference = ANY($1)`, [
      [...ids],
    ])
  ).map(clientOf)
}

/** Like findOidcClient, locked until the transaction ends. */
export async function findOidcClientForUpdate(tx: Tx, id: string): Promise<OidcClient | undefined> {
  const row = await rowOf<ClientRow>(
    tx,
    `SELECT ${clientColumns} FROM identity.oidc_client WHERE reference = $1 FOR UPDATE`,
    [id],
  )
  return row === undefined ? undefined : clientOf(row)
}

/** A new system. */
export async function insertOidcClient(tx: Tx, client: OidcClient): Promise<void> {
  const { jurisdiction, uuid } = splitId(client.id)
  await rowOf(
    tx,
    `INSERT INTO identity.oidc_client (jurisdiction, id, division, state, version, name, department, redirect_uris, logout_uris, auth_method,
       secret_hash, secret_at, registered_by, created_at, updated_at)
     VALUES ($1,$2,$3,$4,1,$5,$6,$7,$8,$9,$10,$11,$12,$13,$13)`,
    [
      jurisdiction,
      uuid,
      client.division,
      client.state,
      client.name,
      client.department,
      [...client.redirectUris],
      [...client.logoutUris],
      client.authMethod,
      client.secretHash,
      client.secretAt,
      client.registeredBy,
      client.createdAt,
    ],
  )
}

/** State and secret of a system; the row is locked. */
export async function saveOidcClient(tx: Tx, client: OidcClient, now: Instant): Promise<void> {
  await rowOf(
    tx,
    'UPDATE identity.oidc_client SET state = $2, secret_hash = $3, secret_at = $4, version = version + 1, updated_at = $5 WHERE reference = $1',
    [client.id, client.state, client.secretHash, client.secretAt, now],
  )
}

/** A page of systems within the actor's scopes, newest first. */
export async function listOidcClients(tx: Tx, filter: ClientFilter): Promise<OidcClient[]> {
  return (await listClients<ClientRow>(tx, 'identity.oidc_client', clientColumns, filter)).map(clientOf)
}

/** How many there are, counted up to `cap` + 1. */
export function countOidcClients(tx: Tx, filter: ClientFilter, cap: number): Promise<number> {
  return countClients(tx, 'identity.oidc_client', filter, cap)
}

// ---------- artefacts of the provider ----------
export type Artefact = { readonly payload: Buffer; readonly consumedAt?: Instant }
export type ArtefactKey = { readonly model: string; readonly idHash: string }

/** Writes an artefact, or its new content; what was consumed stays consumed. `expires`: real milliseconds. */
export async function saveArtefact(
  tx: Tx,
  key: ArtefactKey,
  artefact: { payload: Buffer; grantHash?: string; uidHash?: string; expires: number },
): Promise<void> {
  await rowOf(
    tx,
    `INSERT INTO identity.oidc_artefact (model, id_hash, grant_hash, uid_hash, payload, expires_at) VALUES ($1,$2,$3,$4,$5,$6)
     ON CONFLICT (model, id_hash) DO UPDATE SET grant_hash = $3, uid_hash = $4, payload = $5, expires_at = $6`,
    [
      key.model,
      key.idHash,
      artefact.grantHash ?? null,
      artefact.uidHash ?? null,
      artefact.payload,
      instant(artefact.expires),
    ],
  )
}

type ArtefactRow = { payload: Buffer; consumed_at: Instant | null }

/** An artefact by the hash of its id. */
export async function findArtefact(tx: Tx, key: ArtefactKey): Promise<Artefact | undefined> {
  const row = await rowOf<ArtefactRow>(
    tx,
    'SELECT payload, consumed_at FROM identity.oidc_artefact WHERE model = $1 AND id_hash = $2',
    [key.model, key.idHash],
  )
  return row === undefined ? undefined : { payload: row.payload, consumedAt: row.consumed_at ?? undefined }
}

/** The newest artefact with this hash of a uid (the provider's sessions), with the hash of its id. */
export async function findArtefactByUid(
  tx: Tx,
  model: string,
  uidHash: string,
): Promise<(Artefact & { readonly idHash: string }) | undefined> {
  const row = await rowOf<ArtefactRow & { id_hash: string }>(
    tx,
    'SELECT payload, consumed_at, id_hash FROM identity.oidc_artefact WHERE uid_hash = $2 AND model = $1 ORDER BY expires_at DESC LIMIT 1',
    [model, uidHash],
  )
  return row === undefined
    ? undefined
    : { payload: row.payload, consumedAt: row.consumed_at ?? undefined, idHash: row.id_hash }
}

/** Uses an artefact up; false when somebody was faster. One statement decides, so of parallel redemptions one wins. */
export async function consumeArtefact(tx: Tx, key: ArtefactKey, real: number): Promise<boolean> {
  const row = await rowOf(
    tx,
    'UPDATE identity.oidc_artefact SET consumed_at = $3 WHERE model = $1 AND id_hash = $2 AND consumed_at IS NULL RETURNING model',
    [key.model, key.idHash, instant(real)],
  )
  return row !== undefined
}

/** The hash of the grant that an artefact belongs to. */
export async function findGrantHash(tx: Tx, key: ArtefactKey): Promise<string | undefined> {
  const row = await rowOf<{ grant_hash: string | null }>(
    tx,
    'SELECT grant_hash FROM identity.oidc_artefact WHERE model = $1 AND id_hash = $2',
    [key.model, key.idHash],
  )
  return row?.grant_hash ?? undefined
}

/** Takes an artefact away. */
export async function removeArtefact(tx: Tx, key: ArtefactKey): Promise<void> {
  await rowOf(tx, 'DELETE FROM identity.oidc_artefact WHERE model = $1 AND id_hash = $2', [key.model, key.idHash])
}

/** Takes away what grew out of a grant, of one model or, with none named, of all and the grant itself. */
export async function removeArtefactsOfGrant(tx: Tx, grantHash: string, model?: string): Promise<void> {
  await rowOf(
    tx,
    `DELETE FROM identity.oidc_artefact WHERE (grant_hash = $1 AND ($2::text IS NULL OR model = $2)) OR ($2::text IS NULL AND model = 'Grant' AND id_hash = $1)`,
    [grantHash, model ?? null],
  )
}

/** Clears what is over by real time; at most some thousand rows. */
export async function removeExpiredArtefacts(tx: Tx, real: number): Promise<void> {
  await rowOf(
    tx,
    'DELETE FROM identity.oidc_artefact WHERE (model, id_hash) IN (SELECT model, id_hash FROM identity.oidc_artefact WHERE expires_at < $1 LIMIT 5000)',
    [instant(real)],
  )
}

// ---------- the platform's session behind a sign-on ----------
export type SignOnSession = {
  readonly id: string
  readonly person: Id<'person'>
  readonly kind: SessionKind
  readonly createdAt: Instant
  readonly expiresAt: Instant
}

/** A session that is neither ended nor past its longest time; idling out is for the browser that holds its cookie. */
export async function findSignOnSession(tx: Tx, id: string, real: number): Promise<SignOnSession | undefined> {
  const row = await rowOf<{
    id: string
    person: Id<'person'>
    kind: SessionKind
    created_at: Instant
    expires_at: Instant
  }>(tx, 'SELECT id, person, kind, created_at, expires_at FROM identity.session WHERE id = $1 AND expires_at > $2', [
    id,
    instant(real),
  ])
  return row === undefined
    ? undefined
    : { id: row.id, person: row.person, kind: row.kind, createdAt: row.created_at, expiresAt: row.expires_at }
}

// ---------- accounts elsewhere ----------
export type OutsideLink = {
  readonly id: Id<'outside-link'>
  readonly issuer: string
  readonly person: Id<'person'>
  readonly kind: SessionKind
  readonly linkedAt: Instant
  readonly usedAt?: Instant
}

type LinkRow = {
  reference: Id<'outside-link'>
  issuer: string
  person: Id<'person'>
  kind: SessionKind
  linked_at: Instant
  used_at: Instant | null
}

function linkOf(row: LinkRow): OutsideLink {
  return {
    id: row.reference,
    issuer: row.issuer,
    person: row.person,
    kind: row.kind,
    linkedAt: row.linked_at,
    usedAt: row.used_at ?? undefined,
  }
}

/** Whose account it is; marks it as used now. */
export async function takeOutsideLink(
  tx: Tx,
  issuer: string,
  subjectBlind: string,
  now: Instant,
): Promise<OutsideLink | undefined> {
  const row = await rowOf<LinkRow>(
    tx,
    `UPDATE identity.outside_link SET used_at = $3 WHERE issuer = $1 AND subject_blind = $2
     RETURNING reference, issuer, person, kind, linked_at, used_at`,
    [issuer, subjectBlind, now],
  )
  return row === undefined ? undefined : linkOf(row)
}

/** A new link; false when the account belongs to somebody already. */
export async function insertOutsideLink(
  tx: Tx,
  link: { id: string; issuer: string; subjectBlind: string; person: string; kind: SessionKind; now: Instant },
): Promise<boolean> {
  const { jurisdiction, uuid } = splitId(link.id)
  const row = await rowOf(
    tx,
    `INSERT INTO identity.outside_link (jurisdiction, id, issuer, subject_blind, person, kind, linked_at) VALUES ($1,$2,$3,$4,$5,$6,$7)
     ON CONFLICT DO NOTHING RETURNING id`,
    [jurisdiction, uuid, link.issuer, link.subjectBlind, link.person, link.kind, link.now],
  )
  return row !== undefined
}

/** A person's accounts elsewhere, oldest first. */
export async function listOutsideLinks(tx: Tx, person: string): Promise<OutsideLink[]> {
  const rows = await rowsOf<LinkRow>(
    tx,
    'SELECT reference, issuer, person, kind, linked_at, used_at FROM identity.outside_link WHERE person = $1 ORDER BY linked_at LIMIT 20',
    [person],
  )
  return rows.map(linkOf)
}

/** Takes a link of a person off; false when there is none. */
export async function removeOutsideLink(tx: Tx, id: string, person: string): Promise<boolean> {
  return (
    (await rowOf(tx, 'DELETE FROM identity.outside_link WHERE reference = $1 AND person = $2 RETURNING id', [
      id,
      person,
    ])) !== undefined
  )
}
