// What follows from a final evaluation below the line: nothing of the last payment, the money back to its source, the credit record, and no new work.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, startApp, type TestApp } from '../../../tests/support/app.ts'
import { makeStory, type TestStory } from '../../../tests/support/story.ts'
import { parseYuan } from '../../kit/money.ts'
import { plainDateOf, today, yearOf } from '../../kit/plain-date.ts'
import * as funds from '../../registers/funds/contract.ts'
import { getOrganization } from '../../registers/organizations/contract.ts'
import { qualificationOf } from '../../registers/organizations/public.ts'
import * as contracts from '../contracts/contract.ts'
import * as needs from '../needs/contract.ts'
import { qualificationFaults } from '../procurement/rules/scoring.ts'
import * as contract from './contract.ts'

let app: TestApp
let story: TestStory
let contractId = ''
let organization = ''
let id = ''

const who = (key: string): Person => {
  const person = story.people.get(key)
  if (person === undefined) throw new Error(`nobody plays ${key}`)
  return person
}
const agreed = () => app.ok(who('procurer'), contracts.getContract, { params: { id: contractId } })
const last = async () => {
  const milestone = (await agreed()).milestones.at(-1)
  if (milestone === undefined) throw new Error('no milestones')
  return milestone
}
/** What lies in the county's pools, in fen. */
const pooled = async () =>
  (
    await app.ok(who('finance'), funds.listAccounts, { query: { division: '320505' as never, stage: 'pool' } })
  ).rows.reduce((sum, account) => sum + (parseYuan(account.balance) ?? 0n), 0n)

beforeAll(async () => {
  app = await startApp()
  story = await makeStory(app, 'second-milestone')
  contractId = story.thread.contract ?? ''
  organization = (await agreed()).organization
  const side = story.cast.bidders.findIndex((bidder) => bidder.organization === organization)
  await app.ok(who(`administrator-${side}`), contracts.reportMilestone, {
    params: { id: contractId, milestone: (await last()).id },
    body: { words: '全部服务完成' },
  })
  id = (
    await app.ok(who('reviewer'), contract.planEvaluation, {
      body: {
        contract: contractId as never,
        evaluator: who('evaluator').id,
        items: [{ source: 'expert', name: '服务质量', weight: 100 }],
      },
    })
  ).id
  const judgements = [{ item: '服务质量', score: 59, reason: '多次缺席，记录不全' }]
  await app.ok(who('evaluator'), contract.submitEvaluation, {
    params: { id },
    body: { judgements, summary: '服务未达到合同要求。' },
  })
}, 120_000)
afterAll(() => app?.close())

test('before it is published the undertaker qualifies as ever', async () => {
  const day = today(app.parts.platform.clock.now())
  expect((await qualificationOf(app.parts.platform.database.reader, organization, day)).barred).toBe(false)
})

test('published below sixty: no factor, minus five points, nothing new until the end of next year', async () => {
  await app.pass(12)
  await app.settle()
  const { statements } = app.parts.platform.database
  const sent: string[] = []
  statements.listener = (text) => sent.push(text)
  await app.ok(who('reviewer'), contract.publishEvaluation, { params: { id } })
  statements.listener = undefined
  // One of them reads the session; delivery starts with the commit and is not the act's own.
  const own = sent.filter((text) => !/FROM platform\.(outbox|event\s+WHERE)|indicators\./.test(text))
  expect(own.length, own.join('\n')).toBeLessThanOrEqual(9)
  await app.settle()
  expect(await app.ok('nobody', contract.getEvaluation, { params: { id } })).toMatchObject({ score: 59, factorBps: 0 })
  const page = await app.ok('nobody', getOrganization, { params: { id: organization } })
  const now = today(app.parts.platform.clock.now())
  const end = `${yearOf(now) + 1}-12-31`
  expect(page).toMatchObject({ ineligibleUntil: end, credit: [{ kind: 'evaluation.published', points: -5 }] })
  const reader = app.parts.platform.database.reader
  const on = async (day: string) =>
    qualificationFaults(await qualificationOf(reader, organization, plainDateOf(day)), ['01'], { certificates: 0 })
  expect(await on(end)).toEqual(['barred'])
  expect(await on(`${yearOf(now) + 2}-01-01`)).toEqual([])
})

test('the last payment is nothing: what was set aside for it goes back to its source, to the fen, and the needs are answered', async () => {
  const before = await agreed()
  const held = [before.encumbered, before.paid, before.refunded].map((each) => parseYuan(each) ?? 0n)
  const [encumbered = 0n, paid = 0n, refunded = 0n] = held
  const inPool = await pooled()
  const params = { id: contractId, milestone: (await last()).id }
  if ((await last()).state === 'reported') {
    await app.ok(who('resident'), contracts.confirmMilestoneAsResident, { params, body: {} })
    await app.ok(who('head'), contracts.acceptMilestone, { params })
  }
  await app.settle()
  const after = await agreed()
  expect(after.state).toBe('completed')
  expect(parseYuan(after.paid)).toBe(paid)
  expect(parseYuan(after.refunded)).toBe(encumbered - paid)
  expect((await pooled()) - inPool).toBe(encumbered - paid - refunded)
  expect(await app.ok(who('finance'), funds.booksBalance)).toMatchObject({ balanced: true, total: '0.00' })
  // The residents whose needs started it are asked: is it met?
  const need = story.thread.needs[0] ?? ''
  expect((await app.ok(who('resident'), needs.getNeed, { params: { id: need } })).next).toMatchObject([
    { verb: 'giveVerdict' },
  ])
})
