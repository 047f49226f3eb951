// Who qualifies, how points become a score, who is first, and whose sheet lies far off: tables and properties.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sm3 } from '../../../../tests/support/sm3.ts'
import { fen } from '../../../kit/money.ts'
import { drawOrder } from './draw.ts'
import * as scoring from './scoring.ts'

const sound: scoring.Standing = {
  active: true,
  abnormal: false,
  illegal: false,
  rating: '3A',
  categories: ['01', '0203'],
  certificates: 2,
  barred: false,
}
const criteria = [
  { name: '报价', kind: 'price', weight: 20 },
  { name: '方案', kind: 'panel', weight: 50 },
  { name: '团队', kind: 'panel', weight: 30 },
] as const

describe('qualification', () => {
  const faults = (
    more: Partial<scoring.Standing>,
    requirements: scoring.Requirements = { certificates: 0 },
    asked = ['0102'],
  ) => scoring.qualificationFaults({ ...sound, ...more }, asked, requirements)

  test.each([
    ['sound', {}, []],
    ['not active', { active: false }, ['not-active']],
    ['listed as abnormal', { abnormal: true }, ['abnormal']],
    ['listed as illegal', { illegal: true }, ['illegal']],
    ['barred', { barred: true }, ['barred']],
  ] as const)('of an organization that is %s', (_what, more, expected) => {
    expect(faults(more)).toEqual(expected)
  })

  test.each([
    [['0102'], []],
    [['01', '02'], []],
    [['0203'], []],
    [['0102', '0203'], []],
    [['0204'], ['category-missing']],
    [['0102', '03'], ['category-missing']],
    [[], []],
  ])('for %j', (asked, expected) => {
    expect(faults({}, undefined, asked)).toEqual(expected)
  })

  test('the bounds of what it fits let through exactly what it qualifies for', () => {
    const codes = ['01', '0101', '0102', '02', '0203', '0204', '03']
    const flag = fc.integer({ min: 0, max: 9 }).map((n) => n === 0)
    const rating = fc.constantFrom(undefined, '1A', '2A', '3A', '4A', '5A')
    fc.assert(
      fc.property(
        fc.record({
          active: flag.map((never) => !never),
          ...{ abnormal: flag, illegal: flag, barred: flag, rating },
          categories: fc.uniqueArray(fc.constantFrom(...codes)),
          certificates: fc.integer({ min: 0, max: 3 }),
        }),
        fc.uniqueArray(fc.constantFrom(...codes), { minLength: 1, maxLength: 3 }),
        fc.record({
          minimumRating: fc.constantFrom(undefined, '2A' as const, '3A' as const, '5A' as const),
          certificates: fc.integer({ min: 0, max: 3 }),
        }),
        (standing, asked, requirements) => {
          const fit = scoring.fitOf(standing, codes)
          const through =
            fit !== undefined &&
            asked.every((code) => fit.categories.includes(code)) &&
            (requirements.minimumRating ?? '') <= fit.rating &&
            requirements.certificates <= fit.certificates
          expect(through).toBe(scoring.qualificationFaults(standing, asked, requirements).length === 0)
        },
      ),
    )
  })

  test('its rating and its certificates reach what is asked, or do not', () => {
    const rated = (minimumRating: '2A' | '3A' | '4A') => faults({}, { certificates: 0, minimumRating })
    expect([rated('2A'), rated('3A'), rated('4A')]).toEqual([[], [], ['rating-too-low']])
    expect(faults({ rating: undefined }, { certificates: 0, minimumRating: '2A' })).toEqual(['rating-too-low'])
    expect(faults({ rating: undefined })).toEqual([])
    expect(faults({}, { certificates: 2 })).toEqual([])
    expect(faults({}, { certificates: 3 })).toEqual(['certificates-missing'])
  })
})

describe('points', () => {
  test('of a sheet weigh by the panel’s criteria alone; missing ones are none', () => {
    expect(scoring.sheetScore(criteria, [80, 60])).toBe(5_800)
    expect(scoring.sheetScore(criteria, [80])).toBe(4_000)
  })

  test('of the price are its weight times the lowest price over the price, rounded down', () => {
    const of = (price: bigint, lowest = 100n) => scoring.priceScore(criteria, fen(price), fen(lowest))
    expect([of(100n), of(200n), of(300n), of(0n), of(-1n)]).toEqual([2_000, 1_000, 666, 0, 0])
    expect(scoring.priceScore(criteria.slice(1), fen(100n), fen(100n))).toBe(0)
  })

  test('add up as declared: whatever was given, the score is weights times points, within 0 and 100', () => {
    const points = fc.tuple(fc.nat(100), fc.nat(100))
    fc.assert(
      fc.property(
        fc.array(points, { minLength: 1, maxLength: 7 }),
        fc.bigInt({ min: 1n, max: 10n ** 10n }),
        (given, price) => {
          const sheets = given.map((each, at) => ({ bid: 'a', panelist: `p${at}`, points: each }))
          const bids = [{ id: 'a', price: fen(price) }]
          const [first] = scoring.ranking(bids, criteria, sheets, 's', sm3)
          const judged = given.map(([plan, team]) => 50 * plan + 30 * team)
          const mean = Math.floor(judged.reduce((sum, each) => sum + each, 0) / judged.length)
          // The only bid is the lowest: its price has all of the weight.
          expect(first?.score).toBe(mean + 2_000)
          expect(first?.score).toBeLessThanOrEqual(10_000)
        },
      ),
    )
  })
})

describe('ranking', () => {
  const sheets = (points: Record<string, number>) =>
    Object.entries(points).map(([bid, each]) => ({ bid, panelist: 'p', points: [each, each] }))
  const judged = criteria.slice(1)
  const bids = (prices: Record<string, bigint>) =>
    Object.entries(prices).map(([id, price]) => ({ id, price: fen(price) }))

  test('a price counts against the lowest of all, whoever asks it', () => {
    const ranked = scoring.ranking(bids({ a: 200n, b: 100n, c: 400n }), criteria, [], 's', sm3)
    expect(ranked).toEqual([
      { bid: 'b', rank: 1, score: 2_000, price: 100n },
      { bid: 'a', rank: 2, score: 1_000, price: 200n },
      { bid: 'c', rank: 3, score: 500, price: 400n },
    ])
    expect(scoring.ranking([], criteria, [], 's', sm3)).toEqual([])
  })

  test('equal scores go by the lower price, equal prices by the draw, whatever came in first', () => {
    const ids = ['a', 'b', 'c', 'd', 'e']
    const equal = bids(Object.fromEntries(ids.map((id) => [id, id === 'e' ? 300n : id === 'd' ? 100n : 200n])))
    const even = sheets(Object.fromEntries(ids.map((id) => [id, 70])))
    fc.assert(
      fc.property(fc.shuffledSubarray(equal, { minLength: 5 }), fc.string(), (order, seed) => {
        const ranked = scoring.ranking(order, judged, even, seed, sm3).map((each) => each.bid)
        const drawn = drawOrder(
          order.map((each) => each.id),
          seed,
          sm3,
        ).filter((id) => id < 'd')
        expect(ranked).toEqual(['d', ...drawn, 'e'])
      }),
    )
  })

  test('a bid that nobody scored has no points of the panel, and the mean is rounded down', () => {
    const three = [81, 80, 80].map((each, at) => ({ bid: 'a', panelist: `p${at}`, points: [each, each] }))
    const ranked = scoring.ranking(
      bids({ a: 1n, b: 1n }),
      [{ name: '方案', kind: 'panel', weight: 100 }],
      three,
      's',
      sm3,
    )
    expect(ranked.map(({ bid, score }) => [bid, score])).toEqual([
      ['a', 8_033],
      ['b', 0],
    ])
  })
})

describe('a sheet far off', () => {
  const only = [{ name: '方案', kind: 'panel', weight: 100 }] as const
  const flagged = (points: readonly number[], percent = 20) =>
    scoring.outliers(
      only,
      points.map((each, at) => ({ bid: 'a', panelist: `p${at}`, points: [each] })),
      percent,
    )

  test('lies further than the percent from the middle of the others', () => {
    expect(flagged([80, 80, 80, 100])).toEqual([{ bid: 'a', panelist: 'p3', score: 10_000, median: 8_000 }])
    expect(flagged([80, 80, 80, 96])).toEqual([])
    expect(flagged([80, 80, 80, 64])).toEqual([])
    expect(flagged([80, 80, 80, 63])).toEqual([{ bid: 'a', panelist: 'p3', score: 6_300, median: 8_000 }])
  })

  test('the middle of an even number is between the two, and one far away does not move it', () => {
    expect(flagged([10, 60, 70, 90, 100], 60)).toMatchObject([{ panelist: 'p0', median: 8_000 }])
    expect(flagged([10, 100, 60, 90, 70], 60)).toMatchObject([{ panelist: 'p0', median: 8_000 }])
    expect(flagged([9, 100, 80], 40).map(({ panelist, median }) => [panelist, median])).toEqual([
      ['p0', 9_000],
      ['p1', 4_450],
      ['p2', 5_450],
    ])
  })

  test('is held against the sheets of the same bid by others; alone it is never flagged', () => {
    expect(flagged([10])).toEqual([])
    const two = [
      { bid: 'a', panelist: 'p', points: [90] },
      { bid: 'b', panelist: 'q', points: [10] },
      { bid: 'b', panelist: 'p', points: [10] },
    ]
    expect(scoring.outliers(only, two, 20)).toEqual([])
  })
})
