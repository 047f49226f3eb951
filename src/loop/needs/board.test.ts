// The board's figures: counted with each event, honest about what residents said, and equal to what stands in the table.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import { recount } from '../../foundation/indicators/public.ts'
import { rowsOf } from '../../platform/database.ts'
import * as contract from './contract.ts'
import { getBoardFigures } from './contract/board.ts'
import * as bulk from './contract/bulk.ts'
import * as desk from './contract/desk.ts'

let app: TestApp
let resident: Person
let worker: Person

beforeAll(async () => {
  app = await startApp()
  resident = await app.person()
  worker = await app.person('community-worker')
})
afterAll(() => app?.close())

const at = (id: string) => ({ params: { id } })
const words = '已经修好，请大家看看'

async function raise(more: object = {}): Promise<string> {
  const body = { text: '小区门口的路灯不亮', category: '0803' as const, division: places.community, ...more }
  return (await app.ok(resident, contract.submitNeed, { body })).id
}
async function answered(): Promise<string> {
  const id = await raise()
  await app.ok(worker, desk.acceptNeed, { ...at(id), body: { category: '0803', routeHint: 'department' } })
  await app.ok(worker, desk.referNeed, { ...at(id), body: { department: contract.ownStation } })
  await app.ok(worker, desk.answerNeed, { ...at(id), body: { words, files: [] } })
  return id
}
const figures = async () => {
  await app.settle()
  return app.ok('nobody', getBoardFigures, { query: { division: places.community } })
}
const verdict = async (id: string, value: 'met' | 'partly' | 'not-met') =>
  app.ok(resident, contract.giveVerdict, { ...at(id), body: { verdict: value, rating: 3 } })

test('answered is not met, silence is not met, and “not met” once is told as taken up again', async () => {
  expect(await figures()).toMatchObject({ raised: 0, answered: 0, unconfirmed: 0, verdicts: { met: 0 } })
  const [met, partly, silent, again] = [await answered(), await answered(), await answered(), await answered()]
  expect(await figures()).toMatchObject({ raised: 4, answered: 4, verdicts: { met: 0, partly: 0, notMet: 0 } })
  await verdict(met, 'met')
  await verdict(partly, 'partly')
  await verdict(again, 'not-met')
  expect(await figures()).toMatchObject({
    answered: 1,
    reopened: 1,
    verdicts: { met: 1, partly: 1, notMet: 0, verified: 2 },
    respondedInTime: 100,
  })
  await app.ok(worker, desk.answerNeed, { ...at(again), body: { words, files: [] } })
  await verdict(again, 'not-met')
  expect(await figures()).toMatchObject({ answered: 1, verdicts: { met: 1, partly: 1, notMet: 1 } })
  const before = app.parts.platform.clock.now().slice(0, 4)
  await app.pass(40)
  expect((await app.ok('nobody', contract.getNeed, at(silent))).verdict?.value).toBe('unconfirmed')
  const later = await figures()
  expect(later.answered).toBe(0)
  expect(later.unconfirmed).toBe(1)
  // The year may have turned while time passed: verdicts belong to the year in which they were given.
  expect(later.verdicts.met).toBe(later.year === before ? 1 : 0)
})

test('needs by state are what stands in the table, private ones included, after whatever happened', async () => {
  const ids: string[] = []
  for (let each = 0; each < 12; each += 1) ids.push(await raise(each % 3 === 0 ? { visibility: 'private' } : {}))
  const seen = ids.map((id) => ({ id, version: 1 }))
  await app.ok(worker, bulk.acceptNeeds, { body: { needs: seen.slice(0, 4), routeHint: 'department' } })
  await app.ok(worker, bulk.declineNeeds, { body: { needs: seen.slice(4, 7), reason: 'beyond-means', words } })
  await app.ok(worker, bulk.mergeNeeds, {
    body: { needs: [seen[7], seen[8]].flatMap((one) => one ?? []), into: ids[1] ?? '' },
  })
  await app.ok(worker, desk.unmergeNeed, at(ids[7] ?? ''))
  await app.ok(resident, contract.appealNeed, { ...at(ids[4] ?? ''), body: { words: '请再考虑一下' } })
  await app.ok(resident, contract.withdrawNeed, at(ids[10] ?? ''))
  const draft = await app.ok(resident, contract.draftNeed, {
    body: { text: '还没想好怎么说', category: '0803', division: places.community },
  })
  await app.ok(resident, contract.submitDraft, at(draft.id))
  const told = new Map((await figures()).states.map(({ state, count }) => [state, count]))
  const stood = await rowsOf<{ state: contract.NeedState; n: bigint }>(
    app.parts.platform.database.reader,
    "SELECT state, count(*) AS n FROM needs.need WHERE division = $1 AND state <> 'draft' GROUP BY state",
    [places.community],
  )
  for (const { state, n } of stood) expect([state, told.get(state)]).toEqual([state, Number(n)])
  expect([...told.values()].reduce((sum, count) => sum + count, 0)).toBe(
    stood.reduce((sum, { n }) => sum + Number(n), 0),
  )
  expect((await recount(app.parts.platform)).differences).toEqual([])
})

test('reading the figures is one statement, however many needs there are; a township has no board', async () => {
  const { statements } = app.parts.platform.database
  await figures()
  const before = statements.count
  await app.ok('nobody', getBoardFigures, { query: { division: places.community } })
  expect(statements.count - before).toBe(1)
  const wrong = await app.call('nobody', getBoardFigures, { query: { division: places.township } })
  expect([wrong.status, wrong.problem.fields?.[0]?.path]).toEqual([422, 'query.division'])
})
