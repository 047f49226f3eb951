// Needs by their words: that it makes no difference to people how the words are looked up, and that only what may be found is.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import { searchRecords } from '../../foundation/notices/contract.ts'
import type { OutputOf, WireInputOf } from '../../kit/endpoint.ts'
import { rowOf, rowsOf } from '../../platform/database.ts'
import * as contract from './contract.ts'
import * as desk from './contract/desk.ts'
import { needsJobs } from './reactions.ts'

let app: TestApp
let resident: Person
let worker: Person

beforeAll(async () => {
  app = await startApp()
  resident = await app.person()
  worker = await app.person('community-worker')
})

afterAll(() => app?.close())

type Content = WireInputOf<typeof contract.submitNeed>['body']

async function raised(text: string, more: Partial<Content> = {}) {
  const body = { text, category: '20' as const, division: places.community, ...more }
  return (await app.ok(resident, contract.submitNeed, { body })).id
}

/** What the program does each night. */
async function night() {
  for (const job of needsJobs) await job.run(app.parts.platform)
}

const forget = () => rowsOf(app.parts.platform.database.reader, 'DELETE FROM needs.word')

type Query = WireInputOf<typeof contract.listDeskNeeds>['query']

/** Every page of a list, as who works there, with the count of the first one. */
async function walked(who: Person, query: Query) {
  const ids: string[] = []
  let count: { n: number; capped: boolean } | undefined
  let cursor: string | undefined
  do {
    const page: OutputOf<typeof contract.listDeskNeeds> = await app.ok(who, contract.listDeskNeeds, {
      query: { ...query, size: 2, cursor },
    })
    ids.push(...page.rows.map(({ id }) => id))
    count ??= page.count
    cursor = page.next
  } while (cursor !== undefined)
  return { ids, count }
}

const found = async (q: string, who: Person | 'nobody' = 'nobody') =>
  (await app.ok(who, searchRecords, { query: { q, kind: 'need' } })).results.map(({ id }) => id)

test('a list is the same, page after page, whether its words are rare or everybody uses them', async () => {
  const township = await app.person('township-reviewer', { division: places.township })
  const county = await app.person('county-civil-affairs', { division: places.county })
  const lamps: string[] = []
  for (const at of [1, 2, 3, 4, 5]) lamps.push(await raised(`${at}号楼的路灯又坏了，晚上看不清路`))
  const far = await raised('村口的路灯坏了半个月', { division: places.otherCommunity })
  const both = await raised('路灯旁边的秋千断了链子')
  const readers = [
    [worker, [...lamps, both]],
    [township, [...lamps, far, both]],
    [county, [...lamps, far, both]],
  ] as const
  const asked = ['路灯', '路', '路灯 秋', '路灯 秋千', '秋千 路']
  const all = async () => {
    const pages = []
    for (const [who] of readers)
      for (const sort of ['due', 'submitted'] as const)
        for (const q of asked) pages.push(await walked(who, { q, sort }))
    return pages
  }
  await forget()
  const rare = await all()
  await night()
  const word = await rowOf<{ share: number }>(
    app.parts.platform.database.reader,
    "SELECT share FROM needs.word WHERE word = '路灯'",
  )
  expect(word?.share).toBeGreaterThan(0.5)
  expect(await all()).toEqual(rare)
  const own = await walked(worker, { q: '路灯', sort: 'submitted' })
  expect(own).toEqual({ ids: [...lamps, both].reverse(), count: { n: 6, capped: false } })
  for (const [who, expected] of readers)
    expect(new Set((await walked(who, { q: '路灯' })).ids)).toEqual(new Set(expected))
  expect((await walked(worker, { q: '路灯 秋' })).ids).toEqual([both])
  await forget()
})

test('filters hold for words as for the list: state, who holds it, what is overdue', async () => {
  const text = '健身角的单杠松动了'
  const open = await raised(text)
  const taken = await raised(text)
  await app.ok(worker, desk.acceptNeed, { params: { id: taken }, body: { category: '0801', routeHint: 'department' } })
  const ids = async (query: Query) => (await walked(worker, { q: '单杠', ...query })).ids
  expect(await ids({ state: 'submitted' })).toEqual([open])
  expect(await ids({ holder: 'me' })).toEqual([taken])
  expect(await ids({ category: '08' })).toEqual([taken])
  expect(await ids({ overdue: 'yes' })).toEqual([])
  await app.pass(12)
  expect(await ids({ overdue: 'yes' })).toContain(open)
})

test('over months and counties, what is near comes first and then the newest', async () => {
  const elsewhere = '320106001001'
  const oldest = await raised('河边的芦苇长到路上来了', { division: elsewhere })
  await app.pass(120)
  const older = await raised('芦苇挡住了红绿灯', { division: elsewhere })
  const near = await raised('小河沟里芦苇太密')
  await app.pass(60)
  const newest = await raised('芦苇地里有蛇', { division: elsewhere })
  for (const counted of [false, true]) {
    await (counted ? night() : forget())
    expect(await found('芦苇')).toEqual([newest, near, older, oldest])
    expect(await found('芦', resident)).toEqual([near, newest, older, oldest])
    expect(await found('芦苇 红绿')).toEqual([older])
  }
})

test('words that are neither rare nor frequent are looked up step by step, and the lists are the same', async () => {
  const county = await app.person('county-civil-affairs', { division: places.county })
  const raisedOver: string[] = []
  for (const [days, text] of [
    [0, '水塔边的篱笆倒了'],
    [120, '篱笆扎人，水塔没人管'],
    [60, '篱笆里的狗一直叫'],
  ] as const) {
    await app.pass(days)
    for (const more of ['', '，请管一管', '，说过两次了']) raisedOver.push(await raised(`${text}${more}`))
  }
  // What is no longer to be done has no date due and comes behind.
  for (const [at, id] of raisedOver.entries())
    if (at % 3 > 0)
      await app.ok(worker, desk.declineNeed, {
        params: { id },
        body: { reason: 'beyond-means', words: '属于业主自家的围栏' },
      })
  const queries = ['篱笆', '篱', '水塔 篱笆', '篱笆 水']
  const seen = async () => {
    const lists = []
    for (const q of queries) {
      for (const sort of ['due', 'submitted'] as const) lists.push((await walked(county, { q, sort })).ids)
      lists.push(await found(q, resident), await found(q))
    }
    return lists
  }
  await forget()
  const rare = await seen()
  expect(rare[0]).toHaveLength(9)
  expect(rare[2]).toEqual([...raisedOver].reverse())
  await rowsOf(
    app.parts.platform.database.reader,
    "INSERT INTO needs.word (word, share) VALUES ('篱笆', 0.01), ('水塔', 0.01)",
  )
  expect(await seen()).toEqual(rare)
  // How many there are beyond a page of them is not counted.
  expect((await walked(county, { q: '篱笆' })).count?.capped).toBe(true)
  expect((await app.ok(county, contract.listDeskNeeds, { query: { q: '篱笆', size: 20 } })).count).toEqual({
    n: 9,
    capped: false,
  })
  await forget()
})

test('a usual word that fills a page is found as it was typed, the newest first', async () => {
  const fountains: string[] = []
  for (let at = 1; at <= 22; at += 1) fountains.push(await raised(`第${at}天了，喷泉还是不出水`))
  const newest = fountains.slice(-20).reverse()
  await forget()
  expect(await found('喷泉', resident)).toEqual(newest)
  await rowsOf(app.parts.platform.database.reader, "INSERT INTO needs.word (word, share) VALUES ('喷泉', 0.01)")
  expect(await found('喷泉', resident)).toEqual(newest)
  expect(await found('喷泉')).toEqual(newest)
  await forget()
})

test('a text with the words that everybody uses still finds what it is about', async () => {
  const swing = await raised('我们小区的跷跷板少了一个把手')
  for (const gate of ['东门', '西门', '南门', '北门', '中门', '偏门', '边门'])
    await raised(`我们小区${gate}的花草需要修剪了`)
  await night()
  const { rows } = await app.ok('nobody', contract.listSimilarNeeds, {
    body: { text: '我们小区的跷跷板坏了', division: places.community },
  })
  expect(rows[0]?.id).toBe(swing)
})

test('withdrawn, merged, changed: the words follow the need', async () => {
  const similar = async (text: string) =>
    (await app.ok('nobody', contract.listSimilarNeeds, { body: { text, division: places.community } })).rows.map(
      ({ id }) => id,
    )
  const first = await raised('传达室的饮水机漏电')
  const second = await raised('传达室饮水机摸上去麻手')
  expect(new Set(await similar('饮水机'))).toEqual(new Set([first, second]))
  await app.ok(worker, desk.mergeNeed, { params: { id: second }, body: { into: first } })
  expect(await similar('饮水机')).toEqual([first])
  await app.ok(resident, contract.withdrawNeed, { params: { id: first } })
  expect(await similar('饮水机')).toEqual([])
  expect(await found('饮水机 漏电')).toEqual([])
  const content = { category: '20' as const, division: places.community }
  const draft = await app.ok(resident, contract.draftNeed, { body: { ...content, text: '门口的邮筒锈穿了' } })
  expect(await found('邮筒', resident)).toEqual([])
  await app.ok(resident, contract.changeDraft, {
    params: { id: draft.id },
    body: { ...content, text: '门口的信箱锈穿了' },
  })
  await app.ok(resident, contract.submitDraft, { params: { id: draft.id } })
  expect(await found('邮筒')).toEqual([])
  expect(await found('信箱')).toEqual([draft.id])
})

test('signs, quotes and digits are looked up as they are and find no place', async () => {
  for (const q of ["'", '@320505001002', '3', '#电', "路灯' | '秋千", '-'])
    expect((await app.call(worker, contract.listDeskNeeds, { query: { q } })).status).toBe(200)
  expect(await found('@320505001002')).toEqual([])
  expect(await found('#')).toEqual([])
})
