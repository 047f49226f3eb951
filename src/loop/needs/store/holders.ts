// Needs: the SQL of who holds what and who is away.
import { asDivision, type DivisionCode, type Id, joinId, jurisdictionOf, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import type { PlainDate } from '../../../kit/plain-date.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import type { Absence } from '../rules/absence.ts'
import { prefixRange } from '../store.ts'

type AbsenceRow = {
  jurisdiction: string
  id: string
  person: string
  version: number
  division: string
  since: string
  until: string
  reason: Absence['reason']
}

const columns = 'a.jurisdiction, a.id, a.person, a.version, a.division, a.since, a.until, a.reason'

function absenceOf(row: AbsenceRow): Absence {
  return {
    id: joinId(row.jurisdiction, row.id),
    version: row.version,
    person: row.person as Id<'person'>,
    division: asDivision(row.division),
    since: row.since as PlainDate,
    until: row.until as PlainDate,
    reason: row.reason,
  }
}

const saveText = `
INSERT INTO needs.absence AS a (jurisdiction, person, id, division, since, until, reason, entered_by, entered_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (jurisdiction, person) DO UPDATE SET division = excluded.division, since = excluded.since, until = excluded.until,
  reason = excluded.reason, entered_by = excluded.entered_by, entered_at = excluded.entered_at, version = a.version + 1
RETURNING ${columns}`

/** Enters an absence; an earlier one of the same person gives way and keeps its id. Answers it as it stands now. */
export async function saveAbsence(tx: Tx, absence: Absence, by: string, now: Instant): Promise<Absence> {
  const { jurisdiction, uuid } = splitId(absence.id)
  const { person, division, since, until, reason } = absence
  const row = await rowOf<AbsenceRow>(tx, saveText, [
    jurisdiction,
    person,
    uuid,
    division,
    since,
    until,
    reason,
    by,
    now,
  ])
  if (row === undefined) throw new Error('the absence was not written')
  return absenceOf(row)
}

export async function findAbsenceForUpdate(tx: Tx, id: string): Promise<Absence | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<AbsenceRow>(
    tx,
    `SELECT ${columns} FROM needs.absence a WHERE a.jurisdiction = $1 AND a.id = $2 FOR UPDATE`,
    [jurisdiction, uuid],
  )
  return row === undefined ? undefined : absenceOf(row)
}

export async function removeAbsence(tx: Tx, id: string): Promise<void> {
  const { jurisdiction, uuid } = splitId(id)
  await rowOf(tx, 'DELETE FROM needs.absence WHERE jurisdiction = $1 AND id = $2', [jurisdiction, uuid])
}

/** Absences of some persons that are not over on the day, at one government. */
export async function listAbsencesOf(
  tx: Tx,
  jurisdiction: string,
  persons: readonly string[],
  day: PlainDate,
): Promise<Absence[]> {
  if (persons.length === 0) return []
  const rows = await rowsOf<AbsenceRow>(
    tx,
    `SELECT ${columns} FROM needs.absence a WHERE a.jurisdiction = $1 AND a.person = ANY($2) AND a.until >= $3`,
    [jurisdiction, [...new Set(persons)], day],
  )
  return rows.map(absenceOf)
}

const mostAway = 200

/** Who is away on the day at a place, at most 200. */
export async function listAwayAt(tx: Tx, division: DivisionCode, day: PlainDate): Promise<string[]> {
  const rows = await rowsOf<{ person: string }>(
    tx,
    `SELECT a.person FROM needs.absence a WHERE a.division >= $1 AND a.division < $2 AND a.since <= $3 AND a.until >= $3 LIMIT ${mostAway}`,
    [...prefixRange(division), day],
  )
  return rows.map((row) => row.person)
}

export type Held = { readonly person: string; readonly name: string; readonly held: number; readonly overdue: number }

const heldText = `
SELECT n.holder AS person, max(n.holder_name) AS name, count(*)::int AS held,
  count(*) FILTER (WHERE n.due_at < $3 AND n.paused_at IS NULL)::int AS overdue
FROM needs.need n
WHERE n.jurisdiction = $1 AND n.division = $2 AND n.holder IS NOT NULL AND n.state IN ('submitted', 'accepted', 'responding')
GROUP BY n.holder ORDER BY 3 DESC, 1 LIMIT 100`

/** Who holds open needs of a community, and how many; private ones count. At most 100 persons. */
export function listHeld(tx: Tx, division: DivisionCode, now: Instant): Promise<Held[]> {
  return rowsOf<Held>(tx, heldText, [jurisdictionOf(division), division, now])
}
