// Procurement through its endpoints: from the plan to the award, as procurer, overseer, panelists, bidders and the public.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import { assign, openSession } from '../../foundation/identity/public.ts'
import { makeUscc } from '../../kit/chinese-ids.ts'
import type { WireInputOf } from '../../kit/endpoint.ts'
import { addDays } from '../../kit/instant.ts'
import { granted } from '../../kit/ruling.ts'
import { systemAct } from '../../platform/action.ts'
import * as organizations from '../../registers/organizations/contract.ts'
import * as needs from '../needs/contract.ts'
import * as desk from '../needs/contract/desk.ts'
import * as projects from '../projects/contract.ts'
import * as purchase from '../projects/contract/purchase.ts'
import * as contract from './contract.ts'
import * as beside from './contract/desk.ts'
import * as objections from './contract/objections.ts'
import { getAward, tenderContracted } from './public.ts'
import { drawOrder, seedOf } from './rules/draw.ts'

const sm3 = (text: string) => createHash('sm3').update(text, 'utf8').digest('hex')
type Bidder = { readonly id: string; readonly administrator: Person }
type Terms = Omit<WireInputOf<typeof contract.planTender>['body'], 'project'>

let app: TestApp
let resident: Person
let head: Person
let reviewer: Person
let procurer: Person
let overseer: Person
let officer: Person
let bidders: Bidder[] = []
let outsider: Bidder
const experts = new Map<string, Person>()

async function bidder(n: number, categories = ['01']): Promise<Bidder> {
  const { id } = await app.ok(resident, organizations.applyForOrganization, {
    body: {
      name: `虎丘区暖邻社会工作服务中心${n}`,
      kind: 'service-institution',
      registration: 'registered',
      agency: true,
      division: places.community,
      categories,
      charter: '为社区居民提供专业社会工作服务。',
    },
  })
  await app.ok(officer, organizations.acceptOrganization, { params: { id } })
  await app.ok(officer, organizations.reviewOrganization, { params: { id }, body: { opinion: '同意登记' } })
  const uscc = makeUscc({ authority: '5', category: '2', division: '320505', orgBody: String(81_000_000 + n) })
  await app.ok(officer, organizations.registerOrganization, {
    params: { id },
    body: { uscc, registeredOn: '2020-05-06' },
  })
  const organization = organizations.organizationId.parse(id)
  return {
    id,
    administrator: await app.person('organization-administrator', { division: places.county, organization }),
  }
}

async function approvedProject(mode: 'contracting-out' | 'entrusted-service' = 'contracting-out'): Promise<string> {
  const { id: need } = await app.ok(resident, needs.submitNeed, {
    body: { text: '希望社区给独居老人送午饭。', category: '0102', division: places.community },
  })
  await app.ok(head, desk.acceptNeed, { params: { id: need }, body: { category: '0102', routeHint: 'project' } })
  const { id } = await app.ok(head, projects.designProject, {
    body: {
      title: '独居老人午餐配送',
      targetGroup: '独居老人',
      goals: '让独居老人每个工作日吃上热午饭。',
      division: places.community,
      categories: ['0102'],
      needs: [need],
      activities: [{ name: '午餐配送', times: 240 }],
      results: [{ kind: 'output', indicator: '配送份数', target: 4800, unit: '份' }],
      start: '2027-01-01',
      end: '2027-12-31',
      budgetLines: [{ item: '餐费补贴', quantity: 4800, unit: '份', unitPrice: '10.00', amount: '48000.00' }],
      budget: '48000.00',
      mode,
      source: 'fiscal-transfer',
      purchaseItem: 'A01',
    },
  })
  await app.ok(head, projects.submitProject, { params: { id }, body: {} })
  await app.pass(8)
  await app.ok(head, projects.closeComment, { params: { id }, body: { summary: '居民赞成' } })
  await app.ok(reviewer, projects.approveProject, { params: { id }, body: {} })
  return id
}

const terms: Terms = {
  procedure: 'consultation',
  description: '每个工作日为独居老人配送午餐,并记录送达情况。',
  criteria: [
    { name: '服务方案', kind: 'panel', weight: 60 },
    { name: '团队', kind: 'panel', weight: 20 },
    { name: '报价', kind: 'price', weight: 20 },
  ],
}

async function publishedTender(
  mode: 'contracting-out' | 'entrusted-service' = 'contracting-out',
): Promise<{ id: string; project: string }> {
  const project = await approvedProject(mode)
  const { id } = await app.ok(procurer, contract.planTender, { body: { ...terms, project } })
  await app.ok(procurer, contract.publishTender, { params: { id } })
  return { id, project }
}

/** Received one day after publication. */
async function bid(tender: string, organization: string, price: string): Promise<string> {
  const view = await app.ok(procurer, contract.getTender, { params: { id: tender } })
  const receivedAt = addDays(view.publishedAt as Parameters<typeof addDays>[0], 1)
  return (
    await app.ok(procurer, contract.enterBid, {
      params: { id: tender },
      body: { organization, price, proposal: '配送到户', receivedAt },
    })
  ).id
}

async function openedTender(): Promise<{ id: string; project: string; bids: string[] }> {
  const { id, project } = await publishedTender()
  await app.pass(11)
  const bids = []
  for (const [index, each] of bidders.entries()) bids.push(await bid(id, each.id, `${46_000 + index * 1000}.00`))
  await app.ok(overseer, contract.confirmOpening, { params: { id } })
  return { id, project, bids }
}

async function scoredTender() {
  const opened = await openedTender()
  const params = { id: opened.id }
  await app.ok(procurer, contract.appointPanel, { params, body: {} })
  const panel = await panelists(opened.id)
  for (const person of panel) {
    for (const [index, each] of opened.bids.entries()) {
      await app.ok(person, contract.scoreBid, { params, body: { bid: each, points: [index === 1 ? 95 : 80, 80] } })
    }
  }
  return { ...opened, panel }
}

async function panelists(tender: string): Promise<Person[]> {
  const { panel = [] } = await app.ok(procurer, contract.getTender, { params: { id: tender } })
  return panel.flatMap((each) => experts.get(each.person ?? '') ?? [])
}

beforeAll(async () => {
  app = await startApp()
  resident = await app.person()
  head = await app.person('community-head', { division: places.community })
  reviewer = await app.person('township-reviewer', { division: places.township })
  procurer = await app.person('township-procurer', { division: places.township })
  overseer = await app.person('county-overseer', { division: places.county })
  officer = await app.person('county-civil-affairs', { division: places.county })
  const finance = await app.person('county-finance', { division: places.county })
  await app.ok(finance, purchase.addPurchaseItem, { params: { code: 'A01' }, body: { division: places.county } })
  bidders = [await bidder(1), await bidder(2), await bidder(3)]
  outsider = await bidder(4, ['13'])
  for (let n = 0; n < 7; n += 1) {
    const expert = await app.person('panelist', { division: places.county })
    experts.set(expert.id, expert)
  }
})
afterAll(async () => {
  await app.close()
})

describe('planning and publishing', () => {
  test('only an approved project, only by the procurer of its township, only with weights of 100', async () => {
    const project = await approvedProject()
    const wrong = await app.call(procurer, contract.planTender, {
      body: { ...terms, project, criteria: [{ name: '方案', kind: 'panel', weight: 90 }], noticeDays: 3 },
    })
    expect(wrong.problem.fields?.map((field) => field.code)).toEqual(['weights-not-100', 'notice-too-short'])
    const elsewhere = await app.person('township-procurer', { division: places.otherTownship })
    expect((await app.call(elsewhere, contract.planTender, { body: { ...terms, project } })).status).toBe(403)
    const { id } = await app.ok(procurer, contract.planTender, { body: { ...terms, project } })
    expect((await app.call(procurer, contract.planTender, { body: { ...terms, project } })).problem.code).toBe(
      'project-not-approved',
    )
    expect((await app.call('nobody', contract.getTender, { params: { id } })).status).toBe(404)
    await app.ok(procurer, beside.cancelTender, {
      params: { id },
      body: { reason: 'project-changed', words: '服务范围有调整' },
    })
    expect((await app.ok(head, projects.getProject, { params: { id: project } })).state).toBe('approved')
  })

  test('published terms are frozen, the secret is only committed to', async () => {
    const { id } = await publishedTender()
    const view = await app.ok('nobody', contract.getTender, { params: { id } })
    expect(view).toMatchObject({
      state: 'published',
      terms: { noticeDays: 10, panelSize: 5, minimumBids: 3, standstillDays: 7 },
      bids: [],
    })
    expect(view.commitment).toMatch(/^[0-9a-f]{64}$/)
    expect(view.draw).toBeUndefined()
    expect((await app.call(procurer, beside.editTender, { params: { id }, body: terms })).problem.code).toBe(
      'not-in-this-state',
    )
    expect((await app.ok('nobody', contract.listTenders, { query: { division: places.county } })).rows[0]?.id).toBe(id)
  })
})

describe('bids', () => {
  test('never before the deadline, never above the budget; the registers decide who qualifies', async () => {
    const { id } = await publishedTender()
    const receivedAt = app.parts.platform.clock.now()
    const body = { organization: bidders[0]?.id ?? '', price: '47000.00', proposal: '配送到户', receivedAt }
    expect((await app.call(procurer, contract.enterBid, { params: { id }, body })).problem.code).toBe('before-deadline')
    expect((await app.call(procurer, beside.closeTender, { params: { id } })).problem.code).toBe('before-deadline')
    await app.pass(11)
    expect((await app.ok('nobody', contract.getTender, { params: { id } })).state).toBe('closed')
    const above = await app.call(procurer, contract.enterBid, { params: { id }, body: { ...body, price: '48000.01' } })
    expect(above.problem.fields).toMatchObject([{ path: 'body.price', code: 'price-above-budget' }])
    await bid(id, outsider.id, '40000.00')
    await bid(id, bidders[0]?.id ?? '', '47000.00')
    expect((await app.call(procurer, contract.confirmOpening, { params: { id } })).status).toBe(403)
    await app.ok(head, contract.confirmOpening, { params: { id } })
    const view = await app.ok(overseer, contract.getTender, { params: { id } })
    expect(view.bids.find((each) => each.organization === outsider.id)).toMatchObject({
      valid: false,
      faults: ['category-missing'],
    })
    expect((await app.call(procurer, contract.appointPanel, { params: { id }, body: {} })).problem).toMatchObject({
      code: 'too-few-bids',
    })
    await app.ok(procurer, beside.failTender, {
      params: { id },
      body: { reason: 'too-few-bids', words: '有效投标只有一家' },
    })
    expect(await app.ok('nobody', contract.getTender, { params: { id } })).toMatchObject({
      state: 'failed',
      endReason: 'too-few-bids',
    })
  })

  test('until the award a bidder sees its own bid only, the public none', async () => {
    const { id } = await openedTender()
    const seen = async (who: Person | 'nobody') =>
      (await app.ok(who, contract.getTender, { params: { id } })).bids.map((each) => each.organization)
    expect(await seen(bidders[0]?.administrator ?? 'nobody')).toEqual([bidders[0]?.id])
    expect(await seen('nobody')).toEqual([])
    expect(await seen(resident)).toEqual([])
    expect(await seen(procurer)).toHaveLength(3)
    const mine = await app.ok(bidders[0]?.administrator ?? resident, beside.listMyBids, { query: {} })
    expect(mine.rows[0]).toMatchObject({ price: '46000.00', valid: true, tender: { id } })
  })
})

describe('panel and award', () => {
  test('the draw can be repeated by anyone, and leaves out who is tied', async () => {
    const { id } = await openedTender()
    const tied = [...experts.keys()][0] ?? ''
    const params = { id }
    const tooMany = [...experts.keys()].slice(0, 3).map((person) => ({ person, reason: '近亲属' }))
    expect(
      (await app.call(procurer, contract.appointPanel, { params, body: { excluded: tooMany } })).problem.code,
    ).toBe('too-few-panelists')
    await app.ok(procurer, contract.appointPanel, { params, body: { excluded: [{ person: tied, reason: '近亲属' }] } })
    const { rows } = await app.parts.platform.database.pool.query(
      'SELECT hash FROM procurement.bid WHERE tender = $1',
      [id.slice(7)],
    )
    const { draw, panel = [], commitment } = await app.ok(procurer, contract.getTender, { params })
    if (draw === undefined) throw new Error('no draw')
    expect(sm3(draw.secret)).toBe(commitment)
    expect(draw.list).not.toContain(tied)
    expect(seedOf({ secret: draw.secret, bidHashes: rows.map((row) => row.hash), list: draw.list }, sm3)).toBe(
      draw.seed,
    )
    expect(drawOrder(draw.list, draw.seed, sm3).slice(0, draw.size)).toEqual(panel.map((each) => each.person))
    const first = (await panelists(id))[0] ?? resident
    await app.ok(first, beside.leavePanel, { params, body: { reason: '曾在投标单位任职' } })
    const after = (await app.ok(procurer, contract.getTender, { params })).panel ?? []
    expect(after.filter((each) => !each.replaced).map((each) => each.person)).not.toContain(first.id)
    expect(after.filter((each) => !each.replaced)).toHaveLength(5)
  })

  test('nobody sees scores before all are in; the award is confirmed only after the standstill, and then public', async () => {
    const { id, project, bids } = await openedTender()
    const params = { id }
    await app.ok(procurer, contract.appointPanel, { params, body: {} })
    const panel = await panelists(id)
    const [first, ...rest] = panel
    if (first === undefined) throw new Error('no panel')
    await app.ok(first, contract.scoreBid, { params, body: { bid: bids[1] ?? '', points: [95, 80] } })
    expect(
      (await app.call(first, contract.scoreBid, { params, body: { bid: bids[1] ?? '', points: [10, 10] } })).problem
        .code,
    ).toBe('already-scored')
    expect(
      (await app.call(head, contract.scoreBid, { params, body: { bid: bids[1] ?? '', points: [95, 80] } })).status,
    ).toBe(403)
    for (const each of [procurer, rest[0] ?? procurer]) {
      const view = await app.ok(each, contract.getTender, { params })
      expect(view.bids.every((one) => one.score === undefined && one.myPoints === undefined)).toBe(true)
    }
    expect((await app.call(procurer, contract.proposeAward, { params })).problem.code).toBe('scores-missing')
    for (const person of panel) {
      for (const [index, each] of bids.entries()) {
        if (person === first && index === 1) continue
        await app.ok(person, contract.scoreBid, { params, body: { bid: each, points: [index === 1 ? 95 : 80, 80] } })
      }
    }
    expect(await app.ok(procurer, contract.proposeAward, { params })).toMatchObject({ state: 'award-notice' })
    expect((await app.call(procurer, contract.confirmAward, { params })).problem.code).toBe('standstill-runs')
    await app.pass(3)
    expect((await app.call(procurer, contract.confirmAward, { params })).problem.code).toBe('standstill-runs')
    await app.pass(14)
    expect(await app.ok(procurer, contract.confirmAward, { params })).toMatchObject({ state: 'awarded' })
    const open = await app.ok('nobody', contract.getTender, { params })
    expect(open).toMatchObject({ award: { bid: bids[1], organization: bidders[1]?.id, price: '47000.00' } })
    expect(open.bids.map((each) => [each.rank, each.proposal])).toContainEqual([1, undefined])
    const { platform } = app.parts
    expect(await getAward(platform.database.reader, id)).toMatchObject({
      tender: id,
      project,
      state: 'awarded',
      price: 4_700_000n,
      organization: bidders[1]?.id,
    })
    granted(await systemAct(platform, 'test.contract', (act) => tenderContracted(act, id, '320505-contract')))
    expect(await app.ok('nobody', contract.getTender, { params })).toMatchObject({ state: 'contracted' })
  })

  test('an objection stops the clock until someone who did not run it decides; upheld, the panel scores again', async () => {
    const { id, bids, panel } = await scoredTender()
    const params = { id }
    await app.ok(procurer, contract.proposeAward, { params })
    await app.pass(2)
    const body = { against: 'award' as const, argument: '我单位的团队得分与实际不符,请复核。', asked: '重新评审' }
    expect((await app.call(outsider.administrator, objections.objectToTender, { params, body })).status).toBe(403)
    const loser = bidders[0]?.administrator ?? resident
    const { id: objection } = await app.ok(loser, objections.objectToTender, { params, body })
    await app.pass(20)
    expect((await app.call(procurer, contract.confirmAward, { params })).problem.code).toBe('objection-open')
    const decide = {
      params: { id, objection },
      body: { decision: 'upheld' as const, words: '评分依据不足,重新评审', remedy: 'score-again' as const },
    }
    expect((await app.call(procurer, objections.decideObjection, decide)).status).toBe(403)
    expect(await app.ok(overseer, objections.decideObjection, decide)).toMatchObject({ state: 'scoring' })
    for (const person of panel)
      for (const each of bids)
        await app.ok(person, contract.scoreBid, { params, body: { bid: each, points: [80, 80] } })
    await app.ok(procurer, contract.proposeAward, { params })
    // Equal points: the lowest price wins.
    expect(await app.ok('nobody', contract.getTender, { params })).toMatchObject({
      award: { bid: bids[0] },
      objections: [{ state: 'upheld' }],
    })
  })
})

test('an entrusted service may have one bidder; who reviewed the project cannot run its tender', async () => {
  const { id } = await publishedTender('entrusted-service')
  expect((await app.ok('nobody', contract.getTender, { params: { id } })).terms.minimumBids).toBe(1)
  const project = await approvedProject()
  const { platform } = app.parts
  const assignment = granted(
    await systemAct(platform, 'test.assign', (act) =>
      assign(act, { person: reviewer.id, role: 'township-procurer', division: places.township }),
    ),
  )
  const token = granted(
    await systemAct(platform, 'test.session', (act) =>
      openSession(act, reviewer.id, { secondFactor: true, assignment }),
    ),
  )
  const both: Person = { id: reviewer.id, role: 'township-procurer', cookie: `liandong_session=${token}` }
  const answer = await app.call(both, contract.planTender, { body: { ...terms, project } })
  expect([answer.status, answer.problem.code]).toEqual([403, 'duties-separated'])
})

test('no act takes more statements than its budget, however many panelists and bids there are', async () => {
  const { id, bids } = await openedTender()
  const params = { id }
  const { statements } = app.parts.platform.database
  await app.ok(procurer, contract.appointPanel, { params, body: {} })
  const [first = resident] = await panelists(id)
  await app.settle()
  const sent: string[] = []
  statements.listener = (text) => sent.push(text)
  await app.ok(first, contract.scoreBid, { params, body: { bid: bids[0] ?? '', points: [80, 80] } })
  // One of them reads the session.
  statements.listener = undefined
  // Delivery starts with the commit and is not the act's own.
  const own = sent.filter((text) => !/FROM platform\.(outbox|event\s+WHERE)|indicators\./.test(text))
  expect(own.length).toBeLessThanOrEqual(9)
})
