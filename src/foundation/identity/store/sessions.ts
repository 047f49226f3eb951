// All SQL over sessions, tickets, phone codes and exact counters: the part of identity that lives by real time.
import type { DivisionCode, Id } from '../../../kit/id.ts'
import { type Instant, instant } from '../../../kit/instant.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import type { SessionKind } from '../contract.ts'

export type Session = {
  readonly id: string
  readonly tokenHash: string
  readonly person: Id<'person'>
  readonly kind: SessionKind
  readonly assignment?: string
  readonly device: string
  readonly created: number
  readonly idleMs: number
  readonly expires: number
  readonly secondFactorAt?: number
}

/** Real milliseconds as PostgreSQL takes them. */
function at(milliseconds: number): Instant {
  return instant(milliseconds)
}

/** A new session. */
export async function insertSession(tx: Tx, session: Session): Promise<void> {
  await rowOf(
    tx,
    `INSERT INTO identity.session (id, token_hash, person, kind, assignment, device, created_at, seen_at, idle_ms, expires_at, second_factor_at)
     VALUES ($1,$2,$3,$4,$5,$6,$7,$7,$8,$9,$10)`,
    [
      session.id,
      session.tokenHash,
      session.person,
      session.kind,
      session.assignment ?? null,
      session.device,
      at(session.created),
      session.idleMs,
      at(session.expires),
      session.secondFactorAt === undefined ? null : at(session.secondFactorAt),
    ],
  )
}

export type SessionRow = {
  id: string
  person: Id<'person'>
  kind: SessionKind
  seen_at: Instant
  second_factor_at: Instant | null
  verified: boolean
  adult: boolean
  residence: DivisionCode | null
  assignment: Id<'assignment'> | null
  role: string | null
  division: DivisionCode | null
  organization: Id<'organization'> | null
  department: string | null
  delegated_person: Id<'person'> | null
}

const readSql = `
SELECT s.id, s.person, s.kind, s.seen_at, s.second_factor_at, p.state = 'verified' AND p.verified_until > $3 AS verified, p.adult, r.division AS residence,
  a.reference AS assignment, a.role, a.division, a.organization, a.department, a.delegated_person
FROM identity.session s
JOIN identity.person p ON p.jurisdiction = left(s.person, 6) AND p.id = substr(s.person, 8)::uuid
LEFT JOIN identity.residence r ON r.person = s.person AND r.until IS NULL
LEFT JOIN identity.assignment a ON a.reference = s.assignment AND a.person = s.person AND s.kind = 'staff' AND a.state = 'given'
  AND a.from_day <= $4 AND (a.until_day IS NULL OR a.until_day >= $4)
  AND (a.delegated_from IS NULL OR EXISTS (SELECT 1 FROM identity.assignment g WHERE g.reference = a.delegated_from AND g.state = 'given'
    AND g.from_day <= $4 AND (g.until_day IS NULL OR g.until_day >= $4)))
WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.seen_at + s.idle_ms * interval '1 millisecond' > $2`

/** The session of a token with its person, residence and current assignment: the one join of every request. */
export function readSession(
  tx: Tx,
  tokenHash: string,
  real: number,
  now: Instant,
  today: string,
): Promise<SessionRow | undefined> {
  return rowOf<SessionRow>(tx, readSql, [tokenHash, at(real), now, today])
}

/** Of which kind a session is. */
export async function findSessionKind(tx: Tx, id: string): Promise<SessionKind | undefined> {
  return (await rowOf<{ kind: SessionKind }>(tx, 'SELECT kind FROM identity.session WHERE id = $1', [id]))?.kind
}

/** Keeps a session from idling out. */
export async function touchSession(tx: Tx, id: string, real: number): Promise<void> {
  await rowOf(tx, 'UPDATE identity.session SET seen_at = $2 WHERE id = $1 AND seen_at < $2', [id, at(real)])
}

/** Ends a session of a person; false when there is none. */
export async function removeSession(tx: Tx, id: string, person: string): Promise<boolean> {
  return (
    (await rowOf(tx, 'DELETE FROM identity.session WHERE id = $1 AND person = $2 RETURNING id', [id, person])) !==
    undefined
  )
}

/** Ends all sessions of a person but one. */
export async function removeSessions(tx: Tx, person: string, except?: string): Promise<void> {
  await rowOf(tx, 'DELETE FROM identity.session WHERE person = $1 AND ($2::uuid IS NULL OR id <> $2)', [
    person,
    except ?? null,
  ])
}

/** Works on in another assignment (or none). */
export async function saveSessionAssignment(tx: Tx, id: string, assignment: string | undefined): Promise<void> {
  await rowOf(tx, 'UPDATE identity.session SET assignment = $2 WHERE id = $1', [id, assignment ?? null])
}

/** A confirmed second factor: new token, new moment. Answers the whole seconds that the session has left. */
export async function saveSessionConfirmed(
  tx: Tx,
  id: string,
  tokenHash: string,
  real: number,
): Promise<number | undefined> {
  const row = await rowOf<{ seconds: number }>(
    tx,
    `UPDATE identity.session SET token_hash = $2, second_factor_at = $3, seen_at = $3 WHERE id = $1
     RETURNING greatest(0, extract(epoch FROM expires_at - $3::timestamptz))::int AS seconds`,
    [id, tokenHash, at(real)],
  )
  return row?.seconds
}

/** A new token for a session that stays (rotation). */
export async function saveSessionToken(
  tx: Tx,
  id: string,
  tokenHash: string,
  real: number,
): Promise<number | undefined> {
  const row = await rowOf<{ seconds: number }>(
    tx,
    `UPDATE identity.session SET token_hash = $2 WHERE id = $1 RETURNING greatest(0, extract(epoch FROM expires_at - $3::timestamptz))::int AS seconds`,
    [id, tokenHash, at(real)],
  )
  return row?.seconds
}

export type DeviceRow = { id: string; device: string; kind: SessionKind; created_at: Instant; seen_at: Instant }

/** Open sessions of a person, newest first. */
export function listSessions(tx: Tx, person: string, real: number): Promise<DeviceRow[]> {
  return rowsOf<DeviceRow>(
    tx,
    `SELECT id, device, kind, created_at, seen_at FROM identity.session
     WHERE person = $1 AND expires_at > $2 AND seen_at + idle_ms * interval '1 millisecond' > $2 ORDER BY seen_at DESC, id LIMIT 50`,
    [person, at(real)],
  )
}

// ---------- counters ----------
const reserveSql = `
INSERT INTO identity.attempt AS a (scope, key, started_at, count) VALUES ($1,$2,$3,1)
ON CONFLICT (scope, key) DO UPDATE SET
  count = CASE WHEN a.started_at <= $4 THEN 1 ELSE a.count + 1 END,
  started_at = CASE WHEN a.started_at <= $4 THEN $3 ELSE a.started_at END
RETURNING count, started_at`

/** Counts one attempt before it is made, so that parallel ones see each other; answers the count and when the window began. */
export async function reserveAttempt(
  tx: Tx,
  scope: string,
  key: string,
  real: number,
  windowMs: number,
): Promise<{ count: number; startedAt: number }> {
  const row = await rowOf<{ count: number; started_at: Instant }>(tx, reserveSql, [
    scope,
    key,
    at(real),
    at(real - windowMs),
  ])
  return { count: row?.count ?? 1, startedAt: Date.parse(row?.started_at ?? at(real)) }
}

/** Forgets the attempts of a key: it succeeded. */
export async function removeAttempts(tx: Tx, scope: string, key: string): Promise<void> {
  await rowOf(tx, 'DELETE FROM identity.attempt WHERE scope = $1 AND key = $2', [scope, key])
}

// ---------- phone codes ----------
/** The number's new code; the former one is void. */
export async function savePhoneCode(
  tx: Tx,
  code: { phoneBlind: string; id: string; hmac: string; expires: number },
): Promise<void> {
  await rowOf(
    tx,
    `INSERT INTO identity.phone_code (phone_blind, id, code_hmac, expires_at) VALUES ($1,$2,$3,$4)
     ON CONFLICT (phone_blind) DO UPDATE SET id = $2, code_hmac = $3, expires_at = $4, tries = 0`,
    [code.phoneBlind, code.id, code.hmac, at(code.expires)],
  )
}

/** Counts one try on the number's code and answers its keyed hash; undefined when there is none, it is over, or its tries are used up. */
export async function takePhoneCodeTry(
  tx: Tx,
  phoneBlind: string,
  tries: number,
  real: number,
): Promise<string | undefined> {
  const row = await rowOf<{ code_hmac: string }>(
    tx,
    'UPDATE identity.phone_code SET tries = tries + 1 WHERE phone_blind = $1 AND expires_at > $2 AND tries < $3 RETURNING code_hmac',
    [phoneBlind, at(real), tries],
  )
  return row?.code_hmac
}

/** Uses a code up; false when somebody was faster. */
export async function removePhoneCode(tx: Tx, phoneBlind: string, hmac: string): Promise<boolean> {
  return (
    (await rowOf(tx, 'DELETE FROM identity.phone_code WHERE phone_blind = $1 AND code_hmac = $2 RETURNING id', [
      phoneBlind,
      hmac,
    ])) !== undefined
  )
}

// ---------- tickets between the factors ----------
export type TicketPurpose = 'second-factor' | 'enrol'

/** A new ticket. */
export async function insertTicket(
  tx: Tx,
  ticket: { hash: string; person: string; purpose: TicketPurpose; expires: number },
): Promise<void> {
  await rowOf(tx, 'INSERT INTO identity.ticket (token_hash, person, purpose, expires_at) VALUES ($1,$2,$3,$4)', [
    ticket.hash,
    ticket.person,
    ticket.purpose,
    at(ticket.expires),
  ])
}

/** Whose ticket it is, while it lasts. */
export async function findTicket(
  tx: Tx,
  hash: string,
  purpose: TicketPurpose,
  real: number,
): Promise<Id<'person'> | undefined> {
  const row = await rowOf<{ person: Id<'person'> }>(
    tx,
    'SELECT person FROM identity.ticket WHERE token_hash = $1 AND purpose = $2 AND expires_at > $3',
    [hash, purpose, at(real)],
  )
  return row?.person
}

/** Uses a ticket up; false when somebody was faster. */
export async function removeTicket(tx: Tx, hash: string): Promise<boolean> {
  return (
    (await rowOf(tx, 'DELETE FROM identity.ticket WHERE token_hash = $1 RETURNING token_hash', [hash])) !== undefined
  )
}

/** Clears what is over by real time; at most some thousand rows each. */
export async function removeExpired(tx: Tx, real: number): Promise<void> {
  for (const table of ['session', 'ticket', 'challenge', 'phone_code']) {
    await rowOf(
      tx,
      `DELETE FROM identity.${table} WHERE ctid IN (SELECT ctid FROM identity.${table} WHERE expires_at < $1 LIMIT 5000)`,
      [at(real)],
    )
  }
  await rowOf(
    tx,
    'DELETE FROM identity.attempt WHERE ctid IN (SELECT ctid FROM identity.attempt WHERE started_at < $1 LIMIT 5000)',
    [at(real - 86_400_000)],
  )
}
