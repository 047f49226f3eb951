// Sealed bids through the endpoints: ceremony, deposit, receipt, opening by two of three, and everything that is refused on the way.
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startApp, type TestApp } from '../../../tests/support/app.ts'
import * as room from '../../../tests/support/sealed-bids.ts'
import { isSigned } from '../../web/features/procurement/sealing/receipt.ts'
import { handShare } from '../../web/features/procurement/sealing/shares.ts'
import { publicText, makePair } from '../../web/features/procurement/sealing/hpke.ts'
import { addMilliseconds, type Instant } from '../../kit/instant.ts'
import * as contract from './contract.ts'
import * as desk from './contract/desk.ts'
import * as sealed from './contract/sealed-bids.ts'
import * as keys from './contract/sealing.ts'
import { seedOf } from './rules/draw.ts'

let app: TestApp
let it: room.Room

beforeEach(async () => {
  app = await startApp()
  it = await room.planSealed(app)
})
afterEach(() => app.close())

const params = () => ({ id: it.tender })

describe('the ceremony of the key', () => {
  test('bidding cannot open before three bodies hold shares and each has confirmed its own', async () => {
    const early = await app.call(it.procurer, contract.publishTender, { params: params() })
    expect(early.problem.code).toBe('keys-not-confirmed')
    const [procurer, overseer, community] = it.openers
    const noKeys = await app.call(it.procurer, keys.makeTenderKey, {
      params: params(),
      body: { key: await publicText(procurer.pair), shares: [] },
    })
    expect(noKeys.problem.code).toBe('seats-missing')
    await room.registerKeys(it)
    const made = await room.makeKey(it)
    expect((await app.call(it.procurer, contract.publishTender, { params: params() })).problem.code).toBe(
      'keys-not-confirmed',
    )
    for (const opener of [procurer, overseer]) await room.confirmKey(it, opener)
    expect((await app.call(it.procurer, contract.publishTender, { params: params() })).problem.code).toBe(
      'keys-not-confirmed',
    )
    await room.confirmKey(it, community)
    await app.ok(it.procurer, contract.publishTender, { params: params() })
    const seen = await room.sealingOf(it, 'nobody')
    expect(seen).toMatchObject({ publicKey: made.key, threshold: 2 })
    expect(seen.seats.map((seat) => [seat.seat, seat.shareHash])).toEqual(
      made.shares.map((share) => [share.seat, share.hash]),
    )
    // Hashes for everybody, sealed shares for their openers only, names for desks.
    expect(seen.seats.every((seat) => seat.sealedShare === undefined && seat.name === undefined)).toBe(true)
    const own = await room.sealingOf(it, it.head)
    expect(own.seats.filter((seat) => seat.sealedShare !== undefined).map((seat) => seat.seat)).toEqual(['community'])
  })

  test('a share that is not the published one is not confirmed; a new key in a seat voids the shares of all', async () => {
    await room.registerKeys(it)
    const made = await room.makeKey(it)
    const wrong = await app.call(it.head, keys.confirmTenderKey, {
      params: params(),
      body: { key: made.key, hash: 'a'.repeat(64) },
    })
    expect(wrong.problem.code).toBe('share-differs')
    for (const opener of it.openers.slice(0, 2)) await room.confirmKey(it, opener)
    const other = await publicText(await makePair(true))
    await app.ok(it.head, keys.registerOpenerKey, { params: params(), body: { key: other } })
    const seen = await room.sealingOf(it)
    expect(seen.publicKey).toBeUndefined()
    expect(seen.seats.every((seat) => seat.shareHash === undefined && seat.confirmedAt === undefined)).toBe(true)
    const stale = await app.call(it.procurer, keys.makeTenderKey, { params: params(), body: made })
    expect(stale.problem.code).toBe('seat-changed')
  })

  test('nobody sits in two seats, no key in two, and only the three bodies of the place sit at all', async () => {
    const [procurer] = it.openers
    const key = await publicText(procurer.pair)
    await app.ok(it.procurer, keys.registerOpenerKey, { params: params(), body: { key } })
    const same = await app.call(it.overseer, keys.registerOpenerKey, { params: params(), body: { key } })
    expect(same.problem.fields?.map((field) => field.code)).toEqual(['key-of-another'])
    const short = await app.call(it.overseer, keys.registerOpenerKey, { params: params(), body: { key: 'abc' } })
    expect(short.problem.fields?.map((field) => field.code)).toEqual(['malformed'])
    const elsewhere = await app.person('county-overseer', { division: '320506' })
    expect((await app.call(elsewhere, keys.registerOpenerKey, { params: params(), body: { key } })).status).toBe(404)
    const [bidder] = it.bidders
    expect(
      (await app.call(bidder?.administrator ?? 'nobody', keys.registerOpenerKey, { params: params(), body: { key } }))
        .status,
    ).toBe(403)
  })

  test('confirmed keys stay, and a tender on paper has none', async () => {
    await room.publishSealed(it)
    const key = await publicText(await makePair(true))
    expect((await app.call(it.head, keys.registerOpenerKey, { params: params(), body: { key } })).problem.code).toBe(
      'not-in-this-state',
    )
    expect((await app.call(it.procurer, contract.enterBid, { params: params(), body: paperBody() })).problem.code).toBe(
      'before-deadline',
    )
    await room.passDeadline(it)
    expect((await app.call(it.procurer, contract.enterBid, { params: params(), body: paperBody() })).problem.code).toBe(
      'bids-are-sealed',
    )
  })

  test('as long as it is planned the tender can go back to paper and needs no key', async () => {
    const view = await app.ok(it.procurer, contract.getTender, { params: params() })
    expect(view.bidForm).toBe('sealed')
    const { procedure, description, criteria } = view
    await app.ok(it.procurer, desk.editTender, {
      params: params(),
      body: { procedure, description, criteria, bidForm: 'paper' },
    })
    expect((await app.call(it.procurer, keys.getSealing, { params: params() })).problem.code).toBe('not-sealed')
    await app.ok(it.procurer, contract.publishTender, { params: params() })
  })
})

const paperBody = () => ({
  organization: it.bidders[0]?.organization ?? '',
  price: '1000.00',
  proposal: '配送到户',
  receivedAt: app.parts.platform.clock.now(),
})

describe('bidding', () => {
  test('a bid comes back as a receipt that anyone can check, is replaced and withdrawn, and nobody sees who bids', async () => {
    await room.publishSealed(it)
    const [first, second] = it.bidders
    if (first === undefined || second === undefined) throw new Error('no bidders')
    const envelope = await room.sealFor(it, first.organization, room.paperOf('30000.00', '每天中午十一点半前送到家。'))
    const { receipt } = await room.deposit(it, first, envelope)
    expect(receipt).toMatchObject({ sha256: envelope.sha256, round: 1, organization: first.organization })
    expect(receipt.sm3).toMatch(/^[0-9a-f]{64}$/)
    expect(await isSigned(receipt)).toBe(true)
    expect(await isSigned({ ...receipt, receivedAt: '2026-11-23T00:00:00.000Z' })).toBe(false)
    const check = (deposit: string) =>
      app.ok('nobody', sealed.checkReceipt, { params: { deposit }, query: { tender: it.tender } })
    expect(await check(receipt.deposit)).toMatchObject({
      state: 'held',
      intact: true,
      sha256: receipt.sha256,
      publicKey: receipt.publicKey,
    })
    const better = await room.sealFor(it, first.organization, room.paperOf('29000.00', '每天中午十一点半前送到家。'))
    const again = await room.deposit(it, first, better)
    expect(again.receipt.round).toBe(2)
    expect(await check(receipt.deposit)).toMatchObject({ state: 'replaced' })
    // Before the deadline neither the desk nor another bidder learns that there is a bid.
    expect((await room.sealingOf(it)).envelopes).toBeUndefined()
    expect((await room.sealingOf(it, second.administrator)).mine).toBeUndefined()
    expect((await room.sealingOf(it, first.administrator)).mine).toMatchObject({
      state: 'held',
      receipt: { sha256: better.sha256 },
    })
    const bid = again.id
    expect((await app.call(it.procurer, sealed.getEnvelope, { params: { id: it.tender, bid } })).status).toBe(404)
    expect((await app.call(second.administrator, sealed.getEnvelope, { params: { id: it.tender, bid } })).status).toBe(
      404,
    )
    expect((await app.ok(first.administrator, sealed.getEnvelope, { params: { id: it.tender, bid } })).sha256).toBe(
      better.sha256,
    )
    await app.ok(first.administrator, sealed.withdrawBid, { params: params(), body: {} })
    expect((await app.call(first.administrator, sealed.withdrawBid, { params: params(), body: {} })).problem.code).toBe(
      'no-bid-held',
    )
    expect(await check(again.receipt.deposit)).toMatchObject({ state: 'withdrawn' })
  })

  test('a replayed bid, one for another tender or key, and one in another name are refused', async () => {
    await room.publishSealed(it)
    const [first, second] = it.bidders
    if (first === undefined || second === undefined) throw new Error('no bidders')
    const paper = room.paperOf('30000.00', '每天中午十一点半前送到家。')
    const envelope = await room.sealFor(it, first.organization, paper)
    await room.deposit(it, first, envelope)
    const faults = async (who: room.Bidder, header: room.SealedEnvelope['header'], content = envelope.content) =>
      (
        await app.call(who.administrator, sealed.depositBid, { params: params(), body: { header, content } })
      ).problem.fields?.map((field) => field.code)
    await app.ok(first.administrator, sealed.withdrawBid, { params: params(), body: {} })
    expect(await faults(first, envelope.header)).toEqual(['bid-replayed'])
    expect(await faults(second, envelope.header)).toEqual(['bid-of-another'])
    const elsewhere = '320505-01900000-0000-7000-8000-000000000099'
    const forOther = await room.sealFor(it, first.organization, paper, [], { tender: elsewhere })
    expect(await faults(first, forOther.header)).toEqual(['bid-for-another-tender'])
    const key = await publicText(await makePair(true))
    const underOther = await room.sealFor(it, first.organization, paper, [], { key })
    expect(await faults(first, underOther.header)).toEqual(['bid-for-another-key'])
    expect(await faults(first, { ...envelope.header, deposit: 'abc', enc: 'abc' })).toEqual(['malformed', 'malformed'])
    // A stranger's letterhead on an own envelope passes the desk, yet the key does not come out: shown at the opening.
    expect((await app.call(it.procurer, sealed.depositBid, { params: params(), body: envelope })).status).toBe(403)
  })

  test('a bid at the deadline counts, one a second late is refused before the clock has closed the tender', async () => {
    await room.publishSealed(it)
    const [first, second] = it.bidders
    if (first === undefined || second === undefined) throw new Error('no bidders')
    const { deadline } = await app.ok('nobody', contract.getTender, { params: params() })
    const { clock } = app.parts.platform
    const paper = room.paperOf('30000.00', '每天中午十一点半前送到家。')
    const [one, other] = [
      await room.sealFor(it, first.organization, paper),
      await room.sealFor(it, second.organization, paper),
    ]
    await clock.moveTo(addMilliseconds(deadline as Instant, -60_000))
    await room.deposit(it, first, one)
    await clock.moveTo(addMilliseconds(deadline as Instant, 1000))
    expect((await app.ok('nobody', contract.getTender, { params: params() })).state).toBe('published')
    const late = await app.call(second.administrator, sealed.depositBid, { params: params(), body: other })
    expect(late.status).toBe(409)
    expect(late.problem.code).toBe('bid-late')
    expect((await app.call(first.administrator, sealed.withdrawBid, { params: params(), body: {} })).problem.code).toBe(
      'bid-late',
    )
    await app.parts.timers.runDue()
    const closed = await app.call(second.administrator, sealed.depositBid, { params: params(), body: other })
    expect(closed.problem.code).toBe('bid-late')
  })
})

/** Three bids held, the deadline past. */
async function closedWithThree(): Promise<string[]> {
  await room.publishSealed(it)
  const bids: string[] = []
  for (const [index, bidder] of it.bidders.entries()) {
    const file = Buffer.from(`第${index + 1}家的实施方案全文`)
    const envelope = await room.sealFor(
      it,
      bidder.organization,
      room.paperOf(`${30_000 + index * 500}.00`, `第${index + 1}家：每天中午十一点半前送到家。`, [
        { name: '方案.txt', type: 'text/plain', size: file.length },
      ]),
      [file],
    )
    bids.push((await room.deposit(it, bidder, envelope)).id)
  }
  await room.passDeadline(it)
  return bids
}

describe('the opening', () => {
  test('two of three open, the third share may be lost; a second person confirms; the panel reads the bids', async () => {
    const bids = await closedWithThree()
    const [procurer, overseer, community] = it.openers
    const envelopes = (await room.sealingOf(it)).envelopes ?? []
    expect(envelopes.map((each) => [each.number, each.state, each.intact, each.organizationName])).toEqual([
      [1, 'held', true, undefined],
      [2, 'held', true, undefined],
      [3, 'held', true, undefined],
    ])
    await app.ok(it.head, keys.declareKeyLost, { params: params(), body: {} })
    expect((await app.call(it.procurer, desk.failTender, { params: params(), body: lost() })).problem.code).toBe(
      'keys-enough',
    )
    expect((await app.call(it.overseer, contract.confirmOpening, { params: params() })).problem.code).toBe(
      'envelopes-left',
    )
    const session = await room.startSession(it, procurer)
    await room.hand(it, procurer)
    const [first = ''] = bids
    const alone = await app.call(it.procurer, sealed.openBid, {
      params: params(),
      body: { bid: first, contentKey: 'A'.repeat(43) },
    })
    expect(alone.problem.code).toBe('shares-missing')
    expect((await room.combineIn(it, procurer, session)).pair).toBeUndefined()
    await room.hand(it, overseer)
    const { pair, wrong } = await room.combineIn(it, procurer, session)
    if (pair === undefined) throw new Error('the key did not come together')
    expect(wrong).toEqual([])
    // Who does not lead gets neither cipher text nor shares.
    expect((await app.call(it.overseer, sealed.getEnvelope, { params: { id: it.tender, bid: first } })).status).toBe(
      404,
    )
    expect((await room.sealingOf(it, it.overseer)).seats.every((seat) => seat.handedShare === undefined)).toBe(true)
    const foreign = await app.call(it.procurer, sealed.openBid, {
      params: params(),
      body: { bid: first, contentKey: 'A'.repeat(43) },
    })
    expect(foreign.problem.fields?.map((field) => field.code)).toEqual(['key-not-of-envelope'])
    const contentKey = await room.takeKey(it, procurer, pair, first)
    const notLeading = await app.call(it.overseer, sealed.openBid, {
      params: params(),
      body: { bid: first, contentKey },
    })
    expect(notLeading.problem.code).toBe('not-the-officer')
    await app.ok(it.procurer, sealed.openBid, { params: params(), body: { bid: first, contentKey } })
    const twice = await app.call(it.procurer, sealed.openBid, { params: params(), body: { bid: first, contentKey } })
    expect(twice.problem.code).toBe('envelope-settled')
    expect((await app.call(it.overseer, contract.confirmOpening, { params: params() })).problem.code).toBe(
      'envelopes-left',
    )
    await room.openAll(it, procurer, pair)
    expect((await app.call(it.procurer, contract.confirmOpening, { params: params() })).status).toBe(403)
    await app.ok(it.overseer, contract.confirmOpening, { params: params() })
    const view = await app.ok(it.overseer, contract.getTender, { params: params() })
    expect(view.state).toBe('opened')
    expect(view.bids.map((bid) => [bid.id, bid.price, bid.valid])).toEqual(
      bids.map((id, index) => [id, `${30_000 + index * 500}.00`, true]),
    )
    const paper = await app.ok(it.procurer, sealed.getBidPaper, { params: { id: first } })
    expect(paper).toMatchObject({ price: '30000.00', team: [{ post: '项目负责人', people: 1 }] })
    const file = await app.ok(it.bidders[0]?.administrator ?? it.procurer, sealed.getBidFile, {
      params: { id: first, index: 0 },
    })
    expect(Buffer.from(file.content, 'base64url').toString()).toBe('第1家的实施方案全文')
    expect(
      (await app.call(it.bidders[1]?.administrator ?? 'nobody', sealed.getBidPaper, { params: { id: first } })).status,
    ).toBe(404)
    // What was handed in to the session is gone with it.
    expect((await room.sealingOf(it)).seats.every((seat) => seat.handedShare === undefined)).toBe(true)
    expect(community.seat).toBe('community')
    expect((await room.sealingOf(it, 'nobody')).envelopes).toBeUndefined()
  })

  test('never before the deadline, and never with fewer envelopes than the tender asks for', async () => {
    await room.publishSealed(it)
    const [first] = it.bidders
    if (first === undefined) throw new Error('no bidder')
    await room.deposit(
      it,
      first,
      await room.sealFor(it, first.organization, room.paperOf('30000.00', '按时送到每一户。')),
    )
    const key = await publicText(await makePair(true))
    const start = () => app.call(it.procurer, sealed.startOpening, { params: params(), body: { key } })
    expect((await start()).problem.code).toBe('before-deadline')
    await room.passDeadline(it)
    const few = await start()
    expect(few.problem.code).toBe('too-few-envelopes')
    await app.ok(it.procurer, desk.failTender, {
      params: params(),
      body: { reason: 'too-few-bids', words: '只收到一份' },
    })
  })

  test('enough envelopes: the tender cannot fail for want of bids before they are opened', async () => {
    await closedWithThree()
    const failed = await app.call(it.procurer, desk.failTender, {
      params: params(),
      body: { reason: 'too-few-bids', words: '不想开了' },
    })
    expect(failed.problem.code).toBe('enough-bids')
  })

  test('two lost shares end the tender with that reason, and only then', async () => {
    await closedWithThree()
    await app.ok(it.head, keys.declareKeyLost, { params: params(), body: {} })
    expect((await app.call(it.head, keys.declareKeyLost, { params: params(), body: {} })).problem.code).toBe(
      'already-lost',
    )
    await app.ok(it.overseer, keys.declareKeyLost, { params: params(), body: {} })
    await app.ok(it.procurer, desk.failTender, { params: params(), body: lost() })
    const view = await app.ok('nobody', contract.getTender, { params: params() })
    expect(view).toMatchObject({ state: 'failed', endReason: 'keys-lost', bids: [] })
  })

  test('a lost share that turns up is handed in after all; a new session voids what was handed in', async () => {
    await closedWithThree()
    const [procurer, overseer, community] = it.openers
    await app.ok(it.head, keys.declareKeyLost, { params: params(), body: {} })
    await room.startSession(it, procurer)
    await room.hand(it, community)
    expect((await room.sealingOf(it)).seats.find((seat) => seat.seat === 'community')?.lostAt).toBeUndefined()
    expect((await app.call(it.head, keys.declareKeyLost, { params: params(), body: {} })).problem.code).toBe(
      'already-handed',
    )
    const handed = await app.call(it.overseer, sealed.contributeShare, {
      params: params(),
      body: { session: 'A'.repeat(43), share: 'A'.repeat(108) },
    })
    expect(handed.problem.code).toBe('session-changed')
    // The overseer takes the lead; the community hands in again.
    const session = await room.startSession(it, overseer)
    expect((await room.sealingOf(it)).seats.every((seat) => seat.handedAt === undefined)).toBe(true)
    await room.hand(it, overseer)
    await room.hand(it, community)
    const { pair } = await room.combineIn(it, overseer, session)
    if (pair === undefined) throw new Error('the key did not come together')
    await room.openAll(it, overseer, pair)
    // Who led does not confirm.
    expect((await app.call(it.overseer, contract.confirmOpening, { params: params() })).status).toBe(403)
    await app.ok(it.head, contract.confirmOpening, { params: params() })
  })

  test('a share of another key is found out before anything is opened', async () => {
    await closedWithThree()
    const [procurer, overseer] = it.openers
    const session = await room.startSession(it, procurer)
    await room.hand(it, procurer)
    const key = (await room.sealingOf(it)).session?.key ?? ''
    const { publicKey = '' } = await room.sealingOf(it)
    const false33 = new Uint8Array(33).fill(7)
    const share = await handShare({ tender: it.tender, key: publicKey, seat: overseer.seat }, false33, key)
    await app.ok(it.overseer, sealed.contributeShare, { params: params(), body: { session: key, share } })
    expect(await room.combineIn(it, procurer, session)).toEqual({ wrong: ['overseer'] })
  })

  test('a price above the limit and an envelope that holds no bid are void, told as such, and stop nothing', async () => {
    await room.publishSealed(it)
    const [first, second, third] = it.bidders
    if (first === undefined || second === undefined || third === undefined) throw new Error('no bidders')
    const seal = (bidder: room.Bidder, price: string) =>
      room.sealFor(it, bidder.organization, room.paperOf(price, '每天中午十一点半前送到家。'))
    await room.deposit(it, first, await seal(first, '99999999.00'))
    await room.deposit(it, second, await seal(second, '一千元'))
    const good = await seal(third, '30000.00')
    // Sealed properly, but the header's key material exchanged with another envelope of the same bidder: nothing fits.
    const foreign = await seal(third, '1.00')
    await room.deposit(it, third, { ...good, header: { ...good.header, wrapped: foreign.header.wrapped } })
    await room.passDeadline(it)
    const [procurer, overseer] = it.openers
    const session = await room.startSession(it, procurer)
    for (const opener of [procurer, overseer]) await room.hand(it, opener)
    const { pair } = await room.combineIn(it, procurer, session)
    if (pair === undefined) throw new Error('the key did not come together')
    const [one, two, three] = (await room.sealingOf(it)).envelopes ?? []
    for (const bid of [one, two]) {
      const contentKey = await room.takeKey(it, procurer, pair, bid?.id ?? '')
      await app.ok(it.procurer, sealed.openBid, { params: params(), body: { bid: bid?.id ?? '', contentKey } })
    }
    await expect(room.takeKey(it, procurer, pair, three?.id ?? '')).rejects.toThrow()
    await app.ok(it.procurer, sealed.voidBid, { params: params(), body: { bid: three?.id ?? '' } })
    const seen = await room.sealingOf(it)
    expect(seen.envelopes?.map((each) => [each.state, each.voidReason])).toEqual([
      ['opened', undefined],
      ['void', 'unreadable'],
      ['void', 'key-does-not-fit'],
    ])
    await app.ok(it.overseer, contract.confirmOpening, { params: params() })
    const view = await app.ok(it.procurer, contract.getTender, { params: params() })
    expect(view.bids.map((bid) => bid.faults)).toEqual([['price-above-budget']])
  })

  test('the award publishes hashes to everybody and cipher text to its bidder alone', async () => {
    const bids = await closedWithThree()
    const [procurer, overseer] = it.openers
    const session = await room.startSession(it, procurer)
    for (const opener of [procurer, overseer]) await room.hand(it, opener)
    const { pair } = await room.combineIn(it, procurer, session)
    if (pair === undefined) throw new Error('the key did not come together')
    await room.openAll(it, procurer, pair)
    await app.ok(it.overseer, contract.confirmOpening, { params: params() })
    await app.ok(it.procurer, contract.appointPanel, { params: params(), body: {} })
    const { panel = [], draw } = await app.ok(it.procurer, contract.getTender, { params: params() })
    // The draw stands on the hashes of the receipts.
    const hashes = ((await room.sealingOf(it)).envelopes ?? []).map((each) => each.sm3).sort()
    const sm3 = (text: string) => createHash('sm3').update(text, 'utf8').digest('hex')
    if (draw === undefined) throw new Error('nothing was drawn')
    expect(draw.seed).toBe(seedOf({ secret: draw.secret, bidHashes: hashes, list: draw.list }, sm3))
    for (const { person } of panel) {
      for (const bid of bids)
        await app.ok(it.panelist(person ?? ''), contract.scoreBid, { params: params(), body: { bid, points: [80] } })
    }
    await app.ok(it.procurer, contract.proposeAward, { params: params() })
    const seen = await room.sealingOf(it, 'nobody')
    expect(seen.envelopes?.map((each) => [each.state, each.intact])).toEqual(bids.map(() => ['opened', true]))
    const [first = ''] = bids
    expect((await app.call(it.procurer, sealed.getEnvelope, { params: { id: it.tender, bid: first } })).status).toBe(
      404,
    )
    await app.ok(it.bidders[0]?.administrator ?? it.procurer, sealed.getEnvelope, {
      params: { id: it.tender, bid: first },
    })
  })
})

const lost = () => ({ reason: 'keys-lost' as const, words: '两名开标人的密钥都已丢失' })
