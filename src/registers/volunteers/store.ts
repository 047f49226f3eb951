// All SQL of the register of volunteers. The exclusion constraint of hours is what makes them count once.
import type { DivisionCode } from '../../kit/id.ts'
import { asDivision, joinId, splitId } from '../../kit/id.ts'
import type { Instant } from '../../kit/instant.ts'
import { behind, Conditions } from '../../platform/conditions.ts'
import { cursorOf, readCursor } from '../../platform/cursor.ts'
import { rowOf, rowsOf, type Tx } from '../../platform/database.ts'
import { recordReader } from '../../platform/records.ts'
import { paged } from '../../platform/pages.ts'
import type { Skill, VolunteerState } from './contract.ts'
import type { HoursProof, Volunteer } from './rules.ts'
import type { VolunteersHours, VolunteersHoursProof, VolunteersVolunteer } from './tables.ts'

type Known<Table, Narrow> = Omit<Table, keyof Narrow> & Narrow
type VolunteerRow = Known<
  VolunteersVolunteer,
  {
    state: VolunteerState
    version: number
    skills: readonly Skill[]
    minutes: number
    shifts: number
    consented_at: Instant
    created_at: Instant
    history: Volunteer['history']
  }
>
type ProofRow = Known<VolunteersHoursProof, { first_at: Instant; last_at: Instant; issued_at: Instant }>

const columns =
  'v.jurisdiction, v.id, v.person, v.division, v.state, v.version, v.skills, v.minutes, v.shifts, v.consented_at, v.created_at, v.history'

function volunteerOf(row: VolunteerRow): Volunteer {
  return {
    id: joinId(row.jurisdiction, row.id),
    person: row.person,
    division: asDivision(row.division),
    state: row.state,
    version: row.version,
    skills: row.skills,
    minutes: row.minutes,
    shifts: row.shifts,
    consentedAt: row.consented_at,
    createdAt: row.created_at,
    history: row.history,
  }
}

const byPerson = `SELECT ${columns} FROM volunteers.volunteer v WHERE v.jurisdiction = $1 AND v.person = $2`

export async function findVolunteer(tx: Tx, person: string): Promise<Volunteer | undefined> {
  const row = await rowOf<VolunteerRow>(tx, byPerson, [splitId(person).jurisdiction, person])
  return row && volunteerOf(row)
}

/** Locks the entry: what one person takes and gives back happens one after the other. */
export async function findVolunteerForUpdate(tx: Tx, person: string): Promise<Volunteer | undefined> {
  const row = await rowOf<VolunteerRow>(tx, `${byPerson} FOR UPDATE`, [splitId(person).jurisdiction, person])
  return row && volunteerOf(row)
}

/** Volunteers by the id of their entry. */
export const { list: listVolunteersById } = recordReader<VolunteerRow, Volunteer>(
  columns,
  'volunteers.volunteer v',
  volunteerOf,
)

/** Inserts the entry or saves what acts change; false when the person has another entry since. */
export async function saveVolunteer(tx: Tx, it: Volunteer, now: Instant): Promise<boolean> {
  const { jurisdiction, uuid } = splitId(it.id)
  const row = await rowOf<{ id: string }>(
    tx,
    `INSERT INTO volunteers.volunteer AS v (jurisdiction, id, person, division, state, version, skills, consented_at, created_at, updated_at, history)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT (jurisdiction, person) DO UPDATE SET division = $4, state = $5, version = $6, skills = $7, consented_at = $8, updated_at = $10, history = $11
     WHERE v.id = $2 RETURNING id`,
    [
      jurisdiction,
      uuid,
      it.person,
      it.division,
      it.state,
      it.version,
      JSON.stringify(it.skills),
      it.consentedAt,
      it.createdAt,
      now,
      JSON.stringify(it.history),
    ],
  )
  return row !== undefined
}

export type VolunteerFilter = {
  readonly place: DivisionCode
  readonly state?: VolunteerState
  readonly skill?: Skill
  readonly size: number
  readonly cursor?: string
}

/** Volunteers of a place, newest first. */
export async function listVolunteersOf(tx: Tx, filter: VolunteerFilter): Promise<{ rows: Volunteer[]; next?: string }> {
  const { place } = filter
  const conditions = new Conditions()
  if (place.length >= 12) conditions.add('v.division = ?', place.slice(0, 12))
  else conditions.add(`left(v.division, ${place.length >= 9 ? 9 : 6}) = ?`, place.slice(0, place.length >= 9 ? 9 : 6))
  if (filter.state !== undefined) conditions.add('v.state = ?', filter.state)
  if (filter.skill !== undefined) conditions.add('v.skills @> ?::jsonb', JSON.stringify([filter.skill]))
  const { where, next, values } = conditions.all(behind('v', filter.cursor))
  const rows = await rowsOf<VolunteerRow>(
    tx,
    `SELECT ${columns} FROM volunteers.volunteer v WHERE ${where} ORDER BY v.id DESC LIMIT ${next}`,
    [...values, filter.size + 1],
  )
  return paged(rows.map(volunteerOf), filter.size)
}

/** Confirmed hours of one volunteer at one shift. */
export type Hours = {
  readonly person: string
  readonly shift: string
  readonly title: string
  readonly place: string
  readonly division: DivisionCode
  readonly organization?: string
  readonly from: Instant
  readonly until: Instant
  readonly minutes: number
  readonly byWorker: boolean
}

/**
 * Enters hours and adds them to the sums of their volunteers, in one statement. The volunteers are locked in order of person, so that two shifts with
 * the same people wait for each other and never block each other. Throws 23P01 when an hour overlaps one entered meanwhile. */
export async function insertHours(tx: Tx, hours: readonly Hours[], now: Instant): Promise<void> {
  await rowOf(
    tx,
    `WITH x AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS x(person text, shift text, title text, place text, division text, organization text,
         "from" timestamptz, until timestamptz, minutes integer, "byWorker" boolean)
     ), held AS (
       SELECT v.jurisdiction, v.id, x.minutes FROM x JOIN volunteers.volunteer v ON v.jurisdiction = left(x.person, 6) AND v.person = x.person
       ORDER BY v.person COLLATE "C" FOR UPDATE OF v
     ), added AS (
       UPDATE volunteers.volunteer v SET minutes = v.minutes + held.minutes, shifts = v.shifts + 1, updated_at = $2
       FROM held WHERE v.jurisdiction = held.jurisdiction AND v.id = held.id
     )
     INSERT INTO volunteers.hours (person, shift, title, place, division, organization, starts, ends, minutes, by_worker, at)
     SELECT person, shift, title, place, division, organization, "from", until, minutes, "byWorker", $2 FROM x
     WHERE (SELECT count(*) FROM held) >= 0 ORDER BY person COLLATE "C"`,
    [JSON.stringify(hours), now],
  )
}

type HoursRow = Known<VolunteersHours, { starts: Instant; ends: Instant }>

function hoursOf(row: HoursRow): Hours {
  return {
    person: row.person,
    shift: row.shift,
    title: row.title,
    place: row.place,
    division: asDivision(row.division),
    organization: row.organization ?? undefined,
    from: row.starts,
    until: row.ends,
    minutes: row.minutes,
    byWorker: row.by_worker,
  }
}

/** A volunteer's hours, newest first. */
export async function listHoursOf(
  tx: Tx,
  filter: { readonly person: string; readonly size: number; readonly cursor?: string },
): Promise<{ rows: Hours[]; next?: string }> {
  const conditions = new Conditions().add('h.person = ?', filter.person)
  const [before] = readCursor(filter.cursor, 1) ?? []
  if (before !== undefined && !Number.isNaN(Date.parse(before))) conditions.add('h.starts < ?', before)
  const { where, next, values } = conditions
  const rows = await rowsOf<HoursRow>(
    tx,
    `SELECT h.person, h.shift, h.title, h.place, h.division, h.organization, h.starts, h.ends, h.minutes, h.by_worker, h.at FROM volunteers.hours h WHERE ${where} ORDER BY h.starts DESC LIMIT ${next}`,
    [...values, filter.size + 1],
  )
  const page = rows.slice(0, filter.size).map(hoursOf)
  const last = page.at(-1)
  // No two hours of a person begin at once: the beginning alone is the place in the list.
  return { rows: page, next: rows.length > filter.size && last ? cursorOf([last.from]) : undefined }
}

/** Beginning of the first and end of the last confirmed hour; undefined when there is none. */
export async function findHoursSpan(
  tx: Tx,
  person: string,
): Promise<{ readonly firstAt: Instant; readonly lastAt: Instant } | undefined> {
  return rowOf(
    tx,
    `SELECT (SELECT starts FROM volunteers.hours WHERE person = $1 ORDER BY starts LIMIT 1) AS "firstAt", ends AS "lastAt"
     FROM volunteers.hours WHERE person = $1 ORDER BY starts DESC LIMIT 1`,
    [person],
  )
}

const proofColumns =
  'jurisdiction, id, division, number_year, number_value, person, masked_name, code, minutes, shifts, first_at, last_at, issued_at'

function proofOf(row: ProofRow): HoursProof {
  return {
    id: joinId(row.jurisdiction, row.id),
    division: asDivision(row.division),
    number: { year: row.number_year, value: Number(row.number_value) },
    person: row.person,
    maskedName: row.masked_name,
    code: row.code,
    minutes: row.minutes,
    shifts: row.shifts,
    firstAt: row.first_at,
    lastAt: row.last_at,
    issuedAt: row.issued_at,
  }
}

export async function insertProof(tx: Tx, it: HoursProof): Promise<void> {
  const { jurisdiction, uuid } = splitId(it.id)
  await rowOf(
    tx,
    `INSERT INTO volunteers.hours_proof (${proofColumns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      jurisdiction,
      uuid,
      it.division,
      it.number.year,
      it.number.value,
      it.person,
      it.maskedName,
      it.code,
      it.minutes,
      it.shifts,
      it.firstAt,
      it.lastAt,
      it.issuedAt,
    ],
  )
}

/** The newest ten proofs that a person made. */
export async function listProofsOf(tx: Tx, person: string): Promise<HoursProof[]> {
  const rows = await rowsOf<ProofRow>(
    tx,
    `SELECT ${proofColumns} FROM volunteers.hours_proof WHERE person = $1 ORDER BY id DESC LIMIT 10`,
    [person],
  )
  return rows.map(proofOf)
}

export async function findProof(tx: Tx, id: string): Promise<HoursProof | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<ProofRow>(
    tx,
    `SELECT ${proofColumns} FROM volunteers.hours_proof WHERE jurisdiction = $1 AND id = $2`,
    [jurisdiction, uuid],
  )
  return row && proofOf(row)
}

export async function findProofByCode(tx: Tx, jurisdiction: string, code: string): Promise<HoursProof | undefined> {
  const row = await rowOf<ProofRow>(
    tx,
    `SELECT ${proofColumns} FROM volunteers.hours_proof WHERE jurisdiction = $1 AND code = $2`,
    [jurisdiction, code],
  )
  return row && proofOf(row)
}
