// SQL of what hangs on an organization: staff, warning lists, credit entries.
import { joinId, type RecordRef, splitId } from '../../../kit/id.ts'
import { instant, type Instant } from '../../../kit/instant.ts'
import { type PlainDate, plainDateOf } from '../../../kit/plain-date.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import { type OrganizationId, staffDuties, type StaffDuty, type WarningList, warningLists } from '../contract.ts'
import type { Staff } from '../rules.ts'
import { maybe, oneOf } from './rows.ts'

type StaffRow = {
  jurisdiction: string
  id: string
  person: string
  duty: string
  from_day: string
  until_day: string | null
}

function staffOf(row: StaffRow): Staff {
  return {
    id: joinId<'staff'>(row.jurisdiction, row.id),
    person: row.person,
    duty: oneOf(staffDuties, row.duty),
    from: plainDateOf(row.from_day),
    until: maybe(row.until_day, plainDateOf),
  }
}

/** At most 200, those in office first. */
export async function listStaff(tx: Tx, organization: OrganizationId): Promise<Staff[]> {
  const { jurisdiction, uuid } = splitId(organization)
  const rows = await rowsOf<StaffRow>(
    tx,
    'SELECT * FROM organizations.staff WHERE jurisdiction = $1 AND organization = $2 ORDER BY until_day NULLS FIRST, id LIMIT 200',
    [jurisdiction, uuid],
  )
  return rows.map(staffOf)
}

/** Who holds or held an office in one of these organizations or applied for its registration, in one statement; at most 2,000 rows. */
export async function listStaffOfMany(
  tx: Tx,
  organizations: readonly string[],
): Promise<{ organization: string; person: string }[]> {
  if (organizations.length === 0) return []
  const keys = organizations.map((id) => ({ jurisdiction: splitId(id).jurisdiction, id: splitId(id).uuid }))
  const rows = await rowsOf<{ jurisdiction: string; organization: string; person: string }>(
    tx,
    `WITH x AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS x(jurisdiction text, id uuid))
     SELECT s.jurisdiction, s.organization, s.person FROM organizations.staff s
     JOIN x ON s.jurisdiction = x.jurisdiction AND s.organization = x.id
     UNION SELECT o.jurisdiction, o.id, o.applicant FROM organizations.organization o
     JOIN x ON o.jurisdiction = x.jurisdiction AND o.id = x.id
     LIMIT 2000`,
    [JSON.stringify(keys)],
  )
  return rows.map((row) => ({ organization: joinId(row.jurisdiction, row.organization), person: row.person }))
}

export async function findStaffForUpdate(
  tx: Tx,
  organization: OrganizationId,
  staff: string,
): Promise<Staff | undefined> {
  const { jurisdiction, uuid } = splitId(organization)
  const row = await rowOf<StaffRow>(
    tx,
    'SELECT * FROM organizations.staff WHERE jurisdiction = $1 AND organization = $2 AND id = $3 FOR UPDATE',
    [jurisdiction, uuid, splitId(staff).uuid],
  )
  return row === undefined ? undefined : staffOf(row)
}

export async function insertStaff(
  tx: Tx,
  organization: OrganizationId,
  staff: { id: string; person: string; duty: StaffDuty; from: PlainDate },
): Promise<void> {
  const { jurisdiction, uuid } = splitId(organization)
  await rowsOf(
    tx,
    'INSERT INTO organizations.staff (jurisdiction, id, organization, person, duty, from_day) VALUES ($1,$2,$3,$4,$5,$6)',
    [jurisdiction, splitId(staff.id).uuid, uuid, staff.person, staff.duty, staff.from],
  )
}

export async function saveStaff(tx: Tx, staff: string, until: PlainDate): Promise<void> {
  const { jurisdiction, uuid } = splitId(staff)
  await rowsOf(tx, 'UPDATE organizations.staff SET until_day = $3 WHERE jurisdiction = $1 AND id = $2', [
    jurisdiction,
    uuid,
    until,
  ])
}

export type Warning = {
  readonly list: WarningList
  readonly reason: string
  readonly enteredAt: Instant
  readonly leftAt?: Instant
}

export async function listWarnings(tx: Tx, organization: OrganizationId): Promise<Warning[]> {
  const { jurisdiction, uuid } = splitId(organization)
  const rows = await rowsOf<{ list: string; reason: string; entered_at: string; left_at: string | null }>(
    tx,
    'SELECT list, reason, entered_at, left_at FROM organizations.warning WHERE jurisdiction = $1 AND organization = $2 ORDER BY id DESC LIMIT 100',
    [jurisdiction, uuid],
  )
  return rows.map((row) => ({
    list: oneOf(warningLists, row.list),
    reason: row.reason,
    enteredAt: instant(row.entered_at),
    leftAt: maybe(row.left_at, instant),
  }))
}

export async function insertWarning(
  tx: Tx,
  organization: OrganizationId,
  id: string,
  list: WarningList,
  reason: string,
  now: Instant,
): Promise<void> {
  const { jurisdiction, uuid } = splitId(organization)
  await rowsOf(
    tx,
    'INSERT INTO organizations.warning (jurisdiction, id, organization, list, reason, entered_at) VALUES ($1,$2,$3,$4,$5,$6)',
    [jurisdiction, splitId(id).uuid, uuid, list, reason, now],
  )
}

/** Ends the entry that stands on a list. */
export async function saveWarningLeft(
  tx: Tx,
  organization: OrganizationId,
  list: WarningList,
  reason: string,
  now: Instant,
): Promise<void> {
  const { jurisdiction, uuid } = splitId(organization)
  await rowsOf(
    tx,
    'UPDATE organizations.warning SET left_at = $5, left_reason = $4 WHERE jurisdiction = $1 AND organization = $2 AND list = $3 AND left_at IS NULL',
    [jurisdiction, uuid, list, reason, now],
  )
}

export type Credit = {
  readonly kind: string
  readonly points: number
  readonly words: string
  readonly at: Instant
  readonly of: RecordRef
}

export async function listCredit(tx: Tx, organization: OrganizationId): Promise<{ entries: Credit[]; points: number }> {
  const { jurisdiction, uuid } = splitId(organization)
  type CreditRow = {
    kind: string
    points: number
    words: string
    at: string
    of_kind: string
    of_id: string
    total: bigint
  }
  const rows = await rowsOf<CreditRow>(
    tx,
    'SELECT kind, points, words, at, of_kind, of_id, sum(points) OVER () AS total FROM organizations.credit_entry WHERE jurisdiction = $1 AND organization = $2 ORDER BY id DESC LIMIT 100',
    [jurisdiction, uuid],
  )
  const entries = rows.map((row) => ({
    kind: row.kind,
    points: row.points,
    words: row.words,
    at: instant(row.at),
    of: { kind: row.of_kind, id: row.of_id },
  }))
  return { entries, points: Number(rows[0]?.total ?? 0n) }
}

/** Once per kind and record; answers whether the entry is new. */
export async function insertCredit(
  tx: Tx,
  organization: string,
  id: string,
  entry: { kind: string; points: number; of: RecordRef; words: string },
  now: Instant,
): Promise<boolean> {
  const { jurisdiction, uuid } = splitId(organization)
  const row = await rowOf(
    tx,
    `INSERT INTO organizations.credit_entry (jurisdiction, id, organization, kind, points, of_kind, of_id, words, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
     ON CONFLICT ON CONSTRAINT credit_entry_once DO NOTHING RETURNING id`,
    [jurisdiction, splitId(id).uuid, uuid, entry.kind, entry.points, entry.of.kind, entry.of.id, entry.words, now],
  )
  return row !== undefined
}
