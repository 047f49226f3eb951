// Procurement, lots: what a division must be, which bid stands in which lot, which lots go on, and who wins them. An undivided tender is one lot. Pure.
import type { Actor } from '../../../kit/actor.ts'
import type { Instant } from '../../../kit/instant.ts'
import { type Fen, formatYuan, sum, ZERO_FEN } from '../../../kit/money.ts'
import { allow, type FieldFault, invalid, refuse, type Ruling } from '../../../kit/ruling.ts'
import type { LotEnd } from '../contract/lots.ts'
import { type Award, type Bid, moved, run, standing, type Tender, validBids } from '../rules.ts'
import type { Ranked } from './scoring.ts'

/** A part of a tender. Its number is its place in the order of the award, from 1. */
export type Lot = {
  readonly number: number
  readonly title: string
  readonly description: string
  /** The most that a bid for it may ask. */
  readonly ceiling: Fen
  readonly covers: readonly string[]
  readonly award?: Award
  /** It failed while others went on. */
  readonly failed?: { readonly reason: LotEnd; readonly words?: string; readonly at: Instant }
  readonly contract?: string
}

export type LotTerms = Pick<Lot, 'title' | 'description' | 'ceiling' | 'covers'>

/** Lots as they are planned, numbered in their order; undefined: undivided. */
export function lotsFrom(terms: readonly LotTerms[] | undefined): readonly Lot[] | undefined {
  return terms?.map(({ title, description, ceiling, covers }, index) => ({
    ...{ number: index + 1, title, description, ceiling, covers },
  }))
}

/** Faults of a division: positive ceilings that add up to the budget to the fen, titles of their own, activities of the design, a limit below the number of lots. */
export function lotFaults(
  terms: { readonly lots?: readonly LotTerms[]; readonly lotLimit?: number },
  budget: Fen,
  activities?: readonly string[],
): FieldFault[] {
  const { lots, lotLimit } = terms
  if (lots === undefined) return lotLimit === undefined ? [] : [{ path: 'body.lotLimit', code: 'limit-without-lots' }]
  const faults: FieldFault[] = []
  for (const [index, lot] of lots.entries()) {
    const path = `body.lots.${index}`
    if (lot.ceiling <= 0n) faults.push({ path: `${path}.ceiling`, code: 'price-not-positive' })
    if (lots.findIndex((other) => other.title === lot.title) < index)
      faults.push({ path: `${path}.title`, code: 'lot-twice' })
    for (const name of lot.covers)
      if (activities !== undefined && !activities.includes(name))
        faults.push({ path: `${path}.covers`, code: 'activity-unknown', params: { name } })
  }
  const total = sum(lots.map((lot) => lot.ceiling))
  if (total !== budget)
    faults.push({
      path: 'body.lots',
      code: 'ceilings-not-budget',
      params: { sum: formatYuan(total), budget: formatYuan(budget) },
    })
  if (lotLimit !== undefined && lotLimit >= lots.length)
    faults.push({ path: 'body.lotLimit', code: 'limit-not-below', params: { count: lots.length } })
  return faults
}

/** The lots of a tender; an undivided one is the whole of its only lot. */
export function lotsOf(tender: Tender): readonly Lot[] {
  if (tender.lots !== undefined) return tender.lots
  const { title, description, budget: ceiling, award, contract } = tender
  return [{ number: 1, title, description, ceiling, covers: [], award, contract }]
}

/** Most a bid for the lot may ask; nothing where there is no such lot. */
export function ceilingOf(tender: Tender, number: number): Fen {
  return lotsOf(tender).find((lot) => lot.number === number)?.ceiling ?? ZERO_FEN
}

/** The lot that a request names: needed where the tender is divided; where it is not, none is named and it is 1, so that no lot gets into its texts. */
export function lotNamed(tender: Pick<Tender, 'lots'>, given: number | undefined, path = 'body.lot'): Ruling<number> {
  if (tender.lots === undefined) return given === undefined ? allow(1) : invalid([{ path, code: 'lot-unknown' }])
  if (given === undefined) return invalid([{ path, code: 'lot-needed' }])
  return tender.lots.some((lot) => lot.number === given) ? allow(given) : invalid([{ path, code: 'lot-unknown' }])
}

/** Whether a lot goes on. */
export function lotGoesOn(tender: Tender, number: number): boolean {
  return lotsOf(tender).some((lot) => lot.number === number && lot.failed === undefined)
}

/** The lot for which a bid stands. */
export const lotOfBid = (bid: Pick<Bid, 'lot'>): number => bid.lot ?? 1

/** Valid bids for lots that go on: those that the panel scores. */
export function competing(tender: Tender, bids: readonly Bid[]): Bid[] {
  return validBids(bids).filter((bid) => lotGoesOn(tender, lotOfBid(bid)))
}

/** The lots with those marked as failed for which `reason` says why; awards of those are gone. */
export function withFailed(
  lots: readonly Lot[],
  now: Instant,
  reason: (lot: Lot) => LotEnd | undefined,
  words?: string,
): Lot[] {
  return lots.map((lot) => {
    const why = lot.failed === undefined ? reason(lot) : undefined
    return why === undefined ? lot : { ...lot, award: undefined, failed: { reason: why, at: now, words } }
  })
}

/**
 * A lot for which fewer bid than the procedure asks fails alone. `counts`: how many stand in each lot. Answers the lots as they then stand,
 * undefined for an undivided tender, and how many stand in the best of those that go on before: when that is too few, no lot goes on.
 */
export function settleShort(
  tender: Tender,
  counts: ReadonlyMap<number, number>,
  now: Instant,
): { readonly lots: readonly Lot[] | undefined; readonly most: number; readonly enough: boolean } {
  const needed = tender.terms?.minimumBids ?? 1
  const count = (lot: Lot) => counts.get(lot.number) ?? 0
  const most = Math.max(0, ...lotsOf(tender).flatMap((lot) => (lot.failed === undefined ? [count(lot)] : [])))
  const lots = tender.lots && withFailed(tender.lots, now, (lot) => (count(lot) < needed ? 'too-few-bids' : undefined))
  return { lots, most, enough: most >= needed }
}

/** How many of the bids stand in each lot. */
export function countByLot(bids: readonly Pick<Bid, 'lot'>[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const bid of bids) counts.set(lotOfBid(bid), (counts.get(lotOfBid(bid)) ?? 0) + 1)
  return counts
}

/**
 * Who wins: lot by lot in their order, the best of its ranking that has not won as many lots as one bidder may. A lot without such a bidder
 * fails. `ranked`: the ranking of a lot.
 */
export function awardLots(
  tender: Tender,
  bids: readonly Bid[],
  ranked: (lot: number) => readonly Ranked[],
  now: Instant,
): Lot[] {
  const won = new Map<string, number>()
  const most = tender.lotLimit ?? Number.POSITIVE_INFINITY
  return lotsOf(tender).map((lot): Lot => {
    if (lot.failed !== undefined) return lot
    const places = ranked(lot.number)
    const bidOf = (place: Ranked) => bids.find((bid) => bid.id === place.bid)
    const first = places.find((place) => (won.get(bidOf(place)?.organization ?? '') ?? 0) < most)
    const winner = first && bidOf(first)
    if (first === undefined || winner === undefined)
      return { ...lot, award: undefined, failed: { reason: 'no-bidder-left', at: now } }
    won.set(winner.organization, (won.get(winner.organization) ?? 0) + 1)
    return {
      ...lot,
      award: {
        bid: winner.id,
        organization: winner.organization,
        price: winner.price,
        score: first.score,
        ranking: places.map(({ bid, rank, score }) => ({ bid, rank, score })),
        at: now,
      },
    }
  })
}

/** The awards that stand, in the order of the lots. */
export function awardsOf(tender: Tender): (Award & { readonly lot: number })[] {
  return lotsOf(tender).flatMap((lot) => (lot.award === undefined ? [] : [{ ...lot.award, lot: lot.number }]))
}

/** What was awarded, all lots together. */
export function awardedSum(tender: Tender): Fen {
  return sum(awardsOf(tender).map((award) => award.price))
}

/** Ceilings of the lots that failed. */
export function failedSum(tender: Pick<Tender, 'lots'>): Fen {
  return sum((tender.lots ?? []).flatMap((lot) => (lot.failed === undefined ? [] : [lot.ceiling])))
}

/** Awarded lots that have no contract in force yet. */
export function uncontracted(tender: Tender): readonly Lot[] {
  return lotsOf(tender).filter((lot) => lot.award !== undefined && lot.contract === undefined)
}

/** Before the panel scores again: no award stands, and who had won enough lots may win these. */
export function beforeAwards(tender: Tender): Pick<Tender, 'award' | 'lots'> {
  return {
    award: undefined,
    lots: tender.lots?.map((lot) => ({
      ...lot,
      award: undefined,
      failed: lot.failed?.reason === 'no-bidder-left' ? undefined : lot.failed,
    })),
  }
}

/** One lot of an award fails, the others stand. Refuses what is no lot with an award, one under contract, and the last one: then the tender fails. */
export function dropLot(
  tender: Tender,
  number: number,
  now: Instant,
  end: { readonly reason: LotEnd; readonly words: string },
): Ruling<readonly Lot[]> {
  const { lots } = tender
  if (lots === undefined) return refuse('not-divided')
  const lot = lots.find((each) => each.number === number)
  if (lot?.award === undefined) return refuse('lot-not-awarded')
  if (lot.contract !== undefined) return refuse('lot-contracted')
  if (awardsOf(tender).length === 1) return refuse('last-lot')
  return allow(withFailed(lots, now, (each) => (each.number === number ? end.reason : undefined), end.words))
}

/** The winner of one lot is gone or does not qualify any more: that lot fails. When the others are all under contract, the tender is done. */
export function failLot(
  tender: Tender,
  actor: Actor,
  now: Instant,
  number: number,
  end: { readonly reason: LotEnd; readonly words: string },
): Ruling<Tender> {
  if (tender.lots === undefined) return refuse('not-divided')
  const state = standing(tender, 'failLot', actor, now)
  if (!state.ok) return state
  const lots = dropLot(tender, number, now, end)
  if (!lots.ok) return lots
  const next = { ...tender, lots: lots.value }
  const done = state.value === 'awarded' && uncontracted(next).length === 0
  return allow(moved(tender, done ? 'contracted' : state.value, now, { lots: lots.value, ...run(tender, actor) }))
}
