// Deliberation: the SQL of the meeting's day, of who came, and of the officers' own counts.
import { splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import type { PlainDate } from '../../../kit/plain-date.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import type { AgendaItem, HeldDay, MeetingDay, MeetingKey, PaperCount } from '../rules/meeting-day.ts'

type DayRow = {
  round: number
  held_on: PlainDate
  version: number
  agenda: readonly AgendaItem[]
  check_in: boolean
  attempt: number
  counted: PaperCount | null
}

const columns = 'm.round, m.held_on, m.version, m.agenda, m.check_in, m.attempt, m.counted'

const dayOf = (row: DayRow): MeetingDay => ({
  round: row.round,
  heldOn: row.held_on,
  version: row.version,
  agenda: row.agenda,
  checkIn: row.check_in,
  attempt: row.attempt,
  counted: row.counted ?? undefined,
})

/** The newest day of a motion's meetings; the motion is locked by the caller where it is written to. */
export async function findLastDay(tx: Tx, motion: string): Promise<MeetingDay | undefined> {
  const { jurisdiction, uuid } = splitId(motion)
  const row = await rowOf<DayRow>(
    tx,
    `SELECT ${columns} FROM deliberation.meeting m WHERE m.jurisdiction = $1 AND m.motion = $2 ORDER BY m.round DESC, m.held_on DESC LIMIT 1`,
    [jurisdiction, uuid],
  )
  return row === undefined ? undefined : dayOf(row)
}

/** The newest day with how many of those who checked in count, for the record. */
export async function findHeldDay(tx: Tx, motion: string): Promise<HeldDay | undefined> {
  const { jurisdiction, uuid } = splitId(motion)
  const row = await rowOf<{ round: number; held_on: PlainDate; counted: PaperCount | null; checked_in: number }>(
    tx,
    `SELECT m.round, m.held_on, m.counted, (SELECT count(*)::int FROM deliberation.attendance a
       WHERE a.jurisdiction = m.jurisdiction AND a.motion = m.motion AND a.round = m.round AND a.held_on = m.held_on AND a.counted) AS checked_in
     FROM deliberation.meeting m WHERE m.jurisdiction = $1 AND m.motion = $2 ORDER BY m.round DESC, m.held_on DESC LIMIT 1`,
    [jurisdiction, uuid],
  )
  if (row === undefined) return undefined
  return { round: row.round, heldOn: row.held_on, checkedIn: row.checked_in, counted: row.counted ?? undefined }
}

/** Writes a day that is new or was changed. */
export async function saveDay(tx: Tx, motion: string, day: MeetingDay, now: Instant): Promise<void> {
  const { jurisdiction, uuid } = splitId(motion)
  await rowOf(
    tx,
    `INSERT INTO deliberation.meeting (jurisdiction, motion, round, held_on, version, agenda, check_in, attempt, counted, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (jurisdiction, motion, round, held_on) DO UPDATE SET version = EXCLUDED.version, agenda = EXCLUDED.agenda,
       check_in = EXCLUDED.check_in, attempt = EXCLUDED.attempt, counted = EXCLUDED.counted, updated_at = EXCLUDED.updated_at`,
    [
      jurisdiction,
      uuid,
      day.round,
      day.heldOn,
      day.version,
      JSON.stringify(day.agenda),
      day.checkIn,
      day.attempt,
      day.counted === undefined ? null : JSON.stringify(day.counted),
      now,
    ],
  )
}

/** Puts a person on the list of those who came; false when they stand on it. */
export async function insertAttendance(
  tx: Tx,
  motion: string,
  key: MeetingKey,
  person: string,
  counted: boolean,
  now: Instant,
): Promise<boolean> {
  const { jurisdiction, uuid } = splitId(motion)
  const row = await rowOf(
    tx,
    `INSERT INTO deliberation.attendance (jurisdiction, motion, round, held_on, person, counted, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING person`,
    [jurisdiction, uuid, key.round, key.heldOn, person, counted, now],
  )
  return row !== undefined
}

/** How many came, and whether `person` is among them. */
export async function countAttendance(
  tx: Tx,
  motion: string,
  key: MeetingKey,
  person: string | undefined,
): Promise<{ counted: number; others: number; mine: boolean | undefined }> {
  const { jurisdiction, uuid } = splitId(motion)
  const row = await rowOf<{ counted: number; others: number; mine: boolean | null }>(
    tx,
    `SELECT count(*) FILTER (WHERE a.counted)::int AS counted, count(*) FILTER (WHERE NOT a.counted)::int AS others,
       bool_or(a.counted) FILTER (WHERE a.person = $5) AS mine
     FROM deliberation.attendance a WHERE a.jurisdiction = $1 AND a.motion = $2 AND a.round = $3 AND a.held_on = $4`,
    [jurisdiction, uuid, key.round, key.heldOn, person ?? null],
  )
  return { counted: row?.counted ?? 0, others: row?.others ?? 0, mine: row?.mine ?? undefined }
}

/** The counts of one attempt, at most two. */
export async function listPaperCounts(
  tx: Tx,
  motion: string,
  key: MeetingKey,
  attempt: number,
): Promise<(PaperCount & { person: string })[]> {
  const { jurisdiction, uuid } = splitId(motion)
  const rows = await rowsOf<{ person: string; in_favour: number; against: number; abstain: number; invalid: number }>(
    tx,
    `SELECT person, in_favour, against, abstain, invalid FROM deliberation.paper_count
     WHERE jurisdiction = $1 AND motion = $2 AND round = $3 AND held_on = $4 AND attempt = $5 LIMIT 2`,
    [jurisdiction, uuid, key.round, key.heldOn, attempt],
  )
  return rows.map((row) => ({
    person: row.person,
    for: row.in_favour,
    against: row.against,
    abstain: row.abstain,
    invalid: row.invalid,
  }))
}

export async function insertPaperCount(
  tx: Tx,
  motion: string,
  key: MeetingKey,
  attempt: number,
  entry: PaperCount & { readonly person: string },
  now: Instant,
): Promise<void> {
  const { jurisdiction, uuid } = splitId(motion)
  await rowOf(
    tx,
    `INSERT INTO deliberation.paper_count (jurisdiction, motion, round, held_on, attempt, person, in_favour, against, abstain, invalid, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      jurisdiction,
      uuid,
      key.round,
      key.heldOn,
      attempt,
      entry.person,
      entry.for,
      entry.against,
      entry.abstain,
      entry.invalid,
      now,
    ],
  )
}
