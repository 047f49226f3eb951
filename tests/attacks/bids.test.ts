// A bid one second late, a bid sent again, a bid for another tender: none of them gets in, and one with a forged letterhead is never opened.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addMilliseconds, type Instant } from '../../src/kit/instant.ts'
import * as contract from '../../src/loop/procurement/contract.ts'
import * as sealed from '../../src/loop/procurement/contract/sealed-bids.ts'
import { startApp, type TestApp } from '../support/app.ts'
import * as room from '../support/sealed-bids.ts'

let app: TestApp
let it: room.Room
const paper = room.paperOf('30000.00', '每天中午十一点半前送到家。')

beforeEach(async () => {
  app = await startApp()
  it = await room.planSealed(app)
  await room.publishSealed(it)
}, 60_000)
afterEach(() => app?.close())

const bidder = (index: number): room.Bidder => {
  const found = it.bidders[index]
  if (found === undefined) throw new Error('no such bidder')
  return found
}
const deposit = (who: room.Bidder, { header, content }: Pick<room.SealedEnvelope, 'header' | 'content'>) =>
  app.call(who.administrator, sealed.depositBid, { params: { id: it.tender }, body: { header, content } })
const faults = async (...given: Parameters<typeof deposit>) =>
  (await deposit(...given)).problem.fields?.map(({ code }) => code)
const held = async () => (await room.sealingOf(it)).envelopes?.length

test('a bid before the deadline is taken, one a second late is not: neither before nor after the clock has closed the tender, nor when the request is repeated', async () => {
  const { deadline } = await app.ok('nobody', contract.getTender, { params: { id: it.tender } })
  const { clock } = app.parts.platform
  const [intime, late] = [
    await room.sealFor(it, bidder(0).organization, paper),
    await room.sealFor(it, bidder(1).organization, paper),
  ]
  // The machine needs a moment of its own for the deposit.
  await clock.moveTo(addMilliseconds(deadline as Instant, -60_000))
  expect((await deposit(bidder(0), intime)).status).toBe(200)
  await clock.moveTo(addMilliseconds(deadline as Instant, 1000))
  expect((await app.ok('nobody', contract.getTender, { params: { id: it.tender } })).state).toBe('published')
  const body = { header: late.header, content: late.content }
  const send = () =>
    app.call(
      bidder(1).administrator,
      sealed.depositBid,
      { params: { id: it.tender }, body },
      { key: 'again-and-again' },
    )
  for (const answer of [await send(), await send()])
    expect([answer.status, answer.problem.code]).toEqual([409, 'bid-late'])
  await app.parts.timers.runDue()
  await app.settle()
  expect((await app.ok('nobody', contract.getTender, { params: { id: it.tender } })).state).toBe('closed')
  expect((await send()).problem.code).toBe('bid-late')
  expect(await held()).toBe(1)
})

test('a bid that was taken is not taken again: as it is, after it was withdrawn, or after it was replaced, by its bidder or by another', async () => {
  const [first, better] = [
    await room.sealFor(it, bidder(0).organization, paper),
    await room.sealFor(it, bidder(0).organization, room.paperOf('29000.00', '每天中午十一点半前送到家。')),
  ]
  expect((await deposit(bidder(0), first)).status).toBe(200)
  expect(await faults(bidder(0), first)).toEqual(['bid-replayed'])
  expect((await deposit(bidder(0), better)).status).toBe(200)
  expect(await faults(bidder(0), first)).toEqual(['bid-replayed'])
  await app.ok(bidder(0).administrator, sealed.withdrawBid, { params: { id: it.tender }, body: {} })
  expect(await faults(bidder(0), better)).toEqual(['bid-replayed'])
  expect(await faults(bidder(1), better)).toEqual(['bid-of-another'])
  // In another's name, with the letterhead rewritten: the deposit was used already.
  const renamed = { ...better.header, organization: bidder(1).organization }
  expect(await faults(bidder(1), { ...better, header: renamed })).toEqual(['bid-replayed'])
})

test('a bid sealed for another tender is refused; with its letterhead rewritten it is taken, never opened, and the others are', async () => {
  const elsewhere = '320505-01900000-0000-7000-8000-000000000099'
  const foreign = await room.sealFor(it, bidder(0).organization, paper, [], { tender: elsewhere })
  expect(await faults(bidder(0), foreign)).toEqual(['bid-for-another-tender'])
  const forged = { ...foreign, header: { ...foreign.header, tender: it.tender } }
  const { id: bad } = await room.deposit(it, bidder(0), forged)
  for (const index of [1, 2])
    await room.deposit(it, bidder(index), await room.sealFor(it, bidder(index).organization, paper))
  await room.passDeadline(it)
  const [procurer, overseer] = it.openers
  const session = await room.startSession(it, procurer)
  for (const opener of [procurer, overseer]) await room.hand(it, opener)
  const { pair } = await room.combineIn(it, procurer, session)
  if (pair === undefined) throw new Error('the key did not come together')
  const { envelopes = [] } = await room.sealingOf(it)
  for (const { id: bid } of envelopes) {
    const taken = room.takeKey(it, procurer, pair, bid)
    if (bid !== bad) {
      const contentKey = await taken
      await app.ok(it.procurer, sealed.openBid, { params: { id: it.tender }, body: { bid, contentKey } })
      continue
    }
    await expect(taken).rejects.toThrow()
    await app.ok(it.procurer, sealed.voidBid, { params: { id: it.tender }, body: { bid } })
  }
  const after = (await room.sealingOf(it)).envelopes ?? []
  expect(after.map(({ id, state, voidReason }) => [id === bad, state, voidReason]).toSorted()).toEqual([
    [false, 'opened', undefined],
    [false, 'opened', undefined],
    [true, 'void', 'key-does-not-fit'],
  ])
})
