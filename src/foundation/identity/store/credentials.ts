// All SQL over passwords, TOTP secrets, passkeys and WebAuthn challenges.
import type { Selectable } from 'kysely'
import type { Id } from '../../../kit/id.ts'
import { type Instant, instant } from '../../../kit/instant.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import type { IdentityPasskey } from '../tables.ts'

export type Credential = {
  readonly person: Id<'person'>
  readonly passwordHash?: string
  readonly passwordAt?: Instant
  readonly enrolmentHash?: string
  readonly enrolmentUntil?: Instant
  readonly totpSealed?: Buffer
  readonly totpPendingSealed?: Buffer
  readonly totpStep: number
  readonly passkeys: number
}

type Row = {
  person: Id<'person'>
  password_hash: string | null
  password_at: Instant | null
  enrolment_hash: string | null
  enrolment_until: Instant | null
  totp_sealed: Buffer | null
  totp_pending_sealed: Buffer | null
  totp_step: bigint
  passkeys: number
}

const byPerson = `
SELECT c.person, c.password_hash, c.password_at, c.enrolment_hash, c.enrolment_until, c.totp_sealed, c.totp_pending_sealed, c.totp_step,
  (SELECT count(*)::int FROM identity.passkey k WHERE k.person = c.person) AS passkeys
FROM identity.credential c WHERE c.person = $1`

/** How a member of staff signs in; undefined for who has no account. */
export async function findCredential(tx: Tx, person: string): Promise<Credential | undefined> {
  const row = await rowOf<Row>(tx, byPerson, [person])
  if (row === undefined) return undefined
  return {
    person: row.person,
    passwordHash: row.password_hash ?? undefined,
    passwordAt: row.password_at ?? undefined,
    enrolmentHash: row.enrolment_hash ?? undefined,
    enrolmentUntil: row.enrolment_until ?? undefined,
    totpSealed: row.totp_sealed ?? undefined,
    totpPendingSealed: row.totp_pending_sealed ?? undefined,
    totpStep: Number(row.totp_step),
    passkeys: row.passkeys,
  }
}

/** A new account's credentials; an old one's are replaced whole. */
export async function saveCredential(
  tx: Tx,
  person: string,
  next: { passwordHash?: string; enrolmentHash?: string; enrolmentUntil?: number; totpSealed?: Buffer },
  real: number,
): Promise<void> {
  await rowOf(
    tx,
    `INSERT INTO identity.credential (person, password_hash, password_at, enrolment_hash, enrolment_until, totp_sealed, updated_at)
     VALUES ($1,$2,CASE WHEN $2::text IS NULL THEN NULL ELSE $6::timestamptz END,$3,$4,$5,$6)
     ON CONFLICT (person) DO UPDATE SET password_hash = $2, password_at = excluded.password_at, enrolment_hash = $3, enrolment_until = $4, totp_sealed = $5,
       totp_pending_sealed = NULL, updated_at = $6`,
    [
      person,
      next.passwordHash ?? null,
      next.enrolmentHash ?? null,
      next.enrolmentUntil === undefined ? null : instant(next.enrolmentUntil),
      next.totpSealed ?? null,
      instant(real),
    ],
  )
}

/** A new password; a one-time enrolment code is used up with it. */
export async function savePassword(tx: Tx, person: string, hash: string, real: number): Promise<void> {
  await rowOf(
    tx,
    'UPDATE identity.credential SET password_hash = $2, password_at = $3, enrolment_hash = NULL, enrolment_until = NULL, updated_at = $3 WHERE person = $1',
    [person, hash, instant(real)],
  )
}

/** A secret shown to its owner, not yet confirmed. */
export async function savePendingTotp(tx: Tx, person: string, sealed: Buffer, real: number): Promise<void> {
  await rowOf(tx, 'UPDATE identity.credential SET totp_pending_sealed = $2, updated_at = $3 WHERE person = $1', [
    person,
    sealed,
    instant(real),
  ])
}

/** Puts the pending secret, still the one that was read, in force; false when another was begun meanwhile. */
export async function saveTotp(tx: Tx, person: string, pending: Buffer, step: number, real: number): Promise<boolean> {
  const row = await rowOf(
    tx,
    `UPDATE identity.credential SET totp_sealed = totp_pending_sealed, totp_pending_sealed = NULL, totp_step = $3, updated_at = $4
     WHERE person = $1 AND totp_pending_sealed = $2 RETURNING person`,
    [person, pending, step, instant(real)],
  )
  return row !== undefined
}

/** Uses a step's code up; false when it, or a later one, was used before. */
export async function takeTotpStep(tx: Tx, person: string, step: number): Promise<boolean> {
  return (
    (await rowOf(
      tx,
      'UPDATE identity.credential SET totp_step = $2 WHERE person = $1 AND totp_step < $2 RETURNING person',
      [person, step],
    )) !== undefined
  )
}

export type Passkey = {
  readonly id: string
  readonly person: Id<'person'>
  readonly publicKey: Buffer
  readonly counter: number
  readonly transports: readonly string[]
  readonly label: string
  readonly createdAt: Instant
  readonly usedAt?: Instant
}

type PasskeyRow = Selectable<IdentityPasskey>

function passkeyOf(row: PasskeyRow): Passkey {
  return {
    id: row.id,
    person: row.person as Id<'person'>,
    publicKey: row.public_key,
    counter: Number(row.counter),
    transports: row.transports,
    label: row.label,
    createdAt: instant(row.created_at),
    usedAt: row.used_at === null ? undefined : instant(row.used_at),
  }
}

const passkeyColumns = 'id, person, public_key, counter, transports, label, created_at, used_at'

/** The passkey with this credential id. */
export async function findPasskey(tx: Tx, id: string): Promise<Passkey | undefined> {
  const row = await rowOf<PasskeyRow>(tx, `SELECT ${passkeyColumns} FROM identity.passkey WHERE id = $1`, [id])
  return row === undefined ? undefined : passkeyOf(row)
}

/** Passkeys of a person, at most 20. */
export async function listPasskeys(tx: Tx, person: string): Promise<Passkey[]> {
  return (
    await rowsOf<PasskeyRow>(
      tx,
      `SELECT ${passkeyColumns} FROM identity.passkey WHERE person = $1 ORDER BY created_at LIMIT 20`,
      [person],
    )
  ).map(passkeyOf)
}

/** A new passkey; false when its id is known already. */
export async function insertPasskey(tx: Tx, passkey: Omit<Passkey, 'usedAt'>): Promise<boolean> {
  const row = await rowOf(
    tx,
    `INSERT INTO identity.passkey (id, person, public_key, counter, transports, label, created_at) VALUES ($1,$2,$3,$4,$5,$6,$7)
     ON CONFLICT DO NOTHING RETURNING id`,
    [
      passkey.id,
      passkey.person,
      passkey.publicKey,
      passkey.counter,
      [...passkey.transports],
      passkey.label,
      passkey.createdAt,
    ],
  )
  return row !== undefined
}

/** A passkey was used; its counter moves on. */
export async function savePasskeyUse(tx: Tx, id: string, counter: number, real: number): Promise<void> {
  await rowOf(tx, 'UPDATE identity.passkey SET counter = $2, used_at = $3 WHERE id = $1', [id, counter, instant(real)])
}

/** Removes a passkey of a person; false when there is none. */
export async function removePasskey(tx: Tx, id: string, person: string): Promise<boolean> {
  return (
    (await rowOf(tx, 'DELETE FROM identity.passkey WHERE id = $1 AND person = $2 RETURNING id', [id, person])) !==
    undefined
  )
}

/** Removes all passkeys of a person. */
export async function removePasskeys(tx: Tx, person: string): Promise<void> {
  await rowOf(tx, 'DELETE FROM identity.passkey WHERE person = $1', [person])
}

export type ChallengePurpose = 'register' | 'sign-in' | 'confirm'

/** A new challenge; `person` is left out for a sign-in by passkey alone. */
export async function insertChallenge(
  tx: Tx,
  challenge: { id: string; person?: string; purpose: ChallengePurpose; challenge: string; expires: number },
): Promise<void> {
  await rowOf(
    tx,
    'INSERT INTO identity.challenge (id, person, purpose, challenge, expires_at) VALUES ($1,$2,$3,$4,$5)',
    [challenge.id, challenge.person ?? null, challenge.purpose, challenge.challenge, instant(challenge.expires)],
  )
}

/** Uses a challenge up. */
export async function removeChallenge(
  tx: Tx,
  id: string,
  purpose: ChallengePurpose,
  real: number,
): Promise<{ person?: Id<'person'>; challenge: string } | undefined> {
  const row = await rowOf<{ person: Id<'person'> | null; challenge: string }>(
    tx,
    'DELETE FROM identity.challenge WHERE id = $1 AND purpose = $2 AND expires_at > $3 RETURNING person, challenge',
    [id, purpose, instant(real)],
  )
  return row === undefined ? undefined : { person: row.person ?? undefined, challenge: row.challenge }
}
