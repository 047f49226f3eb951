// Supporting bodies through the endpoints, and the ranking of givers by the different residents whom they helped.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import { giveProxy } from '../../foundation/identity/contract/residents.ts'
import { getValues } from '../../foundation/indicators/contract.ts'
import { listMyWork } from '../../foundation/notices/contract.ts'
import { makeUscc } from '../../kit/chinese-ids.ts'
import * as needs from '../needs/contract.ts'
import * as desk from '../needs/contract/desk.ts'
import * as claims from './contract/claims.ts'
import * as contract from './contract/givers.ts'
import { getWish, putUpWish } from './contract.ts'

let app: TestApp
let giver: Person
let family: Person
let owner: Person
let residents: Person[]
let worker: Person
let head: Person

beforeAll(async () => {
  app = await startApp()
  giver = await app.person()
  family = await app.person()
  owner = await app.person()
  residents = [await app.person(), await app.person(), await app.person()]
  worker = await app.person('community-worker')
  head = await app.person('community-head')
})
afterAll(() => app?.close())

const at = (id: string) => ({ params: { id } })
const year = 2026
const branch = { kind: 'party-branch' as const, name: '横塘社区第一党支部', division: places.community }

/** A wish of a resident, granted and confirmed. */
async function granted(
  resident: Person,
  by: Person,
  body: { as?: 'supporting-body'; body?: never; shownName?: string } = {},
) {
  const { id: need } = await app.ok(resident, needs.submitNeed, {
    body: { text: '想有人陪着去医院复查一次', category: '0105', division: places.community },
  })
  await app.ok(worker, desk.acceptNeed, { ...at(need), body: { category: '0105', routeHint: 'wish' } })
  const { id } = await app.ok(worker, putUpWish, {
    body: { need, title: '有人陪着去复查', text: '下个月去医院复查，想有人陪着', noMoney: true },
  })
  await app.ok(by, claims.claimWish, { ...at(id), body })
  await app.ok(by, claims.deliverWish, { ...at(id), body: { words: '已陪老人复查回来' } })
  await app.ok(resident, claims.confirmWish, at(id))
  await app.settle()
  return id
}

const ranking = async (division: string = places.community) =>
  (await app.ok('nobody', contract.listGivers, { query: { division, year } })).rows

async function confirmed(who: Person, body: Parameters<typeof apply>[1]) {
  const id = await apply(who, body)
  await app.ok(head, contract.confirmBody, at(id))
  return id
}
async function apply(who: Person, body: typeof branch) {
  return (await app.ok(who, contract.applyAsBody, { body })).id
}

test('a party branch applies, another worker confirms it, and its person claims for it by name', async () => {
  const id = await apply(owner, branch)
  expect((await app.ok(worker, listMyWork, { query: {} })).rows.map((row) => row.verb)).toContain('confirmBody')
  expect((await app.call(giver, contract.getBody, at(id))).status).toBe(404)
  expect(await app.ok(owner, contract.getBody, at(id))).toMatchObject({ state: 'applied', mine: true })
  const early = await app.call(owner, contract.confirmBody, at(id))
  expect(early.status).toBe(403)
  await app.ok(head, contract.confirmBody, at(id))
  expect(
    (await app.ok(worker, contract.listBodies, { query: { state: 'confirmed' } })).rows.map((row) => row.id),
  ).toEqual([id])
  expect((await app.ok(owner, contract.listMyBodies)).rows).toMatchObject([{ id, state: 'confirmed' }])
  const [resident = owner] = residents
  const wish = await granted(resident, owner, { as: 'supporting-body', body: id as never })
  expect((await app.ok('nobody', getWish, at(wish))).giver).toEqual({ kind: 'supporting-body', name: branch.name })
  expect(await ranking()).toEqual([{ rank: 1, kind: 'supporting-body', name: branch.name, helped: 1 }])
  const usurper = await app.call(giver, claims.claimWish, {
    ...at(wish),
    body: { as: 'supporting-body', body: id as never },
  })
  expect(usurper.status).toBe(409)
})

test('nobody confirms the body for which they applied, whatever office they hold', async () => {
  const id = await apply(worker, { ...branch, name: '横塘社区第二党支部' })
  const own = await app.call(worker, contract.confirmBody, at(id))
  expect([own.status, own.problem.code]).toEqual([403, 'duties-separated'])
  await app.ok(head, contract.declineBody, { ...at(id), body: { words: '支部名称与登记不符' } })
  expect(await app.ok(worker, contract.getBody, at(id))).toMatchObject({
    state: 'declined',
    endWords: '支部名称与登记不符',
  })
  const again = await app.call(head, contract.confirmBody, at(id))
  expect([again.status, again.problem.code]).toEqual([409, 'not-in-this-state'])
})

test('an enterprise needs its credit code; a name and a person stand once in a community', async () => {
  const wrong = await app.call(giver, contract.applyAsBody, {
    body: { kind: 'enterprise', name: '横塘面馆', division: places.township },
  })
  expect(wrong.problem.fields?.map((field) => field.code)).toEqual(['not-a-community', 'uscc-missing'])
  const uscc = makeUscc({ authority: '9', category: '1', division: '320505', orgBody: 'MA1XK234' })
  const body = { kind: 'enterprise' as const, name: '横塘面馆', division: places.community, uscc }
  const { id } = await app.ok(giver, contract.applyAsBody, { body })
  expect((await app.call(family, contract.applyAsBody, { body })).problem.code).toBe('body-known')
  expect((await app.call(giver, contract.applyAsBody, { body: { ...body, name: '横塘饭店' } })).problem.code).toBe(
    'body-known',
  )
  const unverified = await app.person('resident', { verified: false })
  expect((await app.call(unverified, contract.applyAsBody, { body })).problem.code).toBe('verified-only')
  expect((await app.call(family, contract.endBody, { ...at(id), body: { words: '不做了' } })).status).toBe(404)
  await app.ok(giver, contract.endBody, { ...at(id), body: { words: '店面搬走了' } })
  await app.ok(family, contract.applyAsBody, { body })
})

test('a body that ended or is of another county claims nothing', async () => {
  const far = await app.person('resident', { division: `${places.otherCounty}001001` })
  const farHead = await app.person('community-head', { division: `${places.otherCounty}001001` })
  const foreign = await apply(far, { ...branch, division: `${places.otherCounty}001001` as never })
  await app.ok(farHead, contract.confirmBody, at(foreign))
  const closing = await app.person()
  const ended = await confirmed(closing, { ...branch, name: '横塘社区退休党支部' })
  await app.ok(closing, contract.endBody, { ...at(ended), body: { words: '支部已合并' } })
  const [resident = owner] = residents
  const { id: need } = await app.ok(resident, needs.submitNeed, {
    body: { text: '想有人帮忙修一下水龙头', category: '1201', division: places.community },
  })
  await app.ok(worker, desk.acceptNeed, { ...at(need), body: { category: '1201', routeHint: 'wish' } })
  const { id } = await app.ok(worker, putUpWish, {
    body: { need, title: '修一修水龙头', text: '厨房水龙头一直滴水', noMoney: true },
  })
  for (const [who, body] of [
    [far, foreign],
    [closing, ended],
  ] as const) {
    const answer = await app.call(who, claims.claimWish, {
      ...at(id),
      body: { as: 'supporting-body', body: body as never },
    })
    expect([answer.status, answer.problem.code]).toEqual([409, 'giver-not-in-force'])
  }
})

test('the ranking counts residents helped, not wishes: ten for one resident are one', async () => {
  const [first = owner, second = owner] = residents
  const before = (await ranking()).find((row) => row.name === '老周')
  expect(before).toBeUndefined()
  for (let round = 0; round < 3; round += 1) await granted(first, giver, { shownName: '老周' })
  expect((await ranking()).find((row) => row.name === '老周')?.helped).toBe(1)
  await granted(second, giver, { shownName: '老周' })
  expect((await ranking()).find((row) => row.name === '老周')).toEqual({
    rank: 1,
    kind: 'resident',
    name: '老周',
    helped: 2,
  })
  expect((await ranking(places.township))[0]?.helped).toBe(2)
  expect((await ranking(places.county))[0]?.helped).toBe(2)
  expect(await ranking(places.otherCommunity)).toEqual([])
})

test('a resident who no longer wants to be named is named nowhere', async () => {
  const [, , third = owner] = residents
  await granted(third, giver)
  const rows = await ranking()
  expect(rows[0]).toEqual({ rank: 1, kind: 'resident', helped: 3 })
  expect(JSON.stringify(rows)).not.toContain('老周')
  expect(JSON.stringify(rows)).not.toContain(giver.id)
})

test('family may grant a wish and is never counted for it', async () => {
  // The second person of this file: the makers number the phones.
  await app.ok(owner, giveProxy, { body: { phone: '19910000002' as never } })
  const before = await ranking()
  await granted(owner, family, { shownName: '家里人' })
  expect(await ranking()).toEqual(before)
  const figures = await app.ok(head, getValues, {
    query: { division: places.community, period: '2026' as never, names: 'wishes.confirmed,wishes.residents-helped' },
  })
  expect(figures.figures[0]?.now.value).toBe(7)
})

test('the ranking goes on page by page, with the same place for the same number', async () => {
  const [first = owner] = residents
  for (let n = 0; n < 3; n += 1) await granted(first, await app.person(), { shownName: `热心人${n}` })
  const all = await ranking()
  expect(all.map((row) => row.helped)).toEqual([3, 1, 1, 1, 1])
  expect(all.map((row) => row.rank)).toEqual([1, 2, 2, 2, 2])
  const paged: typeof all = []
  let cursor: string | undefined
  do {
    const page = await app.ok('nobody', contract.listGivers, {
      query: { division: places.community, year, size: 2, cursor },
    })
    paged.push(...page.rows)
    cursor = page.next
  } while (cursor !== undefined)
  expect(paged).toEqual(all)
  const wide = await app.call('nobody', contract.listGivers, { query: { division: '3205' as never, year } })
  expect(wide.problem.fields?.[0]?.code).toBe('place-too-wide')
})
