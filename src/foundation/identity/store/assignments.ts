// All SQL over assignments and delegations.
import type { Scopes } from '../../../kit/actor.ts'
import { type DivisionCode, type Id, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import type { PlainDate } from '../../../kit/plain-date.ts'
import type { Role } from '../../../kit/roles.ts'
import { type Condition, Conditions, under } from '../../../platform/conditions.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import type { AssignmentState } from '../contract.ts'

/** A role given to a person; days are whole days of Asia/Shanghai, `until` the last one. */
export type Assignment = {
  readonly id: Id<'assignment'>
  readonly person: Id<'person'>
  readonly role: Role
  readonly division: DivisionCode
  readonly organization?: Id<'organization'>
  readonly organizationName?: string
  readonly department?: string
  readonly from: PlainDate
  readonly until?: PlainDate
  readonly state: AssignmentState
  readonly version: number
  /** The assignment that this one copies for a period, and whose it is. */
  readonly delegatedFrom?: Id<'assignment'>
  readonly delegatedPerson?: Id<'person'>
  readonly givenBy?: Id<'person'>
  readonly createdAt: Instant
}

type Row = {
  reference: Id<'assignment'>
  person: Id<'person'>
  role: Role
  division: DivisionCode
  organization: Id<'organization'> | null
  organization_name: string | null
  department: string | null
  from_day: PlainDate
  until_day: PlainDate | null
  state: AssignmentState
  version: number
  delegated_from: Id<'assignment'> | null
  delegated_person: Id<'person'> | null
  given_by: Id<'person'> | null
  created_at: Instant
}

function assignmentOf(row: Row): Assignment {
  return {
    id: row.reference,
    person: row.person,
    role: row.role,
    division: row.division,
    organization: row.organization ?? undefined,
    organizationName: row.organization_name ?? undefined,
    department: row.department ?? undefined,
    from: row.from_day,
    until: row.until_day ?? undefined,
    state: row.state,
    version: row.version,
    delegatedFrom: row.delegated_from ?? undefined,
    delegatedPerson: row.delegated_person ?? undefined,
    givenBy: row.given_by ?? undefined,
    createdAt: row.created_at,
  }
}

const columns = `a.reference, a.person, a.role, a.division, a.organization, a.organization_name, a.department, a.from_day, a.until_day, a.state, a.version,
  a.delegated_from, a.delegated_person, a.given_by, a.created_at`

/** In force on day $n: given, within its days, and, when delegated, its giver's own still in force too. */
function inForce(day: string): string {
  return `a.state = 'given' AND a.from_day <= ${day} AND (a.until_day IS NULL OR a.until_day >= ${day})
  AND (a.delegated_from IS NULL OR EXISTS (SELECT 1 FROM identity.assignment g WHERE g.reference = a.delegated_from
    AND g.state = 'given' AND g.from_day <= ${day} AND (g.until_day IS NULL OR g.until_day >= ${day})))`
}

/** Today in business time, for callers that have only a transaction. */
const businessToday = `(SELECT ((clock_timestamp() + ahead_ms * interval '1 millisecond') AT TIME ZONE 'Asia/Shanghai')::date FROM platform.clock)`

const insertSql = `
INSERT INTO identity.assignment (jurisdiction, id, person, role, division, organization, organization_name, department, from_day, until_day,
  delegated_from, delegated_person, given_by, created_at, updated_at)
VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$14) ON CONFLICT DO NOTHING RETURNING id`

/** Inserts an assignment; false when the person holds the very same one already. */
export async function insertAssignment(tx: Tx, assignment: Assignment): Promise<boolean> {
  const { jurisdiction, uuid } = splitId(assignment.id)
  const row = await rowOf(tx, insertSql, [
    jurisdiction,
    uuid,
    assignment.person,
    assignment.role,
    assignment.division,
    assignment.organization ?? null,
    assignment.organizationName ?? null,
    assignment.department ?? null,
    assignment.from,
    assignment.until ?? null,
    assignment.delegatedFrom ?? null,
    assignment.delegatedPerson ?? null,
    assignment.givenBy ?? null,
    assignment.createdAt,
  ])
  return row !== undefined
}

/** The assignment with this id. */
export async function findAssignment(tx: Tx, id: string): Promise<Assignment | undefined> {
  const row = await rowOf<Row>(tx, `SELECT ${columns} FROM identity.assignment a WHERE a.reference = $1`, [id])
  return row === undefined ? undefined : assignmentOf(row)
}

/** Assignments of a set of ids; unknown ones are left out. */
export async function listAssignmentsById(tx: Tx, ids: readonly string[]): Promise<Assignment[]> {
  return (
    await rowsOf<Row>(tx, `SELECT ${columns} FROM identity.assignment a WHERE a.reference = ANY($1)`, [[...ids]])
  ).map(assignmentOf)
}

/** Like findAssignment, locked until the transaction ends. */
export async function findAssignmentForUpdate(tx: Tx, id: string): Promise<Assignment | undefined> {
  const row = await rowOf<Row>(tx, `SELECT ${columns} FROM identity.assignment a WHERE a.reference = $1 FOR UPDATE`, [
    id,
  ])
  return row === undefined ? undefined : assignmentOf(row)
}

/** Ends an assignment and every delegation of it, in one statement. */
export async function endAssignment(tx: Tx, id: string, at: Instant): Promise<void> {
  await rowOf(
    tx,
    `UPDATE identity.assignment SET state = 'ended', ended_at = $2, updated_at = $2, version = version + 1
     WHERE (reference = $1 OR delegated_from = $1) AND state = 'given'`,
    [id, at],
  )
}

const listByPerson = `SELECT ${columns} FROM identity.assignment a WHERE a.person = ANY($1) AND ${inForce('$2')} ORDER BY a.created_at, a.id LIMIT 2000`
const listByPersonNow = `SELECT ${columns} FROM identity.assignment a WHERE a.person = ANY($1) AND ${inForce(businessToday)} ORDER BY a.created_at, a.id LIMIT 2000`

/** Assignments in force on `day` (business today when left out) of some persons. */
export async function listAssignmentsInForce(
  tx: Tx,
  persons: readonly string[],
  day?: PlainDate,
): Promise<Assignment[]> {
  const rows =
    day === undefined
      ? await rowsOf<Row>(tx, listByPersonNow, [[...persons]])
      : await rowsOf<Row>(tx, listByPerson, [[...persons], day])
  return rows.map(assignmentOf)
}

/** Organizations of all assignments of some persons, ended ones too. */
export function listActedFor(tx: Tx, persons: readonly string[]): Promise<{ person: string; organization: string }[]> {
  return rowsOf(
    tx,
    'SELECT DISTINCT a.person, a.organization FROM identity.assignment a WHERE a.person = ANY($1) AND a.organization IS NOT NULL LIMIT 5000',
    [[...persons]],
  )
}

/** Every given assignment of a person that is not over yet, also those to begin later: administrators stay apart from business roles. */
export async function listAssignmentsGiven(tx: Tx, person: string, day: PlainDate): Promise<Assignment[]> {
  const rows = await rowsOf<Row>(
    tx,
    `SELECT ${columns} FROM identity.assignment a WHERE a.person = $1 AND a.state = 'given' AND (a.until_day IS NULL OR a.until_day >= $2) LIMIT 200`,
    [person, day],
  )
  return rows.map(assignmentOf)
}

const holders = `
SELECT DISTINCT a.person FROM identity.assignment a
WHERE a.role = $1 AND a.division = ANY($2) AND ${inForce(businessToday)} LIMIT 50`

/** At most 50 persons who hold `role` at one of these divisions today. */
export async function listHolders(tx: Tx, role: string, divisions: readonly string[]): Promise<Id<'person'>[]> {
  const rows = await rowsOf<{ person: Id<'person'> }>(tx, holders, [role, [...divisions]])
  return rows.map((row) => row.person)
}

const members = `SELECT DISTINCT a.person FROM identity.assignment a WHERE a.organization = $1 AND a.role = $2 AND ${inForce(businessToday)} LIMIT 50`

/** At most 50 persons who hold `role` in an organization today. */
export async function listMembers(tx: Tx, organization: string, role: string): Promise<Id<'person'>[]> {
  const rows = await rowsOf<{ person: Id<'person'> }>(tx, members, [organization, role])
  return rows.map((row) => row.person)
}

const colleagues = `
SELECT a.person, coalesce(p.official_name, p.masked_name) AS name, min(a.role) AS role FROM identity.assignment a
JOIN identity.person p ON p.jurisdiction = left(a.person, 6) AND p.id = substr(a.person, 8)::uuid
WHERE ((a.organization IS NULL AND $1::text IS NULL AND a.division = $2) OR a.organization = $1) AND a.person <> $3 AND ${inForce('$4')}
GROUP BY a.person, name ORDER BY name LIMIT 100`

/** Who else holds a role at this division, or in this organization, on a day. */
export function listColleagues(
  tx: Tx,
  place: { organization?: string; division: string },
  person: string,
  day: PlainDate,
): Promise<{ person: Id<'person'>; name: string; role: string }[]> {
  return rowsOf(tx, colleagues, [place.organization ?? null, place.division, person, day])
}

/** Delegations given by (or, with `received`, to) a person that are not over. */
export async function listDelegations(
  tx: Tx,
  person: string,
  side: 'given' | 'received',
  day: PlainDate,
): Promise<Assignment[]> {
  const column = side === 'given' ? 'a.delegated_person' : 'a.person'
  const rows = await rowsOf<Row>(
    tx,
    `SELECT ${columns} FROM identity.assignment a WHERE ${column} = $1 AND a.delegated_from IS NOT NULL AND a.state = 'given'
     AND (a.until_day IS NULL OR a.until_day >= $2) ORDER BY a.created_at DESC, a.id DESC LIMIT 50`,
    [person, day],
  )
  return rows.map(assignmentOf)
}

export type AssignmentFilter = {
  readonly scopes: Scopes
  readonly division?: DivisionCode
  readonly role?: string
  readonly state?: AssignmentState
  readonly size: number
  readonly after?: { readonly at: string; readonly id: string }
}

function conditions(filter: AssignmentFilter): Conditions {
  const found = new Conditions().anyOf([
    ...filter.scopes.divisions.map((division) => under('a.division', division)),
    ...filter.scopes.organizations.map((organization): Condition => ['a.organization = ?', organization]),
  ])
  if (filter.division !== undefined) found.add(...under('a.division', filter.division))
  if (filter.role !== undefined) found.add('a.role = ?', filter.role)
  if (filter.state !== undefined) found.add('a.state = ?', filter.state)
  if (filter.after !== undefined)
    found.add('(a.created_at, a.id) < (?::timestamptz, ?::uuid)', filter.after.at, filter.after.id)
  return found
}

/** A page of assignments within the actor's scopes, newest first. */
export async function listAssignments(tx: Tx, filter: AssignmentFilter): Promise<Assignment[]> {
  const { where, values } = conditions(filter)
  const rows = await rowsOf<Row>(
    tx,
    `SELECT ${columns} FROM identity.assignment a WHERE ${where} ORDER BY a.created_at DESC, a.id DESC LIMIT $${values.length + 1}`,
    [...values, filter.size],
  )
  return rows.map(assignmentOf)
}

/** How many there are, counted up to `cap` + 1. */
export async function countAssignments(tx: Tx, filter: AssignmentFilter, cap: number): Promise<number> {
  const { where, values } = conditions({ ...filter, after: undefined })
  const row = await rowOf<{ n: number }>(
    tx,
    `SELECT count(*)::int AS n FROM (SELECT 1 FROM identity.assignment a WHERE ${where} LIMIT $${values.length + 1}) x`,
    [...values, cap + 1],
  )
  return row?.n ?? 0
}
