// Amounts in Chinese capital numerals, as contracts and vouchers write them beside the figures.
import type { Fen } from './money.ts'

const digits = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'] as const
const places = ['', '拾', '佰', '仟'] as const
const TEN_THOUSAND = 10_000n
const HUNDRED_MILLION = 100_000_000n

function digit(value: bigint): string {
  return digits[Number(value)] ?? ''
}

/** 1–9999 without leading zeros; zeros in a row are written once, those at the end not at all. */
function group(value: bigint): string {
  let text = ''
  let skipped = false
  for (let place = 3; place >= 0; place -= 1) {
    const here = (value / 10n ** BigInt(place)) % 10n
    if (here === 0n) {
      skipped = true
      continue
    }
    if (skipped && text !== '') text += '零'
    skipped = false
    text += digit(here) + (places[place] ?? '')
  }
  return text
}

/** A positive whole number. A part that does not fill its four or eight places is set off by one zero. */
function whole(value: bigint): string {
  const by = (unit: bigint, name: string): string => {
    const rest = value % unit
    const gap = rest !== 0n && rest < unit / 10n ? '零' : ''
    return `${whole(value / unit)}${name}${gap}${rest === 0n ? '' : whole(rest)}`
  }
  if (value >= HUNDRED_MILLION) return by(HUNDRED_MILLION, '亿')
  if (value >= TEN_THOUSAND) return by(TEN_THOUSAND, '万')
  return group(value)
}

/**
 * 8040000n -> 捌万零肆佰元整, 150n -> 壹元伍角整, 1640902n -> 壹万陆仟肆佰零玖元零贰分; negative amounts begin with 负. By the rules for filling in
 * bills and settlement vouchers of the People's Bank (appendix to 支付结算办法): 整 ends what has no fen, a missing jiao before fen is a 零.
 */
export function chineseAmount(amount: Fen): string {
  if (amount < 0n) return `负${chineseAmount(-amount as Fen)}`
  const yuan = amount / 100n
  const jiao = (amount / 10n) % 10n
  const fen = amount % 10n
  const head = yuan === 0n ? '' : `${whole(yuan)}元`
  if (jiao === 0n && fen === 0n) return `${head === '' ? '零元' : head}整`
  const tens = jiao === 0n ? (head === '' ? '' : '零') : `${digit(jiao)}角`
  return `${head}${tens}${fen === 0n ? '整' : `${digit(fen)}分`}`
}
