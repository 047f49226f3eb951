// One purchase in several tenders to stay below the open-tender threshold, through the endpoints: what lots of one tender are, and what counts beside them.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { places, startApp, type TestApp } from '../../../tests/support/app.ts'
import * as given from '../../../tests/support/lots.ts'
import { approvedProject } from '../../../tests/support/story.ts'
import { setParameter } from '../../foundation/policy/contract.ts'
import { type Fen, fen, formatYuan, parseYuan } from '../../kit/money.ts'
import { getProject } from '../projects/contract.ts'
import * as contract from './contract.ts'
import * as desk from './contract/desk.ts'

let app: TestApp
let room: given.LotRoom
const projects: string[] = []
/** What each of the projects costs: they are designed alike. */
let budget: Fen

const view = (id: string) => app.ok(room.who('overseer'), contract.getTender, { params: { id } })
const yuan = (times: bigint, more = 0n) => formatYuan(fen(budget * times + more))

async function threshold(amount: bigint): Promise<void> {
  await app.ok(room.who('civil-affairs'), setParameter, {
    params: { key: 'procurement.open-tender-threshold' },
    body: { division: places.county, value: Number(amount), reason: '测试用限额' },
  })
  await app.settle()
}

async function plan(project: string, lots: ReturnType<typeof given.equalLots> | undefined, splitReason?: string) {
  const { id } = await app.ok(room.who('procurer'), contract.planTender, {
    body: { ...given.lotTerms, project, lots, splitReason },
  })
  return id
}
const publish = (id: string) => app.call(room.who('procurer'), contract.publishTender, { params: { id } })

beforeAll(async () => {
  app = await startApp()
  room = await given.lotRoom(app)
  budget = room.budget
  projects.push(room.project)
  // All of them before the first tender, so that one year holds them whenever this runs.
  for (let more = 0; more < 2; more += 1) projects.push(await approvedProject(app, room.story))
}, 120_000)
afterAll(() => app?.close())

const tenders: string[] = []

test('lots of one tender are one purchase, however small each of them is', async () => {
  await threshold(budget / 2n)
  const id = await plan(projects[0] ?? '', given.equalLots(budget, 3))
  expect((await view(id)).split).toBeUndefined()
  expect((await publish(id)).status).toBe(200)
  expect((await view(id)).split).toBeUndefined()
  expect((await app.ok(room.who('overseer'), desk.listDeskTenders, { query: { split: 'found' } })).rows).toEqual([])
  tenders.push(id)
})

test('a second tender of the item is found where both together reach the threshold: the first counts as a whole, not lot by lot', async () => {
  // One fen more than both together: nothing to ask.
  await threshold(budget * 2n + 1n)
  const id = await plan(projects[1] ?? '', undefined)
  expect((await view(id)).split).toBeUndefined()
  await threshold(budget * 2n)
  expect((await view(id)).split).toMatchObject({
    tenders: [{ id: tenders[0], budget: yuan(1n) }],
    sum: yuan(2n),
    threshold: yuan(2n),
  })
  const refused = await publish(id)
  expect(refused.problem).toMatchObject({
    code: 'split-unexplained',
    params: { count: 1, sum: yuan(2n), least: yuan(2n) },
  })
  // Dividing it does not help, nor does dividing it into many.
  await app.ok(room.who('procurer'), desk.editTender, {
    params: { id },
    body: { ...given.lotTerms, lots: given.equalLots(budget, 12) },
  })
  expect((await publish(id)).problem).toMatchObject({ code: 'split-unexplained', params: { count: 1, sum: yuan(2n) } })
  await app.ok(room.who('procurer'), desk.editTender, {
    params: { id },
    body: { ...given.lotTerms, lots: given.equalLots(budget, 12), splitReason: '两个社区分别申报' },
  })
  expect((await publish(id)).status).toBe(200)
  expect((await view(id)).split).toMatchObject({ sum: yuan(2n), tenders: [{ id: tenders[0] }] })
  tenders.push(id)
})

test('of three each tender counts once; what was cancelled is no purchase any more', async () => {
  const id = await plan(projects[2] ?? '', given.equalLots(budget, 2))
  expect((await publish(id)).problem).toMatchObject({ code: 'split-unexplained', params: { count: 2, sum: yuan(3n) } })
  await app.ok(room.who('procurer'), desk.cancelTender, {
    params: { id: tenders[1] ?? '' },
    body: { reason: 'other', words: '不再需要这项服务' },
  })
  expect((await publish(id)).problem).toMatchObject({ code: 'split-unexplained', params: { count: 1, sum: yuan(2n) } })
  await app.ok(room.who('procurer'), desk.cancelTender, {
    params: { id },
    body: { reason: 'other', words: '不再需要这项服务' },
  })
})

test('what failed of a tender counts with the tender that buys it, once; and a whole above the threshold hid nothing', async () => {
  const first = tenders[0] ?? ''
  await given.openLots(room, first, [
    [0, 1, 2],
    [0, 1, 2],
    [0, 1],
  ])
  await given.awardNow(room, first)
  for (const [lot, bidder] of [
    [1, 0],
    [2, 0],
  ] as const)
    await given.signByBoth(room, await given.draftedForLot(room, first, lot, bidder), bidder)
  const { rest = '0.00' } = await app.ok(room.who('procurer'), getProject, { params: { id: projects[0] ?? '' } })
  expect(parseYuan(rest)).toBe(parseYuan((await view(first)).lots?.[2]?.ceiling ?? ''))
  const again = await plan(projects[0] ?? '', undefined)
  // The months of a competition may lead into the next year: this one is told within one.
  await app.parts.platform.database.pool.query(
    'UPDATE procurement.tender SET created_at = (SELECT created_at FROM procurement.tender WHERE id = $2) WHERE id = $1',
    [first.slice(7), again.slice(7)],
  )
  // Both together are what the first was as a whole: above the threshold by itself, so it evaded nothing.
  await threshold(budget)
  expect((await view(again)).split).toBeUndefined()
  // Below it, as the whole was; the failed lot does not count twice.
  await threshold(budget + 1n)
  expect((await view(again)).split).toBeUndefined()
  // A third purchase beside them: the parts of the first make the whole again.
  const other = await plan(projects[1] ?? '', undefined)
  await threshold(budget * 2n)
  expect((await view(other)).split?.sum).toBe(yuan(2n))
  expect((await view(other)).split?.tenders.map((each) => each.id).toSorted()).toEqual([first, again].toSorted())
  await threshold(budget * 2n + 1n)
  expect((await view(other)).split).toBeUndefined()
})
