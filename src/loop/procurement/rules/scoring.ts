// Qualification from the registers, scores, ranking with ties, and outliers. Pure.
import type { Fen } from '../../../kit/money.ts'
import type { Rating } from '../../../registers/organizations/contract.ts'
import type { BidFault } from '../contract.ts'
import type { criterionKinds } from '../contract/terms.ts'
import { drawOrder, type Hash } from './draw.ts'

export type Criterion = {
  readonly name: string
  readonly kind: (typeof criterionKinds)[number]
  readonly weight: number
  readonly note?: string
}

/** What the registers say of an organization. */
export type Standing = {
  readonly active: boolean
  readonly abnormal: boolean
  readonly illegal: boolean
  readonly rating?: string
  readonly categories: readonly string[]
  readonly certificates: number
  /** After an evaluation below the line, until the end of the next year. */
  readonly barred: boolean
}

export type Requirements = { readonly minimumRating?: Rating; readonly certificates: number }

/** A class of the taxonomy (01) covers its kinds (0102), and a kind counts for its class. */
const covers = (standing: Standing, asked: string) =>
  standing.categories.some((has) => asked.startsWith(has) || has.startsWith(asked))

/** Why an organization does not qualify; empty: it does. */
export function qualificationFaults(
  standing: Standing,
  categories: readonly string[],
  requirements: Requirements,
): BidFault[] {
  const faults: BidFault[] = []
  if (!standing.active) faults.push('not-active')
  if (standing.abnormal) faults.push('abnormal')
  if (standing.illegal) faults.push('illegal')
  if (standing.barred) faults.push('barred')
  if (!categories.every((asked) => covers(standing, asked))) faults.push('category-missing')
  // '1A' to '5A' sort as text.
  if (requirements.minimumRating !== undefined && (standing.rating ?? '') < requirements.minimumRating)
    faults.push('rating-too-low')
  if (standing.certificates < requirements.certificates) faults.push('certificates-missing')
  return faults
}

/** What a tender may ask at most of an organization that qualifies for it. */
export type Fit = { readonly categories: readonly string[]; readonly rating: string; readonly certificates: number }

/**
 * For which tenders an organization qualifies, as bounds that a list can be narrowed by: the other side of qualificationFaults. `codes`: all of
 * the taxonomy. Undefined: for none, whatever it asks.
 */
export function fitOf(standing: Standing, codes: readonly string[]): Fit | undefined {
  const { certificates, rating = '' } = standing
  const always = qualificationFaults(standing, [], { certificates: 0 })
  return always.length > 0
    ? undefined
    : { categories: codes.filter((asked) => covers(standing, asked)), rating, certificates }
}

export type ScoredBid = { readonly id: string; readonly price: Fen }
/** One panelist's points for one bid, in the order of the panel's criteria. */
export type Sheet = { readonly bid: string; readonly panelist: string; readonly points: readonly number[] }

/** One sheet's part of the score, in hundredths of a point: the weighted points of the panel's criteria. */
export function sheetScore(criteria: readonly Criterion[], points: readonly number[]): number {
  const judged = criteria.filter((each) => each.kind === 'panel')
  return judged.reduce((total, each, index) => total + each.weight * (points[index] ?? 0), 0)
}

/** The computed part, in hundredths of a point, rounded down: weight x lowest price / price. */
export function priceScore(criteria: readonly Criterion[], price: Fen, lowest: Fen): number {
  const weight = criteria.filter((each) => each.kind === 'price').reduce((total, each) => total + each.weight, 0)
  return price <= 0n ? 0 : Number((BigInt(weight) * 10_000n * lowest) / (price * 100n))
}

export type Ranked = { readonly bid: string; readonly rank: number; readonly score: number; readonly price: Fen }

/** Best first: mean of the sheets plus the price's part; equal scores by the lower price, then by draw. Scores in hundredths, rounded down. */
export function ranking(
  bids: readonly ScoredBid[],
  criteria: readonly Criterion[],
  sheets: readonly Sheet[],
  seed: string,
  hash: Hash,
): Ranked[] {
  const lowest = bids.reduce((least, bid) => (bid.price < least ? bid.price : least), bids[0]?.price ?? (0n as Fen))
  const drawn = drawOrder(
    bids.map((bid) => bid.id),
    seed,
    hash,
  )
  const place = new Map(drawn.map((bid, index) => [bid, index]))
  return bids
    .map((bid) => ({
      bid: bid.id,
      price: bid.price,
      score: meanScore(criteria, sheets, bid.id) + priceScore(criteria, bid.price, lowest),
    }))
    .toSorted(
      (a, b) =>
        b.score - a.score ||
        (a.price < b.price ? -1 : a.price > b.price ? 1 : (place.get(a.bid) ?? 0) - (place.get(b.bid) ?? 0)),
    )
    .map((each, index) => ({ ...each, rank: index + 1 }))
}

function meanScore(criteria: readonly Criterion[], sheets: readonly Sheet[], bid: string): number {
  const scores = sheets.filter((sheet) => sheet.bid === bid).map((sheet) => sheetScore(criteria, sheet.points))
  return scores.length === 0 ? 0 : Math.floor(scores.reduce((a, b) => a + b, 0) / scores.length)
}

export type Outlier = {
  readonly bid: string
  readonly panelist: string
  readonly score: number
  readonly median: number
}

/** Sheets that lie further than `percent` from the middle of what the other panelists gave the bid (a mean would follow the outlier itself). They count; they are flagged. */
export function outliers(criteria: readonly Criterion[], sheets: readonly Sheet[], percent: number): Outlier[] {
  return sheets.flatMap((sheet) => {
    const others = sheets.filter((other) => other.bid === sheet.bid && other.panelist !== sheet.panelist)
    if (others.length === 0) return []
    const median = middleOf(others.map((other) => sheetScore(criteria, other.points)))
    const score = sheetScore(criteria, sheet.points)
    return Math.abs(score - median) * 100 > median * percent
      ? [{ bid: sheet.bid, panelist: sheet.panelist, score, median }]
      : []
  })
}

function middleOf(scores: readonly number[]): number {
  const sorted = scores.toSorted((a, b) => a - b)
  const [lower = 0, upper = 0] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return Math.floor((lower + upper) / 2)
}
