// Delivery through its endpoints, on one contract that is in force: filing, hours once, photos once, taking back.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, startApp, type TestApp } from '../../../tests/support/app.ts'
import { makeStory, type TestStory } from '../../../tests/support/story.ts'
import { jurisdictionOf } from '../../kit/id.ts'
import { granted } from '../../kit/ruling.ts'
import { demoPaper } from '../../app/demo/thread-middle.ts'
import * as contracts from '../contracts/contract.ts'
import * as contract from './contract.ts'

let app: TestApp
let story: TestStory
let id = ''
let side = 0
let activity = ''

const who = (key: string): Person => {
  const person = story.people.get(key)
  if (person === undefined) throw new Error(`nobody plays ${key}`)
  return person
}
const worker = (seat: number) => who(`worker-${side}-${seat}`)
const moment = (minutesAgo: number) =>
  new Date(Date.parse(app.parts.platform.clock.now()) - minutesAgo * 60_000).toISOString()

function filing(minutesAgo: number, minutes: number, more: Record<string, unknown> = {}) {
  return {
    body: {
      contract: id,
      activity,
      from: moment(minutesAgo),
      until: moment(minutesAgo - minutes),
      place: '社区活动室',
      attendance: 12,
      newcomers: 4,
      words: '开展讲解并登记意见。',
      ...more,
    },
  }
}

const totals = async () => (await app.ok(worker(0), contract.getDelivery, { params: { id } })).totals

beforeAll(async () => {
  app = await startApp()
  story = await makeStory(app, 'delivering')
  id = story.thread.contract ?? ''
  const { organization } = await app.ok('nobody', contracts.getContract, { params: { id } })
  side = story.cast.bidders.findIndex((bidder) => bidder.organization === organization)
  await app.pass(5)
  activity = (await app.ok(worker(0), contract.getDelivery, { params: { id } })).activities[0]?.id ?? ''
})
afterAll(() => app?.close())

test('a record counts for the plan, the totals and the milestone under way', async () => {
  const before = await totals()
  const filed = await app.ok(worker(0), contract.fileServiceRecord, filing(600, 90))
  expect(filed).toMatchObject({ state: 'filed', number: expect.stringMatching(/^服\d{4}-\d{4}$/), flagged: false })
  expect(await totals()).toEqual({
    serviceRecords: before.serviceRecords + 1,
    minutes: before.minutes + 90,
    attendance: before.attendance + 12,
    beneficiaries: before.beneficiaries + 4,
  })
  const page = await app.ok(worker(0), contract.getServiceRecord, { params: { id: filed.id } })
  expect(page).toMatchObject({ minutes: 90, milestone: filed.milestone })
  expect(page.workerName).toMatch(/^.\*/)
})

test('nobody’s hour counts twice: not again, not a minute of overlap, not in two requests at once; the next hour does', async () => {
  await app.ok(worker(0), contract.fileServiceRecord, filing(480, 60))
  const again = await app.call(worker(0), contract.fileServiceRecord, filing(421, 60))
  expect([again.status, again.problem.code]).toEqual([409, 'hours-overlap'])
  expect(again.problem.detail).toContain('合')
  await app.ok(worker(0), contract.fileServiceRecord, filing(360, 60))
  const both = await Promise.all([0, 1].map(() => app.call(worker(1), contract.fileServiceRecord, filing(300, 60))))
  expect(both.map((answer) => answer.status).sort()).toEqual([200, 409])
  await app.ok(worker(2), contract.fileServiceRecord, filing(300, 60))
})

test('only the team files, and only what has happened', async () => {
  const loser = who(`worker-${(side + 1) % 3}-0`)
  expect((await app.call(loser, contract.fileServiceRecord, filing(200, 30))).status).toBe(403)
  expect((await app.call(who('resident'), contract.fileServiceRecord, filing(200, 30))).status).toBe(403)
  const future = await app.call(worker(0), contract.fileServiceRecord, filing(20, 60, { newcomers: 13 }))
  expect([future.status, future.problem.fields?.map((field) => field.code)]).toEqual([
    422,
    ['time-in-future', 'newcomers-exceed'],
  ])
})

test('a photo used in another record is flagged, and read only by those who read the record', async () => {
  const upload = async (person: Person) =>
    granted(
      await app.parts.platform.files.put(app.parts.platform.database.reader, {
        jurisdiction: jurisdictionOf(story.cast.head.division as never),
        owner: person.id,
        name: '现场.pdf',
        bytes: demoPaper('photo'),
      }),
    ).id
  const first = await app.ok(
    worker(0),
    contract.fileServiceRecord,
    filing(180, 30, { photos: [await upload(worker(0))] }),
  )
  const second = await app.ok(
    worker(1),
    contract.fileServiceRecord,
    filing(180, 30, { photos: [await upload(worker(1))] }),
  )
  expect([first.flagged, second.flagged]).toEqual([false, true])
  const flagged = await app.ok(who('head'), contract.listServiceRecords, { query: { flagged: 'yes' } })
  expect(flagged.rows.map((row) => row.id)).toEqual([second.id])
  const photo = (await app.ok(who('head'), contract.getServiceRecord, { params: { id: second.id } })).photos[0]
  expect(photo?.reused).toBe(true)
  const read = (person: Person) =>
    app.server.inject({ method: 'GET', url: `/api/files/${photo?.id}`, headers: { cookie: person.cookie } })
  expect((await read(who('head'))).statusCode).toBe(200)
  expect((await read(who('resident'))).statusCode).toBe(404)
})

test('taken back, a record counts no more and its hours are free; a colleague may not take it back', async () => {
  const before = await totals()
  const filed = await app.ok(worker(0), contract.fileServiceRecord, filing(120, 30))
  const params = { id: filed.id }
  expect(
    (await app.call(worker(1), contract.voidServiceRecord, { params, body: { reason: '不是我的记录' } })).problem.code,
  ).toBe('not-own-record')
  await app.ok(worker(0), contract.voidServiceRecord, { params, body: { reason: '时间填错' } })
  expect(await totals()).toEqual(before)
  await app.ok(worker(0), contract.fileServiceRecord, filing(120, 30))
  expect((await app.call(worker(0), contract.voidServiceRecord, { params, body: { reason: '再来一次' } })).status).toBe(
    409,
  )
})

test('lists stay within the reach, page by page', async () => {
  const all = await app.ok(who('head'), contract.listServiceRecords, { query: { contract: id as never, size: 100 } })
  const pages: string[] = []
  let cursor: string | undefined
  do {
    const page = await app.ok(who('head'), contract.listServiceRecords, {
      query: { contract: id as never, size: 3, cursor },
    })
    pages.push(...page.rows.map((row) => row.id))
    cursor = page.next
  } while (cursor !== undefined)
  expect(pages).toEqual(all.rows.map((row) => row.id))
  expect(
    (await app.ok(who(`administrator-${(side + 1) % 3}`), contract.listServiceRecords, { query: {} })).rows,
  ).toEqual([])
  expect((await app.ok(worker(0), contract.listServiceRecords, { query: { mine: 'yes' } })).rows.length).toBeLessThan(
    pages.length,
  )
})

test('once everything under way is reported, its records stand', async () => {
  const view = await app.ok(who('head'), contracts.getContract, { params: { id } })
  const first = view.milestones[0]
  const record = (
    await app.ok(worker(0), contract.listServiceRecords, { query: { mine: 'yes', state: 'filed' } })
  ).rows.at(-1)
  await app.ok(who(`administrator-${side}`), contracts.reportMilestone, {
    params: { id, milestone: first?.id ?? '' },
    body: { words: '第一阶段完成' },
  })
  const late = await app.call(worker(0), contract.voidServiceRecord, {
    params: { id: record?.id ?? '' },
    body: { reason: '想改一改' },
  })
  expect([late.status, late.problem.code]).toEqual([409, 'milestone-closed'])
})
