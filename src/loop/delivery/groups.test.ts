// Group work through its endpoints: plan, members as far as the room holds, check-in by code, sessions as service records, the end.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Endpoint } from '../../kit/endpoint.ts'
import { addMinutes, type Instant } from '../../kit/instant.ts'
import type { Person } from '../../../tests/support/app.ts'
import { type Casework, startCasework } from './casework.fixture.ts'
import * as groups from './contract/groups.ts'
import * as delivery from './contract.ts'
import { groupLifecycle } from './rules/groups.ts'

let work: Casework
beforeAll(async () => {
  work = await startCasework()
}, 120_000)
afterAll(() => work?.app.close())

type Ending = Endpoint & { readonly name: string }
const unknown = '320505-0190f1c0-0000-7000-8000-000000000000'
const day = 60 * 24

const send = (who: Person, endpoint: Ending, params: object, body?: unknown) =>
  work.app.call(who, endpoint, { params, ...(body === undefined ? {} : { body }) } as never)
const refusal = async (...given: Parameters<typeof send>) => {
  const { status, problem } = await send(...given)
  return [status, problem.code, ...(problem.fields ?? []).map((field) => `${field.path}:${field.code}`)]
}
const view = (id: string, who = work.worker) => work.app.ok(who, groups.getGroup, { params: { id } } as never)
const phases = ['forming', 'transition', 'maturity', 'maturity', 'ending'] as const

function plan(more: Record<string, unknown> = {}) {
  return {
    contract: work.contract,
    activity: work.activity,
    title: '银龄手机课堂小组',
    type: 'education',
    aims: '六位老人学会视频通话和线上挂号。',
    place: '社区活动室',
    capacity: 6,
    sessions: phases.map((phase, index) => ({
      theme: `第${index + 1}次课`,
      phase,
      from: work.at(day * (index + 1)),
      until: work.at(day * (index + 1) + 60),
    })),
    ...more,
  }
}

async function planned(more: Record<string, unknown> = {}): Promise<string> {
  return (await work.app.ok(work.worker, groups.planGroup, { body: plan(more) } as never)).id
}

/** A group that runs, with four members of whom the first two have an account. */
async function running(more: Record<string, unknown> = {}, members?: readonly object[]): Promise<string> {
  const id = await planned(more)
  const usual = [
    { person: work.resident.id },
    { person: work.who('neighbour-0').id },
    { fullName: '秋芸子' },
    { fullName: '桑霁月' },
  ]
  for (const member of members ?? usual)
    expect((await send(work.worker, groups.addGroupMember, { id }, member)).status).toBe(200)
  expect((await send(work.worker, groups.startGroup, { id })).status).toBe(200)
  return id
}

/** The next session is held: an hour that ended a quarter of an hour ago. */
async function hold(id: string, position: number, present: readonly string[]) {
  const session = (await view(id)).sessions[position - 1]?.id ?? ''
  const times = { from: work.at(-75), until: work.at(-15) }
  return send(work.worker, groups.recordGroupSession, { id, session }, { ...times, present, words: '学习视频通话。' })
}

test('a group has five to eight sessions, from forming to ending, in the order of time', async () => {
  const tried = async (more: Record<string, unknown>) => {
    const { problem } = await work.app.call(work.worker, groups.planGroup, { body: plan(more) } as never)
    return (problem.fields ?? []).map((field) => `${field.path.replace('body.', '')}:${field.code}`)
  }
  const { sessions } = plan()
  const change = (index: number, part: object) =>
    sessions.map((session, at) => (at === index ? { ...session, ...part } : session))
  expect(await tried({ sessions: sessions.slice(0, 4) })).toEqual([
    'sessions:sessions-number',
    'sessions.3.phase:phases-order',
  ])
  expect(await tried({ sessions: change(0, { phase: 'transition' }) })).toEqual(['sessions.0.phase:phases-order'])
  expect(await tried({ sessions: change(3, { phase: 'forming' }) })).toEqual(['sessions.3.phase:phases-order'])
  expect(await tried({ sessions: change(4, { phase: 'maturity' }) })).toEqual(['sessions.4.phase:phases-order'])
  const early = { from: work.at(-60), until: work.at(-30) }
  expect(await tried({ sessions: change(0, early) })).toEqual(['sessions.0.from:session-passed'])
  expect(await tried({ sessions: change(1, { from: sessions[0]?.from }) })).toContain('sessions.1.from:sessions-order')
  expect(await tried({ sessions: change(2, { until: sessions[2]?.from }) })).toContain(
    'sessions.2.until:time-not-in-order',
  )
  expect(await tried({ sessions: change(4, { until: work.at(day * 7) }) })).toContain(
    'sessions.4.until:too-long-at-once',
  )
  expect(await tried({ activity: unknown })).toEqual(['activity:activity-unknown'])
  expect(await tried({ aims: '有事打 13812345678' })).toEqual(['aims:text-has-phone'])
  const loser = work.story.cast.bidders.findIndex((bidder) => bidder.organization !== work.organization)
  expect((await work.app.call(work.who(`worker-${loser}-0`), groups.planGroup, { body: plan() } as never)).status).toBe(
    403,
  )
})

test('the room holds no more members than it may, nobody twice, and a group starts with enough of them', async () => {
  const id = await planned({ capacity: 4 })
  const add = (body: object, who = work.worker) => refusal(who, groups.addGroupMember, { id }, body)
  expect(await refusal(work.worker, groups.startGroup, { id })).toEqual([409, 'members-few'])
  expect((await add({ person: work.resident.id }))[0]).toBe(200)
  expect(await add({ person: work.resident.id })).toEqual([409, 'member-already'])
  expect(await add({})).toEqual([422, 'invalid-input', 'body.fullName:beneficiary-needed'])
  expect(await add({ person: work.resident.id, fullName: '某人' })).toEqual([
    422,
    'invalid-input',
    'body.fullName:one-beneficiary',
  ])
  expect(await add({ person: '320000-0190f1c0-0000-7000-8000-000000000000' })).toEqual([
    422,
    'invalid-input',
    'body.person:person-unknown',
  ])
  expect(await add({ fullName: '甲' }, work.colleague)).toEqual([403, 'not-leader'])
  for (const fullName of ['甲', '乙', '丙']) expect((await add({ fullName }))[0]).toBe(200)
  expect(await add({ fullName: '丁' })).toEqual([409, 'room-full'])
  const member = (await view(id)).people?.[1]?.id ?? ''
  expect((await refusal(work.worker, groups.removeGroupMember, { id, member }))[0]).toBe(200)
  expect(await refusal(work.worker, groups.removeGroupMember, { id, member })).toEqual([409, 'member-left'])
  expect((await refusal(work.worker, groups.removeGroupMember, { id, member: unknown }))[0]).toBe(404)
  expect((await add({ fullName: '丁' }))[0]).toBe(200)
  expect((await refusal(work.worker, groups.startGroup, { id }))[0]).toBe(200)
})

test('who the members are is told to the leader and the supervisor; others see how many', async () => {
  const id = await running()
  expect((await view(id)).people?.map((each) => each.name)).toContain('桑霁月')
  expect((await view(id, work.supervisor)).people).toHaveLength(4)
  for (const who of [work.colleague, work.director, work.who('head'), work.who('reviewer')]) {
    const page = await view(id, who)
    expect([page.people, page.members]).toEqual([undefined, 4])
    expect(page.actions.filter((action) => action.ok)).toEqual([])
  }
  expect((await send(work.resident, groups.getGroup, { id })).status).toBe(403)
})

test('members check in on the day by the code, once, and only as many as the room holds', async () => {
  const accounts = ['resident', 'neighbour-0', 'neighbour-2', 'neighbour-3'].map((key) => ({
    person: work.who(key).id,
  }))
  const id = await running({ capacity: 4 }, accounts)
  const session = (await view(id)).sessions[0]?.id ?? ''
  const params = { id, session }
  const checkIn = (who: Person, code: string) => refusal(who, groups.checkInToSession, params, { code })
  expect(await refusal(work.worker, groups.openSessionCheckIn, params)).toEqual([409, 'not-session-day'])
  expect(await refusal(work.worker, groups.getSessionCode, params)).toEqual([409, 'check-in-closed'])
  expect(await checkIn(work.resident, '000000')).toEqual([409, 'check-in-closed'])
  await work.app.pass(1)
  expect(await refusal(work.colleague, groups.openSessionCheckIn, params)).toEqual([403, 'not-leader'])
  expect((await refusal(work.worker, groups.openSessionCheckIn, params))[0]).toBe(200)
  const { code } = await work.app.ok(work.worker, groups.getSessionCode, { params } as never)
  expect(code).toMatch(/^\d{6}$/)
  expect(await refusal(work.colleague, groups.getSessionCode, params)).toEqual([403, 'not-leader'])
  expect(await checkIn(work.resident, code === '111111' ? '222222' : '111111')).toEqual([409, 'code-wrong'])
  expect(await checkIn(work.who('neighbour-1'), code)).toEqual([403, 'not-a-member'])
  const both = await Promise.all([0, 1].map(() => checkIn(work.resident, code)))
  expect(both.map(([status]) => status).sort()).toEqual([200, 409])
  expect(await checkIn(work.resident, code)).toEqual([409, 'already-checked-in'])
  expect((await view(id)).sessions[0]?.attendance).toBe(1)
  for (const key of ['neighbour-0', 'neighbour-2', 'neighbour-3'])
    expect(await checkIn(work.who(key), code)).toEqual([200, undefined])
  // One of the four goes and another joins: the group has a place, the room has none today.
  const gone = ((await view(id)).people ?? []).at(-1)?.id
  await send(work.worker, groups.removeGroupMember, { id, member: gone })
  expect((await send(work.worker, groups.addGroupMember, { id }, { person: work.who('neighbour-1').id })).status).toBe(
    200,
  )
  expect(await checkIn(work.who('neighbour-1'), code)).toEqual([409, 'room-full'])
  await work.app.pass(1)
  expect(await checkIn(work.who('neighbour-0'), code)).toEqual([409, 'check-in-closed'])
})

test('a session that was held is a service record: minutes, who came, who came first; its hours count once', async () => {
  const id = await running()
  const { people = [], sessions } = await view(id)
  const ids = people.map((each) => each.id)
  await work.app.pass(1)
  const [first, second] = sessions
  expect(first && second).toBeTruthy()
  await send(work.worker, groups.openSessionCheckIn, { id, session: first?.id ?? '' })
  const { code } = await work.app.ok(work.worker, groups.getSessionCode, {
    params: { id, session: first?.id ?? '' },
  } as never)
  await send(work.resident, groups.checkInToSession, { id, session: first?.id ?? '' }, { code })
  const record = (session: string, more: object) =>
    refusal(
      work.worker,
      groups.recordGroupSession,
      { id, session },
      {
        from: work.at(-75),
        until: work.at(-15),
        present: [],
        words: '学习视频通话。',
        ...more,
      },
    )
  expect(await record(second?.id ?? '', {})).toEqual([
    422,
    'invalid-input',
    'body.present:nobody-present',
    'body.from:sessions-order',
  ])
  expect(await record(first?.id ?? '', { present: [unknown] })).toEqual([
    422,
    'invalid-input',
    'body.present:member-unknown',
  ])
  expect(await record(first?.id ?? '', { until: work.at(30) })).toEqual([
    422,
    'invalid-input',
    'body.until:time-in-future',
  ])
  expect(await record(first?.id ?? '', { words: '打 13812345678 联系' })).toEqual([
    422,
    'invalid-input',
    'body.words:text-has-phone',
  ])
  expect((await record(first?.id ?? '', { present: ids.slice(1, 3) }))[0]).toBe(200)
  expect(await record(first?.id ?? '', { present: ids })).toEqual([409, 'session-not-planned'])
  const held = (await view(id)).sessions[0]
  expect(held).toMatchObject({ state: 'held', attendance: 3, checkInOpen: false })
  const filed = await work.app.ok(work.who('head'), delivery.getServiceRecord, {
    params: { id: held?.serviceRecord ?? '' },
  } as never)
  expect(filed).toMatchObject({ kind: 'group', minutes: 60, attendance: 3, newcomers: 3, place: '社区活动室' })
  // The same hour for another group, or as a visit: claimed already.
  const other = await running()
  const [{ id: otherFirst = '' } = {}] = (await view(other)).sessions
  const again = await refusal(
    work.worker,
    groups.recordGroupSession,
    { id: other, session: otherFirst },
    {
      from: work.at(-30),
      until: work.at(-1),
      present: [((await view(other)).people ?? [])[0]?.id],
      words: '同一时间。',
    },
  )
  expect(again).toEqual([409, 'hours-overlap'])
  expect((await view(other)).sessions[0]).toMatchObject({ state: 'planned', attendance: 0 })
  await work.app.pass(1)
  expect((await hold(id, 2, ids)).status).toBe(200)
  const later = await work.app.ok(work.who('head'), delivery.getServiceRecord, {
    params: { id: (await view(id)).sessions[1]?.serviceRecord ?? '' },
  } as never)
  expect(later).toMatchObject({ attendance: 4, newcomers: 1 })
})

test('sessions are moved between their neighbours and dropped down to the least number', async () => {
  const sessions = [...plan().sessions]
  sessions.splice(3, 0, {
    theme: '加课',
    phase: 'maturity',
    from: work.at(day * 3 + 120),
    until: work.at(day * 3 + 180),
  })
  const id = await running({ sessions })
  const { sessions: made } = await view(id)
  const at = (position: number) => ({ id, session: made[position - 1]?.id ?? '' })
  const times = (from: Instant) => ({ from, until: addMinutes(from, 60) })
  const move = (position: number, from: Instant) =>
    refusal(work.worker, groups.moveGroupSession, at(position), times(from))
  expect(await move(2, work.at(day))).toEqual([422, 'invalid-input', 'body.from:sessions-order'])
  expect(await move(2, work.at(-day))).toEqual([422, 'invalid-input', 'body.from:session-passed'])
  expect((await move(2, work.at(day * 2 + 300)))[0]).toBe(200)
  expect(await refusal(work.worker, groups.moveGroupSession, { id, session: unknown }, times(work.at(day)))).toEqual([
    404,
    'not-found',
  ])
  expect((await refusal(work.worker, groups.dropGroupSession, at(4)))[0]).toBe(200)
  expect(await refusal(work.worker, groups.dropGroupSession, at(4))).toEqual([409, 'session-not-planned'])
  expect(await refusal(work.worker, groups.dropGroupSession, at(3))).toEqual([409, 'sessions-number'])
  expect(await refusal(work.colleague, groups.dropGroupSession, at(3))).toEqual([403, 'not-leader'])
})

test('a group ends after its sessions with a summary against its aims; what ended or was given up stays so', async () => {
  const id = await running()
  const end = (more: object = {}) =>
    refusal(work.worker, groups.endGroup, { id }, { result: 'met', summary: '六位老人都能独立视频通话。', ...more })
  expect(await end()).toEqual([409, 'sessions-open'])
  const present = ((await view(id)).people ?? []).map((each) => each.id)
  for (let position = 1; position <= 5; position += 1) {
    await work.app.pass(1)
    expect((await hold(id, position, present)).status).toBe(200)
  }
  expect(await end({ summary: '联系电话 13812345678 见附页' })).toEqual([
    422,
    'invalid-input',
    'body.summary:text-has-phone',
  ])
  expect((await end())[0]).toBe(200)
  const ended = await view(id)
  expect(ended).toMatchObject({ state: 'ended', result: 'met' })
  expect(ended.people?.[0]?.attended).toEqual([1, 2, 3, 4, 5])

  const cancelled = await planned()
  expect(await refusal(work.colleague, groups.cancelGroup, { id: cancelled }, { reason: '报名不足' })).toEqual([
    403,
    'not-leader',
  ])
  expect((await refusal(work.worker, groups.cancelGroup, { id: cancelled }, { reason: '报名不足' }))[0]).toBe(200)

  const preparing = await planned()
  const session = (await view(preparing)).sessions[0]?.id ?? ''
  const inputs: Readonly<Record<string, readonly [Ending, object, unknown?]>> = {
    addGroupMember: [groups.addGroupMember, {}, { fullName: '甲' }],
    removeGroupMember: [groups.removeGroupMember, {}],
    startGroup: [groups.startGroup, {}],
    moveGroupSession: [groups.moveGroupSession, {}, { from: work.at(day), until: work.at(day + 60) }],
    dropGroupSession: [groups.dropGroupSession, {}],
    openSessionCheckIn: [groups.openSessionCheckIn, {}],
    recordGroupSession: [
      groups.recordGroupSession,
      {},
      { from: work.at(-75), until: work.at(-15), present: [], words: '学习视频通话。' },
    ],
    endGroup: [groups.endGroup, {}, { result: 'met', summary: '六位老人都能独立视频通话。' }],
    cancelGroup: [groups.cancelGroup, {}, { reason: '报名不足' }],
  }
  const of: Readonly<Record<string, string>> = { preparing, ended: id, cancelled, running: '' }
  for (const [state, verbs] of Object.entries(groupLifecycle)) {
    const target = of[state] ?? ''
    if (target === '') continue
    const { sessions, people = [] } = await view(target)
    if (people[0] === undefined && state !== 'ended') {
      // A member to name: the verb is refused by the state before anybody is looked for.
      if (state === 'preparing') await send(work.worker, groups.addGroupMember, { id: target }, { fullName: '甲' })
    }
    const member = (await view(target)).people?.[0]?.id ?? ''
    for (const [verb, [endpoint, , body]] of Object.entries(inputs)) {
      if (verb in verbs || (verb === 'removeGroupMember' && member === '')) continue
      const params = { id: target, session: sessions[0]?.id ?? session, member }
      expect([state, verb, ...(await refusal(work.worker, endpoint, params, body))]).toEqual([
        state,
        verb,
        409,
        'not-in-this-state',
      ])
    }
  }
})

test('lists stay within the reach, page by page', async () => {
  const all = await work.app.ok(work.who('head'), groups.listGroups, { query: { size: 100 } })
  const pages: string[] = []
  let cursor: string | undefined
  do {
    const page = await work.app.ok(work.who('head'), groups.listGroups, { query: { size: 3, cursor } })
    pages.push(...page.rows.map((row) => row.id))
    cursor = page.next
  } while (cursor !== undefined)
  expect(pages).toEqual(all.rows.map((row) => row.id))
  expect(all.count?.n).toBe(pages.length)
  const loser = work.story.cast.bidders.findIndex((bidder) => bidder.organization !== work.organization)
  expect((await work.app.ok(work.who(`administrator-${loser}`), groups.listGroups, { query: {} })).rows).toEqual([])
  expect((await work.app.ok(work.colleague, groups.listGroups, { query: { mine: 'yes' } })).rows).toEqual([])
  const ended = await work.app.ok(work.worker, groups.listGroups, { query: { mine: 'yes', state: 'ended' } })
  expect(ended.rows.map((row) => row.state)).toEqual(['ended'])
})
