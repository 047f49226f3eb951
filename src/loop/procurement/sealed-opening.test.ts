// The opening of sealed bids through the endpoints: two of three shares, envelopes one by one, lost keys, and what is published.
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startApp, type TestApp } from '../../../tests/support/app.ts'
import * as room from '../../../tests/support/sealed-bids.ts'
import { handShare } from '../../web/features/procurement/sealing/shares.ts'
import { publicText, makePair } from '../../web/features/procurement/sealing/hpke.ts'
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

describe('the opening', () => {
  test('two of three open, the third share may be lost; a second person confirms; the panel reads the bids', async () => {
    const bids = await room.closedWithThree(it)
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
    await room.closedWithThree(it)
    const failed = await app.call(it.procurer, desk.failTender, {
      params: params(),
      body: { reason: 'too-few-bids', words: '不想开了' },
    })
    expect(failed.problem.code).toBe('enough-bids')
  })

  test('two lost shares end the tender with that reason, and only then', async () => {
    await room.closedWithThree(it)
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
    await room.closedWithThree(it)
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
    await room.closedWithThree(it)
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
    const bids = await room.closedWithThree(it)
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
