// Evaluation through its endpoints, on one contract whose last milestone is under way: independence, reply, factor, credit, the end.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import { makeStory, type TestStory } from '../../../tests/support/story.ts'
import type { WireInputOf } from '../../kit/endpoint.ts'
import * as funds from '../../registers/funds/contract.ts'
import { getOrganization } from '../../registers/organizations/contract.ts'
import * as contracts from '../contracts/contract.ts'
import * as needs from '../needs/contract.ts'
import * as projects from '../projects/contract.ts'
import * as contract from './contract.ts'

let app: TestApp
let story: TestStory
let contractId = ''
let id = ''
let side = 0

type Plan = WireInputOf<typeof contract.planEvaluation>['body']

const who = (key: string): Person => {
  const person = story.people.get(key)
  if (person === undefined) throw new Error(`nobody plays ${key}`)
  return person
}
const undertaker = () => who(`administrator-${side}`)
const agreed = () => app.ok(who('procurer'), contracts.getContract, { params: { id: contractId } })
const last = async () => {
  const milestone = (await agreed()).milestones.at(-1)
  if (milestone === undefined) throw new Error('no milestones')
  return milestone
}
const plan = (more: Partial<Plan> = {}): { body: Plan } => ({
  body: {
    contract: contractId,
    evaluator: who('evaluator').id,
    items: [
      { source: 'computed', name: '服务记录', weight: 50, measure: 'service-records', target: 5 },
      { source: 'expert', name: '居民感受', weight: 50 },
    ],
    ...more,
  },
})

beforeAll(async () => {
  app = await startApp()
  story = await makeStory(app, 'second-milestone')
  contractId = story.thread.contract ?? ''
  const { organization } = await agreed()
  side = story.cast.bidders.findIndex((bidder) => bidder.organization === organization)
})
afterAll(() => app?.close())

test('a finding is put right by the undertaker and verified by another person', async () => {
  const found = await app.ok(who('overseer'), contract.recordFinding, {
    body: { contract: contractId, kind: 'inspection', words: '值守签到表缺一天' },
  })
  const params = { id: found.id }
  expect(
    (
      await app.call(who(`administrator-${(side + 1) % 3}`), contract.rectifyFinding, {
        params,
        body: { words: '与我无关' },
      })
    ).status,
  ).toBe(403)
  await app.ok(undertaker(), contract.rectifyFinding, { params, body: { words: '已补签并说明' } })
  await app.ok(who('head'), contract.reopenFinding, { params, body: { words: '说明不完整' } })
  await app.ok(undertaker(), contract.rectifyFinding, { params, body: { words: '附值守照片' } })
  await app.ok(who('head'), contract.verifyFinding, { params })
  expect((await app.ok(who('overseer'), contract.getFinding, { params })).history.map((step) => step.state)).toEqual([
    'open',
    'rectified',
    'open',
    'rectified',
    'verified',
  ])
  expect((await app.ok(undertaker(), contract.listFindings, { query: {} })).rows.map((row) => row.id)).toEqual([
    found.id,
  ])
})

test('the final evaluation waits until everything is reported', async () => {
  expect((await app.call(who('reviewer'), contract.planEvaluation, plan())).problem.code).toBe('milestones-open')
  await app.ok(undertaker(), contracts.reportMilestone, {
    params: { id: contractId, milestone: (await last()).id },
    body: { words: '全部服务完成' },
  })
})

test('the scheme makes 100, and the evaluator has no tie to the undertaker or a hand in the project', async () => {
  const faults = async (more: Partial<Plan>) =>
    (await app.call(who('reviewer'), contract.planEvaluation, plan(more))).problem.fields?.map((field) => field.code)
  expect(await faults({ items: [{ source: 'expert', name: '质量', weight: 60 }] })).toEqual(['weights-not-whole'])
  expect(await faults({ evaluator: who('resident').id })).toEqual(['not-an-evaluator'])
  // Whoever designed the project is no evaluator of it, whatever role they were given since.
  expect(await faults({ evaluator: who('head').id })).toEqual(['not-an-evaluator'])
  expect((await app.call(undertaker(), contract.planEvaluation, plan())).status).toBe(403)
})

test('planned: the project is evaluated, the evaluator and nobody else hands it in', async () => {
  id = (await app.ok(who('reviewer'), contract.planEvaluation, plan())).id
  const { project } = await agreed()
  expect((await app.ok('nobody', projects.getProject, { params: { id: project.id } })).state).toBe('evaluating')
  expect((await app.call(who('reviewer'), contract.planEvaluation, plan())).problem.code).toBe('evaluation-exists')
  expect((await app.call('nobody', contract.getEvaluation, { params: { id } })).status).toBe(404)
  const stranger = await app.person('evaluator', { division: places.county })
  const body = {
    judgements: [{ item: '居民感受', score: 50, reason: '随机走访二十户' }],
    summary: '服务基本完成，居民感受一般。',
  }
  expect((await app.call(stranger, contract.submitEvaluation, { params: { id }, body })).status).toBe(403)
  const missing = await app.call(who('evaluator'), contract.submitEvaluation, {
    params: { id },
    body: { ...body, judgements: [] },
  })
  expect(missing.problem.fields?.map((field) => field.code)).toEqual(['judgement-missing'])
  await app.ok(who('evaluator'), contract.submitEvaluation, { params: { id }, body })
  expect(await app.ok(undertaker(), contract.getEvaluation, { params: { id } })).toMatchObject({
    state: 'submitted',
    score: 75,
  })
})

test('published only after the undertaker replied, with its reply, its factor and its credit', async () => {
  expect((await app.call(who('reviewer'), contract.publishEvaluation, { params: { id } })).problem.code).toBe(
    'reply-period-runs',
  )
  await app.ok(undertaker(), contract.replyToEvaluation, {
    params: { id },
    body: { words: '走访户数偏少，但接受结论。' },
  })
  await app.ok(who('reviewer'), contract.publishEvaluation, { params: { id } })
  await app.settle()
  const open = await app.ok('nobody', contract.getEvaluation, { params: { id } })
  expect(open).toMatchObject({
    state: 'published',
    score: 75,
    factorBps: 9000,
    reply: { words: '走访户数偏少，但接受结论。' },
  })
  expect(open.evaluator).toBeUndefined()
  const { organization, factor } = await agreed()
  expect(factor).toMatchObject({ factorBps: 9000, score: 75, evaluation: id })
  const page = await app.ok('nobody', getOrganization, { params: { id: organization } })
  expect(page.credit).toMatchObject([{ kind: 'evaluation.published', of: { kind: 'evaluation', id } }])
})

test('the last milestone is paid by the factor; then the contract ends, the rest goes back, the needs are answered', async () => {
  const full = Number((await last()).amount)
  const params = { id: contractId, milestone: (await last()).id }
  await app.ok(who('resident'), contracts.confirmMilestoneAsResident, { params, body: {} })
  await app.ok(who('head'), contracts.acceptMilestone, { params })
  expect(await last()).toMatchObject({ state: 'payable', amount: (Math.round(full * 90) / 100).toFixed(2) })
  await app.ok(who('settler'), contracts.payMilestone, { params })
  await app.ok(who('settler-2'), funds.approveTransfer, { params: { id: (await last()).transfer ?? '' } })
  await app.settle()
  const ended = await agreed()
  expect(ended.state).toBe('completed')
  expect((Number(ended.paid) + Number(ended.refunded)).toFixed(2)).toBe(ended.encumbered)
  expect(Number(ended.refunded)).toBeGreaterThan(0)
  expect(await app.ok('nobody', projects.getProject, { params: { id: ended.project.id } })).toMatchObject({
    state: 'completed',
    cost: ended.paid,
    score: 75,
  })
  expect((await app.ok(who('resident'), needs.getNeed, { params: { id: story.thread.needs[0] ?? '' } })).state).toBe(
    'answered',
  )
  expect(await app.ok(who('finance'), funds.booksBalance)).toMatchObject({ balanced: true, total: '0.00' })
})
