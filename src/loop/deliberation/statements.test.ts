// Statements through the endpoints: the map of opinions as residents see it, and removal in bulk with reasons.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import { listNotices } from '../../foundation/notices/contract.ts'
import { rowsOf } from '../../platform/database.ts'
import { makePendingMaps } from './actions/opinions.ts'
import { getOpinionMap } from './contract/opinions.ts'
import * as statements from './contract/statements.ts'
import * as contract from './contract.ts'

let app: TestApp
let worker: Person
let head: Person
let crowd: Person[]

beforeAll(async () => {
  app = await startApp()
  worker = await app.person('community-worker')
  head = await app.person('community-head')
  crowd = []
  for (let count = 0; count < 24; count += 1) crowd.push(await app.person())
}, 60_000)
afterAll(() => app.close())

const person = (index: number): Person => {
  const found = crowd[index]
  if (found === undefined) throw new Error('nobody')
  return found
}

async function discussed(): Promise<string> {
  const body = {
    title: '关于小区停车收费的议题',
    text: '地面车位不够，请大家商议怎么停、怎么收费',
    division: places.community,
    as: 'community' as const,
  }
  const { id } = await app.ok(worker, contract.proposeMotion, { body })
  await app.ok(head, contract.admitMotion, { params: { id } })
  await app.ok(worker, contract.startDiscussion, { params: { id } })
  return id
}

async function said(id: string, who: Person, words: string, side: 'for' | 'against' = 'for'): Promise<string> {
  return (await app.ok(who, statements.addStatement, { params: { id }, body: { side, words } })).id
}

const rate = (who: Person, id: string, statement: string, opinion: 'agree' | 'disagree' | 'pass') =>
  app.ok(who, statements.rateStatement, { params: { id, statement }, body: { opinion } })

test('two camps and what both share: the map shows groups, common ground, one’s own place, and nobody’s name', async () => {
  const id = await discussed()
  const shared = await said(id, person(22), '消防通道必须留出来')
  const pay = await said(id, person(23), '按月收费,收来的钱用在小区')
  const night = await said(id, person(23), '夜里只让业主停')
  const free = await said(id, person(22), '车位应该一直免费', 'against')
  const early = await app.ok(person(0), getOpinionMap, { params: { id } })
  expect(early).toMatchObject({ needed: 15 })
  expect(early.map).toBeUndefined()
  for (let index = 0; index < 20; index += 1) {
    const payer = index < 11
    await rate(person(index), id, shared, 'agree')
    await rate(person(index), id, pay, payer ? 'agree' : 'disagree')
    await rate(person(index), id, night, payer ? 'agree' : 'disagree')
    await rate(person(index), id, free, payer ? 'disagree' : 'agree')
  }
  await app.settle()
  await makePendingMaps(app.parts.platform)
  const seen = await app.ok(person(0), getOpinionMap, { params: { id } })
  expect(seen.map?.groups.map((group) => group.people)).toEqual([11, 9])
  expect(seen.map?.common).toEqual([shared])
  expect(new Set(seen.map?.divides)).toEqual(new Set([pay, night, free]))
  expect(seen.map?.groups.find((group) => group.name === seen.mine?.group)?.people).toBe(11)
  const other = await app.ok(person(19), getOpinionMap, { params: { id } })
  expect(other.mine?.group).toBeDefined()
  expect(other.mine?.group).not.toBe(seen.mine?.group)
  // One opinion is not enough for a place; nobody signed in has none.
  expect((await app.ok(person(21), getOpinionMap, { params: { id } })).mine).toEqual({ missing: 3 })
  const open = await app.ok('nobody', getOpinionMap, { params: { id } })
  expect(open.mine).toBeUndefined()
  const sent = JSON.stringify([seen, other, open])
  for (const each of crowd) expect(sent).not.toContain(each.id.slice(7))
  // What lies in the database between two maps holds no person either.
  const stored = JSON.stringify(
    await rowsOf(app.parts.platform.database.reader, 'SELECT map, basis FROM deliberation.opinion_map'),
  )
  for (const each of crowd) expect(stored).not.toContain(each.id.slice(7))
  // A statement that is taken off disappears from the map.
  await app.ok(worker, statements.removeStatements, {
    params: { id },
    body: { statements: [shared], reason: 'off-topic', words: '与停车收费无关' },
  })
  expect((await app.ok(person(0), getOpinionMap, { params: { id } })).map?.common).toEqual([])
}, 60_000)

test('a handful of residents get no map however much they say', async () => {
  const id = await discussed()
  const list = [
    await said(id, person(20), '先画线再说'),
    await said(id, person(20), '请物业多巡查'),
    await said(id, person(21), '把绿地改成车位', 'against'),
  ]
  for (let index = 0; index < 9; index += 1)
    for (const each of list) await rate(person(index), id, each, index % 2 === 0 ? 'agree' : 'disagree')
  await app.settle()
  const seen = await app.ok(person(0), getOpinionMap, { params: { id } })
  expect(seen.map).toBeUndefined()
  expect(seen.voters).toBeLessThan(15)
})

test('statements are taken off together with a reason and a sentence; the mark stays and each author is told once', async () => {
  const id = await discussed()
  const kept = await said(id, person(0), '请在东门也画车位')
  const rude = [
    await said(id, person(1), '物业都是饭桶'),
    await said(id, person(1), '谁反对谁是坏人', 'against'),
    await said(id, person(2), '楼上的闭嘴'),
  ]
  const params = { id }
  const body = { statements: rude, reason: 'insult' as const, words: '说事不骂人，请换个说法再发。' }
  const resident = await app.call(person(3), statements.removeStatements, { params, body })
  expect(resident.status).toBe(403)
  const phone = await app.call(worker, statements.removeStatements, {
    params,
    body: { ...body, words: '有疑问请打13800138000' },
  })
  expect(phone.problem.fields).toMatchObject([{ path: 'body.words', code: 'text-has-phone' }])
  expect(await app.ok(worker, statements.removeStatements, { params, body })).toEqual({ removed: 3, already: 0 })
  const { rows } = await app.ok('nobody', statements.listStatements, { params, query: {} })
  expect(rows.find((row) => row.id === kept)?.words).toBe('请在东门也画车位')
  for (const each of rude) {
    const row = rows.find((found) => found.id === each)
    expect(row).toMatchObject({ removed: 'insult', removedWords: body.words })
    expect(row?.words).toBeUndefined()
  }
  for (const [author, count] of [
    [person(1), 1],
    [person(2), 1],
    [person(0), 0],
  ] as const) {
    const told = (await app.ok(author, listNotices, { query: {} })).rows.filter((row) => row.text.includes('侮辱他人'))
    expect(told).toHaveLength(count)
  }
})

test('a colleague was faster: the rest is taken off, and when nothing is left one is told', async () => {
  const id = await discussed()
  const [first, second] = [await said(id, person(4), '卖房请找我'), await said(id, person(5), '低价洗车')]
  const remove = (who: Person, ids: string[]) =>
    app.call(who, statements.removeStatements, {
      params: { id },
      body: { statements: ids, reason: 'advertising', words: '这里不发广告' },
    })
  expect((await remove(worker, [first])).body).toEqual({ removed: 1, already: 0 })
  expect((await remove(head, [first, second])).body).toEqual({ removed: 1, already: 1 })
  expect((await remove(worker, [first, second])).problem.code).toBe('statement-removed')
  const elsewhere = await said(await discussed(), person(6), '另一个议题的意见')
  expect((await remove(worker, [elsewhere])).problem.code).toBe('statement-unknown')
})
