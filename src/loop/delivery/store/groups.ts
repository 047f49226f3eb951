// Delivery: the SQL of groups, their sessions, members and attendance. Nothing but SQL.
import type { Scopes } from '../../../kit/actor.ts'
import { asDivision, type DivisionCode, joinId, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { behind, Conditions, within } from '../../../platform/conditions.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import { recordReader } from '../../../platform/records.ts'
import type { Statement } from '../../../platform/together.ts'
import { countUpToCap, paged } from '../../../platform/pages.ts'
import type { GroupState } from '../contract/groups.ts'
import type { Group, GroupId, GroupSession, GroupSessionId } from '../rules/groups.ts'
import type { DeliveryGroupMember, DeliveryGroupSession, DeliverySocialGroup } from '../tables.ts'

type Known<Table, Narrow> = Omit<Table, keyof Narrow> & Narrow
type GroupRow = Known<
  DeliverySocialGroup,
  {
    state: GroupState
    version: number
    type: Group['type']
    members: number
    result: Group['result'] | null
    created_at: Instant
    history: Group['history']
  }
>
type SessionRow = Known<
  DeliveryGroupSession,
  {
    phase: GroupSession['phase']
    state: GroupSession['state']
    starts: Instant
    ends: Instant
    opened_at: Instant | null
    attendance: number
  }
>
type MemberRow = Known<DeliveryGroupMember, { joined_at: Instant; left_at: Instant | null }>

export type Member = {
  readonly id: string
  readonly mark: string
  readonly who: Buffer
  readonly joinedAt: Instant
  readonly leftAt?: Instant
  /** Sessions that they came to. */
  readonly sessions: readonly string[]
}

const columns = [
  'jurisdiction',
  'id',
  'division',
  'state',
  'version',
  'number_year',
  'number_value',
  'contract',
  'activity',
  'organization',
  'worker',
  'person',
  'worker_name',
  'title',
  'type',
  'aims',
  'place',
  'capacity',
  'members',
  'result',
  'summary',
  'created_at',
  'history',
] as const
const selected = columns.map((column) => `g.${column}`).join(', ')

function sessionOf(row: SessionRow): GroupSession {
  return {
    id: joinId(row.jurisdiction, row.id),
    position: row.position,
    phase: row.phase,
    theme: row.theme,
    from: row.starts,
    until: row.ends,
    state: row.state,
    openedAt: row.opened_at ?? undefined,
    attendance: row.attendance,
    serviceRecord: row.service_record ?? undefined,
  }
}

function groupOf(row: GroupRow, sessions: readonly GroupSession[]): Group {
  return {
    id: joinId(row.jurisdiction, row.id),
    number: { year: row.number_year, value: Number(row.number_value) },
    division: asDivision(row.division),
    state: row.state,
    version: row.version,
    contract: joinId(row.jurisdiction, row.contract),
    activity: joinId(row.jurisdiction, row.activity),
    organization: row.organization,
    worker: row.worker,
    person: row.person,
    workerName: row.worker_name,
    title: row.title,
    type: row.type,
    aims: row.aims,
    place: row.place,
    capacity: row.capacity,
    members: row.members,
    sessions,
    result: row.result ?? undefined,
    summary: row.summary ?? undefined,
    createdAt: row.created_at,
    history: row.history,
  }
}

const selectGroup = `SELECT ${selected} FROM delivery.social_group g WHERE g.jurisdiction = $1 AND g.id = $2`
const selectSessions = `
SELECT s.jurisdiction, s.id, s.group_id, s.position, s.phase, s.theme, s.starts, s.ends, s.state, s.opened_at, s.attendance, s.service_record
FROM delivery.group_session s WHERE s.jurisdiction = $1 AND s.group_id = $2 ORDER BY s.position`

async function withSessions(tx: Tx, id: string, text: string): Promise<Group | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<GroupRow>(tx, text, [jurisdiction, uuid])
  if (row === undefined) return undefined
  // After the lock of the group, which every change of a session takes first.
  return groupOf(row, (await rowsOf<SessionRow>(tx, selectSessions, [jurisdiction, uuid])).map(sessionOf))
}

export const findGroup = (tx: Tx, id: string): Promise<Group | undefined> => withSessions(tx, id, selectGroup)

export const findGroupForUpdate = (tx: Tx, id: string): Promise<Group | undefined> =>
  withSessions(tx, id, `${selectGroup} FOR UPDATE`)

/** Groups of many ids without their sessions. */
export const { list: listGroupsById } = recordReader<GroupRow, Group>(selected, 'delivery.social_group g', (row) =>
  groupOf(row, []),
)

const insertText = `
INSERT INTO delivery.social_group (${columns.join(', ')}, updated_at)
VALUES (${columns.map((_, index) => `$${index + 1}`).join(', ')}, $${columns.length + 1})`

export async function insertGroup(tx: Tx, group: Group): Promise<void> {
  const { jurisdiction, uuid } = splitId(group.id)
  await rowOf(tx, insertText, [
    jurisdiction,
    uuid,
    group.division,
    group.state,
    group.version,
    group.number.year,
    group.number.value,
    splitId(group.contract).uuid,
    splitId(group.activity).uuid,
    group.organization,
    group.worker,
    group.person,
    group.workerName,
    group.title,
    group.type,
    group.aims,
    group.place,
    group.capacity,
    group.members,
    null,
    null,
    group.createdAt,
    JSON.stringify(group.history),
    group.createdAt,
  ])
  await rowOf(
    tx,
    `INSERT INTO delivery.group_session (jurisdiction, group_id, id, position, phase, theme, starts, ends)
     SELECT $1, $2, x.id, x.position, x.phase, x.theme, x."from", x."until" FROM jsonb_to_recordset($3::jsonb)
       AS x(id uuid, position smallint, phase text, theme text, "from" timestamptz, "until" timestamptz)`,
    [jurisdiction, uuid, JSON.stringify(group.sessions.map((each) => ({ ...each, id: splitId(each.id).uuid })))],
  )
}

export function groupSaved(group: Group, now: Instant): Statement {
  const { jurisdiction, uuid } = splitId(group.id)
  return {
    text: `UPDATE delivery.social_group SET state = $3, version = $4, members = $5, result = $6, summary = $7, history = $8, updated_at = $9
     WHERE jurisdiction = $1 AND id = $2`,
    values: [
      jurisdiction,
      uuid,
      group.state,
      group.version,
      group.members,
      group.result ?? null,
      group.summary ?? null,
      JSON.stringify(group.history),
      now,
    ],
  }
}

export function sessionSaved(session: GroupSession): Statement {
  const { jurisdiction, uuid } = splitId(session.id)
  return {
    text: `UPDATE delivery.group_session SET starts = $3, ends = $4, state = $5, opened_at = $6, attendance = $7, service_record = $8
     WHERE jurisdiction = $1 AND id = $2`,
    values: [
      jurisdiction,
      uuid,
      session.from,
      session.until,
      session.state,
      session.openedAt ?? null,
      session.attendance,
      session.serviceRecord ?? null,
    ],
  }
}

export type GroupFilter = {
  readonly contract?: string
  readonly division?: DivisionCode
  readonly state?: GroupState
  readonly person?: string
  readonly size: number
  readonly cursor?: string
}

function conditionsOf(scopes: Scopes, filter: GroupFilter): Conditions {
  const conditions = new Conditions().anyOf(within('g', scopes, filter.division))
  if (filter.contract !== undefined) {
    const { jurisdiction, uuid } = splitId(filter.contract)
    conditions.add('g.jurisdiction = ? AND g.contract = ?', jurisdiction, uuid)
  }
  if (filter.state !== undefined) conditions.add('g.state = ?', filter.state)
  if (filter.person !== undefined) conditions.add('g.person = ?', filter.person)
  return conditions
}

/** Newest first, without their sessions. */
export async function listGroups(
  tx: Tx,
  scopes: Scopes,
  filter: GroupFilter,
): Promise<{ groups: Group[]; next?: string }> {
  const { where, next, values } = conditionsOf(scopes, filter).all(behind('g', filter.cursor))
  const rows = await rowsOf<GroupRow>(
    tx,
    `SELECT ${selected} FROM delivery.social_group g WHERE ${where} ORDER BY g.id DESC LIMIT ${next}`,
    [...values, filter.size + 1],
  )
  const page = paged(
    rows.map((row) => groupOf(row, [])),
    filter.size,
  )
  return { groups: page.rows, next: page.next }
}

export async function getGroupCount(
  tx: Tx,
  scopes: Scopes,
  filter: GroupFilter,
): Promise<{ n: number; capped: boolean }> {
  return countUpToCap(tx, 'delivery.social_group g', conditionsOf(scopes, filter))
}

export async function insertMember(
  tx: Tx,
  group: GroupId,
  member: Pick<Member, 'id' | 'mark' | 'who' | 'joinedAt'>,
): Promise<void> {
  const { jurisdiction, uuid } = splitId(member.id)
  await rowOf(
    tx,
    'INSERT INTO delivery.group_member (jurisdiction, id, group_id, mark, who, joined_at) VALUES ($1, $2, $3, $4, $5, $6)',
    [jurisdiction, uuid, splitId(group).uuid, member.mark, member.who, member.joinedAt],
  )
}

export async function saveMemberLeft(tx: Tx, id: string, now: Instant): Promise<void> {
  const { jurisdiction, uuid } = splitId(id)
  await rowOf(tx, 'UPDATE delivery.group_member SET left_at = $3 WHERE jurisdiction = $1 AND id = $2', [
    jurisdiction,
    uuid,
    now,
  ])
}

/** All members of a group, those who left among them (at most 1,000), each with the sessions that they came to. */
export async function listMembersOf(tx: Tx, group: GroupId): Promise<Member[]> {
  const { jurisdiction, uuid } = splitId(group)
  const rows = await rowsOf<MemberRow & { sessions: string[] }>(
    tx,
    `SELECT m.jurisdiction, m.id, m.group_id, m.mark, m.who, m.joined_at, m.left_at,
       ARRAY(SELECT a.session_id::text FROM delivery.session_attendance a WHERE a.jurisdiction = m.jurisdiction AND a.member_id = m.id) AS sessions
     FROM delivery.group_member m WHERE m.jurisdiction = $1 AND m.group_id = $2 ORDER BY m.id LIMIT 1000`,
    [jurisdiction, uuid],
  )
  return rows.map((row) => ({
    id: joinId(row.jurisdiction, row.id),
    mark: row.mark,
    who: row.who,
    joinedAt: row.joined_at,
    leftAt: row.left_at ?? undefined,
    sessions: row.sessions.map((session) => joinId(row.jurisdiction, session)),
  }))
}

/** Whether somebody with this mark is in the group today: the member's id, and whether they came to the session. */
export async function findMemberByMark(
  tx: Tx,
  group: GroupId,
  mark: string,
  session: GroupSessionId,
): Promise<{ readonly id: string; readonly here: boolean } | undefined> {
  const { jurisdiction, uuid } = splitId(group)
  const row = await rowOf<{ id: string; here: boolean }>(
    tx,
    `SELECT m.id, EXISTS (SELECT 1 FROM delivery.session_attendance a WHERE a.jurisdiction = $1 AND a.session_id = $4 AND a.member_id = m.id) AS here
     FROM delivery.group_member m WHERE m.jurisdiction = $1 AND m.group_id = $2 AND m.mark = $3 AND m.left_at IS NULL`,
    [jurisdiction, uuid, mark, splitId(session).uuid],
  )
  return row && { id: joinId(jurisdiction, row.id), here: row.here }
}

export function attendancesInserted(
  session: GroupSessionId,
  members: readonly string[],
  byCode: boolean,
  now: Instant,
): Statement {
  const { jurisdiction, uuid } = splitId(session)
  return {
    text: `INSERT INTO delivery.session_attendance (jurisdiction, session_id, member_id, by_code, at)
     SELECT $1, $2::uuid, m, $4::boolean, $5::timestamptz FROM unnest($3::uuid[]) AS m`,
    values: [jurisdiction, uuid, members.map((member) => splitId(member).uuid), byCode, now],
  }
}
