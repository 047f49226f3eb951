// Rules of project templates: shares that lose nothing, and where a template is offered.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asDivision, type Id } from '../../../kit/id.ts'
import { fen, sum } from '../../../kit/money.ts'
import type { Instant } from '../../../kit/instant.ts'
import * as rules from './templates.ts'

const now = '2026-11-01T01:00:00.000Z' as Instant
const line = (amount: bigint) => ({ item: '内容', purpose: 'service' as const, amount: fen(amount) })
const template: rules.Template = {
  id: '320505-0190f1c0-0000-7000-8000-000000000000' as Id<'project-template'>,
  division: asDivision('320505001'),
  state: 'offered',
  version: 3,
  edition: 2,
  title: '助餐方案',
  targetGroup: '独居老人',
  goals: '让独居老人吃上热饭。',
  categories: ['0102'],
  activities: [],
  results: [],
  partners: [],
  budgetShares: [{ item: '餐费', purpose: 'service', share: 10_000 }],
  createdAt: now,
  updatedAt: now,
  history: [{ state: 'offered', at: now }],
}

describe('shares', () => {
  test('of any budget add up to the whole, none is off by more than a basis point, and spreading loses no fen', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 1n, max: 10_000_000_000n }), { minLength: 1, maxLength: 60 }),
        fc.bigInt({ min: 1n, max: 100_000_000_000n }),
        (amounts, whole) => {
          const shares = rules.sharesOf(amounts.map(line))
          expect(shares.reduce((total, each) => total + each.share, 0)).toBe(10_000)
          const total = sum(amounts.map(fen))
          for (const [index, amount] of amounts.entries()) {
            const exact = (Number(amount) * 10_000) / Number(total)
            expect(Math.abs((shares[index]?.share ?? -2) - exact)).toBeLessThan(1.001)
          }
          expect(sum(rules.amountsOf(shares, fen(whole)))).toBe(whole)
        },
      ),
    )
  })

  test.each([
    [
      [1, 1, 1],
      [3334, 3333, 3333],
    ],
    [
      [38_400, 42_000],
      [4776, 5224],
    ],
    [
      [1, 999_999],
      [0, 10_000],
    ],
  ])('%j become %j', (amounts, shares) => {
    expect(rules.sharesOf(amounts.map((amount) => line(BigInt(amount)))).map((each) => each.share)).toEqual(shares)
  })

  test('a budget of nothing has none', () => {
    expect(() => rules.sharesOf([line(0n)])).toThrow(RangeError)
  })
})

test.each([
  ['offered', 'editTemplate', 'offered'],
  ['offered', 'retireTemplate', 'retired'],
  ['offered', 'offerTemplateAgain', undefined],
  ['retired', 'editTemplate', undefined],
  ['retired', 'retireTemplate', undefined],
  ['retired', 'offerTemplateAgain', 'offered'],
] as const)('a template that is %s: %s leads to %s', (state, verb, next) => {
  const ruling = rules.templateStanding({ ...template, state }, verb)
  expect(ruling.ok ? ruling.value : undefined).toBe(next)
})

test.each([
  ['320505001002', true],
  ['320505001', true],
  ['320505002001', false],
  ['320505', false],
] as const)('a township’s template is offered to %s: %s', (division, offered) => {
  expect(rules.isOfferedTo(template, asDivision(division))).toBe(offered)
})

test.each([
  ['320505001002', ['320505', '320505001']],
  ['320505001', ['320505', '320505001']],
  ['320505', ['320505']],
  ['3205', []],
] as const)('%s is offered what %j keep', (scope, keepers) => {
  expect(rules.keepersFor(asDivision(scope))).toEqual(keepers)
})

describe('an origin', () => {
  const id = template.id
  const community = asDivision('320505001002')
  const code = (
    origin: { id: string; edition: number } | undefined,
    of: rules.Template | undefined,
    place = community,
  ) => rules.checkOrigin(origin, of, place)?.fields?.[0]?.code

  test('is none, or an offered template of a place above in an edition that there is', () => {
    expect(code(undefined, undefined)).toBeUndefined()
    expect(code({ id, edition: 1 }, template)).toBeUndefined()
    expect(code({ id, edition: 2 }, template)).toBeUndefined()
    expect(code({ id, edition: 3 }, template)).toBe('template-unknown')
    expect(code({ id, edition: 1 }, undefined)).toBe('template-unknown')
    expect(code({ id, edition: 1 }, template, asDivision('320505002001'))).toBe('template-unknown')
    expect(code({ id, edition: 1 }, { ...template, state: 'retired' })).toBe('template-retired')
  })
})
