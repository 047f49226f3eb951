// Procurement: the decisions from the draw of the panel to the award, and the ends that a tender can take. Pure.
import type { Actor } from '../../../kit/actor.ts'
import type { Instant } from '../../../kit/instant.ts'
import { today } from '../../../kit/plain-date.ts'
import { allow, forbid, invalid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { dueAt, endOfDay, type WorkingDayCalendar } from '../../../kit/working-days.ts'
import type { BidFault } from '../contract.ts'
import type { endReasons } from '../contract/terms.ts'
import { type Bid, decide, moved, run, standing, type Tender, validBids } from '../rules.ts'
import { type Draw, drawOrder, type Hash, listHash, seedOf } from './draw.ts'
import { awardLots, competing, countByLot, lotOfBid, lotsOf, settleShort, uncontracted } from './lots.ts'
import { leftAtEnd } from './pending.ts'
import { type Ranked, ranking, type Sheet } from './scoring.ts'

/**
 * Draws the panel, one for all lots; lots for which too few bids are valid fail here. `candidates`: the county's experts without those tied to
 * a bidder or the design, in any order.
 */
export function appointPanel(
  tender: Tender,
  actor: Actor,
  now: Instant,
  candidates: readonly string[],
  excluded: Draw['excluded'],
  bids: readonly Bid[],
  hash: Hash,
): Ruling<Tender> {
  const state = standing(tender, 'appointPanel', actor, now)
  if (!state.ok) return state
  const { terms, secret } = tender
  if (terms === undefined || secret === undefined) throw new Error('an opened tender was published')
  const { lots, most: valid, enough } = settleShort(tender, countByLot(validBids(bids)), now)
  if (!enough) return refuse('too-few-bids', { valid, needed: terms.minimumBids })
  const list = [...new Set(candidates)].toSorted()
  if (list.length < terms.panelSize) return refuse('too-few-panelists', { found: list.length, needed: terms.panelSize })
  const seed = seedOf({ secret, bidHashes: bids.map((bid) => bid.hash), list }, hash)
  const order = drawOrder(list, seed, hash)
  return allow(
    moved(tender, state.value, now, {
      ...run(tender, actor),
      lots,
      panel: order.slice(0, terms.panelSize),
      draw: { secret, seed, listHash: listHash(list, hash), list, order, size: terms.panelSize, excluded },
    }),
  )
}

/** The next one of the draw steps in for a panelist who declares a tie before scoring. */
export function leavePanel(tender: Tender, actor: Actor, now: Instant, sheets: readonly Sheet[]): Ruling<Tender> {
  const state = standing(tender, 'leavePanel', actor, now)
  if (!state.ok || actor.kind !== 'person') return state.ok ? forbid('not-on-panel') : state
  if (sheets.some((sheet) => sheet.panelist === actor.personId)) return refuse('already-scored')
  const gone = [...tender.replaced, actor.personId]
  const next = tender.draw?.order.find((person) => !tender.panel.includes(person) && !gone.includes(person))
  if (next === undefined)
    return refuse('too-few-panelists', { found: tender.panel.length - 1, needed: tender.panel.length })
  return allow(
    moved(tender, state.value, now, {
      panel: tender.panel.map((person) => (person === actor.personId ? next : person)),
      replaced: gone,
    }),
  )
}

/** One sheet per panelist and valid bid of a lot that goes on, complete, never changed. */
export function scoreBid(
  tender: Tender,
  actor: Actor,
  now: Instant,
  body: { bid: string; points: readonly number[] },
  bids: readonly Bid[],
  sheets: readonly Sheet[],
): Ruling<Tender> {
  const state = standing(tender, 'scoreBid', actor, now)
  if (!state.ok || actor.kind !== 'person') return state.ok ? forbid('not-on-panel') : state
  if (!competing(tender, bids).some((bid) => bid.id === body.bid)) return refuse('bid-not-valid')
  const asked = tender.criteria.filter((each) => each.kind === 'panel').length
  if (body.points.length !== asked)
    return invalid([{ path: 'body.points', code: 'points-incomplete', params: { needed: asked } }])
  if (sheets.some((sheet) => sheet.panelist === actor.personId && sheet.bid === body.bid))
    return refuse('already-scored')
  return allow(moved(tender, state.value, now))
}

/** Whether every panelist scored every bid, of all lots: before that nobody sees any score, of no lot. */
export function allScored(tender: Tender, bids: readonly Bid[], sheets: readonly Sheet[]): boolean {
  const needed = tender.panel.length * competing(tender, bids).length
  return needed > 0 && sheets.filter((sheet) => tender.panel.includes(sheet.panelist)).length >= needed
}

/** Panelists who have sheets to fill in. */
export function panelLeft(tender: Tender, bids: readonly Bid[], sheets: readonly Sheet[]): string[] {
  const needed = competing(tender, bids).length
  return tender.panel.filter((person) => sheets.filter((sheet) => sheet.panelist === person).length < needed)
}

/** The final order of each lot, once all scores are in, lot after lot. */
export function rankBids(tender: Tender, bids: readonly Bid[], sheets: readonly Sheet[], hash: Hash): Ranked[] {
  return lotsOf(tender).flatMap((lot) => rankLot(tender, lot.number, bids, sheets, hash))
}

function rankLot(tender: Tender, lot: number, bids: readonly Bid[], sheets: readonly Sheet[], hash: Hash): Ranked[] {
  return ranking(
    competing(tender, bids).filter((bid) => lotOfBid(bid) === lot),
    tender.criteria,
    sheets.filter((sheet) => tender.panel.includes(sheet.panelist)),
    tender.draw?.seed ?? '',
    hash,
  )
}

/** Publishes the award notice of all lots: the rest of the day is notice, the standstill runs from the next day (Civil Code Art. 201). */
export function proposeAward(
  tender: Tender,
  actor: Actor,
  now: Instant,
  bids: readonly Bid[],
  sheets: readonly Sheet[],
  calendar: WorkingDayCalendar,
  hash: Hash,
): Ruling<Tender> {
  const state = standing(tender, 'proposeAward', actor, now)
  if (!state.ok) return state
  if (!allScored(tender, bids, sheets) || tender.terms === undefined)
    return refuse('scores-missing', {
      done: sheets.length,
      needed: tender.panel.length * competing(tender, bids).length,
    })
  const lots = awardLots(tender, bids, (lot) => rankLot(tender, lot, bids, sheets, hash), now)
  return allow(
    moved(tender, state.value, now, {
      ...run(tender, actor),
      ...(tender.lots === undefined ? { award: lots[0]?.award } : { lots }),
      noticeUntil: endOfDay(today(now)),
      standstillUntil: dueAt(now, tender.terms.standstillDays, calendar).at,
    }),
  )
}

export function beginStandstill(tender: Tender, actor: Actor, now: Instant): Ruling<Tender> {
  return decide(tender, 'beginStandstill', actor, now, () => ({ noticeUntil: undefined }))
}

/** When the standstill is over, no objection is open and every winner still qualifies. `unfit`: lots whose winner does not. */
export function confirmAward(
  tender: Tender,
  actor: Actor,
  now: Instant,
  faults: readonly BidFault[],
  unfit: readonly number[] = [],
): Ruling<Tender> {
  const state = standing(tender, 'confirmAward', actor, now)
  if (!state.ok) return state
  if (tender.lots !== undefined && unfit[0] !== undefined) return refuse('lot-winner-not-qualified', { lot: unfit[0] })
  if (faults.length > 0) return refuse('winner-not-qualified')
  return allow(moved(tender, state.value, now, run(tender, actor)))
}

/** Envelopes held, for the lot that has most, and shares that can still be handed in, of a tender with sealed bids. */
export type SealedStock = { readonly envelopes: number; readonly keysLeft: number }

/** Too few bids and lost keys are reasons only when that is so; before their opening sealed bids count as envelopes. */
export function failTender(
  tender: Tender,
  actor: Actor,
  now: Instant,
  body: { reason: (typeof endReasons)[number]; words: string },
  bids: readonly Bid[],
  sealed?: SealedStock,
): Ruling<Tender> {
  const state = standing(tender, 'failTender', actor, now)
  if (!state.ok) return state
  const needed = tender.sealing?.threshold ?? 0
  if (body.reason === 'keys-lost' && (sealed === undefined || sealed.keysLeft >= needed))
    return refuse('keys-enough', { left: sealed?.keysLeft ?? 0, needed })
  if (body.reason === 'too-few-bids') {
    if (tender.state === 'published')
      return refuse('before-deadline', tender.deadline === undefined ? {} : { until: today(tender.deadline) })
    const unopened = sealed !== undefined && tender.state === 'closed' && bids.length === 0
    const valid = unopened ? sealed.envelopes : settleShort(tender, countByLot(validBids(bids)), now).most
    if (tender.terms !== undefined && valid >= tender.terms.minimumBids)
      return refuse('enough-bids', { valid, needed: tender.terms.minimumBids })
  }
  return allow(
    moved(tender, state.value, now, {
      ...run(tender, actor),
      ...leftAtEnd(tender.pending),
      endReason: body.reason,
      endWords: body.words,
    }),
  )
}

export function cancelTender(
  tender: Tender,
  actor: Actor,
  now: Instant,
  body: { reason: (typeof endReasons)[number]; words: string },
): Ruling<Tender> {
  return decide(tender, 'cancelTender', actor, now, () => ({
    ...run(tender, actor),
    ...leftAtEnd(tender.pending),
    endReason: body.reason,
    endWords: body.words,
  }))
}

/** A contract came into force; with the last of its lots the tender is done. */
export function tenderContracted(
  tender: Tender,
  actor: Actor,
  now: Instant,
  contract: string,
  lot?: number,
): Ruling<Tender> {
  if (tender.lots === undefined) return decide(tender, 'tenderContracted', actor, now, () => ({ contract }))
  const state = standing(tender, 'tenderContracted', actor, now)
  if (!state.ok) return state
  const waits = uncontracted(tender).filter((each) => each.number === lot)
  if (waits.length === 0) return refuse('lot-not-awarded')
  const lots = tender.lots.map((each) => (each.number === lot ? { ...each, contract } : each))
  const left = uncontracted({ ...tender, lots }).length
  return allow(moved(tender, left > 0 ? tender.state : state.value, now, { lots }))
}
