// Procurement: the SQL of objections and of the complaints that follow them.
import { joinId, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import type { ObjectionTarget, Remedy } from '../contract/matters.ts'
import type { Complaint, Evidence, Objection } from '../rules/objecting.ts'

const some = <T>(value: T | null): T | undefined => value ?? undefined

type ObjectionRow = {
  jurisdiction: string
  id: string
  tender: string
  organization: string
  organization_name: string
  person: string
  against: ObjectionTarget
  lot: number | null
  argument: string
  asked: string
  files: Evidence[]
  at: Instant
  due: Instant
  state: Objection['state']
  decision: string | null
  decided_by: string | null
  decided_at: Instant | null
  c_id: string | null
  c_person: string | null
  c_argument: string | null
  c_asked: string | null
  c_files: Evidence[] | null
  c_at: Instant | null
  c_due: Instant | null
  c_state: Complaint['state'] | null
  c_decision: string | null
  c_remedy: Remedy | null
  c_decided_by: string | null
  c_decided_at: Instant | null
}

const columns = `o.jurisdiction, o.id, o.tender, o.organization, o.organization_name, o.person, o.against, o.lot, o.argument, o.asked, o.files, o.at, o.due,
  o.state, o.decision, o.decided_by, o.decided_at, c.id AS c_id, c.person AS c_person, c.argument AS c_argument, c.asked AS c_asked,
  c.files AS c_files, c.at AS c_at, c.due AS c_due, c.state AS c_state, c.decision AS c_decision, c.remedy AS c_remedy,
  c.decided_by AS c_decided_by, c.decided_at AS c_decided_at`
const from = `procurement.objection o
  LEFT JOIN procurement.complaint c ON c.jurisdiction = o.jurisdiction AND c.objection = o.id`

function complaintOf(row: ObjectionRow): Complaint | undefined {
  const { c_id, c_person, c_argument, c_asked, c_files, c_at, c_due, c_state } = row
  if (
    c_id === null ||
    c_person === null ||
    c_argument === null ||
    c_asked === null ||
    c_files === null ||
    c_at === null ||
    c_due === null ||
    c_state === null
  ) {
    return undefined
  }
  return {
    id: joinId(row.jurisdiction, c_id),
    person: c_person,
    argument: c_argument,
    asked: c_asked,
    files: c_files,
    at: c_at,
    due: c_due,
    state: c_state,
    decision: some(row.c_decision),
    remedy: some(row.c_remedy),
    decidedBy: some(row.c_decided_by),
    decidedAt: some(row.c_decided_at),
  }
}

function objectionOf(row: ObjectionRow): Objection {
  return {
    id: joinId(row.jurisdiction, row.id),
    organization: row.organization,
    organizationName: row.organization_name,
    person: row.person,
    against: row.against,
    lot: some(row.lot),
    argument: row.argument,
    asked: row.asked,
    files: row.files,
    at: row.at,
    due: row.due,
    state: row.state,
    decision: some(row.decision),
    decidedBy: some(row.decided_by),
    decidedAt: some(row.decided_at),
    complaint: complaintOf(row),
  }
}

/** Objections to a tender with their complaints, oldest first, at most 100. */
export async function listObjections(tx: Tx, tender: string): Promise<Objection[]> {
  const { jurisdiction, uuid } = splitId(tender)
  const rows = await rowsOf<ObjectionRow>(
    tx,
    `SELECT ${columns} FROM ${from} WHERE o.jurisdiction = $1 AND o.tender = $2 ORDER BY o.id LIMIT 100`,
    [jurisdiction, uuid],
  )
  return rows.map(objectionOf)
}

/** Where the claims stand, for their evidence: by the ids of objections, or of complaints. */
export async function listClaimCards(
  tx: Tx,
  kind: 'objection' | 'complaint',
  ids: readonly string[],
): Promise<{ id: string; division: string; organization: string; state: string; title: string }[]> {
  const keys = ids.map(splitId)
  if (keys.length === 0) return []
  const table = kind === 'objection' ? 'o' : 'c'
  const rows = await rowsOf<{
    jurisdiction: string
    id: string
    division: string
    organization: string
    state: string
    title: string
  }>(
    tx,
    `SELECT ${table}.jurisdiction, ${table}.id, ${table}.state, o.organization, t.division, t.title FROM ${from}
     JOIN procurement.tender t ON t.jurisdiction = o.jurisdiction AND t.id = o.tender
     WHERE ${table}.jurisdiction = ANY($1) AND ${table}.id = ANY($2)`,
    [[...new Set(keys.map((key) => key.jurisdiction as string))], keys.map((key) => key.uuid)],
  )
  return rows.map(({ jurisdiction, id, ...row }) => ({ ...row, id: joinId(jurisdiction, id) }))
}

export async function insertObjection(tx: Tx, tender: string, objection: Objection): Promise<void> {
  const { jurisdiction, uuid } = splitId(objection.id)
  await rowOf(
    tx,
    `INSERT INTO procurement.objection (jurisdiction, id, tender, organization, organization_name, person, against, argument, asked, at, due, state, files, lot)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      jurisdiction,
      uuid,
      splitId(tender).uuid,
      objection.organization,
      objection.organizationName,
      objection.person,
      objection.against,
      objection.argument,
      objection.asked,
      objection.at,
      objection.due,
      objection.state,
      JSON.stringify(objection.files),
      objection.lot ?? null,
    ],
  )
}

export async function saveObjection(tx: Tx, objection: Objection): Promise<void> {
  const { jurisdiction, uuid } = splitId(objection.id)
  await rowOf(
    tx,
    'UPDATE procurement.objection SET state = $3, decision = $4, decided_by = $5, decided_at = $6 WHERE jurisdiction = $1 AND id = $2',
    [
      jurisdiction,
      uuid,
      objection.state,
      objection.decision ?? null,
      objection.decidedBy ?? null,
      objection.decidedAt ?? null,
    ],
  )
}

export async function insertComplaint(
  tx: Tx,
  tender: string,
  objection: Objection,
  complaint: Complaint,
): Promise<void> {
  const { jurisdiction, uuid } = splitId(complaint.id)
  await rowOf(
    tx,
    `INSERT INTO procurement.complaint (jurisdiction, id, objection, tender, person, argument, asked, files, at, due, state)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      jurisdiction,
      uuid,
      splitId(objection.id).uuid,
      splitId(tender).uuid,
      complaint.person,
      complaint.argument,
      complaint.asked,
      JSON.stringify(complaint.files),
      complaint.at,
      complaint.due,
      complaint.state,
    ],
  )
}

export async function saveComplaint(tx: Tx, complaint: Complaint): Promise<void> {
  const { jurisdiction, uuid } = splitId(complaint.id)
  await rowOf(
    tx,
    `UPDATE procurement.complaint SET state = $3, decision = $4, remedy = $5, decided_by = $6, decided_at = $7
     WHERE jurisdiction = $1 AND id = $2`,
    [
      jurisdiction,
      uuid,
      complaint.state,
      complaint.decision ?? null,
      complaint.remedy ?? null,
      complaint.decidedBy ?? null,
      complaint.decidedAt ?? null,
    ],
  )
}
