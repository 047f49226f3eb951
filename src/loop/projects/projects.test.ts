// Projects through their endpoints: residents comment, the township reviews, money and needs follow.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import type { WireInputOf } from '../../kit/endpoint.ts'
import { fen } from '../../kit/money.ts'
import { granted } from '../../kit/ruling.ts'
import { systemAct } from '../../platform/action.ts'
import * as needs from '../needs/contract.ts'
import * as desk from '../needs/contract/desk.ts'
import * as contract from './contract.ts'
import * as benchmark from './contract/benchmarks.ts'
import * as purchase from './contract/purchase.ts'
import * as projects from './public.ts'

let app: TestApp
let resident: Person
let neighbour: Person
let head: Person
let reviewer: Person
let finance: Person

type Design = WireInputOf<typeof contract.designProject>['body']

async function acceptedNeed(text = '我们楼里几位独居老人中午吃饭不方便,希望有人送餐。'): Promise<string> {
  const { id } = await app.ok(resident, needs.submitNeed, {
    body: { text, category: '0102', division: places.community },
  })
  await app.ok(head, desk.acceptNeed, { params: { id }, body: { category: '0102', routeHint: 'project' } })
  return id
}

function design(needIds: string[], more: Partial<Design> = {}): Design {
  return {
    title: '独居老人午餐配送',
    targetGroup: '社区八十岁以上独居老人',
    goals: '让独居老人每个工作日吃上一顿热午饭。',
    division: places.community,
    categories: ['0102'],
    needs: needIds,
    activities: [{ name: '午餐配送', times: 240 }],
    results: [{ kind: 'output', indicator: '配送份数', target: 4800, unit: '份' }],
    start: '2027-01-01',
    end: '2027-12-31',
    budgetLines: [
      { item: '餐费补贴', quantity: 4800, unit: '份', unitPrice: '8.00', amount: '38400.00' },
      { item: '配送人员', purpose: 'staff', quantity: 12, unit: '月', unitPrice: '3500.00', amount: '42000.00' },
    ],
    budget: '80400.00',
    mode: 'contracting-out',
    source: 'fiscal-transfer',
    purchaseItem: 'A01',
    ...more,
  }
}

/** A project that waits for the township, its comment period and summary behind it. */
async function inReview(more: Partial<Design> = {}): Promise<string> {
  const { id } = await app.ok(head, contract.designProject, { body: design([await acceptedNeed()], more) })
  await app.ok(head, contract.submitProject, { params: { id }, body: { to: 'comment' } })
  await app.pass(8)
  await app.ok(head, contract.closeComment, { params: { id }, body: { summary: '居民普遍赞成,建议周末也送。' } })
  return id
}

beforeAll(async () => {
  app = await startApp()
  resident = await app.person()
  neighbour = await app.person()
  head = await app.person('community-head', { division: places.community })
  reviewer = await app.person('township-reviewer', { division: places.township })
  finance = await app.person('county-finance', { division: places.county })
  await app.ok(finance, purchase.addPurchaseItem, { params: { code: 'A01' }, body: { division: places.county } })
})
afterAll(async () => {
  await app.close()
})

describe('design', () => {
  test('every faulty line of a budget is named at once, with the sum', async () => {
    const faulty = design([], {
      budgetLines: [
        { item: '餐费补贴', quantity: 3, unit: '份', unitPrice: '0.10', amount: '0.31' },
        { item: '配送', quantity: 1, unit: '次', unitPrice: '5.00', amount: '6.00' },
      ],
      budget: '6.30',
    })
    const answer = await app.call(head, contract.designProject, { body: faulty })
    expect(answer.status).toBe(422)
    expect(answer.problem.fields?.map((field) => field.path)).toEqual([
      'body.budgetLines.0.amount',
      'body.budgetLines.1.amount',
      'body.budget',
    ])
    expect(answer.problem.fields?.[0]?.message).toContain('0.30')
  })

  test('a need of another community, an unknown motion and an unknown item are refused by their fields', async () => {
    const other = await app.person('resident', { division: places.otherCommunity })
    const { id } = await app.ok(other, needs.submitNeed, {
      body: { text: '隔壁社区也想要送餐服务。', category: '0102', division: places.otherCommunity },
    })
    const answer = await app.call(head, contract.designProject, {
      body: design([id], { purchaseItem: 'Z99', motion: `320505-${crypto.randomUUID()}` }),
    })
    expect(answer.problem.fields?.map((field) => field.path)).toEqual([
      'body.needs.0',
      'body.motion',
      'body.purchaseItem',
    ])
  })

  test('the needs go onto the project’s route, one that leaves the design goes back, and a draft is no one else’s to see', async () => {
    const [first, second] = [await acceptedNeed(), await acceptedNeed('希望给行动不便的老人送晚饭。')]
    const { id, number } = await app.ok(head, contract.designProject, { body: design([first]) })
    expect(number).toMatch(/^项\d{4}-\d{4}$/)
    expect((await app.ok(resident, needs.getNeed, { params: { id: first } })).route).toBe('project')
    expect((await app.call(neighbour, contract.getProject, { params: { id } })).status).toBe(404)
    const { division: _, ...edited } = design([second], { title: '独居老人晚餐配送' })
    await app.ok(head, contract.editProject, { params: { id }, body: edited })
    expect((await app.ok(resident, needs.getNeed, { params: { id: first } })).state).toBe('accepted')
    const view = await app.ok(head, contract.getProject, { params: { id } })
    expect(view).toMatchObject({
      title: '独居老人晚餐配送',
      needs: [{ id: second }],
      budget: '80400.00',
      purchaseItem: { name: '居家养老与助餐服务' },
    })
    expect(view.actions.find((each) => each.verb === 'submitProject')).toMatchObject({ ok: true })
    expect(view.actions.find((each) => each.verb === 'approveProject')).toMatchObject({ ok: false, code: 'forbidden' })
    await app.ok(head, contract.terminateProject, { params: { id }, body: { reason: '另有安排' } })
    expect((await app.ok(resident, needs.getNeed, { params: { id: second } })).state).toBe('accepted')
  })
})

describe('residents’ review', () => {
  test('a verified resident comments once; the summary waits for the end of the period', async () => {
    const { id } = await app.ok(head, contract.designProject, { body: design([await acceptedNeed()]) })
    expect(
      (await app.call(head, contract.submitProject, { params: { id }, body: { to: 'review' } })).problem.code,
    ).toBe('evidence-missing')
    await app.ok(head, contract.submitProject, { params: { id }, body: {} })
    await app.ok(neighbour, contract.commentOnProject, { params: { id }, body: { stance: 'agree', words: '很需要' } })
    expect(
      (await app.call(neighbour, contract.commentOnProject, { params: { id }, body: { stance: 'disagree' } })).problem
        .code,
    ).toBe('already-commented')
    const stranger = await app.person('resident', { division: places.otherCommunity })
    expect(
      (await app.call(stranger, contract.commentOnProject, { params: { id }, body: { stance: 'agree' } })).problem.code,
    ).toBe('not-of-this-place')
    const early = await app.call(head, contract.closeComment, { params: { id }, body: { summary: '大家都赞成' } })
    expect([early.status, early.problem.code]).toEqual([409, 'comment-still-open'])
    expect(await app.ok('nobody', contract.getProject, { params: { id } })).toMatchObject({
      comments: { agree: 1, rows: [{ stance: 'agree', words: '很需要' }] },
    })
    const listed = await app.ok('nobody', contract.listProjects, { query: { division: places.township } })
    expect(listed.rows.map((row) => row.id)).toContain(id)
  })

  test('without a summary in time the figures close the period themselves', async () => {
    const { id } = await app.ok(head, contract.designProject, { body: design([await acceptedNeed()]) })
    await app.ok(head, contract.submitProject, { params: { id }, body: {} })
    await app.pass(30)
    expect(await app.ok(head, contract.getProject, { params: { id } })).toMatchObject({
      state: 'township-review',
      summary: { agree: 0 },
      evidence: { kind: 'comment' },
    })
  })
})

describe('township’s review', () => {
  test('sent back with remarks, submitted again, approved; the designer cannot even where the role would allow it', async () => {
    const id = await inReview()
    await app.ok(reviewer, contract.sendBackProject, { params: { id }, body: { remarks: '请补充配送时间安排' } })
    expect(await app.ok(head, contract.getProject, { params: { id } })).toMatchObject({
      state: 'drafting',
      remarks: [{ from: 'township-review' }],
    })
    await app.ok(head, contract.submitProject, { params: { id }, body: {} })
    await app.pass(8)
    await app.ok(head, contract.closeComment, { params: { id }, body: { summary: '居民赞成' } })
    expect((await app.call(head, contract.approveProject, { params: { id }, body: {} })).status).toBe(403)
    const outside = await app.person('township-reviewer', { division: places.otherTownship })
    expect((await app.call(outside, contract.approveProject, { params: { id }, body: {} })).status).toBe(403)
    expect(await app.ok(reviewer, contract.approveProject, { params: { id }, body: {} })).toMatchObject({
      state: 'approved',
    })
    expect((await app.call(reviewer, contract.approveProject, { params: { id }, body: {} })).problem.code).toBe(
      'not-in-this-state',
    )
  })

  test('an item that is not on the list, or on the negative list, is not approved', async () => {
    const unlisted = await inReview({ purchaseItem: 'A02' })
    expect(
      (await app.call(reviewer, contract.approveProject, { params: { id: unlisted }, body: {} })).problem.code,
    ).toBe('not-on-purchase-list')
    const goods = await inReview({ purchaseItem: 'N05' })
    expect((await app.call(reviewer, contract.approveProject, { params: { id: goods }, body: {} })).problem.code).toBe(
      'on-negative-list',
    )
    expect(
      (
        await app.call(finance, purchase.addPurchaseItem, {
          params: { code: 'N05' },
          body: { division: places.county },
        })
      ).problem.code,
    ).toBe('on-negative-list')
  })

  test('a department’s duty without its money is refused and the refusal reported, once', async () => {
    const id = await inReview({ duty: { department: 'civil-affairs', matter: '独居老人巡访', money: '80399.99' } })
    for (const _ of [1, 2]) {
      const answer = await app.call(reviewer, contract.approveProject, { params: { id }, body: {} })
      expect([answer.status, answer.problem.code]).toEqual([409, 'funds-must-follow-duty'])
    }
    const { rows } = await app.parts.platform.database.pool.query(
      "SELECT count(*) AS n FROM platform.event WHERE name = 'projects.reportUnfundedDuty' AND record_id = $1",
      [id],
    )
    expect(Number(rows[0].n)).toBe(1)
  })
})

test('carried on to its end, its needs are answered and its cost stands in the benchmarks', async () => {
  const id = await inReview()
  await app.ok(reviewer, contract.approveProject, { params: { id }, body: {} })
  const need = (await app.ok(head, contract.getProject, { params: { id } })).needs[0]?.id ?? ''
  const step = async (work: Parameters<typeof systemAct<void>>[2]) =>
    granted(await systemAct(app.parts.platform, 'test.move', work))
  const early = await systemAct(app.parts.platform, 'test.move', (act) => projects.projectDelivering(act, id))
  expect(early).toMatchObject({ ok: false, code: 'not-in-this-state' })
  await step((act) => projects.projectTendered(act, id, '320505-tender'))
  await step((act) => projects.projectTenderFailed(act, id, 'tender-failed'))
  await step((act) => projects.projectTendered(act, id, '320505-tender'))
  await step((act) => projects.projectContracted(act, id, '320505-contract', fen(8_000_000n)))
  await step((act) => projects.projectDelivering(act, id))
  await step((act) => projects.projectEvaluating(act, id))
  await step((act) =>
    projects.projectCompleted(act, id, { cost: fen(7_900_000n), score: 86.25, words: '午餐配送已经开展一年。' }),
  )
  expect(await app.ok(head, contract.getProject, { params: { id } })).toMatchObject({
    state: 'completed',
    cost: '79000.00',
    score: 86.25,
  })
  expect((await app.ok(resident, needs.getNeed, { params: { id: need } })).state).toBe('answered')
  const benchmarks = await app.ok(head, benchmark.getBenchmarks, {
    query: { category: '01', division: places.community },
  })
  expect(benchmarks).toMatchObject({
    projects: 1,
    cost: { median: '79000.00' },
    score: { most: 86.25 },
    examples: [{ id }],
  })
})

test('the purchase list holds from year to year until an item is taken off', async () => {
  const list = async (year: number) =>
    (
      await app.ok('nobody', purchase.listPurchaseItems, { query: { division: places.county, year, listed: 'yes' } })
    ).rows.map((row) => row.code)
  const { year } = await app.ok('nobody', purchase.listPurchaseItems, { query: { division: places.county } })
  await app.ok(finance, purchase.addPurchaseItem, { params: { code: 'B01' }, body: { division: places.county } })
  await app.ok(finance, purchase.removePurchaseItem, {
    params: { code: 'B01' },
    body: { division: places.county, year: year + 1 },
  })
  expect(await list(year)).toEqual(['A01', 'B01'])
  expect(await list(year + 1)).toEqual(['A01'])
  expect(
    (await app.call(head, purchase.addPurchaseItem, { params: { code: 'B02' }, body: { division: places.county } }))
      .status,
  ).toBe(403)
})

test('a project over five needs takes no statement more than one over a single need', async () => {
  const { statements } = app.parts.platform.database
  const sentFor = async (amount: number) => {
    const ids: string[] = []
    for (let each = 0; each < amount; each += 1) ids.push(await acceptedNeed())
    await app.settle()
    const sent: string[] = []
    statements.listener = (text) => sent.push(text)
    await app.ok(head, contract.designProject, { body: design(ids) })
    statements.listener = undefined
    for (const id of ids) expect((await app.ok(head, needs.getNeed, { params: { id } })).route).toBe('project')
    // Delivery starts with the commit and is not the act's own.
    return sent.filter((text) => !/FROM platform\.(outbox|event\s+WHERE)|indicators\./.test(text)).length
  }
  const single = await sentFor(1)
  expect(await sentFor(5)).toBe(single)
})
