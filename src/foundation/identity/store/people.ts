// All SQL over persons, residences, verification, looks and proxies.
import { type DivisionCode, type Id, joinId, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import type { PersonalField, PersonState, ProxyKind, RevealPurpose } from '../contract.ts'

/** A person as rules and actions know it; personal fields stay sealed. */
export type Person = {
  readonly id: Id<'person'>
  readonly state: PersonState
  readonly version: number
  readonly maskedName: string
  readonly nameSealed?: Buffer
  readonly officialName?: string
  readonly account?: string
  readonly maskedPhone?: string
  readonly phoneSealed?: Buffer
  readonly phoneBlind?: string
  readonly birthSealed?: Buffer
  readonly idNumberSealed?: Buffer
  readonly idNumberBlind?: string
  readonly maskedIdNumber?: string
  readonly adult: boolean
  readonly verifiedAt?: Instant
  readonly verifiedUntil?: Instant
  readonly residence?: DivisionCode
  readonly residenceSince?: Instant
}

type PersonRow = {
  jurisdiction: string
  id: string
  state: PersonState
  version: number
  masked_name: string
  name_sealed: Buffer | null
  official_name: string | null
  account: string | null
  masked_phone: string | null
  phone_sealed: Buffer | null
  phone_blind: string | null
  birth_sealed: Buffer | null
  id_number_sealed: Buffer | null
  id_number_blind: string | null
  masked_id_number: string | null
  adult: boolean
  verified_at: Instant | null
  verified_until: Instant | null
  residence: DivisionCode | null
  residence_since: Instant | null
}

function personOf(row: PersonRow): Person {
  return {
    id: joinId(row.jurisdiction, row.id),
    state: row.state,
    version: row.version,
    maskedName: row.masked_name,
    nameSealed: row.name_sealed ?? undefined,
    officialName: row.official_name ?? undefined,
    account: row.account ?? undefined,
    maskedPhone: row.masked_phone ?? undefined,
    phoneSealed: row.phone_sealed ?? undefined,
    phoneBlind: row.phone_blind ?? undefined,
    birthSealed: row.birth_sealed ?? undefined,
    idNumberSealed: row.id_number_sealed ?? undefined,
    idNumberBlind: row.id_number_blind ?? undefined,
    maskedIdNumber: row.masked_id_number ?? undefined,
    adult: row.adult,
    verifiedAt: row.verified_at ?? undefined,
    verifiedUntil: row.verified_until ?? undefined,
    residence: row.residence ?? undefined,
    residenceSince: row.residence_since ?? undefined,
  }
}

const personColumns = `p.jurisdiction, p.id, p.state, p.version, p.masked_name, p.name_sealed, p.official_name, p.account, p.masked_phone, p.phone_sealed,
  p.phone_blind, p.birth_sealed, p.id_number_sealed, p.id_number_blind, p.masked_id_number, p.adult, p.verified_at, p.verified_until,
  r.division AS residence, r.since AS residence_since`
const withResidence = `LEFT JOIN identity.residence r ON r.person = p.jurisdiction::text || '-' || p.id::text AND r.until IS NULL`
const personById = `SELECT ${personColumns} FROM identity.person p ${withResidence} WHERE p.jurisdiction = $1 AND p.id = $2`
const personByIdForUpdate = `${personById} FOR UPDATE OF p`
const personByPhone = `SELECT ${personColumns} FROM identity.person p ${withResidence} WHERE p.phone_blind = $1`
const personByAccount = `SELECT ${personColumns} FROM identity.person p ${withResidence} WHERE p.account = $1`
const personsById = `
SELECT ${personColumns} FROM (SELECT left(ref, 6) AS jurisdiction, substr(ref, 8)::uuid AS id FROM unnest($1::text[]) AS ref) x
JOIN identity.person p ON p.jurisdiction = x.jurisdiction AND p.id = x.id ${withResidence}`

/** Whoever does the same for a person waits until the transaction ends; whoever only names the person does not. */
export async function holdPerson(tx: Tx, id: string): Promise<void> {
  const { jurisdiction, uuid } = splitId(id)
  await rowOf(tx, 'SELECT 1 FROM identity.person WHERE jurisdiction = $1 AND id = $2 FOR NO KEY UPDATE', [
    jurisdiction,
    uuid,
  ])
}

/** The person with this id, or undefined. */
export async function findPerson(tx: Tx, id: string): Promise<Person | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<PersonRow>(tx, personById, [jurisdiction, uuid])
  return row === undefined ? undefined : personOf(row)
}

/** Like findPerson, locked until the transaction ends. */
export async function findPersonForUpdate(tx: Tx, id: string): Promise<Person | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<PersonRow>(tx, personByIdForUpdate, [jurisdiction, uuid])
  return row === undefined ? undefined : personOf(row)
}

/** The person whose number has this blind index. */
export async function findPersonByPhone(tx: Tx, phoneBlind: string): Promise<Person | undefined> {
  const row = await rowOf<PersonRow>(tx, personByPhone, [phoneBlind])
  return row === undefined ? undefined : personOf(row)
}

/** The person with this staff account (lower case). */
export async function findPersonByAccount(tx: Tx, account: string): Promise<Person | undefined> {
  const row = await rowOf<PersonRow>(tx, personByAccount, [account])
  return row === undefined ? undefined : personOf(row)
}

/** Persons of a set of ids, in one statement; unknown ones are left out. */
export async function listPersons(tx: Tx, ids: readonly string[]): Promise<Person[]> {
  if (ids.length === 0) return []
  return (await rowsOf<PersonRow>(tx, personsById, [[...new Set(ids)]])).map(personOf)
}

/** At most ten persons whose staff account begins so. */
export async function listPersonsByAccount(
  tx: Tx,
  prefix: string,
): Promise<{ id: string; name: string; account: string }[]> {
  const rows = await rowsOf<{ id: string; name: string; account: string }>(
    tx,
    `SELECT jurisdiction::text || '-' || id::text AS id, coalesce(official_name, masked_name) AS name, account FROM identity.person
     WHERE account LIKE $1 ORDER BY account LIMIT 10`,
    [`${prefix.replaceAll(/[\\%_]/g, '\\$&')}%`],
  )
  return rows
}

const insertPersonSql = `
WITH made AS (
  INSERT INTO identity.person (jurisdiction, id, state, masked_name, name_sealed, official_name, account, phone_blind, phone_sealed, masked_phone, birth_sealed,
    id_number_blind, id_number_sealed, masked_id_number, adult, verified_at, verified_until, created_at, updated_at)
  VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$18) ON CONFLICT DO NOTHING RETURNING id
), lives AS (
  INSERT INTO identity.residence (jurisdiction, id, person, division, state, since)
  SELECT $19, $20::uuid, $1::text || '-' || made.id::text, $21, $3, $18 FROM made WHERE $20::uuid IS NOT NULL
)
SELECT id FROM made`

/** Inserts a person with the first residence, if any; false when account, number or identity number is taken. */
export async function insertPerson(
  tx: Tx,
  person: Person,
  at: Instant,
  residence?: { id: string; division: DivisionCode },
): Promise<boolean> {
  const { jurisdiction, uuid } = splitId(person.id)
  const home = residence === undefined ? undefined : splitId(residence.id)
  const row = await rowOf(tx, insertPersonSql, [
    jurisdiction,
    uuid,
    person.state,
    person.maskedName,
    person.nameSealed ?? null,
    person.officialName ?? null,
    person.account ?? null,
    person.phoneBlind ?? null,
    person.phoneSealed ?? null,
    person.maskedPhone ?? null,
    person.birthSealed ?? null,
    person.idNumberBlind ?? null,
    person.idNumberSealed ?? null,
    person.maskedIdNumber ?? null,
    person.adult,
    person.verifiedAt ?? null,
    person.verifiedUntil ?? null,
    at,
    home?.jurisdiction ?? null,
    home?.uuid ?? null,
    residence?.division ?? null,
  ])
  return row !== undefined
}

const savePersonSql = `
UPDATE identity.person SET state = $3, masked_name = $4, name_sealed = $5, official_name = $6, birth_sealed = $7, id_number_blind = $8, id_number_sealed = $9,
  masked_id_number = $10, adult = $11, verified_at = $12, verified_until = $13, updated_at = $14, version = version + 1
WHERE jurisdiction = $1 AND id = $2`

/** Saves a locked person under the next version. Account and number are set once and never here. */
export async function savePerson(tx: Tx, person: Person, at: Instant): Promise<void> {
  const { jurisdiction, uuid } = splitId(person.id)
  await rowOf(tx, savePersonSql, [
    jurisdiction,
    uuid,
    person.state,
    person.maskedName,
    person.nameSealed ?? null,
    person.officialName ?? null,
    person.birthSealed ?? null,
    person.idNumberBlind ?? null,
    person.idNumberSealed ?? null,
    person.maskedIdNumber ?? null,
    person.adult,
    person.verifiedAt ?? null,
    person.verifiedUntil ?? null,
    at,
  ])
}

/** Whether another person has this identity number. */
export async function findPersonByIdNumber(tx: Tx, blind: string): Promise<string | undefined> {
  const row = await rowOf<{ id: string }>(
    tx,
    `SELECT jurisdiction::text || '-' || id::text AS id FROM identity.person WHERE id_number_blind = $1`,
    [blind],
  )
  return row?.id
}

/** Closes the current residence, if any, and opens the next one. */
export async function saveResidence(
  tx: Tx,
  person: string,
  next: { id: string; division: DivisionCode; state: PersonState },
  at: Instant,
): Promise<void> {
  await rowOf(tx, 'UPDATE identity.residence SET until = $2 WHERE person = $1 AND until IS NULL', [person, at])
  await insertResidence(tx, person, next, at)
}

/** The first residence of a person who has none. */
export async function insertResidence(
  tx: Tx,
  person: string,
  next: { id: string; division: DivisionCode; state: PersonState },
  at: Instant,
): Promise<void> {
  const { jurisdiction, uuid } = splitId(next.id)
  await rowOf(
    tx,
    'INSERT INTO identity.residence (jurisdiction, id, person, division, state, since) VALUES ($1,$2,$3,$4,$5,$6)',
    [jurisdiction, uuid, person, next.division, next.state, at],
  )
}

/** The current residence follows the person's state: lists filter by it. */
export async function saveResidenceState(tx: Tx, person: string, state: PersonState): Promise<void> {
  await rowOf(tx, 'UPDATE identity.residence SET state = $2 WHERE person = $1 AND until IS NULL', [person, state])
}

const insertVerificationSql = `
WITH former AS (
  UPDATE identity.verification SET withdrawn_at = $6, withdrawn_by = $5, reason = 'replaced' WHERE person = $3 AND withdrawn_at IS NULL
)
INSERT INTO identity.verification (jurisdiction, id, person, division, confirmed_by, at, until) VALUES ($1,$2,$3,$4,$5,$6,$7)`

/** A confirmation; an earlier one of the person is closed as replaced. */
export async function insertVerification(
  tx: Tx,
  verification: { id: string; person: string; division: DivisionCode; by: string; at: Instant; until: Instant },
): Promise<void> {
  const { jurisdiction, uuid } = splitId(verification.id)
  await rowOf(tx, insertVerificationSql, [
    jurisdiction,
    uuid,
    verification.person,
    verification.division,
    verification.by,
    verification.at,
    verification.until,
  ])
}

/** Takes the confirmation in force back. */
export async function withdrawVerifications(
  tx: Tx,
  person: string,
  by: string,
  reason: string,
  at: Instant,
): Promise<void> {
  await rowOf(
    tx,
    'UPDATE identity.verification SET withdrawn_at = $4, withdrawn_by = $2, reason = $3 WHERE person = $1 AND withdrawn_at IS NULL',
    [person, by, reason, at],
  )
}

/** One look at a field in clear. */
export async function insertLook(
  tx: Tx,
  look: { id: string; person: string; field: string; purpose: string; by: string; role: string; at: Instant },
): Promise<void> {
  const { jurisdiction, uuid } = splitId(look.id)
  await rowOf(
    tx,
    'INSERT INTO identity.look (jurisdiction, id, person, field, purpose, by_person, by_role, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)',
    [jurisdiction, uuid, look.person, look.field, look.purpose, look.by, look.role, look.at],
  )
}

export type LookRow = {
  id: string
  at: Instant
  field: PersonalField
  purpose: RevealPurpose
  by_person: string
  by_role: string
}

/** Looks at a person's data, newest first, after a cursor. */
export function listLooks(
  tx: Tx,
  person: string,
  size: number,
  after: { at: string; id: string } | undefined,
): Promise<LookRow[]> {
  return rowsOf<LookRow>(
    tx,
    `SELECT id, at, field, purpose, by_person, by_role FROM identity.look
     WHERE person = $1 AND ($3::timestamptz IS NULL OR (at, id) < ($3::timestamptz, $4::uuid)) ORDER BY at DESC, id DESC LIMIT $2`,
    [person, size, after?.at ?? null, after?.id ?? null],
  )
}

export type Proxy = {
  readonly id: string
  readonly person: string
  readonly kind: ProxyKind
  readonly proxyPhoneBlind: string
  readonly maskedPhone: string
  readonly recordedBy: string
  readonly since: Instant
  readonly until?: string
}

/** A new proxy. */
export async function insertProxy(tx: Tx, proxy: Proxy): Promise<void> {
  const { jurisdiction, uuid } = splitId(proxy.id)
  await rowOf(
    tx,
    `INSERT INTO identity.proxy (jurisdiction, id, person, kind, proxy_phone_blind, masked_phone, recorded_by, since, until_day)
     VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`,
    [
      jurisdiction,
      uuid,
      proxy.person,
      proxy.kind,
      proxy.proxyPhoneBlind,
      proxy.maskedPhone,
      proxy.recordedBy,
      proxy.since,
      proxy.until ?? null,
    ],
  )
}

export type ProxyRow = { id: string; kind: ProxyKind; masked_phone: string; since: Instant; until_day: string | null }

/** Proxies in force of a person on a day, at most 20. */
export function listProxies(tx: Tx, person: string, day: string): Promise<ProxyRow[]> {
  return rowsOf<ProxyRow>(
    tx,
    `SELECT jurisdiction::text || '-' || id::text AS id, kind, masked_phone, since, until_day FROM identity.proxy
     WHERE person = $1 AND revoked_at IS NULL AND (until_day IS NULL OR until_day >= $2) ORDER BY since, id LIMIT 20`,
    [person, day],
  )
}

/** Ends a proxy of this person; false when there is none. */
export async function revokeProxy(tx: Tx, id: string, person: string, at: Instant): Promise<boolean> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf(
    tx,
    'UPDATE identity.proxy SET revoked_at = $4 WHERE jurisdiction = $1 AND id = $2 AND person = $3 AND revoked_at IS NULL RETURNING id',
    [jurisdiction, uuid, person, at],
  )
  return row !== undefined
}

/** Whether `proxy` stands on record for `person` on a day. */
export async function findProxy(tx: Tx, proxy: string, person: string, day: string): Promise<boolean> {
  const { jurisdiction, uuid } = splitId(proxy)
  const row = await rowOf(
    tx,
    `SELECT 1 AS one FROM identity.person p JOIN identity.proxy x ON x.proxy_phone_blind = p.phone_blind
     WHERE p.jurisdiction = $1 AND p.id = $2 AND x.person = $3 AND x.revoked_at IS NULL AND (x.until_day IS NULL OR x.until_day >= $4) LIMIT 1`,
    [jurisdiction, uuid, person, day],
  )
  return row !== undefined
}
