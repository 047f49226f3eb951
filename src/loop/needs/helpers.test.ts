// What helps residents and the desk: a category proposed for what is written, similar needs in a good order, needs of the day that say the same.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import type { WireInputOf } from '../../kit/endpoint.ts'
import { rowOf } from '../../platform/database.ts'
import { categoryModelOf, proposeFor, trainCategoryModel } from './actions/categories.ts'
import * as contract from './contract.ts'
import * as bulk from './contract/bulk.ts'
import * as desk from './contract/desk.ts'
import * as helpers from './contract/helpers.ts'
import { confirmedCategories } from './public.ts'

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

const propose = (text: string) =>
  app.ok('nobody', helpers.proposeCategory, { body: { text, division: places.community } })

test('somebody who writes about a stuck lift is offered the lifts, with the words that say so; nobody need sign in', async () => {
  const { proposal } = await propose('我们楼的电梯三天两头困人，维保半个月不来')
  expect(proposal?.category.slice(0, 2)).toBe('08')
  expect(proposal?.percent).toBeGreaterThanOrEqual(50)
  expect(proposal?.words).toContain('电梯')
})

test('where nothing speaks for a category, none is proposed', async () => {
  expect((await propose('嗯嗯啊啊')).proposal).toBeUndefined()
  expect((await propose('hello there')).proposal).toBeUndefined()
})

test('the threshold decides: what is proposed at 50 % is not at 100 %', () => {
  const text = '电梯困人'
  expect(proposeFor(text, 50)).toBeDefined()
  expect(proposeFor(text, 100)).toBeUndefined()
})

test('an empty text is refused at its field', async () => {
  const answer = await app.call('nobody', helpers.proposeCategory, { body: { text: ' ', division: places.community } })
  expect([answer.status, answer.problem.fields?.[0]?.path]).toEqual([422, 'body.text'])
})

test('a model trained on confirmed rows knows classes and, inside a class, kinds', () => {
  const rows = ['0801', '0803', '1501'].flatMap((category) =>
    Array.from({ length: 8 }, (_, index) => ({
      category,
      text:
        { '0801': '电梯停了轿厢困人', '0803': '路灯不亮路面坑洼', '1501': '公交班次太少站台远' }[category] +
        '好'.repeat(index),
    })),
  )
  const model = categoryModelOf(JSON.parse(JSON.stringify(trainCategoryModel(rows))))
  expect(proposeFor('电梯困人', 30, model)?.category).toBe('0801')
  expect(proposeFor('公交站台', 30, model)?.category).toBe('15')
  expect([...model.kinds.keys()]).toEqual(['08'])
})

const proposals = async (needs: readonly string[], who = worker) =>
  (await app.ok(who, helpers.listCategoryProposals, { body: { needs: [...needs] } })).proposals

test('a page of undecided needs gets its proposals at once, private ones included, with two statements; decided ones and nonsense get none', async () => {
  const lift = await raised('三号楼电梯又停了，轿厢困人半小时')
  const hidden = await raised('家里老人没人照看，想请护理员上门', { visibility: 'private' })
  const nothing = await raised('嗯嗯啊啊')
  const decided = await raised('楼上水管爆裂，天花板漏水')
  await app.ok(worker, desk.acceptNeed, {
    params: { id: decided },
    body: { category: '0802', routeHint: 'department' },
  })
  await app.settle()
  const before = app.parts.platform.database.statements.count
  const found = await proposals([lift, hidden, nothing, decided])
  // The session, the needs, and the key of the private one.
  expect(app.parts.platform.database.statements.count - before).toBeLessThanOrEqual(3)
  expect(found.map(({ id }) => id).sort()).toEqual([lift, hidden].sort())
  const ofLift = found.find(({ id }) => id === lift)
  expect(ofLift?.category.slice(0, 2)).toBe('08')
  expect(ofLift?.words).toContain('电梯')
  expect(ofLift?.percent).toBeGreaterThanOrEqual(50)
})

test('a worker of another community gets no proposal for needs that are not theirs to accept', async () => {
  const lift = await raised('五号楼电梯又停了，轿厢困人半小时')
  const stranger = await app.person('community-worker', { division: places.otherCommunity })
  expect(await proposals([lift], stranger)).toEqual([])
  expect((await proposals([lift])).length).toBe(1)
})

test('accepting many keeps for each what was proposed beside what the worker confirmed', async () => {
  const id = await raised('六号楼电梯又停了，轿厢困人半小时')
  const [proposal] = await proposals([id])
  const category = proposal?.category ?? '20'
  const { version } = await app.ok(worker, contract.getNeed, { params: { id } })
  await app.ok(worker, bulk.acceptNeeds, { body: { needs: [{ id, version, category }], routeHint: 'department' } })
  const event = await rowOf<{ data: Record<string, unknown> }>(
    app.parts.platform.database.reader,
    "SELECT data FROM platform.event WHERE record_id = $1 AND name = 'needs.acceptNeed'",
    [id],
  )
  expect(event?.data).toMatchObject({ category, categoryBefore: '20', categoryProposed: category })
})

test('the desk finds whole words first, and the beginning of a word where nothing has it whole', async () => {
  const id = await raised('弄堂口的枇杷树挡住了摄像头')
  const found = async (q: string) =>
    (await app.ok(worker, contract.listDeskNeeds, { query: { q } })).rows.map((row) => row.id)
  expect(await found('枇杷树 摄像头')).toEqual([id])
  expect(await found('枇杷')).toContain(id)
  expect(await found('摄像')).toContain(id)
  expect(await found('枇杷树 挖掘机')).toEqual([])
  const stranger = await app.person('community-worker', { division: places.otherCommunity })
  expect((await app.ok(stranger, contract.listDeskNeeds, { query: { q: '枇杷树' } })).rows).toEqual([])
  const county = await app.person('county-civil-affairs', { division: places.county })
  expect((await app.ok(county, contract.listDeskNeeds, { query: { q: '枇杷树' } })).rows.map((row) => row.id)).toEqual([
    id,
  ])
})

test('accepting keeps what was proposed beside what was confirmed, in codes and numbers', async () => {
  const id = await raised('楼上水管爆裂，天花板漏水')
  await app.ok(worker, desk.acceptNeed, { params: { id }, body: { category: '1101', routeHint: 'department' } })
  const event = await rowOf<{ data: Record<string, unknown> }>(
    app.parts.platform.database.reader,
    "SELECT data FROM platform.event WHERE record_id = $1 AND name = 'needs.acceptNeed'",
    [id],
  )
  expect(event?.data).toMatchObject({ category: '1101', categoryBefore: '20', categoryProposed: '0802' })
  expect(event?.data['categoryPercent']).toBeGreaterThanOrEqual(50)
  expect(JSON.stringify(event?.data)).not.toContain('漏水')
})

test('what workers confirmed can be learned from; private needs and undecided ones cannot', async () => {
  const open = await raised('助餐点的饭菜太硬，老人咬不动')
  const hidden = await raised('家里的难处只想让社区知道', { visibility: 'private' })
  await raised('还没有人看过的一条需求')
  for (const id of [open, hidden])
    await app.ok(worker, desk.acceptNeed, { params: { id }, body: { category: '0102', routeHint: 'department' } })
  const rows: { category: string; text: string }[] = []
  for await (const row of confirmedCategories(app.parts.platform.database.reader)) rows.push(row)
  const texts = rows.map(({ text }) => text).join()
  expect(rows.find(({ text }) => text.includes('饭菜太硬'))?.category).toBe('0102')
  expect(texts).not.toContain('难处')
  expect(texts).not.toContain('没有人看过')
})

const similar = async (text: string) =>
  (await app.ok('nobody', contract.listSimilarNeeds, { body: { text, division: places.community } })).rows

test('the community comes before the township, and a rare word counts more than one that everybody uses', async () => {
  const rare = await raised('我们小区的秋千断了一根链子')
  for (const place of ['东门', '西门', '南门', '北门']) await raised(`我们小区${place}的花草需要修剪了`)
  const far = await raised('我们小区的秋千链子也断了，秋千没法玩', { division: places.otherCommunity })
  const elsewhere = await raised('秋千秋千秋千', { division: '320505002004' })
  const rows = await similar('我们小区的秋千坏了')
  expect(rows[0]?.id).toBe(rare)
  const ids = rows.map(({ id }) => id)
  expect(ids).not.toContain(elsewhere)
  if (ids.includes(far)) expect(rows.findIndex(({ sameCommunity }) => !sameCommunity)).toBeGreaterThan(0)
  const onlyFar = await similar('秋千链子')
  expect(onlyFar.map(({ id }) => id).slice(0, 2)).toEqual([rare, far])
  expect(onlyFar.map(({ sameCommunity }) => sameCommunity).slice(0, 2)).toEqual([true, false])
})

test('needs of the day that say the same stand in one group for the desk; private, older and decided ones do not', async () => {
  const text = '五号楼顶层的水箱盖子破了，自来水里有铁锈'
  const first = await raised(text)
  const second = await raised(`${text}！！`)
  const third = await raised(`${text}，请尽快来看`)
  const hidden = await raised(text, { visibility: 'private' })
  const far = await raised(text, { division: places.otherCommunity })
  const decided = await raised(text)
  await app.ok(worker, desk.declineNeed, {
    params: { id: decided },
    body: { reason: 'not-clear', words: '请说明是哪栋楼' },
  })
  const { groups, capped } = await app.ok(worker, helpers.listAlikeNeeds, { query: {} })
  const group = groups.find(({ rows }) => rows.some(({ id }) => id === first))
  expect(group?.rows.map(({ id }) => id).sort()).toEqual([first, second, third].sort())
  expect(group?.count).toBe(3)
  expect(group?.rows.find(({ id }) => id === third)?.text).toBe(`${text}，请尽快来看`)
  expect(capped).toBe(false)
  expect(JSON.stringify(groups)).not.toContain(hidden)
  expect(JSON.stringify(groups)).not.toContain(far)
  // found, they can be merged
  await app.ok(worker, desk.mergeNeed, { params: { id: second }, body: { into: first } })
  const after = await app.ok(worker, helpers.listAlikeNeeds, { query: {} })
  expect(JSON.stringify(after.groups)).not.toContain(second)
  await app.pass(3)
  const later = await app.ok(worker, helpers.listAlikeNeeds, { query: {} })
  expect(later.groups).toEqual([])
  expect((await app.ok(worker, helpers.listAlikeNeeds, { query: { days: 7 } })).groups.length).toBeGreaterThan(0)
})

test('a worker sees no alike needs of another community, a resident none at all', async () => {
  const elsewhere = await app.call(worker, helpers.listAlikeNeeds, { query: { division: places.otherCommunity } })
  expect([elsewhere.status, elsewhere.problem.code]).toEqual([403, 'forbidden'])
  expect((await app.call(resident, helpers.listAlikeNeeds, { query: {} })).status).toBe(403)
})
