// All SQL over many persons at once: finding them by their numbers, putting them and their residences on record.
import { type DivisionCode, type Id, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { rowsOf, type Tx } from '../../../platform/database.ts'
import type { PersonState } from '../contract.ts'
import type { Person } from './people.ts'

const personsByPhone = `
SELECT p.phone_blind AS blind, p.jurisdiction::text || '-' || p.id::text AS id, p.state, r.division AS residence
FROM identity.person p LEFT JOIN identity.residence r ON r.person = p.jurisdiction::text || '-' || p.id::text AND r.until IS NULL
 WHERE p.phone_blind = ANY($1)`

export type NumberHolder = {
  readonly blind: string
  readonly id: Id<'person'>
  readonly state: PersonState
  readonly residence?: DivisionCode
}

/** Who has the numbers of these blind indexes. */
export async function listPersonsByPhone(tx: Tx, blinds: readonly string[]): Promise<NumberHolder[]> {
  const rows = await rowsOf<{ blind: string; id: Id<'person'>; state: PersonState; residence: DivisionCode | null }>(
    tx,
    personsByPhone,
    [[...blinds]],
  )
  return rows.map((row) => ({ ...row, residence: row.residence ?? undefined }))
}

const hex = (bytes: Buffer | undefined) => (bytes === undefined ? null : `\\x${bytes.toString('hex')}`)

const insertPersonsSql = `
INSERT INTO identity.person (jurisdiction, id, state, masked_name, name_sealed, phone_blind, phone_sealed, masked_phone, adult, created_at, updated_at)
SELECT x.jurisdiction, x.id, x.state, x.masked_name, x.name_sealed, x.phone_blind, x.phone_sealed, x.masked_phone, false, $2, $2
FROM jsonb_to_recordset($1::jsonb) AS x(jurisdiction text, id uuid, state text, masked_name text, name_sealed bytea, phone_blind text,
  phone_sealed bytea, masked_phone text)
ON CONFLICT DO NOTHING RETURNING jurisdiction::text || '-' || id::text AS id`

/** Inserts unverified persons with name and number; answers the ids of those whose number was not taken meanwhile. */
export async function insertPersons(tx: Tx, persons: readonly Person[], at: Instant): Promise<Set<string>> {
  const rows = persons.map((person) => ({
    jurisdiction: splitId(person.id).jurisdiction,
    id: splitId(person.id).uuid,
    state: person.state,
    masked_name: person.maskedName,
    name_sealed: hex(person.nameSealed),
    phone_blind: person.phoneBlind ?? null,
    phone_sealed: hex(person.phoneSealed),
    masked_phone: person.maskedPhone ?? null,
  }))
  const inserted = await rowsOf<{ id: string }>(tx, insertPersonsSql, [JSON.stringify(rows), at])
  return new Set(inserted.map(({ id }) => id))
}

export type NewResidence = {
  readonly id: string
  readonly person: string
  readonly division: DivisionCode
  readonly state: PersonState
}

const insertResidencesSql = `
INSERT INTO identity.residence (jurisdiction, id, person, division, state, since)
SELECT x.jurisdiction, x.id, x.person, x.division, x.state, $2
FROM jsonb_to_recordset($1::jsonb) AS x(jurisdiction text, id uuid, person text, division text, state text)`

/** First residences of persons who have none. */
export async function insertResidences(tx: Tx, residences: readonly NewResidence[], at: Instant): Promise<void> {
  const rows = residences.map(({ id, ...more }) => ({
    ...more,
    jurisdiction: splitId(id).jurisdiction,
    id: splitId(id).uuid,
  }))
  await rowsOf(tx, insertResidencesSql, [JSON.stringify(rows), at])
}
