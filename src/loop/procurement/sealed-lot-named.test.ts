// Which lot is meant, through the endpoints: none named, an unknown one, one in a tender without lots, the same one twice, one whose bids are over.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, startApp, type TestApp } from '../../../tests/support/app.ts'
import * as lots from '../../../tests/support/lots.ts'
import * as given from '../../../tests/support/sealed-bids.ts'
import { listNotices } from '../../foundation/notices/contract.ts'
import * as contract from './contract.ts'
import * as desk from './contract/desk.ts'
import * as objections from './contract/objections.ts'
import * as questions from './contract/questions.ts'
import * as sealed from './contract/sealed-bids.ts'

type Answer = { readonly status: number; readonly problem: { code?: string; fields?: readonly { code: string }[] } }

/** What a call was refused with: the codes of its fields, or its own. */
const told = ({ status, problem }: Answer) =>
  status === 200 ? 'taken' : (problem.fields?.map((field) => field.code).join() ?? problem.code)

let app: TestApp
let room: given.Room
const params = () => ({ id: room.tender })
const bidder = (index: number): given.Bidder => {
  const found = room.bidders[index]
  if (found === undefined) throw new Error('no such bidder')
  return found
}
const envelope = (index: number, lot: number | undefined, price = '1000.00') =>
  given.sealFor(
    room,
    bidder(index).organization,
    given.paperOf(price, '每个工作日中午送餐到家，并记录送达情况。'),
    [],
    lot === undefined ? {} : { lot },
  )
async function deposit(index: number, { header, content }: given.SealedEnvelope, terms?: number) {
  return told(
    await app.call(bidder(index).administrator, sealed.depositBid, {
      params: params(),
      body: { header, content, ...(terms === undefined ? {} : { terms }) },
    }),
  )
}
const withdraw = async (index: number, lot: number | undefined) =>
  told(await app.call(bidder(index).administrator, sealed.withdrawBid, { params: params(), body: { lot } }))
const confirm = async (index: number, lot: number | undefined, terms = 2) =>
  told(await app.call(bidder(index).administrator, questions.confirmBid, { params: params(), body: { terms, lot } }))
const mine = async (index: number) =>
  (await given.sealingOf(room, bidder(index).administrator)).mineByLot?.map(({ lot, state, outdated }) => [
    lot,
    state,
    outdated,
  ])
const noticesOf = async (who: Person) =>
  (await app.ok(who, listNotices, { query: {} })).rows
    .map((row) => row.kind)
    .filter((kind) => /^procurement/.test(kind))

describe('sealed bids for two lots', () => {
  beforeAll(async () => {
    app = await startApp()
    room = await given.planSealed(app, {}, 2)
    await given.publishSealed(room)
  }, 120_000)
  afterAll(() => app?.close())

  test('what is sent again, or for no lot of the tender, leaves what is held as it is', async () => {
    const first = await envelope(0, 1)
    expect(await deposit(0, first)).toBe('taken')
    expect(await deposit(0, await envelope(0, 2))).toBe('taken')
    expect(await deposit(0, first)).toBe('bid-replayed')
    // The same envelope under the number of another lot is not another bid.
    expect(await deposit(0, { ...first, header: { ...first.header, lot: 2 } })).toBe('bid-replayed')
    expect(await deposit(0, await envelope(0, undefined))).toBe('lot-needed')
    expect(await deposit(0, await envelope(0, 3))).toBe('lot-unknown')
    expect([await withdraw(0, undefined), await withdraw(0, 3)]).toEqual(['lot-needed', 'lot-unknown'])
    expect(await mine(0)).toEqual([
      [1, 'held', false],
      [2, 'held', false],
    ])
    expect([await deposit(1, await envelope(1, 1)), await deposit(2, await envelope(2, 1))]).toEqual(['taken', 'taken'])
    expect(await withdraw(1, 2)).toBe('no-bid-held')
  })

  test('after a change of the terms each lot is upheld for itself; who is told is told once, however many lots it bid for', async () => {
    await app.ok(room.procurer, questions.changeTerms, {
      params: params(),
      body: { reason: '明确送餐日期', description: '每个工作日为独居老人送午餐。' },
    })
    expect(await noticesOf(bidder(0).administrator)).toEqual(['procurement.termsChanged'])
    expect([await confirm(0, undefined), await confirm(0, 3), await confirm(1, 2)]).toEqual([
      'lot-needed',
      'lot-unknown',
      'no-bid-held',
    ])
    expect(await confirm(0, 1, 1)).toBe('terms-changed')
    expect([await confirm(0, 1), await confirm(0, 1)]).toEqual(['taken', 'bid-stands'])
    expect(await mine(0)).toEqual([
      [1, 'held', false],
      [2, 'held', true],
    ])
    // Withdrawn is not upheld again; another one takes its place.
    expect(await withdraw(1, 1)).toBe('taken')
    expect([await withdraw(1, 1), await confirm(1, 1)]).toEqual(['no-bid-held', 'no-bid-held'])
    expect(await deposit(1, await envelope(1, 1), 1)).toBe('terms-changed')
    expect(await deposit(1, await envelope(1, 1), 2)).toBe('taken')
    // Two of them for the second lot, one of which nobody upholds.
    expect(await deposit(1, await envelope(1, 2), 2)).toBe('taken')
    expect(await confirm(2, 1)).toBe('taken')
  })

  test('when bidding is over nothing of any lot is taken, changed or upheld; what was not upheld lapses for its lot alone', async () => {
    const late = [await envelope(0, 2), await envelope(2, 2)]
    await given.passDeadline(room)
    expect(await mine(0)).toEqual([
      [1, 'held', false],
      [2, 'lapsed', false],
    ])
    expect(await noticesOf(bidder(0).administrator)).toEqual(
      expect.arrayContaining(['procurement.lapsed', 'procurement.termsChanged']),
    )
    for (const each of late) expect(await deposit(0, each, 2)).toMatch(/^bid-late/)
    for (const lot of [1, 2]) expect([await withdraw(0, lot), await confirm(0, lot)]).toEqual(['bid-late', 'bid-late'])
    const paper = {
      organization: bidder(0).organization,
      lot: 1,
      price: '1000.00',
      proposal: '每个工作日中午送餐到家，并记录送达情况。',
    }
    const receivedAt = app.parts.platform.clock.now()
    const entered = app.call(room.procurer, contract.enterBid, { params: params(), body: { ...paper, receivedAt } })
    expect(told(await entered)).toBe('bids-are-sealed')
  })

  test('a lot that failed at the opening is over: its envelope is neither opened nor called void', async () => {
    const [leads, second] = room.openers
    const session = await given.startSession(room, leads)
    for (const opener of [leads, second]) await given.hand(room, opener)
    const { pair } = await given.combineIn(room, leads, session)
    if (pair === undefined) throw new Error('the shares do not fit')
    const { envelopes = [] } = await given.sealingOf(room, leads.person)
    expect(envelopes.map((each) => [each.lot, each.state]).toSorted()).toEqual([
      [1, 'held'],
      [1, 'held'],
      [1, 'held'],
      [2, 'held'],
    ])
    const bid = envelopes.find((each) => each.lot === 2)?.id ?? ''
    const contentKey = await given.takeKey(room, leads, pair, bid)
    const open = await app.call(leads.person, sealed.openBid, { params: params(), body: { bid, contentKey } })
    const empty = await app.call(leads.person, sealed.voidBid, { params: params(), body: { bid } })
    expect([told(open), told(empty)]).toEqual(['lot-failed', 'lot-failed'])
    await given.openAll(room, leads, pair)
    await app.ok(room.head, contract.confirmOpening, { params: params() })
    const { bids, lots: seen } = await app.ok(room.procurer, contract.getTender, { params: params() })
    expect(bids.map((each) => each.lot)).toEqual([1, 1, 1])
    expect(seen?.map((lot) => [lot.validBids, lot.failed?.reason])).toEqual([
      [3, undefined],
      [0, 'too-few-bids'],
    ])
  })
})

describe('a tender without lots', () => {
  beforeAll(async () => {
    app = await startApp()
    room = await given.planSealed(app)
    await given.publishSealed(room)
  }, 120_000)
  afterAll(() => app?.close())

  test('has none that a sealed bid could name: not even the first gets into its envelopes and receipts', async () => {
    for (const lot of [1, 2]) expect(await deposit(0, await envelope(0, lot))).toBe('lot-unknown')
    expect((await given.sealingOf(room, bidder(0).administrator)).mine).toBeUndefined()
    expect(await deposit(0, await envelope(0, undefined))).toBe('taken')
    for (const lot of [1, 2])
      expect([await withdraw(0, lot), await confirm(0, lot, 1)]).toEqual(['lot-unknown', 'lot-unknown'])
    const { mine: held, mineByLot } = await given.sealingOf(room, bidder(0).administrator)
    expect([held?.state, held?.receipt.lot, mineByLot]).toEqual(['held', undefined, undefined])
  })
})

describe('bids on paper', () => {
  let paper: lots.LotRoom
  let id = ''

  beforeAll(async () => {
    app = await startApp()
    paper = await lots.lotRoom(app)
    id = (
      await app.ok(paper.who('procurer'), contract.planTender, { body: { ...lots.lotTerms, project: paper.project } })
    ).id
    await app.ok(paper.who('procurer'), contract.publishTender, { params: { id } })
  }, 120_000)
  afterAll(() => app?.close())

  test('name no lot where there is none, are entered once though two enter them at once, and never after the opening', async () => {
    const enter = async (index: number, lot?: number) => told(await lots.bidForLot(paper, id, index, lot))
    expect(await enter(0)).toBe('before-deadline')
    await app.pass(11)
    expect([await enter(0, 1), await enter(0, 2)]).toEqual(['lot-unknown', 'lot-unknown'])
    expect((await Promise.all([enter(0), enter(0)])).toSorted()).toEqual(['already-bid', 'taken'])
    expect([await enter(1), await enter(2), await enter(1)]).toEqual(['taken', 'taken', 'already-bid'])
    await app.ok(paper.who('overseer'), contract.confirmOpening, { params: { id } })
    expect(await enter(1)).toBe('not-in-this-state')
  })

  test('nor do an objection, a failing lot or a contract find a lot there', async () => {
    await app.ok(paper.who('procurer'), contract.appointPanel, { params: { id }, body: {} })
    await lots.scoreAll(paper, id)
    await app.ok(paper.who('procurer'), contract.proposeAward, { params: { id } })
    const claim = { against: 'award' as const, argument: '评分依据不一致，请复核。', asked: '请复核' }
    const object = async (lot: number | undefined) =>
      told(
        await app.call(paper.who('administrator-1'), objections.objectToTender, {
          params: { id },
          body: { ...claim, lot },
        }),
      )
    for (const lot of [1, 2]) expect(await object(lot)).toBe('lot-unknown')
    expect((await app.ok(paper.who('overseer'), contract.getTender, { params: { id } })).objections).toEqual([])
    expect(told(await lots.failLot(paper, id, 1))).toBe('not-divided')
    await app.pass(16)
    await app.ok(paper.who('procurer'), contract.confirmAward, { params: { id } })
    for (const lot of [1, 2]) expect(told(await lots.draftForLot(paper, id, lot, 0))).toBe('not-awarded')
    expect(told(await lots.draftForLot(paper, id, undefined, 0))).toBe('taken')
    const { rows } = await app.ok(paper.who('overseer'), desk.listDeskTenders, { query: {} })
    expect(rows.map((row) => [row.id, row.lots])).toEqual([[id, undefined]])
  })
})
