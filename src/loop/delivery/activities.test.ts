// Community activities through their endpoints: announced, signed up for as far as the room holds, attended by code, recorded, called off.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, places } from '../../../tests/support/app.ts'
import type { Endpoint } from '../../kit/endpoint.ts'
import { addMinutes, type Instant } from '../../kit/instant.ts'
import { type Casework, startCasework } from './casework.fixture.ts'
import * as attending from './contract/attending.ts'
import { subscribeCalendar } from './contract/calendar.ts'
import * as groups from './contract/groups.ts'
import * as occasions from './contract/occasions.ts'
import * as delivery from './contract.ts'

let work: Casework
beforeAll(async () => {
  work = await startCasework()
}, 120_000)
afterAll(() => work?.app.close())

type Ending = Endpoint & { readonly name: string }
const day = 24 * 60

const send = (who: Person | 'nobody', endpoint: Ending, params: object, body?: unknown) =>
  work.app.call(who, endpoint, { params, ...(body === undefined ? {} : { body }) } as never)
const refusal = async (...given: Parameters<typeof send>) => {
  const { status, problem } = await send(...given)
  return [status, problem.code, ...(problem.fields ?? []).map((field) => `${field.path}:${field.code}`)]
}
const view = (id: string, who: Person | 'nobody' = work.worker) =>
  work.app.ok(who, occasions.getOccasion, { params: { id } } as never)
const moveTo = (moment: string) => work.app.parts.platform.clock.moveTo(moment as Instant)
const ahead = (division: string) =>
  work.app.ok('nobody', occasions.listOccasions, { query: { division, kind: 'activity' } } as never)

async function residents(count: number, more: { readonly verified?: boolean } = {}): Promise<Person[]> {
  const people: Person[] = []
  while (people.length < count) people.push(await work.app.person('resident', more))
  return people
}

const plan = (more: Record<string, unknown> = {}) => ({
  kind: 'activity',
  title: '重阳敬老包饺子',
  contract: work.contract,
  activity: work.activity,
  words: '一起包饺子、聊聊天，现场有健康咨询。',
  place: '社区活动室',
  from: work.at(day),
  until: work.at(day + 90),
  capacity: 3,
  ...more,
})

async function planned(more: Record<string, unknown> = {}, by = work.worker): Promise<string> {
  return (await work.app.ok(by, occasions.planOccasion, { body: plan(more) } as never)).id
}

const codeOf = async (id: string, who = work.worker) =>
  (await work.app.ok(who, attending.getOccasionCode, { params: { id } } as never)).code

async function begun(id: string, who = work.worker): Promise<void> {
  await moveTo((await view(id)).from)
  await work.app.ok(who, attending.openCheckIn, { params: { id } } as never)
}

const arrive = async (id: string, who: Person, holder = work.worker) =>
  refusal(who, attending.checkInToOccasion, { id }, { code: await codeOf(id, holder) })

test('everybody finds what is planned in a community, soonest first, page by page; what is over or called off is gone', async () => {
  const later = await planned({ from: work.at(day * 4), until: work.at(day * 4 + 60) })
  const sooner = await planned({ from: work.at(day * 3), until: work.at(day * 3 + 60) })
  const division = (await view(sooner)).division
  const mine = [sooner, later]
  const order = async (place: string) =>
    (await ahead(place)).rows.map((row) => row.id).filter((id) => mine.includes(id))
  expect(await order(division)).toEqual([sooner, later])
  expect(await order(division.slice(0, 9))).toEqual([sooner, later])
  expect(await order(division.slice(0, 6))).toEqual([sooner, later])
  expect(await order(places.otherCommunity)).toEqual([])
  expect(await refusal('nobody', occasions.listOccasions, {}, undefined)).toContain(422)
  expect(
    (await work.app.call('nobody', occasions.listOccasions, { query: { division: '32', kind: 'activity' } } as never))
      .problem.fields?.[0]?.code,
  ).toBe('place-too-wide')
  const first = await work.app.ok('nobody', occasions.listOccasions, {
    query: { division, kind: 'activity', size: 1 },
  } as never)
  const second = await work.app.ok('nobody', occasions.listOccasions, {
    query: { division, kind: 'activity', size: 1, cursor: first.next },
  } as never)
  expect([first.rows[0]?.id, second.rows[0]?.id]).toEqual([sooner, later])
  await work.app.ok(work.worker, occasions.cancelOccasion, {
    params: { id: sooner },
    body: { reason: '活动室检修' },
  } as never)
  expect(await order(division)).toEqual([later])
})

test('any resident signs up as far as the room holds, and walks in when there is room; the room is never fuller than it may', async () => {
  const id = await planned()
  const people = await residents(5, { verified: false })
  const [one, two, three, four, five] = people as [Person, Person, Person, Person, Person]
  for (const who of [one, two]) expect((await send(who, attending.takePlace, { id })).status).toBe(200)
  const last = await Promise.all([three, four].map((who) => refusal(who, attending.takePlace, { id })))
  expect(last.map(([status]) => status).toSorted()).toEqual([200, 409])
  expect(await refusal(five, attending.takePlace, { id })).toEqual([409, 'places-full'])
  const { from } = await view(id)
  await moveTo(addMinutes(from as Instant, -10))
  await work.app.ok(work.worker, attending.openCheckIn, { params: { id } } as never)
  // Places are kept for those who signed up, until it begins.
  expect(await arrive(id, five)).toEqual([409, 'room-full'])
  await moveTo(addMinutes(from as Instant, 5))
  expect((await arrive(id, five))[0]).toBe(200)
  expect((await arrive(id, one))[0]).toBe(200)
  expect((await arrive(id, two))[0]).toBe(200)
  const late = last[0]?.[0] === 200 ? three : four
  expect(await arrive(id, late)).toEqual([409, 'room-full'])
  expect(await refusal(one, attending.checkOutOfOccasion, { id }, { code: await codeOf(id) })).toEqual([
    409,
    'no-check-out',
  ])
  expect(await refusal(work.worker, attending.settleShift, { id }, {})).toEqual([409, 'not-a-shift'])
  expect((await view(id)).arrived).toBe(3)
})

test('an activity of a contract becomes a service record; attendance is what the codes and the count say, never more than the room holds', async () => {
  const id = await planned({ capacity: 10 })
  const who = await residents(3)
  for (const person of who) await send(person, attending.takePlace, { id })
  const record = (more: object, by = work.worker) =>
    refusal(by, attending.recordActivity, { id }, { from, until, words: '包了三百个饺子，量了血压。', ...more })
  const { from, until } = await view(id)
  expect(await record({})).toEqual([409, 'not-over-yet'])
  await begun(id)
  for (const person of who.slice(0, 2)) expect((await arrive(id, person))[0]).toBe(200)
  expect(await record({})).toContain('body.until:time-in-future')
  await moveTo(addMinutes(until as Instant, 30))
  expect(await record({ guests: 9 })).toEqual([422, 'invalid-input', 'body.guests:room-full'])
  expect(await record({ newcomers: 3 })).toContain('body.newcomers:newcomers-exceed')
  expect(await record({ from: work.at(-5000), until: work.at(-4900) })).toContain('body.from:outside-activity')
  expect(await record({ from: until, until: from })).toContain('body.until:time-not-in-order')
  expect(await record({ words: '联系人 13812345678' })).toContain('body.words:text-has-phone')
  expect(await record({ shift: id })).toEqual([422, 'invalid-input', 'body.shift:shift-unknown'])
  expect((await record({}, work.who('head')))[0]).toBe(403)
  const before = (await work.app.ok(work.worker, delivery.getDelivery, { params: { id: work.contract } } as never))
    .totals
  const done = await work.app.ok(work.worker, attending.recordActivity, {
    params: { id },
    body: { from, until, guests: 2, newcomers: 1, words: '包了三百个饺子，量了血压。' },
  } as never)
  expect(done).toMatchObject({ state: 'over', flagged: false })
  const after = (await work.app.ok(work.worker, delivery.getDelivery, { params: { id: work.contract } } as never))
    .totals
  expect(after.attendance - before.attendance).toBe(4)
  const filed = await work.app.ok(work.worker, delivery.getServiceRecord, {
    params: { id: done.serviceRecord },
  } as never)
  expect(filed).toMatchObject({ attendance: 4, kind: 'activity', occasion: id, doubts: [] })
  const mine = await work.app.ok(who[0] as Person, occasions.listMyOccasions, { query: {} } as never)
  expect(mine.rows[0]).toMatchObject({ id, outcome: 'attended' })
  expect((await view(id, who[2])).mine).toMatchObject({ outcome: 'no-show' })
  expect((await record({})).slice(0, 2)).toEqual([409, 'not-in-this-state'])
})

test('many more people than signed up, or a crowd at a home visit, is flagged where the record is read; nobody present is refused', async () => {
  const id = await planned({ capacity: 100 })
  await send(await work.app.person('resident'), attending.takePlace, { id })
  const { from, until } = await view(id)
  await moveTo(until)
  const body = { from, until, words: '大家一起看老电影。' }
  expect(await refusal(work.worker, attending.recordActivity, { id }, body)).toContain('body.guests:nobody-present')
  const done = await work.app.ok(work.worker, attending.recordActivity, {
    params: { id },
    body: { ...body, guests: 60 },
  } as never)
  expect(done.flagged).toBe(true)
  const crowd = await work.app.ok(work.worker, delivery.fileServiceRecord, {
    body: {
      contract: work.contract,
      activity: work.activity,
      kind: 'home-visit',
      from: addMinutes(until as Instant, -300),
      until: addMinutes(until as Instant, -240),
      place: '居民家中',
      attendance: 40,
      words: '上门探访。',
    },
  } as never)
  expect(crowd.flagged).toBe(true)
  const list = await work.app.ok(work.worker, delivery.listServiceRecords, { query: { flagged: 'yes' } } as never)
  expect(list.rows.map((row) => row.id)).toEqual(expect.arrayContaining([crowd.id, done.serviceRecord]))
  const { doubts } = await work.app.ok(work.worker, delivery.getServiceRecord, {
    params: { id: done.serviceRecord },
  } as never)
  expect(doubts).toEqual(['more-than-signed-up'])
})

test('a registered room says how many it holds: to an activity, and to a service record', async () => {
  const head = work.who('head')
  const room = (
    await work.app.ok(head, occasions.setRoom, {
      body: { division: places.community, name: '一楼活动室', capacity: 20 },
    } as never)
  ).id
  expect(
    await refusal(work.worker, occasions.setRoom, {}, { division: places.community, name: '会议室', capacity: 5 }),
  ).toContain(403)
  expect(
    await refusal(head, occasions.setRoom, {}, { division: places.otherCommunity, name: '会议室', capacity: 5 }),
  ).toContain(403)
  expect(
    await refusal(head, occasions.setRoom, {}, { division: `${places.community}001`, name: '会议室', capacity: 5 }),
  ).toContain('body.division:community-needed')
  const rooms = await work.app.ok(head, occasions.listRooms, { query: {} } as never)
  expect(rooms.rows).toMatchObject([{ id: room, name: '一楼活动室', capacity: 20 }])
  const tried = async (more: Record<string, unknown>) => {
    const { problem } = await work.app.call(work.worker, occasions.planOccasion, { body: plan(more) } as never)
    return (problem.fields ?? []).map((field) => `${field.path}:${field.code}`)
  }
  expect(await tried({ room, capacity: 21 })).toEqual(['body.capacity:over-room'])
  expect(await tried({ room: '320505-0190f1c0-0000-7000-8000-000000000000' })).toEqual(['body.room:room-unknown'])
  expect((await view(await planned({ room, capacity: 20 }))).room).toEqual({ name: '一楼活动室', capacity: 20 })
  const filing = (more: object) =>
    work.app.call(work.worker, delivery.fileServiceRecord, {
      body: {
        contract: work.contract,
        activity: work.activity,
        from: work.at(-700),
        until: work.at(-640),
        place: '一楼活动室',
        attendance: 21,
        words: '唱歌比赛。',
        room,
        ...more,
      },
    } as never)
  expect((await filing({})).problem.fields?.map((each) => `${each.path}:${each.code}`)).toEqual([
    'body.attendance:room-full',
  ])
  expect((await filing({ room: '320505-0190f1c0-0000-7000-8000-000000000000' })).problem.fields?.[0]?.code).toBe(
    'room-unknown',
  )
  expect((await filing({ attendance: 20 })).status).toBe(200)
  // The same name again is the same room with what is new about it; closed, it is offered no more.
  await work.app.ok(head, occasions.setRoom, {
    body: { division: places.community, name: '一楼活动室', capacity: 20, open: false },
  } as never)
  expect(await tried({ room })).toEqual(['body.room:room-unknown'])
})

test('an activity of the community itself is held by its workers and closed without a contract; nobody else may', async () => {
  const head = work.who('head')
  const own = { contract: undefined, activity: undefined, division: places.community }
  const id = await planned(own, head)
  expect(await refusal(work.worker, attending.openCheckIn, { id })).toEqual([403, 'forbidden'])
  await begun(id, head)
  expect((await arrive(id, await work.app.person('resident'), head))[0]).toBe(200)
  const { from, until } = await view(id)
  await moveTo(until)
  const done = await work.app.ok(head, attending.recordActivity, {
    params: { id },
    body: { from, until, words: '邻里长桌宴。' },
  } as never)
  expect(done.serviceRecord).toBeUndefined()
  expect(await view(id, 'nobody')).toMatchObject({ state: 'over', summary: '邻里长桌宴。', arrived: 1 })
  // Forgotten, it ends by itself with those who checked in.
  const forgotten = await planned(own, head)
  await work.app.pass(10)
  expect((await view(forgotten)).state).toBe('over')
})

test('whoever checked in at a session of a group is not at an activity, and the other way round', async () => {
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
  const keys = ['resident', 'neighbour-0', 'neighbour-2', 'neighbour-3']
  for (const key of keys)
    await work.app.ok(work.worker, groups.addGroupMember, {
      params: { id: group.id },
      body: { person: work.who(key).id },
    } as never)
  await work.app.ok(work.worker, groups.startGroup, { params: { id: group.id } } as never)
  const page = await work.app.ok(work.worker, groups.getGroup, { params: { id: group.id } } as never)
  const session = page.sessions[0]
  const at = { from: session?.from, until: session?.until }
  const id = await planned({ ...at, capacity: 30 })
  await begun(id)
  const params = { id: group.id, session: session?.id }
  await work.app.ok(work.worker, groups.openSessionCheckIn, { params } as never)
  const { code } = await work.app.ok(work.worker, groups.getSessionCode, { params } as never)
  const [one, two] = [work.who('resident'), work.who('neighbour-0')]
  expect((await send(one, groups.checkInToSession, params, { code })).status).toBe(200)
  expect(await arrive(id, one)).toEqual([409, 'elsewhere-now'])
  expect((await arrive(id, two))[0]).toBe(200)
  expect(await refusal(two, groups.checkInToSession, params, { code })).toEqual([409, 'elsewhere-now'])
})

test('the calendar feed has the shifts and activities that a worker offers, and says which were called off', async () => {
  const held = await planned({ title: '秋日健步走' })
  const off = await planned({ title: '冬至汤圆会', from: work.at(day * 5), until: work.at(day * 5 + 60) })
  await work.app.ok(work.worker, occasions.cancelOccasion, {
    params: { id: off },
    body: { reason: '另择日期' },
  } as never)
  const { path } = await work.app.ok(work.worker, subscribeCalendar, {} as never)
  const feed = (await work.app.server.inject({ url: path })).body.replaceAll('\r\n ', '')
  const events = feed.split('BEGIN:VEVENT').slice(1)
  const one = events.find((text) => text.includes(held))
  expect(one).toContain('SUMMARY:社区活动：秋日健步走')
  expect(one).toContain('LOCATION:社区活动室')
  expect(events.find((text) => text.includes(off))).toContain('STATUS:CANCELLED')
})
