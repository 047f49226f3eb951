// Volunteers' shifts through their endpoints: taking and giving back, being there by code, hours confirmed once, no-shows, calling off.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { places, type Person } from '../../../tests/support/app.ts'
import { listNotices } from '../../foundation/notices/contract.ts'
import type { Endpoint } from '../../kit/endpoint.ts'
import { addMinutes, type Instant } from '../../kit/instant.ts'
import * as register from '../../registers/volunteers/contract.ts'
import { type Casework, startCasework } from './casework.fixture.ts'
import * as attending from './contract/attending.ts'
import * as occasions from './contract/occasions.ts'
import * as delivery from './contract.ts'

let work: Casework
beforeAll(async () => {
  work = await startCasework()
}, 120_000)
afterAll(() => work?.app.close())

type Ending = Endpoint & { readonly name: string }
const hour = 60
const day = 24 * hour

const send = (who: Person | 'nobody', endpoint: Ending, params: object, body?: unknown) =>
  work.app.call(who, endpoint, { params, ...(body === undefined ? {} : { body }) } as never)
const refusal = async (...given: Parameters<typeof send>) => {
  const { status, problem } = await send(...given)
  return [status, problem.code, ...(problem.fields ?? []).map((field) => `${field.path}:${field.code}`)]
}
const view = (id: string, who: Person | 'nobody' = work.worker) =>
  work.app.ok(who, occasions.getOccasion, { params: { id } } as never)
const moveTo = async (moment: Instant) => {
  await work.app.parts.platform.clock.moveTo(moment)
}

/** A new resident who is a volunteer. */
async function volunteer(name?: string): Promise<Person> {
  const person = await work.app.person('resident', name === undefined ? {} : { name })
  await work.app.ok(person, register.becomeVolunteer, { body: { skills: ['company'], agreed: true } })
  return person
}

const offer = (more: Record<string, unknown> = {}) => ({
  kind: 'shift',
  title: '陪老人复诊',
  contract: work.contract,
  activity: work.activity,
  words: '陪两位老人去卫生服务站复诊，帮着挂号取药。',
  asks: '说话慢一点，会用手机挂号。',
  place: '横塘卫生服务站',
  from: work.at(day),
  until: work.at(day + 2 * hour),
  capacity: 2,
  ...more,
})

async function offered(more: Record<string, unknown> = {}, by = work.worker): Promise<string> {
  const answer = await work.app.ok(by, occasions.planOccasion, { body: offer(more) } as never)
  expect(answer.number).toMatch(/^[班活]\d{4}-\d{4}$/)
  return answer.id
}

const codeOf = async (id: string, who = work.worker) =>
  (await work.app.ok(who, attending.getOccasionCode, { params: { id } } as never)).code

/** Opens check-in at the beginning and has these volunteers come in time. */
async function begun(id: string, who: readonly Person[]): Promise<void> {
  const { from } = await view(id)
  await moveTo(from as Instant)
  await work.app.ok(work.worker, attending.openCheckIn, { params: { id } } as never)
  for (const person of who)
    expect((await send(person, attending.checkInToOccasion, { id }, { code: await codeOf(id) })).status).toBe(200)
}

test('a team offers a shift, the community its own; faults are named all at once, strangers to the contract are refused', async () => {
  const tried = async (more: Record<string, unknown>, by = work.worker) => {
    const { status, problem } = await work.app.call(by, occasions.planOccasion, { body: offer(more) } as never)
    return [
      status,
      problem.code,
      ...(problem.fields ?? []).map((field) => `${field.path.replace('body.', '')}:${field.code}`),
    ]
  }
  expect(await tried({ from: work.at(-10), until: work.at(-20), words: '有事打 13812345678' })).toEqual([
    422,
    'invalid-input',
    'until:time-not-in-order',
    'from:session-passed',
    'words:text-has-phone',
  ])
  expect(await tried({ asks: '带 11010519491231002X' })).toEqual([422, 'invalid-input', 'asks:text-has-citizen-id'])
  expect(await tried({ until: work.at(day * 3) })).toContain('until:too-long-at-once')
  expect(await tried({ from: work.at(day * 200), until: work.at(day * 200 + 60) })).toContain('from:too-far-ahead')
  expect(await tried({ activity: undefined })).toContain('activity:activity-needed')
  expect(await tried({ activity: '320505-0190f1c0-0000-7000-8000-000000000000' })).toContain(
    'activity:activity-unknown',
  )
  const loser = work.story.cast.bidders.findIndex((bidder) => bidder.organization !== work.organization)
  expect((await tried({}, work.who(`worker-${loser}-0`)))[0]).toBe(403)
  // The community's worker has no hand in a contract's work, and offers in the own community alone.
  expect((await tried({}, work.who('head'))).slice(0, 2)).toEqual([403, 'not-on-team'])
  const own = { contract: undefined, activity: undefined, division: places.community }
  expect((await tried(own, work.who('head')))[0]).toBe(200)
  expect(await tried({ ...own, division: places.otherTownship }, work.who('head'))).toContain(
    'division:community-needed',
  )
  expect((await tried({ ...own, division: `${places.otherTownship}001` }, work.who('head')))[0]).toBe(403)
  expect((await tried(own))[0]).toBe(403)
})

test('volunteers take and give back places; others become volunteers first; the last place is one person’s', async () => {
  const id = await offered({ capacity: 1 })
  const [one, two] = [await volunteer(), await volunteer()]
  const stranger = await work.app.person('resident')
  expect(await refusal(stranger, attending.takePlace, { id })).toEqual([403, 'not-volunteer'])
  expect(await refusal(work.worker, attending.takePlace, { id })).toEqual([403, 'own-occasion'])
  expect((await send('nobody', attending.takePlace, { id })).status).toBe(401)
  expect(await refusal(one, attending.giveBackPlace, { id })).toEqual([409, 'no-place'])
  const both = await Promise.all([one, two].map((who) => refusal(who, attending.takePlace, { id })))
  expect(both.map(([status]) => status).toSorted()).toEqual([200, 409])
  expect(both.find(([status]) => status === 409)).toEqual([409, 'places-full'])
  const winner = both[0]?.[0] === 200 ? one : two
  const other = winner === one ? two : one
  expect(await refusal(winner, attending.takePlace, { id })).toEqual([409, 'already-taken'])
  expect((await view(id, winner)).mine).toMatchObject({ takenAt: expect.any(String) })
  // Who comes is told to those who hold the shift.
  expect((await view(id, winner)).people).toBeUndefined()
  expect((await view(id, work.who('head'))).people).toBeUndefined()
  expect((await view(id)).people).toHaveLength(1)
  expect((await send(winner, attending.giveBackPlace, { id })).status).toBe(200)
  expect((await send(other, attending.takePlace, { id })).status).toBe(200)
  expect((await send(other, attending.giveBackPlace, { id })).status).toBe(200)
  expect((await send(winner, attending.takePlace, { id })).status).toBe(200)
  expect((await view(id)).taken).toBe(1)
})

test('nobody has two places at one time, also when both are asked for at once', async () => {
  const first = await offered()
  const second = await offered({ from: work.at(day + hour), until: work.at(day + 3 * hour) })
  const who = await volunteer()
  const both = await Promise.all([first, second].map((id) => refusal(who, attending.takePlace, { id })))
  expect(both.map(([, code]) => code).toSorted()).toEqual([undefined, 'times-overlap'].toSorted())
})

test('hours run from checking in to checking out by codes that change, and only within the shift', async () => {
  const id = await offered({ capacity: 3 })
  const [early, late] = [await volunteer(), await volunteer()]
  for (const who of [early, late]) await send(who, attending.takePlace, { id })
  const { from } = await view(id)
  await moveTo(addMinutes(from as Instant, -60))
  expect(await refusal(work.worker, attending.openCheckIn, { id })).toEqual([409, 'check-in-not-yet'])
  expect((await send(work.colleague, attending.openCheckIn, { id })).status).toBe(409)
  expect((await send(work.who('head'), attending.openCheckIn, { id })).status).toBe(403)
  expect(await refusal(early, attending.checkInToOccasion, { id }, { code: '000000' })).toEqual([
    409,
    'check-in-closed',
  ])
  await moveTo(addMinutes(from as Instant, -20))
  expect((await send(work.worker, attending.openCheckIn, { id })).status).toBe(200)
  const code = await codeOf(id)
  const wrong = code === '123456' ? '654321' : '123456'
  expect(await refusal(early, attending.checkInToOccasion, { id }, { code: wrong })).toEqual([409, 'code-wrong'])
  expect(await refusal(await volunteer(), attending.checkInToOccasion, { id }, { code })).toEqual([403, 'no-place'])
  expect((await send(early, attending.checkInToOccasion, { id }, { code })).status).toBe(200)
  expect(await refusal(early, attending.checkInToOccasion, { id }, { code })).toEqual([409, 'already-checked-in'])
  expect(await refusal(early, attending.giveBackPlace, { id })).toEqual([409, 'already-checked-in'])
  expect(await refusal(work.worker, occasions.cancelOccasion, { id }, { reason: '下雨取消' })).toEqual([
    409,
    'somebody-here',
  ])
  await moveTo(addMinutes(from as Instant, 30))
  expect(await refusal(late, attending.giveBackPlace, { id })).toEqual([409, 'occasion-begun'])
  expect(await refusal(await volunteer(), attending.takePlace, { id })).toEqual([409, 'occasion-begun'])
  // The code of the beginning is no longer that of now: leaving is shown at the place too.
  expect(await refusal(late, attending.checkInToOccasion, { id }, { code })).toEqual([409, 'code-wrong'])
  expect(await refusal(late, attending.checkOutOfOccasion, { id }, { code: await codeOf(id) })).toEqual([
    409,
    'not-checked-in',
  ])
  expect((await send(late, attending.checkInToOccasion, { id }, { code: await codeOf(id) })).status).toBe(200)
  await moveTo(addMinutes(from as Instant, 100))
  expect((await send(late, attending.checkOutOfOccasion, { id }, { code: await codeOf(id) })).status).toBe(200)
  expect(await refusal(late, attending.checkOutOfOccasion, { id }, { code: await codeOf(id) })).toEqual([
    409,
    'already-checked-out',
  ])
  expect(await refusal(work.worker, attending.settleShift, { id }, {})).toEqual([409, 'not-over-yet'])
  await moveTo(addMinutes(from as Instant, 130))
  expect((await send(early, attending.checkOutOfOccasion, { id }, { code: await codeOf(id) })).status).toBe(200)
  expect((await send(work.worker, attending.settleShift, { id }, {})).status).toBe(200)
  // Twenty minutes before and ten after the shift do not count.
  expect((await view(id, early)).mine).toMatchObject({ minutes: 120, outcome: 'counted' })
  expect((await view(id, late)).mine).toMatchObject({ minutes: 70, outcome: 'counted' })
  expect((await work.app.ok(late, register.getMyVolunteering)).volunteer).toMatchObject({ minutes: 70, shifts: 1 })
  const hours = await work.app.ok(early, register.listMyHours, { query: {} } as never)
  expect(hours.rows).toMatchObject([{ shift: id, title: '陪老人复诊', minutes: 120, byWorker: false }])
  const { problem } = await send(work.worker, attending.settleShift, { id }, {})
  expect(problem.code).toBe('not-in-this-state')
})

test('a worker’s word fills only what the codes leave open, within the shift; nobody confirms their own hours', async () => {
  const id = await offered({ capacity: 6 })
  const people = [await volunteer(), await volunteer(), await volunteer(), await volunteer()]
  for (const who of people) await send(who, attending.takePlace, { id })
  const [left, stayed, phoneless, away] = people as [Person, Person, Person, Person]
  // A colleague who volunteers takes a place too.
  await work.app.ok(work.colleague, register.becomeVolunteer, { body: { agreed: true } } as never)
  expect((await send(work.colleague, attending.takePlace, { id })).status).toBe(200)
  await begun(id, [left, stayed])
  const { from, until } = await view(id)
  await moveTo(addMinutes(from as Instant, 60))
  await send(left, attending.checkOutOfOccasion, { id }, { code: await codeOf(id) })
  await moveTo(addMinutes(until as Instant, 1))
  const rows = (await view(id)).people ?? []
  const row = (n: number) => rows[n]?.id ?? ''
  const settle = (list: readonly object[], by = work.worker) =>
    refusal(by, attending.settleShift, { id }, { people: list })
  expect(await settle([])).toEqual([422, 'invalid-input', 'body.people:end-needed'])
  expect(await settle([{ id: row(1), came: false }])).toEqual([
    422,
    'invalid-input',
    'body.people.0.came:checked-in-by-code',
  ])
  expect(await settle([{ id: row(1), came: true, from, until }])).toContain('body.people.0.from:times-by-code')
  expect(
    await settle([
      { id: row(0), came: true, until },
      { id: row(1), came: true, until },
    ]),
  ).toContain('body.people.0.until:times-by-code')
  const end = { id: row(1), came: true, until: addMinutes(from as Instant, 90) }
  expect(await settle([end, { id: row(2), came: true }])).toEqual([
    422,
    'invalid-input',
    'body.people.1.from:beginning-needed',
    'body.people.1.until:end-needed',
  ])
  expect(await settle([end, { id: row(2), came: true, from, until: addMinutes(until as Instant, 5) }])).toContain(
    'body.people.1.until:outside-shift',
  )
  expect(await settle([end, { id: row(2), came: true, from: addMinutes(from as Instant, -5), until }])).toContain(
    'body.people.1.from:outside-shift',
  )
  expect(await settle([end, { id: row(2), came: true, from: until, until: from }])).toContain(
    'body.people.1.until:time-not-in-order',
  )
  expect(await settle([end, { id: '320505-0190f1c0-0000-7000-8000-000000000000', came: true }])).toContain(
    'body.people.1.id:sign-up-unknown',
  )
  expect(await settle([end], work.colleague)).toEqual([403, 'own-hours'])
  expect((await settle([end, { id: row(2), came: true, from, until }]))[0]).toBe(200)
  const after = (await view(id)).people ?? []
  expect(after.map((each) => [each.minutes, each.byWorker, each.outcome])).toEqual([
    [60, false, 'counted'],
    [90, true, 'counted'],
    [120, true, 'counted'],
    [0, false, 'no-show'],
    [0, false, 'no-show'],
  ])
  const told = async (who: Person) =>
    (await work.app.ok(who, listNotices, { query: {} } as never)).rows.map((each) => each.kind)
  expect(await told(phoneless)).toContain('delivery.hours-counted')
  expect(await told(away)).toContain('delivery.hours-missed')
})

test('one person is at one place at a time: refused at the second check-in, also at the same moment, and in a worker’s word', async () => {
  const from = work.at(day)
  // Signed up for the shift; walks in at the activity next door while it goes on.
  const shift = await offered({ from, until: addMinutes(from, 120) })
  const party = await offered({
    kind: 'activity',
    title: '邻里包饺子',
    from,
    until: addMinutes(from, 120),
    capacity: 30,
  })
  const [who, twin] = [await volunteer(), await volunteer()]
  for (const person of [who, twin]) await send(person, attending.takePlace, { id: shift })
  await moveTo(from)
  for (const id of [shift, party]) await work.app.ok(work.worker, attending.openCheckIn, { params: { id } } as never)
  expect((await send(who, attending.checkInToOccasion, { id: shift }, { code: await codeOf(shift) })).status).toBe(200)
  expect(await refusal(who, attending.checkInToOccasion, { id: party }, { code: await codeOf(party) })).toEqual([
    409,
    'elsewhere-now',
  ])
  const codes = { [shift]: await codeOf(shift), [party]: await codeOf(party) }
  const both = await Promise.all(
    [shift, party].map((id) => refusal(twin, attending.checkInToOccasion, { id }, { code: codes[id] })),
  )
  expect(both.map(([, code]) => code)).toContain('elsewhere-now')
  expect(both.map(([status]) => status)).toContain(200)
  // Having left the first, they may come to the second.
  await moveTo(addMinutes(from, 30))
  await send(who, attending.checkOutOfOccasion, { id: shift }, { code: await codeOf(shift) })
  expect((await send(who, attending.checkInToOccasion, { id: party }, { code: await codeOf(party) })).status).toBe(200)
})

test('a shift that is called off tells those who took a place, who may then be elsewhere; a withdrawn volunteer frees the places', async () => {
  const id = await offered()
  const who = await volunteer()
  await send(who, attending.takePlace, { id })
  expect((await send(work.who('head'), occasions.cancelOccasion, { id }, { reason: '老人改期' })).status).toBe(403)
  expect(await refusal(work.worker, occasions.cancelOccasion, { id }, { reason: '问 13812345678' })).toContain(
    'body.reason:text-has-phone',
  )
  await work.app.ok(work.worker, occasions.cancelOccasion, { params: { id }, body: { reason: '老人改期' } } as never)
  const notices = (await work.app.ok(who, listNotices, { query: {} } as never)).rows
  expect(notices.find((each) => each.kind === 'delivery.occasion-cancelled')?.text).toContain('老人改期')
  expect(await view(id, 'nobody')).toMatchObject({ state: 'cancelled', summary: '老人改期' })
  const other = await offered()
  expect((await send(who, attending.takePlace, { id: other })).status).toBe(200)
  await work.app.ok(who, register.withdrawVolunteer, {} as never)
  await work.app.settle()
  expect((await view(other)).taken).toBe(0)
})

test('who is not confirmed in time counts by whole pairs of codes; who stays away three times takes no shift for a while', async () => {
  const who = await volunteer()
  for (let missed = 0; missed < 3; missed += 1) {
    const id = await offered()
    expect((await send(who, attending.takePlace, { id })).status).toBe(200)
    await work.app.pass(9)
    expect(await view(id)).toMatchObject({ state: 'over' })
    expect((await view(id, who)).mine).toMatchObject({ outcome: 'no-show' })
  }
  const next = await offered()
  expect(await refusal(who, attending.takePlace, { id: next })).toEqual([409, 'paused-for-no-shows'])
  await work.app.pass(31)
  const later = await offered()
  expect((await send(who, attending.takePlace, { id: later })).status).toBe(200)
  const open = await volunteer()
  await send(open, attending.takePlace, { id: later })
  await begun(later, [who, open])
  await moveTo(addMinutes((await view(later)).until as Instant, -30))
  await send(who, attending.checkOutOfOccasion, { id: later }, { code: await codeOf(later) })
  await work.app.pass(8)
  expect((await view(later, who)).mine).toMatchObject({ minutes: 90, outcome: 'counted' })
  expect((await view(later, open)).mine).toMatchObject({ minutes: 0, outcome: 'no-check-out' })
})

test('a service record names the shift that helped, and shows its volunteers; a foreign or distant one is refused', async () => {
  const id = await offered()
  const who = await volunteer('闻人小满')
  await send(who, attending.takePlace, { id })
  await begun(id, [who])
  const { from, until } = await view(id)
  await moveTo(until as Instant)
  await send(who, attending.checkOutOfOccasion, { id }, { code: await codeOf(id) })
  await work.app.ok(work.worker, attending.settleShift, { params: { id }, body: {} } as never)
  const body = {
    contract: work.contract,
    activity: work.activity,
    from,
    until,
    place: '卫生服务站',
    attendance: 2,
    words: '陪两位老人复诊。',
    shift: id,
  }
  const tried = async (more: object) => {
    const { problem } = await work.app.call(work.worker, delivery.fileServiceRecord, {
      body: { ...body, ...more },
    } as never)
    return (problem.fields ?? []).map((field) => `${field.path}:${field.code}`)
  }
  const elsewhere = await offered({ from: work.at(day * 3), until: work.at(day * 3 + 60) })
  expect(await tried({ shift: elsewhere })).toEqual(['body.shift:shift-unknown'])
  const filed = await work.app.ok(work.worker, delivery.fileServiceRecord, { body } as never)
  const record = await work.app.ok(work.worker, delivery.getServiceRecord, { params: { id: filed.id } } as never)
  expect(record.volunteers).toMatchObject({
    minutes: 120,
    people: [{ name: expect.stringMatching(/^闻/), minutes: 120 }],
  })
  expect(record.volunteers?.people[0]?.name).not.toBe('闻人小满')
})
