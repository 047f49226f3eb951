// The meeting's day through the endpoints: agenda and minutes, checking in by code, two counts of the paper ballots; and progress afterwards.
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import { listNotices } from '../../foundation/notices/contract.ts'
import { addDays, today } from '../../kit/plain-date.ts'
import { addMinutes } from '../../kit/instant.ts'
import { rowsOf } from '../../platform/database.ts'
import { addProgress, listProgress } from './contract/follow-up.ts'
import * as day from './contract/meeting.ts'
import * as contract from './contract.ts'

let app: TestApp
let resident: Person
let worker: Person
let colleague: Person
let head: Person

beforeAll(async () => {
  app = await startApp()
  resident = await app.person()
  worker = await app.person('community-worker')
  colleague = await app.person('community-worker')
  head = await app.person('community-head')
})
afterAll(() => app.close())

const now = () => app.parts.platform.clock.now()

async function called(daysAhead = 0, eligible = 60): Promise<{ id: string }> {
  const body = {
    title: '关于楼道照明改造的议题',
    text: '把楼道的灯换成声控灯，请大家商议',
    division: places.community,
    as: 'community' as const,
  }
  const { id } = await app.ok(worker, contract.proposeMotion, { body })
  const params = { id }
  await app.ok(head, contract.admitMotion, { params })
  await app.ok(worker, contract.startDiscussion, { params })
  await app.ok(worker, contract.openMeeting, {
    params,
    body: { date: addDays(today(now()), daysAhead), place: '社区会议室', eligible, form: 'residents' },
  })
  return params
}

const numbers = { attendance: 40, for: 35, against: 3, abstain: 2, minutes: '会议由社区主任主持，逐项讨论后投票。' }
const ballots = { for: 35, against: 3, abstain: 1, invalid: 1 }
const view = async (who: Person | 'nobody', params: { id: string }) => {
  const { day: seen } = await app.ok(who, day.getMeetingDay, { params })
  if (seen === undefined) throw new Error('no meeting')
  return seen
}
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

test('residents read the agenda before the meeting, and the minutes under it when the result stands', async () => {
  const params = await called()
  const items = [{ title: '介绍改造方案', minutes: '物业介绍了三种灯具。' }, { title: '投票表决' }]
  await app.ok(worker, day.setAgenda, { params, body: { items } })
  expect((await view('nobody', params)).agenda).toEqual([{ title: '介绍改造方案' }, { title: '投票表决' }])
  expect((await view(worker, params)).agenda).toEqual(items)
  await app.ok(worker, contract.recordMeeting, { params, body: numbers })
  await app.ok(head, contract.confirmMeeting, { params })
  expect((await view('nobody', params)).agenda).toEqual(items)
  expect((await app.call(worker, day.setAgenda, { params, body: { items } })).problem.code).toBe('not-in-this-state')
})

test('two officers never overwrite each other’s agenda, and nothing is changed after the record', async () => {
  const params = await called()
  const first = await app.ok(worker, day.setAgenda, { params, body: { items: [{ title: '介绍方案' }] } })
  await app.ok(
    colleague,
    day.setAgenda,
    { params, body: { items: [{ title: '介绍预算' }] } },
    { version: first.version },
  )
  const late = await app.call(
    worker,
    day.setAgenda,
    { params, body: { items: [{ title: '别的' }] } },
    { version: first.version },
  )
  expect([late.status, late.problem.code]).toEqual([412, 'stale'])
  const phone = await app.call(worker, day.setAgenda, {
    params,
    body: { items: [{ title: '介绍' }, { title: '联系13800138000' }] },
  })
  expect(phone.problem.fields).toMatchObject([{ path: 'body.items.1.title', code: 'text-has-phone' }])
  await app.ok(worker, contract.recordMeeting, { params, body: numbers })
  const after = await app.call(colleague, day.setAgenda, { params, body: { items: [{ title: '补一项' }] } })
  expect(after.problem.code).toBe('meeting-recorded')
})

test('whoever is there checks in once by the code of the moment; only verified adults of the place count', async () => {
  const params = await called()
  expect((await app.call(resident, day.checkIn, { params, body: { code: '123456' } })).problem.code).toBe(
    'check-in-closed',
  )
  expect((await app.call(worker, day.getCheckInCode, { params })).problem.code).toBe('check-in-closed')
  await app.ok(worker, day.openCheckIn, { params })
  expect((await app.call(colleague, day.openCheckIn, { params })).problem.code).toBe('check-in-open')
  const { code } = await app.ok(worker, day.getCheckInCode, { params })
  expect(code).toMatch(/^\d{6}$/)
  expect((await app.call(resident, day.getCheckInCode, { params })).status).toBe(403)
  expect((await app.call(resident, day.checkIn, { params, body: { code: wrong(code) } })).problem.code).toBe(
    'code-wrong',
  )
  expect(await app.ok(resident, day.checkIn, { params, body: { code } })).toMatchObject({ counted: true })
  const again = await app.call(resident, day.checkIn, { params, body: { code } })
  expect([again.status, again.problem.code]).toEqual([409, 'already-checked-in'])
  const unverified = await app.person('resident', { verified: false })
  const far = await app.person('resident', { division: places.otherCommunity })
  const young = await app.person('resident', { birth: '2015-05-05' })
  for (const guest of [unverified, far, young])
    expect(await app.ok(guest, day.checkIn, { params, body: { code } })).toMatchObject({ counted: false })
  expect((await view(resident, params)).checkIn).toEqual({ open: true, counted: 1, others: 3, mine: 'counted' })
  expect((await view(far, params)).checkIn.mine).toBe('present')
  expect((await view('nobody', params)).checkIn.mine).toBeUndefined()
  await app.ok(worker, day.closeCheckIn, { params })
  const neighbour = await app.person()
  expect((await app.call(neighbour, day.checkIn, { params, body: { code } })).problem.code).toBe('check-in-closed')
  expect((await app.call(worker, day.closeCheckIn, { params })).problem.code).toBe('check-in-closed')
})

test('twenty neighbours at once with one code: each is counted once, and one who sends it twice is counted once', async () => {
  const params = await called()
  await app.ok(worker, day.openCheckIn, { params })
  const { code } = await app.ok(worker, day.getCheckInCode, { params })
  const people: Person[] = []
  for (let count = 0; count < 20; count += 1) people.push(await app.person())
  const answers = await Promise.all(
    [...people, ...people].map((who) => app.call(who, day.checkIn, { params, body: { code } })),
  )
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(20)
  expect(answers.filter((answer) => answer.problem.code === 'already-checked-in')).toHaveLength(20)
  expect((await view('nobody', params)).checkIn.counted).toBe(20)
})

test('a code grows old: the one before still holds, an older one does not', async () => {
  const params = await called()
  await app.ok(worker, day.openCheckIn, { params })
  const { code, until } = await app.ok(worker, day.getCheckInCode, { params })
  await app.parts.platform.clock.moveTo(addMinutes(until as never, 1))
  const next = await app.ok(worker, day.getCheckInCode, { params })
  expect(next.code).not.toBe(code)
  expect(await app.ok(await app.person(), day.checkIn, { params, body: { code } })).toMatchObject({ counted: true })
  await app.parts.platform.clock.moveTo(addMinutes(until as never, 3))
  const late = await app.call(await app.person(), day.checkIn, { params, body: { code } })
  expect(late.problem.code).toBe('code-wrong')
})

test('nobody checks in before the day, and the code of one meeting does not open another', async () => {
  const ahead = await called(3)
  const early = await app.call(worker, day.openCheckIn, { params: ahead })
  expect(early.problem.code).toBe('not-meeting-day')
  const [one, other] = [await called(), await called()]
  await app.ok(worker, day.openCheckIn, { params: one })
  await app.ok(worker, day.openCheckIn, { params: other })
  const { code } = await app.ok(worker, day.getCheckInCode, { params: one })
  const answer = await app.call(resident, day.checkIn, { params: other, body: { code } })
  expect(answer.problem.code).toBe('code-wrong')
})

test('the record does not fall behind who checked in', async () => {
  const params = await called()
  await app.ok(worker, day.openCheckIn, { params })
  const { code } = await app.ok(worker, day.getCheckInCode, { params })
  for (let count = 0; count < 3; count += 1) await app.ok(await app.person(), day.checkIn, { params, body: { code } })
  const few = await app.call(worker, contract.recordMeeting, {
    params,
    body: { ...numbers, attendance: 2, for: 1, against: 1, abstain: 0 },
  })
  expect(few.problem.fields).toMatchObject([{ path: 'body.attendance', code: 'fewer-than-checked-in' }])
  expect(JSON.stringify(few.problem.fields)).toContain('已有 3 人签到')
  await app.ok(worker, contract.recordMeeting, { params, body: numbers })
  expect((await app.call(worker, day.openCheckIn, { params })).problem.code).toBe('meeting-recorded')
})

test('two officers count the paper ballots alike: accepted, and the record must say the same', async () => {
  const params = await called()
  expect(await app.ok(worker, day.enterPaperCount, { params, body: ballots })).toMatchObject({ outcome: 'first' })
  const own = await app.call(worker, day.enterPaperCount, { params, body: ballots })
  expect([own.status, own.problem.code]).toEqual([409, 'counted-already'])
  const seen = await app.ok(colleague, day.getMeetingDay, { params })
  expect(seen.day?.paper).toEqual({ attempt: 1, entered: 1, mine: false })
  // The first count stands nowhere that the second officer can read.
  const events = await rowsOf<{ data: unknown }>(
    app.parts.platform.database.reader,
    "SELECT data FROM platform.event WHERE name = 'deliberation.enterPaperCount' AND record_id = $1",
    [params.id],
  )
  expect(events.map((event) => event.data)).toEqual([{ origin: 'community', attempt: 1, outcome: 'first' }])
  expect(await app.ok(colleague, day.enterPaperCount, { params, body: ballots })).toMatchObject({ outcome: 'equal' })
  expect((await view(worker, params)).paper).toMatchObject({ accepted: ballots })
  expect((await view(resident, params)).paper).toBeUndefined()
  expect((await app.call(head, day.enterPaperCount, { params, body: ballots })).problem.code).toBe('count-accepted')
  const other = await app.call(worker, contract.recordMeeting, { params, body: { ...numbers, for: 36, abstain: 1 } })
  expect(other.problem.fields).toMatchObject([{ path: 'body.for', code: 'not-as-counted' }])
  await app.ok(worker, contract.recordMeeting, { params, body: numbers })
  expect((await app.call(head, day.enterPaperCount, { params, body: ballots })).problem.code).toBe('meeting-recorded')
})

test('unequal counts: both are told, neither sees the other’s, and both count again', async () => {
  const params = await called()
  await app.ok(worker, day.enterPaperCount, { params, body: ballots })
  const second = await app.ok(colleague, day.enterPaperCount, { params, body: { ...ballots, for: 34, against: 4 } })
  expect(second.outcome).toBe('unequal')
  const told = (await app.ok(worker, listNotices, { query: {} })).rows.filter((row) => row.text.includes('不一致'))
  expect(told).toHaveLength(1)
  expect((await view(worker, params)).paper).toEqual({ attempt: 2, entered: 0, mine: false })
  await app.ok(colleague, day.enterPaperCount, { params, body: ballots })
  expect(await app.ok(worker, day.enterPaperCount, { params, body: ballots })).toMatchObject({ outcome: 'equal' })
})

test('two counts sent in the same moment: one is the first, the other is compared with it', async () => {
  const params = await called()
  const answers = await Promise.all(
    [worker, colleague, head].map((who) => app.call(who, day.enterPaperCount, { params, body: ballots })),
  )
  expect(answers.map((answer) => answer.body.outcome ?? answer.problem.code).sort()).toEqual([
    'count-accepted',
    'equal',
    'first',
  ])
})

test('no count before the meeting, and none with more ballots than people entitled', async () => {
  const ahead = await called(2)
  expect((await app.call(worker, day.enterPaperCount, { params: ahead, body: ballots })).problem.code).toBe(
    'meeting-not-held',
  )
  const small = await called(0, 30)
  const many = await app.call(worker, day.enterPaperCount, { params: small, body: ballots })
  expect(many.problem.fields).toMatchObject([{ path: 'body.for', code: 'more-ballots-than-eligible' }])
})

test('called again for another day: the agenda goes along, attendance and count begin anew', async () => {
  const params = await called()
  await app.ok(worker, day.setAgenda, { params, body: { items: [{ title: '投票表决', minutes: '没有到齐' }] } })
  await app.ok(worker, day.openCheckIn, { params })
  const { code } = await app.ok(worker, day.getCheckInCode, { params })
  await app.ok(resident, day.checkIn, { params, body: { code } })
  await app.ok(worker, day.enterPaperCount, { params, body: ballots })
  await app.ok(worker, contract.openMeeting, {
    params,
    body: { date: addDays(today(now()), 2), place: '社区广场', eligible: 60, form: 'residents' },
  })
  expect(await view(worker, params)).toMatchObject({
    agenda: [{ title: '投票表决' }],
    checkIn: { open: false, counted: 0 },
    paper: { attempt: 1, entered: 0 },
  })
})

test('while a resolution is carried out its progress is told, with how far it is', async () => {
  const params = await called()
  const note = { words: '灯具已经到货，本周先换一号楼。', percent: 30 }
  expect((await app.call(worker, addProgress, { params, body: note })).problem.code).toBe('not-in-this-state')
  await app.ok(worker, contract.recordMeeting, { params, body: numbers })
  await app.ok(head, contract.confirmMeeting, { params })
  await app.ok(worker, contract.publishResolution, { params })
  await app.pass(15)
  const photo = await app.parts.platform.files.put(app.parts.platform.database.reader, {
    jurisdiction: '320505' as never,
    owner: worker.id,
    name: '一号楼.png',
    bytes: await sharp({ create: { width: 8, height: 8, channels: 3, background: '#0f766e' } })
      .png()
      .toBuffer(),
  })
  if (!photo.ok) throw new Error(photo.code)
  const files = [photo.value.id]
  await app.ok(worker, addProgress, { params, body: { ...note, files } })
  const again = await app.call(worker, addProgress, {
    params,
    body: { ...note, files: ['320505-0190f1c0-0000-7000-8000-000000000000'] },
  })
  expect(again.problem.code).toBe('file-unknown')
  // Everybody sees the photo of what was done.
  const seen = await app.server.inject({ method: 'GET', url: `/api/files/${photo.value.id}` })
  expect([seen.statusCode, String(seen.headers['content-type']).startsWith('image/')]).toEqual([200, true])
  const bare = await app.call(worker, addProgress, { params, body: { words: '正在施工，请注意安全' } })
  expect(bare.problem.fields).toMatchObject([{ path: 'body.percent', code: 'how-far-missing' }])
  const phone = await app.call(worker, addProgress, { params, body: { ...note, words: '联系13800138000' } })
  expect(phone.problem.fields).toMatchObject([{ code: 'text-has-phone' }])
  expect((await app.call(resident, addProgress, { params, body: note })).status).toBe(403)
  await app.ok(head, addProgress, { params, body: { words: '全部楼道已经换好。', milestone: '等待验收' } })
  const first = await app.ok('nobody', listProgress, { params, query: { size: 1 } })
  expect(first.rows).toMatchObject([{ words: '全部楼道已经换好。', milestone: '等待验收' }])
  const second = await app.ok('nobody', listProgress, { params, query: { size: 1, cursor: first.next } })
  expect(second.rows).toMatchObject([{ percent: 30, files: [{ id: photo.value.id }] }])
  expect(second.next).toBeUndefined()
  const told = (await app.ok(worker, listNotices, { query: {} })).rows.filter((row) => row.text.includes('执行进度'))
  expect(told.length).toBeGreaterThan(0)
})
