// Lots: what a division must be, and who wins: at most one award for each lot, at most so many lots for each bidder, always the best that may.
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { now, organization, procurer, tender, terms, uuid } from '../../../../tests/support/tender-record.ts'
import { type Jurisdiction, makeId } from '../../../kit/id.ts'
import { type Fen, fen } from '../../../kit/money.ts'
import { type Bid, standing, type Tender } from '../rules.ts'
import { confirmAward, rankBids, tenderContracted } from './award.ts'
import * as lots from './lots.ts'

const sm3 = (text: string) => createHash('sm3').update(text, 'utf8').digest('hex')

const terms2 = (ceilings: readonly bigint[]) =>
  ceilings.map((ceiling, index) => ({
    ...{ title: `包${index + 1}`, description: '送餐和探访', covers: [] },
    ceiling: fen(ceiling),
  }))

function divided(count: number, more: Partial<Tender> = {}): Tender {
  const ceilings = Array.from({ length: count }, () => 100_000n)
  return tender({
    state: 'scoring',
    terms,
    budget: fen(100_000n * BigInt(count)),
    lots: lots.lotsFrom(terms2(ceilings)),
    panel: ['p1'],
    ...more,
  })
}

function bid(lot: number, bidder: number, price = 90_000n): Bid {
  return {
    id: makeId<'bid'>('320505' as Jurisdiction, uuid(1000 + lot * 50 + bidder)),
    tender: tender().id,
    lot,
    organization: organization(bidder),
    organizationName: `机构${bidder}`,
    price: fen(price),
    proposal: '方案',
    receivedAt: now,
    enteredAt: now,
    enteredBy: 'x',
    faults: [],
    hash: `${lot} ${bidder}`,
  }
}

const codes = (faults: readonly { code: string }[]) => faults.map((fault) => fault.code)

describe('a division', () => {
  test('is whole exactly when its ceilings are positive and make the budget to the fen', () => {
    const positive = fc.array(fc.bigInt({ min: 1n, max: 10n ** 12n }), { minLength: 2, maxLength: 20 })
    fc.assert(
      fc.property(positive, fc.bigInt({ min: -3n, max: 3n }), (ceilings, off) => {
        const budget = fen(ceilings.reduce((all, each) => all + each, 0n) + off)
        const expected = off === 0n ? [] : ['ceilings-not-budget']
        expect(codes(lots.lotFaults({ lots: terms2(ceilings) }, budget))).toEqual(expected)
      }),
    )
    expect(codes(lots.lotFaults({ lots: terms2([0n, 5n]) }, fen(5n)))).toEqual(['price-not-positive'])
  })

  test('has titles of their own, activities of the design, and a limit that limits something', () => {
    const two = terms2([1n, 2n])
    const same = two.map((lot) => ({ ...lot, title: '同名' }))
    expect(codes(lots.lotFaults({ lots: same }, fen(3n)))).toEqual(['lot-twice'])
    const covering = two.map((lot) => ({ ...lot, covers: ['送餐', '修路'] }))
    expect(codes(lots.lotFaults({ lots: covering }, fen(3n), ['送餐']))).toEqual([
      'activity-unknown',
      'activity-unknown',
    ])
    expect(codes(lots.lotFaults({ lots: two, lotLimit: 1 }, fen(3n)))).toEqual([])
    expect(codes(lots.lotFaults({ lots: two, lotLimit: 2 }, fen(3n)))).toEqual(['limit-not-below'])
    expect(codes(lots.lotFaults({ lotLimit: 1 }, fen(3n)))).toEqual(['limit-without-lots'])
    expect(lots.lotFaults({}, fen(3n))).toEqual([])
  })

  test('numbers its lots in their order; an undivided tender is the whole of its only lot', () => {
    expect(lots.lotsFrom(terms2([1n, 2n, 3n]))?.map((lot) => lot.number)).toEqual([1, 2, 3])
    const whole = tender()
    expect(lots.lotsOf(whole)).toMatchObject([{ number: 1, ceiling: whole.budget, title: whole.title }])
    expect(lots.ceilingOf(divided(2), 2)).toBe(100_000n)
    expect(lots.ceilingOf(divided(2), 3)).toBe(0n)
  })

  test.each<[string, Tender, number | undefined, string | number]>([
    ['undivided, none named', tender(), undefined, 1],
    ['undivided, one named', tender(), 1, 'lot-unknown'],
    ['divided, none named', divided(2), undefined, 'lot-needed'],
    ['divided, one of them', divided(2), 2, 2],
    ['divided, none of them', divided(2), 3, 'lot-unknown'],
  ])('knows which lot is meant: %s', (_name, of, given, expected) => {
    const named = lots.lotNamed(of, given)
    expect(named.ok ? named.value : named.fields?.[0]?.code).toBe(expected)
  })
})

describe('lots with too few bids', () => {
  test('fail alone while another has enough; with none that has, nothing goes on', () => {
    const of = divided(3)
    const found = lots.settleShort(
      of,
      new Map([
        [1, 3],
        [2, 2],
      ]),
      now,
    )
    expect(found).toMatchObject({ most: 3, enough: true })
    expect(found.lots?.map((lot) => lot.failed?.reason)).toEqual([undefined, 'too-few-bids', 'too-few-bids'])
    expect(
      lots.settleShort(
        of,
        new Map([
          [1, 2],
          [2, 2],
        ]),
        now,
      ),
    ).toMatchObject({ most: 2, enough: false })
    expect(lots.settleShort(tender({ terms }), new Map([[1, 3]]), now)).toEqual({
      lots: undefined,
      most: 3,
      enough: true,
    })
  })

  test('compete no more: their bids are neither scored nor counted', () => {
    const of = divided(2)
    const failed = {
      ...of,
      lots: lots.withFailed(of.lots ?? [], now, (lot) => (lot.number === 2 ? 'other' : undefined)),
    }
    const bids = [bid(1, 1), bid(2, 1), { ...bid(1, 2), faults: ['barred' as const] }]
    expect(lots.competing(failed, bids).map((each) => each.lot)).toEqual([1])
    expect(lots.failedSum(failed)).toBe(100_000n)
  })
})

describe('the award', () => {
  /** Some bidders bid for some lots, with some points and prices. */
  const competition = fc.record({
    count: fc.integer({ min: 2, max: 6 }),
    limit: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
    bids: fc.uniqueArray(
      fc.record({
        lot: fc.integer({ min: 1, max: 6 }),
        bidder: fc.integer({ min: 1, max: 6 }),
        points: fc.integer({ min: 0, max: 100 }),
        price: fc.bigInt({ min: 1n, max: 100_000n }),
      }),
      { selector: ({ lot, bidder }) => `${lot} ${bidder}`, maxLength: 30 },
    ),
  })

  test('gives each lot at most once, each bidder at most as many as it may, and always to the best that may', () => {
    fc.assert(
      fc.property(competition, ({ count, limit, bids: given }) => {
        const of = divided(count, { lotLimit: limit, criteria: [{ name: '方案', kind: 'panel', weight: 100 }] })
        const own = given.filter(({ lot }) => lot <= count)
        const bids = own.map(({ lot, bidder, price }) => bid(lot, bidder, price))
        const sheets = own.map(({ lot, bidder, points }) => ({
          ...{ bid: bid(lot, bidder).id, panelist: 'p1' },
          points: [points],
        }))
        const ranked = rankBids(of, bids, sheets, sm3)
        const ofLot = (lot: number) =>
          ranked.filter((each) => bids.some(({ id, lot: own }) => id === each.bid && own === lot))
        const decided = lots.awardLots(of, bids, ofLot, now)
        expect(decided.map((lot) => lot.number)).toEqual(of.lots?.map((lot) => lot.number))
        const won = new Map<string, number>()
        for (const lot of decided) {
          const may = ofLot(lot.number).filter((place) => {
            const bidder = bids.find(({ id }) => id === place.bid)?.organization ?? ''
            return (won.get(bidder) ?? 0) < (limit ?? Number.POSITIVE_INFINITY)
          })
          expect(lot.award?.bid).toBe(may[0]?.bid)
          expect(lot.failed?.reason).toBe(may.length === 0 ? 'no-bidder-left' : undefined)
          if (lot.award !== undefined) won.set(lot.award.organization, (won.get(lot.award.organization) ?? 0) + 1)
        }
        for (const each of won.values()) expect(each).toBeLessThanOrEqual(limit ?? count)
        expect(lots.awardedSum({ ...of, lots: decided })).toBe(
          decided.reduce((all, lot) => all + (lot.award?.price ?? 0n), 0n) as Fen,
        )
      }),
    )
  })

  test('leaves a lot that failed as it is; a new round forgets awards and who had won enough, not the lots without bids', () => {
    const of = divided(3, { lotLimit: 1 })
    const short = {
      ...of,
      lots: lots.settleShort(
        of,
        new Map([
          [1, 3],
          [2, 3],
        ]),
        now,
      ).lots,
    }
    const bids = [bid(1, 1), bid(2, 1)]
    const decided = lots.awardLots(
      short,
      bids,
      (lot) => rankBids(short, bids, [], sm3).filter((each) => each.bid === bid(lot, 1).id),
      now,
    )
    expect(decided.map((lot) => lot.award?.organization ?? lot.failed?.reason)).toEqual([
      organization(1),
      'no-bidder-left',
      'too-few-bids',
    ])
    const again = lots.beforeAwards({ ...short, lots: decided })
    expect(again.lots?.map((lot) => lot.award ?? lot.failed?.reason)).toEqual([undefined, undefined, 'too-few-bids'])
  })

  test('can be taken back for one lot, but not for one without, under contract, or the last', () => {
    const of = divided(3, { state: 'awarded' })
    const bids = [bid(1, 1), bid(2, 2)]
    const ranked = (lot: number) => rankBids(of, bids, [], sm3).filter((each) => each.bid === bid(lot, lot).id)
    const decided = { ...of, lots: lots.awardLots(of, bids, ranked, now) }
    const end = { reason: 'winner-withdrew' as const, words: '书面放弃' }
    const code = (it: Tender, number: number) => {
      const ruling = lots.dropLot(it, number, now, end)
      return ruling.ok ? ruling.value[number - 1]?.failed?.reason : ruling.code
    }
    expect(code(tender(), 1)).toBe('not-divided')
    expect(code(decided, 3)).toBe('lot-not-awarded')
    expect(code(decided, 2)).toBe('winner-withdrew')
    const signed = { ...decided, lots: decided.lots.map((lot) => (lot.number === 2 ? { ...lot, contract: 'c' } : lot)) }
    expect(code(signed, 2)).toBe('lot-contracted')
    const left = lots.dropLot(decided, 2, now, end)
    expect(left.ok && code({ ...decided, lots: left.value }, 1)).toBe('last-lot')
    // The other lot is under contract: with this one gone the tender is done.
    const done = lots.failLot(signed, { kind: 'system', name: 't', grants: [] }, now, 1, end)
    expect(done).toMatchObject({ ok: true, value: { state: 'contracted' } })
  })

  test('is confirmed only when every winner still qualifies, and names the lot whose winner does not', () => {
    const of = divided(2, { state: 'standstill' })
    const confirm = (it: Tender, unfit: readonly number[]) =>
      confirmAward(it, procurer, now, unfit.length === 0 ? [] : ['abnormal'], unfit)
    expect(confirm(of, [2])).toMatchObject({ code: 'lot-winner-not-qualified', params: { lot: 2 } })
    expect(confirm(tender({ state: 'standstill' }), [1])).toMatchObject({ code: 'winner-not-qualified' })
    expect(confirm(of, [])).toMatchObject({ ok: true, value: { state: 'awarded' } })
  })

  test('is done with the contract of the last lot that has one; a lot without award takes none', () => {
    const of = divided(3, { state: 'awarded' })
    const bids = [bid(1, 1), bid(2, 2)]
    const ranked = (lot: number) => rankBids(of, bids, [], sm3).filter((each) => each.bid === bid(lot, lot).id)
    const decided = { ...of, lots: lots.awardLots(of, bids, ranked, now) }
    expect(tenderContracted(decided, procurer, now, 'c', 3)).toMatchObject({ code: 'lot-not-awarded' })
    expect(tenderContracted(decided, procurer, now, 'c')).toMatchObject({ code: 'lot-not-awarded' })
    const first = tenderContracted(decided, procurer, now, 'c1', 2)
    expect(first).toMatchObject({ ok: true, value: { state: 'awarded' } })
    if (!first.ok) return
    expect(tenderContracted(first.value, procurer, now, 'c3', 2)).toMatchObject({ code: 'lot-not-awarded' })
    const second = tenderContracted(first.value, procurer, now, 'c2', 1)
    expect(second).toMatchObject({ ok: true, value: { state: 'contracted' } })
    // Under contract in part, no objection ends the whole.
    expect(standing(first.value, 'failTender', procurer, now)).toMatchObject({ code: 'lot-contracted' })
  })
})
