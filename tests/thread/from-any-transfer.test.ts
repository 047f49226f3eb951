// From every transfer back to the residents' sentences: money set aside, added, paid, taken back, settled and given back.
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as changes from '../../src/loop/contracts/contract/changes.ts'
import * as contracts from '../../src/loop/contracts/contract.ts'
import { getProjectAccount } from '../../src/loop/thread/contract/account.ts'
import { getThread } from '../../src/loop/thread/contract.ts'
import * as funds from '../../src/registers/funds/contract.ts'
import { type Person, startApp, type TestApp } from '../support/app.ts'
import { makeStory, type TestStory } from '../support/story.ts'

let app: TestApp
let story: TestStory
const actor = (key: string): Person => {
  const person = story.people.get(key)
  if (person === undefined) throw new Error(`nobody plays ${key}`)
  return person
}
const view = () => app.ok(actor('procurer'), contracts.getContract, { params: { id: story.thread.contract ?? '' } })
const threadOf = (who: Person | 'nobody', id: string) => app.ok(who, getThread, { params: { kind: 'transfer', id } })
const account = () => app.ok('nobody', getProjectAccount, { params: { id: story.thread.project ?? '' } })

/** A contract with a payment taken back, an amendment that adds money, an early end with a settlement, and a refund. */
beforeAll(async () => {
  app = await startApp()
  story = await makeStory(app, 'second-milestone')
  const id = story.thread.contract ?? ''
  const [first = ''] = story.thread.transfers
  const { organization } = await view()
  const side = story.cast.bidders.findIndex((bidder) => bidder.organization === organization)
  await app.ok(actor(`administrator-${side}`), changes.proposeAmendment, {
    params: { id },
    body: { words: '增加两次活动', growth: '1000.00' },
  })
  const amendment = (await view()).amendments[0]?.id ?? ''
  await app.ok(actor('procurer'), changes.agreeAmendment, { params: { id, amendment } })
  const reversal = await app.ok(actor('settler'), funds.reverseTransfer, {
    params: { id: first },
    body: { reason: '账号填错，收回重付' },
  })
  await app.ok(actor('settler-2'), funds.approveTransfer, { params: { id: reversal.id } })
  await app.ok(actor('procurer'), changes.terminateContract, {
    params: { id },
    body: { reason: 'agreed', words: '双方协商终止', settlement: '500.00' },
  })
  const settled = (await view()).milestones.findLast((each) => each.state === 'payable')?.id ?? ''
  await app.ok(actor('settler'), contracts.payMilestone, { params: { id, milestone: settled } })
  const payment = (await view()).milestones.find((each) => each.id === settled)?.transfer ?? ''
  await app.ok(actor('settler-2'), funds.approveTransfer, { params: { id: payment } })
  await app.settle()
}, 120_000)
afterAll(() => app.close())

test('every kind of transfer of the contract leads back to the sentence, for the settler and for everybody', async () => {
  const { rows } = await app.ok(actor('settler'), funds.listTransfers, {
    query: { contract: story.thread.contract as never, size: 50 },
  })
  const kinds = rows.map((row) => row.purpose)
  expect(new Set(kinds)).toEqual(new Set(['encumbrance', 'payment', 'reversal', 'refund']))
  // Set aside at the signature and by the amendment; the first payments and the settlement.
  expect(kinds.filter((kind) => kind === 'encumbrance')).toHaveLength(2)
  expect(kinds.filter((kind) => kind === 'payment').length).toBeGreaterThanOrEqual(2)
  for (const { id, purpose } of rows) {
    for (const who of [actor('settler'), 'nobody'] as const) {
      const { needs, accounts } = await threadOf(who, id)
      expect([purpose, needs.map((need) => need.id)]).toEqual([purpose, [story.thread.needs[0]]])
      expect(needs[0]?.sentence?.length).toBeGreaterThan(5)
      expect(accounts.map((each) => each.project)).toEqual([story.thread.project])
    }
  }
})

test('the money is the same from each of them, and agrees with the books', async () => {
  const { rows } = await app.ok(actor('settler'), funds.listTransfers, {
    query: { contract: story.thread.contract as never, size: 50 },
  })
  const lines = await Promise.all(rows.map(async ({ id }) => (await threadOf('nobody', id)).money))
  for (const line of lines) expect(line).toEqual(lines[0])
  const of = (kind: string) => lines[0]?.find((money) => money.kind === kind)?.amount ?? '0.00'
  const { money } = await account()
  expect([of('encumbered'), of('paid'), of('refunded')]).toEqual([money.encumbered, money.paid, money.refunded])
  expect(Number(money.refunded)).toBeGreaterThan(0)
  // The payment and its reversal both stand in the account, and add up to what is paid.
  expect(money.payments.some(({ amount }) => amount.startsWith('-'))).toBe(true)
  expect(money.payments.reduce((sum, each) => sum + Math.round(Number(each.amount) * 100), 0)).toBe(
    Math.round(Number(money.paid) * 100),
  )
  // What of the money set aside came back or was paid; nothing hangs after the end except what was taken back and not paid again.
  expect((await app.ok(actor('finance'), funds.booksBalance)).balanced).toBe(true)
})

test('money that only moves between the pool and a township stands in no line, and claims none', async () => {
  const { rows } = await app.ok(actor('finance'), funds.listTransfers, { query: { purpose: 'allotment' } })
  const [allotment] = rows
  const { needs, accounts, stations } = await threadOf(actor('finance'), allotment?.id ?? '')
  expect([needs, accounts, stations]).toEqual([[], [], []])
})
