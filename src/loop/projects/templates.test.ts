// Project templates through their endpoints: who keeps them, whom they are offered to, and that a project stays what it was made as.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import type { WireInputOf } from '../../kit/endpoint.ts'
import { fen } from '../../kit/money.ts'
import { granted } from '../../kit/ruling.ts'
import { systemAct } from '../../platform/action.ts'
import { submitNeed } from '../needs/contract.ts'
import { acceptNeed } from '../needs/contract/desk.ts'
import * as contract from './contract.ts'
import { addPurchaseItem } from './contract/purchase.ts'
import * as templates from './contract/templates.ts'
import * as projects from './public.ts'

let app: TestApp
let resident: Person
let head: Person
let reviewer: Person
let civilAffairs: Person

type Content = WireInputOf<typeof templates.makeTemplate>['body']
type Design = WireInputOf<typeof contract.designProject>['body']

function content(more: Partial<Content> = {}): Content {
  return {
    division: places.township,
    title: '独居老人助餐示范方案',
    targetGroup: '八十岁以上独居老人',
    goals: '让独居老人每个工作日吃上一顿热午饭。',
    categories: ['0102'],
    activities: [{ name: '午餐配送', times: 240 }],
    results: [{ kind: 'output', indicator: '配送份数', target: 4800, unit: '份' }],
    budgetShares: [
      { item: '餐费补贴', share: 4_777 },
      { item: '配送人员', purpose: 'staff', share: 5_223 },
    ],
    partners: [{ kind: 'volunteer', role: '送餐上门', persons: 12 }],
    purchaseItem: 'A01',
    ...more,
  }
}

function design(more: Partial<Design> = {}): Design {
  return {
    title: '银杏里老人午餐',
    targetGroup: '银杏里独居老人',
    goals: '让独居老人每个工作日吃上一顿热午饭。',
    division: places.community,
    categories: ['0102'],
    needs: [],
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

const make = (who = reviewer, more: Partial<Content> = {}) =>
  app.ok(who, templates.makeTemplate, { body: content(more) })

/** A project carried to its end. */
async function completedProject(): Promise<string> {
  const { id: need } = await app.ok(resident, submitNeed, {
    body: { text: '几位独居老人中午吃饭不方便，希望有人送餐。', category: '0102', division: places.community },
  })
  await app.ok(head, acceptNeed, { params: { id: need }, body: { category: '0102', routeHint: 'project' } })
  const { id } = await app.ok(head, contract.designProject, { body: design({ needs: [need] }) })
  await app.ok(head, contract.submitProject, { params: { id }, body: {} })
  await app.pass(8)
  await app.ok(head, contract.closeComment, { params: { id }, body: { summary: '居民普遍赞成。' } })
  await app.ok(reviewer, contract.approveProject, { params: { id }, body: {} })
  const step = async (work: Parameters<typeof systemAct<void>>[2]) =>
    granted(await systemAct(app.parts.platform, 'test.move', work))
  await step((act) => projects.projectTendered(act, id, '320505-tender'))
  await step((act) => projects.projectContracted(act, id, '320505-contract', fen(8_000_000n)))
  await step((act) => projects.projectDelivering(act, id))
  await step((act) => projects.projectEvaluating(act, id))
  await step((act) => projects.projectCompleted(act, id, { cost: fen(7_900_000n), score: 86.25 }))
  return id
}

beforeAll(async () => {
  app = await startApp()
  resident = await app.person()
  head = await app.person('community-head', { division: places.community })
  reviewer = await app.person('township-reviewer', { division: places.township })
  civilAffairs = await app.person('county-civil-affairs', { division: places.county })
  const finance = await app.person('county-finance', { division: places.county })
  await app.ok(finance, addPurchaseItem, { params: { code: 'A01' }, body: { division: places.county } })
})
afterAll(async () => {
  await app.close()
})

describe('keeping', () => {
  test('a community keeps no templates, a township none of its neighbour, and every faulty field is named', async () => {
    expect((await app.call(head, templates.makeTemplate, { body: content() })).status).toBe(403)
    expect(
      (await app.call(reviewer, templates.makeTemplate, { body: content({ division: places.otherTownship }) })).status,
    ).toBe(403)
    const faulty = await app.call(reviewer, templates.makeTemplate, {
      body: content({
        division: places.community,
        goals: '联系人电话 13800138000，随时可以打。',
        budgetShares: [{ item: '餐费补贴', share: 9_999 }],
        purchaseItem: 'Z99',
      }),
    })
    expect(faulty.status).toBe(422)
    expect(faulty.problem.fields?.map((field) => field.path)).toEqual([
      'body.division',
      'body.budgetShares',
      'body.goals',
      'body.purchaseItem',
    ])
    expect(faulty.problem.fields?.[1]?.message).toContain('99.99%')
  })

  test('each change is a new edition, the earlier ones stay readable, and of two who change at once one is told', async () => {
    const { id, version } = await make()
    const { division: _, ...next } = content({ title: '独居老人助餐方案（含晚餐）', purchaseItem: undefined })
    await app.ok(reviewer, templates.editTemplate, { params: { id }, body: { ...next, note: '增加晚餐' } }, { version })
    const late = await app.call(reviewer, templates.editTemplate, { params: { id }, body: next }, { version })
    expect([late.status, late.problem.code]).toEqual([412, 'stale'])
    const view = await app.ok(head, templates.getTemplate, { params: { id }, query: {} })
    expect(view).toMatchObject({
      title: '独居老人助餐方案（含晚餐）',
      edition: 2,
      newest: 2,
      editions: [{ edition: 2, note: '增加晚餐' }, { edition: 1 }],
    })
    expect(view.purchaseItem).toBeUndefined()
    expect(view.actions.every((each) => !each.ok)).toBe(true)
    expect(await app.ok(head, templates.getTemplate, { params: { id }, query: { edition: 1 } })).toMatchObject({
      title: '独居老人助餐示范方案',
      purchaseItem: 'A01',
      edition: 1,
      newest: 2,
    })
    expect((await app.call(head, templates.getTemplate, { params: { id }, query: { edition: 3 } })).status).toBe(404)
  })

  test('a retired template cannot be changed or retired again, and can be offered again', async () => {
    const { id } = await make()
    const { division: _, ...body } = content()
    const params = { id }
    expect((await app.call(head, templates.retireTemplate, { params, body: { reason: '内容过时' } })).status).toBe(403)
    await app.ok(reviewer, templates.retireTemplate, { params, body: { reason: '内容过时，另有新方案' } })
    for (const answer of [
      await app.call(reviewer, templates.editTemplate, { params, body }),
      await app.call(reviewer, templates.retireTemplate, { params, body: { reason: '再停一次' } }),
    ])
      expect(answer.problem.code).toBe('not-in-this-state')
    expect(await app.ok(reviewer, templates.getTemplate, { params, query: {} })).toMatchObject({
      state: 'retired',
      endReason: '内容过时，另有新方案',
    })
    await app.ok(reviewer, templates.offerTemplateAgain, { params })
    expect((await app.call(reviewer, templates.offerTemplateAgain, { params })).problem.code).toBe('not-in-this-state')
    expect((await app.ok(reviewer, templates.getTemplate, { params, query: {} })).endReason).toBeUndefined()
  })
})

describe('finding', () => {
  test('a community finds those of its township and county, not its neighbours’, and no retired one is offered', async () => {
    const { id: own } = await make()
    const { id: county } = await make(civilAffairs, { division: places.county })
    const other = await app.person('township-reviewer', { division: places.otherTownship })
    const { id: elsewhere } = await make(other, { division: places.otherTownship })
    const { id: retired } = await make()
    await app.ok(reviewer, templates.retireTemplate, { params: { id: retired }, body: { reason: '内容过时' } })
    const ids = async (who: Person, query: WireInputOf<typeof templates.listTemplates>['query'] = {}) =>
      (await app.ok(who, templates.listTemplates, { query: { size: 100, ...query } })).rows.map((row) => row.id)
    const offered = await ids(head, { state: 'offered', offeredTo: places.community })
    expect(offered).toEqual(expect.arrayContaining([own, county]))
    expect(offered).not.toContain(retired)
    expect(await ids(head)).not.toContain(elsewhere)
    expect(await ids(head)).toContain(retired)
    // Who works for the whole county finds all, and asks what one place is offered.
    expect(await ids(civilAffairs)).toEqual(expect.arrayContaining([own, county, elsewhere]))
    expect(await ids(civilAffairs, { offeredTo: places.community })).not.toContain(elsewhere)
    expect((await app.call(head, templates.getTemplate, { params: { id: elsewhere }, query: {} })).status).toBe(404)
    expect((await app.call(resident, templates.listTemplates, { query: {} })).status).toBe(403)
  })

  test('pages follow each other without a gap', async () => {
    await make()
    await make()
    const first = await app.ok(reviewer, templates.listTemplates, { query: { size: 1 } })
    const second = await app.ok(reviewer, templates.listTemplates, { query: { size: 1, cursor: first.next } })
    const both = await app.ok(reviewer, templates.listTemplates, { query: { size: 2 } })
    expect([...first.rows, ...second.rows].map((row) => row.id)).toEqual(both.rows.map((row) => row.id))
  })
})

describe('designing from one', () => {
  test('the project remembers template and edition, and a later edition changes nothing of it', async () => {
    const { id } = await make()
    const made = await app.ok(head, contract.designProject, { body: design({ template: { id, edition: 1 } }) })
    const before = await app.ok(head, contract.getProject, { params: { id: made.id } })
    expect(before.template).toEqual({ id, edition: 1, title: '独居老人助餐示范方案', newest: 1 })
    const { division: _, ...next } = content({ goals: '改成了完全不同的目标和做法。' })
    await app.ok(reviewer, templates.editTemplate, { params: { id }, body: next })
    const after = await app.ok(head, contract.getProject, { params: { id: made.id } })
    expect(after).toEqual({ ...before, template: { ...before.template, newest: 2 } })
    // Changing the design keeps where it came from.
    const { division: __, ...edited } = design({ title: '银杏里老人午餐（试行）' })
    await app.ok(head, contract.editProject, { params: { id: made.id }, body: edited })
    expect((await app.ok(head, contract.getProject, { params: { id: made.id } })).template?.edition).toBe(1)
    expect((await app.ok(reviewer, templates.getTemplate, { params: { id }, query: {} })).projects).toMatchObject([
      { id: made.id, edition: 1 },
    ])
  })

  test('a retired one, an edition that there is not, and one of another township are refused at their field', async () => {
    const { id: retired } = await make()
    await app.ok(reviewer, templates.retireTemplate, { params: { id: retired }, body: { reason: '内容过时' } })
    const other = await app.person('township-reviewer', { division: places.otherTownship })
    const { id: elsewhere } = await make(other, { division: places.otherTownship })
    const { id } = await make()
    const refused = async (template: { id: string; edition: number }) => {
      const answer = await app.call(head, contract.designProject, { body: design({ template }) })
      expect(answer.status).toBe(422)
      return answer.problem.fields?.map((field) => [field.path, field.message])
    }
    expect(await refused({ id: retired, edition: 1 })).toEqual([['body.template', expect.stringContaining('已经停用')]])
    for (const origin of [
      { id, edition: 2 },
      { id: elsewhere, edition: 1 },
      { id: `320505-${crypto.randomUUID()}`, edition: 1 },
    ])
      expect(await refused(origin)).toEqual([['body.template', expect.stringContaining('不适用')]])
  })
})

test('a finished project is kept as a template by the reviewer, once, with its shares of the budget', async () => {
  const id = await completedProject()
  const keep = (who: Person, body: { title: string; for?: 'township' | 'county' }) =>
    app.call(who, templates.keepAsTemplate, { params: { id }, body })
  const { id: draft } = await app.ok(head, contract.designProject, { body: design() })
  const early = await app.call(reviewer, templates.keepAsTemplate, {
    params: { id: draft },
    body: { title: '还没有办完' },
  })
  expect([early.status, early.problem.code]).toEqual([409, 'not-completed'])
  expect((await keep(head, { title: '社区自己存' })).status).toBe(403)
  expect((await keep(reviewer, { title: '全县都来用', for: 'county' })).status).toBe(403)
  const { body: kept } = await keep(reviewer, { title: '老人午餐（推荐）' })
  expect(await app.ok(head, templates.getTemplate, { params: { id: kept.id }, query: {} })).toMatchObject({
    title: '老人午餐（推荐）',
    division: places.township,
    fromProject: { id },
    budgetShares: [
      { item: '餐费补贴', share: 4_776 },
      { item: '配送人员', share: 5_224 },
    ],
  })
  const again = await keep(reviewer, { title: '再存一次' })
  expect([again.status, again.problem.code]).toEqual([409, 'kept-before'])
  expect((await app.ok(head, contract.getProject, { params: { id } })).actions.map((each) => each.verb)).toContain(
    'keepAsTemplate',
  )
})
