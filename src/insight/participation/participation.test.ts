// Participation: distinct residents who took part, told in groups of five and more, once a month, at the community and to everybody.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import { getValues, listIndicators } from '../../foundation/indicators/contract.ts'
import { instant } from '../../kit/instant.ts'
import * as needs from '../../loop/needs/contract.ts'
import { submitNeedOnBehalf } from '../../loop/needs/contract.ts'
import { recount } from '../../foundation/indicators/public.ts'
import { getParticipation, getParticipationShares } from './contract.ts'
import { publishParticipation } from './reactions.ts'

let app: TestApp
let young: Person[]
let middle: Person[]
let old: Person[]
let worker: Person

beforeAll(async () => {
  app = await startApp()
  // Early in a year, so that a month later is the same one.
  const next = Number(app.parts.platform.clock.now().slice(0, 4)) + 1
  await app.parts.platform.clock.moveTo(instant(`${next}-03-02T02:00:00.000Z`))
  const people = async (count: number, birth: string) => {
    const persons: Person[] = []
    for (let at = 0; at < count; at += 1) persons.push(await app.person('resident', { birth }))
    return persons
  }
  young = await people(10, '2000-03-01')
  middle = await people(12, '1980-03-01')
  old = await people(8, '1950-03-01')
  // Staff live here as well, in the middle group.
  worker = await app.person('community-worker')
}, 60_000)
afterAll(() => app?.close())

const raise = async (who: Person) =>
  (
    await app.ok(who, needs.submitNeed, {
      body: { text: '楼下垃圾桶满了没人清', category: '0803', division: places.community },
    })
  ).id
const desk = async () => (await app.ok(worker, getParticipation, { query: {} })).community
const row = async (act: string) => (await desk())?.acts.find((each) => each.act === act)?.cells

test('one who does something twice is one; groups below five and whatever reveals them are not told', async () => {
  for (const who of [...young.slice(0, 6), ...middle.slice(0, 7), ...old.slice(0, 5), ...young.slice(0, 6)])
    await raise(who)
  const id = await raise(old[0] ?? worker)
  for (const who of [...young.slice(0, 7), ...middle.slice(0, 6), ...old.slice(5, 8)])
    await app.ok(who, needs.supportNeed, { params: { id } })
  // A worker who enters a need takes no part: the resident does.
  await app.ok(worker, submitNeedOnBehalf, {
    body: {
      text: '楼道灯坏了',
      category: '0803',
      division: places.community,
      of: { resident: old[7]?.id ?? worker.id },
    },
  })
  await app.settle()
  await publishParticipation(app.parts.platform)
  const adults = (await desk())?.adults
  expect(adults).toEqual([
    { group: 'all', count: 31 },
    { group: '18-35', count: 10 },
    { group: '36-59', count: 13 },
    { group: '60+', count: 8 },
  ])
  expect(await row('raised')).toEqual([
    { group: 'all', persons: 19, share: 61 },
    { group: '18-35', persons: 6, share: 60 },
    { group: '36-59', persons: 7, share: 54 },
    { group: '60+', persons: 6, share: 75 },
  ])
  // Three of the oldest supported: nothing of the groups is told, the sum is.
  expect(await row('supported')).toEqual([
    { group: 'all', persons: 16, share: 52 },
    { group: '18-35' },
    { group: '36-59' },
    { group: '60+' },
  ])
  expect(await row('voted')).toEqual((await desk())?.adults.map(({ group }) => ({ group, persons: 0, share: 0 })))
})

test('minors and residents of other places are in no share', async () => {
  const minor = await app.person('resident', { birth: '2015-01-01' })
  const stranger = await app.person('resident', { division: places.otherCommunity })
  const before = await row('raised')
  for (const who of [minor, stranger]) await raise(who)
  await app.settle()
  await app.pass(32)
  await publishParticipation(app.parts.platform)
  expect((await desk())?.asOf?.slice(5, 7)).toBe('04')
  expect(await row('raised')).toEqual(before)
})

test('everybody sees shares in whole percents and no count; the persons behind them have no figure of their own', async () => {
  const shares = await app.ok('nobody', getParticipationShares, { query: { division: places.community } })
  expect(JSON.stringify(shares)).not.toMatch(/persons|adults|count/)
  expect(shares.shares).toHaveLength(6)
  const declared = (await app.ok('nobody', listIndicators)).rows.map(({ name }) => name)
  expect(declared.filter((name) => name.startsWith('participation.'))).toEqual([])
  const asked = await app.call(worker, getValues, {
    query: { names: 'participation.raised', division: places.community },
  })
  expect(asked.status).toBe(404)
  expect((await app.call('nobody', getParticipation, { query: {} })).status).toBe(401)
  const wrong = await app.call('nobody', getParticipationShares, { query: { division: places.township } })
  expect([wrong.status, wrong.problem.fields?.[0]?.path]).toEqual([422, 'query.division'])
  expect((await recount(app.parts.platform)).differences).toEqual([])
})

test('figures stay as published until the next month; a township sees its communities, a community no other', async () => {
  const first = await app.person('township-reviewer', { division: places.township })
  const published = await desk()
  // Everybody young raises something, and still the table stands until the month is over.
  for (const who of young) await raise(who)
  await app.pass(1)
  await publishParticipation(app.parts.platform)
  expect(await desk()).toEqual(published)
  await app.pass(31)
  await publishParticipation(app.parts.platform)
  expect((await row('raised'))?.find(({ group }) => group === '18-35')).toMatchObject({ persons: 10, share: 100 })
  const { places: seen } = await app.ok(first, getParticipation, { query: {} })
  expect(seen.map(({ division }) => division)).toContain(places.community)
  const elsewhere = await app.call(worker, getParticipation, { query: { division: places.otherCommunity } })
  expect(elsewhere.status).toBe(403)
})
