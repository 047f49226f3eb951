// Tests of money: what people and files write is read exactly, and splitting loses no fen.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  add,
  type Fen,
  fen,
  formatYuan,
  moneyInput,
  moneyWire,
  multiplyBasisPoints,
  negate,
  parseYuan,
  share,
  subtract,
  sum,
} from './money.ts'

const amount = fc.bigInt({ min: -999_999_999_999_999n, max: 999_999_999_999_999n }).map(fen)
/** Parts that add up to 10000 by cutting the whole at random places. */
const parts = fc
  .array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 8 })
  .map((cuts) => [0, ...cuts.toSorted((a, b) => a - b), 10_000])
  .map((cuts) => cuts.slice(1).map((cut, at) => cut - (cuts[at] ?? 0)))

describe('reading and writing yuan', () => {
  it.each([
    ['80400.00', 8_040_000n],
    ['80400', 8_040_000n],
    ['80400.5', 8_040_050n],
    ['-0.01', -1n],
    ['0.07', 7n],
    ['9999999999999.99', 999_999_999_999_999n],
  ])('reads %s to the fen', (text, value) => {
    expect(parseYuan(text)).toBe(value)
  })

  it.each([
    '',
    '.5',
    '5.',
    '1.005',
    '1,000.00',
    '1e3',
    '+1.00',
    ' 1.00',
    '¥1.00',
    '１.00',
    '--1',
    '12345678901234.00',
    'NaN',
  ])('does not guess at %j', (text) => {
    expect(parseYuan(text)).toBeUndefined()
  })

  it('reads back every amount it writes, and what it writes is the wire form', () => {
    fc.assert(
      fc.property(amount, (value) => {
        const text = formatYuan(value)
        expect(parseYuan(text)).toBe(value)
        expect(moneyWire.parse(text)).toBe(text)
        expect(moneyInput.parse(text)).toBe(value)
        expect(z.encode(moneyInput, value)).toBe(text)
      }),
    )
  })
})

describe('adding', () => {
  it('takes back exactly what it added', () => {
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        expect(subtract(add(a, b), b)).toBe(a)
        expect(add(a, negate(a))).toBe(0n)
      }),
    )
  })

  it('sums any list, an empty one to nothing', () => {
    fc.assert(
      fc.property(fc.array(amount), (list) => {
        expect(sum(list)).toBe(list.reduce<bigint>((total, value) => total + value, 0n))
      }),
    )
    expect(sum([])).toBe(0n)
  })
})

describe('splitting', () => {
  it('loses and makes no fen, and no part is a whole fen away from its share', () => {
    fc.assert(
      fc.property(amount, parts, (total, weights) => {
        const split = share(total, weights)
        expect(sum(split)).toBe(total)
        for (const [at, portion] of split.entries()) {
          const distance = portion * 10_000n - total * BigInt(weights[at] ?? 0)
          expect(distance < 10_000n && distance > -10_000n).toBe(true)
        }
      }),
    )
  })

  it('splits a reversal into the exact negatives', () => {
    fc.assert(
      fc.property(amount, parts, (total, weights) => {
        expect(share(negate(total), weights)).toEqual(share(total, weights).map(negate))
      }),
    )
  })

  it('gives the odd fen to the largest remainder, the earlier part when equal, and nothing to a part of nothing', () => {
    expect(share(fen(100n), [3333, 3333, 3334])).toEqual([33n, 33n, 34n])
    expect(share(fen(1n), [5000, 5000])).toEqual([1n, 0n])
    expect(share(fen(99n), [0, 10_000])).toEqual([0n, 99n])
  })

  it.each([[[]], [[5000, 4999]], [[10_001, -1]], [[0.5, 9999.5]]])('is refused for parts %j', (weights) => {
    expect(() => share(fen(100n), weights)).toThrow(RangeError)
  })
})

describe('a rate in basis points', () => {
  it.each<[bigint, number, bigint]>([
    [8_040_000n, 3000, 2_412_000n],
    [1n, 5000, 1n],
    [-1n, 5000, -1n],
    [1n, 4999, 0n],
    [333n, 10_000, 333n],
    [100n, -250, -3n],
  ])('of %s fen, %s, is %s', (value, rate, result) => {
    expect(multiplyBasisPoints(fen(value), rate)).toBe(result)
  })

  it('is symmetric: a reversal is the negative', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 20_000 }), (value, rate) => {
        expect(multiplyBasisPoints(negate(value), rate)).toBe(negate(multiplyBasisPoints(value, rate)))
      }),
    )
  })
})

describe('on the wire', () => {
  it.each(['1', '1.0', '1.000', '01234567890123.00', 'a.00', '1.00 '])('refuses %j', (text) => {
    expect(moneyInput.safeParse(text).success).toBe(false)
    expect(moneyWire.safeParse(text).success).toBe(false)
  })

  it('is described to outsiders as text with the format money', () => {
    const described = { type: 'string', format: 'money', pattern: '^-?\\d{1,13}\\.\\d{2}$' }
    expect(z.toJSONSchema(moneyInput, { io: 'input' })).toMatchObject(described)
    expect(z.toJSONSchema(moneyWire)).toMatchObject(described)
    const read: Fen = moneyInput.parse('1.00')
    expect(read).toBe(100n)
  })
})
