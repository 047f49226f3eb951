// Amounts in Chinese capital numerals: the examples of the rule, and every amount read back.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chineseAmount } from './chinese-amount.ts'
import { fen } from './money.ts'

describe('an amount in capital numerals', () => {
  test.each([
    [0n, '零元整'],
    [1n, '壹分'],
    [10n, '壹角整'],
    [105_0n, '壹拾元伍角整'],
    [100_00n, '壹佰元整'],
    [140_950n, '壹仟肆佰零玖元伍角整'],
    [600_714n, '陆仟零柒元壹角肆分'],
    [168_032n, '壹仟陆佰捌拾元叁角贰分'],
    [1_640_902n, '壹万陆仟肆佰零玖元零贰分'],
    [32_504n, '叁佰贰拾伍元零肆分'],
    [10_700_053n, '壹拾万柒仟元伍角叁分'],
    [8_040_000n, '捌万零肆佰元整'],
    [10_000_000n, '壹拾万元整'],
    [100_000_100n, '壹佰万零壹元整'],
    [10_000_000_000n, '壹亿元整'],
    [1_000_050_000_000n, '壹佰亿零伍拾万元整'],
    [10_005_000_000_001n, '壹仟亿伍仟万元零壹分'],
    [999_999_999_999_999n, '玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分'],
    [-8_040_000n, '负捌万零肆佰元整'],
  ])('%s fen is %s', (amount, text) => {
    expect(chineseAmount(fen(amount))).toBe(text)
  })

  test('is read back as the same amount, has no zero twice in a row and none before a unit', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 999_999_999_999_999n }), (amount) => {
        const text = chineseAmount(fen(amount))
        expect(readBack(text)).toBe(amount)
        expect(text).not.toMatch(/零零|零[拾佰仟万亿角分整]/)
        expect(text.endsWith('整')).toBe(amount % 10n === 0n)
      }),
      { numRuns: 2000 },
    )
  })
})

/** The amount that a reader understands: each digit counts by the places and groups that follow it. */
function readBack(text: string): bigint {
  const digits = '零壹贰叁肆伍陆柒捌玖'
  const places: Readonly<Record<string, bigint>> = { 拾: 10n, 佰: 100n, 仟: 1000n }
  let total = 0n
  let below = 0n
  let group = 0n
  let open = 0n
  for (const sign of text) {
    const value = digits.indexOf(sign)
    const place = places[sign]
    if (value >= 0) open = BigInt(value)
    else if (place !== undefined) {
      group += open * place
      open = 0n
    } else if (sign === '万') {
      below += (group + open) * 10_000n
      group = open = 0n
    } else if (sign === '亿') {
      below = (below + group + open) * 100_000_000n
      group = open = 0n
    } else if (sign === '元') {
      total += (below + group + open) * 100n
      group = open = below = 0n
    } else if (sign === '角') {
      total += open * 10n
      open = 0n
    } else if (sign === '分') {
      total += open
      open = 0n
    }
  }
  return total
}
