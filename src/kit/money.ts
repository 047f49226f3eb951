// Money: whole fen as a branded bigint, its decimal wire form, and splitting without losing a fen.
import { z } from 'zod'

/** An amount in fen (1/100 yuan); negative in reversals and differences. Never a float. */
export type Fen = bigint & { readonly __brand: 'fen' }

/** A share in basis points: 10000 is the whole, 250 is 2.5 %. */
export type BasisPoints = number

const WIRE_PATTERN = /^-?\d{1,13}\.\d{2}$/
const ENTERED_PATTERN = /^(-?)(\d{1,13})(?:\.(\d{1,2}))?$/
const WHOLE_IN_BASIS_POINTS = 10_000n

/** Marks a bigint as fen. The value is taken as it is: 8040000n is 80,400 yuan. */
export function fen(value: bigint): Fen {
  return value as Fen
}

export const ZERO_FEN: Fen = fen(0n)

/**
 * Reads yuan as a person or a file writes them: '80400', '80400.5', '-80400.00'. At most 13 digits before and two
 * after the point; no separators, signs of currency or exponents. Anything else gives undefined.
 */
export function parseYuan(text: string): Fen | undefined {
  const match = ENTERED_PATTERN.exec(text)
  if (match === null) return undefined
  const [, sign, whole = '', fraction = ''] = match
  const magnitude = BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0'))
  return fen(sign === '-' ? -magnitude : magnitude)
}

/** Yuan with exactly two decimals and no separators, as it travels on the wire: 8040000n -> '80400.00'. */
export function formatYuan(amount: Fen): string {
  const magnitude = amount < 0n ? -amount : amount
  const sign = amount < 0n ? '-' : ''
  return `${sign}${magnitude / 100n}.${(magnitude % 100n).toString().padStart(2, '0')}`
}

export function add(left: Fen, right: Fen): Fen {
  return fen(left + right)
}

export function subtract(left: Fen, right: Fen): Fen {
  return fen(left - right)
}

export function negate(amount: Fen): Fen {
  return fen(-amount)
}

/** The sum of all amounts; zero for an empty list. */
export function sum(amounts: Iterable<Fen>): Fen {
  let total = 0n
  for (const amount of amounts) total += amount
  return fen(total)
}

/**
 * amount * basisPoints / 10000, rounded half away from zero to a whole fen, so that a reversal is the exact negative.
 * Throws a RangeError when basisPoints is not an integer: a fraction of a basis point is a programming fault.
 */
export function multiplyBasisPoints(amount: Fen, basisPoints: BasisPoints): Fen {
  const product = amount * wholeBasisPoints(basisPoints)
  const magnitude = product < 0n ? -product : product
  const rounded = (magnitude * 2n + WHOLE_IN_BASIS_POINTS) / (WHOLE_IN_BASIS_POINTS * 2n)
  return fen(product < 0n ? -rounded : rounded)
}

/**
 * Splits a total by parts in basis points, in their order, so that not one fen is lost or made: each part gets its
 * share rounded down, the fen left over go to the largest remainders (the earlier part first when equal).
 * The parts must be integers >= 0 and add up to 10000; else a RangeError, since the caller's rule checks them first.
 */
export function share(total: Fen, parts: readonly BasisPoints[]): Fen[] {
  const weights = parts.map(wholeBasisPoints)
  const whole = weights.reduce((sumSoFar, weight) => sumSoFar + weight, 0n)
  if (whole !== WHOLE_IN_BASIS_POINTS || weights.some((weight) => weight < 0n)) {
    throw new RangeError(`shares must be >= 0 and add up to 10000 basis points, not ${whole}`)
  }
  // The sign is set aside so that a negative total is split into the exact negatives.
  const magnitude = total < 0n ? -total : total
  const portions = weights.map((weight, position) => {
    const product = magnitude * weight
    return { position, amount: product / WHOLE_IN_BASIS_POINTS, remainder: product % WHOLE_IN_BASIS_POINTS }
  })
  const left = magnitude - portions.reduce((given, portion) => given + portion.amount, 0n)
  const byRemainder = portions.toSorted((a, b) => Number(b.remainder - a.remainder) || a.position - b.position)
  for (const portion of byRemainder.slice(0, Number(left))) portion.amount += 1n
  return portions.map((portion) => fen(total < 0n ? -portion.amount : portion.amount))
}

function wholeBasisPoints(basisPoints: BasisPoints): bigint {
  if (!Number.isSafeInteger(basisPoints)) throw new RangeError(`basis points must be an integer, not ${basisPoints}`)
  return BigInt(basisPoints)
}

/**
 * Money in an answer: the text formatYuan writes, e.g. '80400.00'. Stays text; the browser shows it with MoneyText.
 */
export const moneyWire = z.string().regex(WIRE_PATTERN).meta({ format: 'money' })

/**
 * Money in a request: the same text, handed to the action as Fen. A codec, so z.encode writes it back and
 * z.toJSONSchema(…, { io: 'input' }) describes the text (output alone would throw on bigint).
 */
export const moneyInput = z.codec(
  moneyWire,
  z.custom<Fen>((value) => typeof value === 'bigint'),
  {
    // The pattern above is narrower than digits in general, so BigInt reads it without loss and cannot throw.
    decode: (text) => fen(BigInt(text.replace('.', ''))),
    encode: (amount) => formatYuan(amount),
  },
)
