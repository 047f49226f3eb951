// Two acts about the same volunteers and members at the same moment: nobody is at two places, and no settlement stands in another's way.
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../tests/support/app.ts'
import type { Endpoint } from '../../kit/endpoint.ts'
import type { Instant } from '../../kit/instant.ts'
import * as register from '../../registers/volunteers/contract.ts'
import { type Casework, startCasework } from './casework.fixture.ts'
import * as attending from './contract/attending.ts'
import * as groups from './contract/groups.ts'
import * as occasions from './contract/occasions.ts'

let work: Casework
let admin: pg.Client
beforeAll(async () => {
  work = await startCasework()
  admin = new pg.Client({ connectionString: work.app.database.adminUrl })
  await admin.connect()
}, 120_000)
afterAll(async () => {
  await admin?.end()
  await work?.app.close()
})

type Ending = Endpoint & { readonly name: string }
const day = 24 * 60
const moveTo = (moment: string | undefined) => work.app.parts.platform.clock.moveTo(moment as Instant)

async function outcome(who: Person, endpoint: Ending, params: object, body?: unknown): Promise<unknown[]> {
  const { status, problem } = await work.app.call(who, endpoint, { params, body } as never)
  return status === 200 ? [200] : [status, problem.code]
}

const waiting = `
SELECT count(*)::integer AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`

/** Starts both acts while `lock` is held and lets go only when both have come as far as a lock: whatever they read, they read before the other wrote. */
async function atOnce(lock: string, ...acts: readonly (() => Promise<unknown[]>)[]): Promise<unknown[][]> {
  await admin.query('BEGIN')
  await admin.query(lock)
  const under = acts.map((act) => act())
  try {
    for (let looks = 0; looks < 5000; looks += 1) {
      // Within a transaction the server tells again what it told at first.
      await admin.query('SELECT pg_stat_clear_snapshot()')
      const { rows } = await admin.query<{ n: number }>(waiting)
      if (rows[0]?.n === acts.length) break
    }
  } finally {
    await admin.query('COMMIT')
  }
  return Promise.all(under)
}

/** A group whose first session has begun and takes check-ins, and an activity at the same time. */
async function sessionAndActivity(member: Person): Promise<{ session: object; activity: string }> {
  const group = await work.app.ok(work.worker, groups.planGroup, {
    body: {
      contract: work.contract,
      activity: work.activity,
      title: '银龄手机课堂',
      type: 'education',
      aims: '学会视频通话。',
      place: '活动室',
      capacity: 6,
      sessions: ['forming', 'transition', 'maturity', 'maturity', 'ending'].map((phase, index) => ({
        theme: `第${index + 1}次`,
        phase,
        from: work.at(day * (index + 1)),
        until: work.at(day * (index + 1) + 90),
      })),
    },
  } as never)
  const others = ['neighbour-0', 'neighbour-2', 'neighbour-3'].map((key) => work.who(key).id)
  for (const person of [member.id, ...others])
    await work.app.ok(work.worker, groups.addGroupMember, { params: { id: group.id }, body: { person } } as never)
  await work.app.ok(work.worker, groups.startGroup, { params: { id: group.id } } as never)
  const { sessions } = await work.app.ok(work.worker, groups.getGroup, { params: { id: group.id } } as never)
  const [first] = sessions
  const planned = await work.app.ok(work.worker, occasions.planOccasion, {
    body: {
      kind: 'activity',
      title: '重阳敬老包饺子',
      contract: work.contract,
      activity: work.activity,
      words: '一起包饺子、聊聊天。',
      place: '社区活动室',
      from: first?.from,
      until: first?.until,
      capacity: 30,
    },
  } as never)
  await moveTo(first?.from)
  const session = { id: group.id, session: first?.id }
  await work.app.ok(work.worker, groups.openSessionCheckIn, { params: session } as never)
  await work.app.ok(work.worker, attending.openCheckIn, { params: { id: planned.id } } as never)
  return { session, activity: planned.id }
}

test('who checks in at a group’s session and at an activity in the same moment is at one of them', async () => {
  const member = work.who('resident')
  const { session, activity } = await sessionAndActivity(member)
  const { code } = await work.app.ok(work.worker, groups.getSessionCode, { params: session } as never)
  const door = await work.app.ok(work.worker, attending.getOccasionCode, { params: { id: activity } } as never)
  const both = await atOnce(
    'LOCK TABLE delivery.session_attendance, delivery.presence IN SHARE MODE',
    () => outcome(member, groups.checkInToSession, session, { code }),
    () => outcome(member, attending.checkInToOccasion, { id: activity }, { code: door.code }),
  )
  expect(both.toSorted()).toEqual([[200], [409, 'elsewhere-now']])
})

test('who began to check in at a session first, yet was let in at the activity meanwhile, is at the activity', async () => {
  const member = work.who('neighbour-1')
  const { session, activity } = await sessionAndActivity(member)
  const { code } = await work.app.ok(work.worker, groups.getSessionCode, { params: session } as never)
  const door = await work.app.ok(work.worker, attending.getOccasionCode, { params: { id: activity } } as never)
  await admin.query('BEGIN')
  await admin.query('SELECT 1 FROM delivery.social_group FOR UPDATE')
  const first = outcome(member, groups.checkInToSession, session, { code })
  try {
    await expect
      .poll(async () => {
        await admin.query('SELECT pg_stat_clear_snapshot()')
        return (await admin.query<{ n: number }>(waiting)).rows[0]?.n
      })
      .toBe(1)
    expect(await outcome(member, attending.checkInToOccasion, { id: activity }, { code: door.code })).toEqual([200])
  } finally {
    await admin.query('COMMIT')
  }
  expect(await first).toEqual([409, 'elsewhere-now'])
})

/** A shift that is over, with these volunteers in the order in which they took their places; all were there by the worker's word. */
async function overShift(
  from: string,
  until: string,
  people: readonly Person[],
): Promise<{ id: string; told: object[] }> {
  const { id } = await work.app.ok(work.worker, occasions.planOccasion, {
    body: {
      kind: 'shift',
      title: '陪老人复诊',
      contract: work.contract,
      activity: work.activity,
      words: '陪老人去卫生服务站复诊。',
      place: '横塘卫生服务站',
      from,
      until,
      capacity: 5,
    },
  } as never)
  for (const person of people) await work.app.ok(person, attending.takePlace, { params: { id } } as never)
  const told = (rows: readonly { readonly id: string }[] = []) =>
    rows.map((row) => ({ id: row.id, came: true, from, until }))
  const { people: rows } = await work.app.ok(work.worker, occasions.getOccasion, { params: { id } } as never)
  return { id, told: told(rows) }
}

// As many as a county has: the server then looks each of a shift's volunteers up, in whatever order it is told them.
const manyVolunteers = `
INSERT INTO volunteers.volunteer SELECT copy.* FROM generate_series(1, 20000) AS n
CROSS JOIN LATERAL (SELECT to_jsonb(v) AS row FROM volunteers.volunteer v ORDER BY v.id LIMIT 1) AS first
CROSS JOIN LATERAL jsonb_populate_record(NULL::volunteers.volunteer, first.row || jsonb_build_object('id', gen_random_uuid(), 'person', '320505-' || gen_random_uuid(), 'n', n)) AS copy`

test('two shifts with the same volunteers are confirmed at the same moment, both of them', async () => {
  const people = [await work.app.person('resident'), await work.app.person('resident')]
  for (const person of people) await work.app.ok(person, register.becomeVolunteer, { body: { agreed: true } } as never)
  await admin.query(manyVolunteers)
  await admin.query('ANALYZE volunteers.volunteer')
  const one = await overShift(work.at(9 * day), work.at(9 * day + 60), people)
  const other = await overShift(work.at(9 * day + 120), work.at(9 * day + 180), people.toReversed())
  await moveTo(work.at(9 * day + 200))
  const settle = (shift: typeof one) => () =>
    outcome(work.worker, attending.settleShift, { id: shift.id }, { people: shift.told })
  const both = await atOnce('SELECT 1 FROM volunteers.volunteer FOR UPDATE', settle(one), settle(other))
  expect(both).toEqual([[200], [200]])
  for (const person of people) {
    const { volunteer } = (await work.app.ok(person, register.getMyVolunteering, {} as never)) as never
    expect(volunteer).toMatchObject({ minutes: 120, shifts: 2 })
  }
})
