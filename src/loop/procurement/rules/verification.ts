// Procurement: whether bids, scores, draw and award stand as they were when they happened, held against the sealed events. Pure.
import { instant, isAfter } from '../../../kit/instant.ts'
import type { AwardFault } from '../contract/verification.ts'
import type { Bid, Tender } from '../rules.ts'
import { rankBids } from './award.ts'
import { awardLots, awardsOf, beforeAwards, lotOfBid } from './lots.ts'
import { drawOrder, type Hash, listHash, seedOf } from './draw.ts'
import type { Sheet } from './scoring.ts'

export type KeptSheet = Sheet & { readonly round: number; readonly note?: string }

/** An event of the tender or of a bid, as far as it is held against rows. */
export type KeptEvent = {
  readonly name: string
  readonly of: { readonly kind: string; readonly id: string }
  readonly actor?: string
  readonly organization?: string
  readonly amount?: bigint
  readonly data: Readonly<Record<string, unknown>>
}

/** The exact text of a bid under its keyed hash: every field that decides something. */
export function bidText(bid: Bid): string {
  const { id, tender, lot = 1, organization, organizationName, price, proposal, receivedAt, faults, hash } = bid
  return JSON.stringify([
    'liandong-bid-1',
    ...[id, tender, organization, organizationName, price.toString(), proposal, instant(receivedAt), [...faults], hash],
    // As it was before there were lots, for the first of them.
    ...(lot === 1 ? [] : [lot]),
  ])
}

/** The exact text of a scoring sheet under its keyed hash. */
export function sheetText(tender: string, sheet: KeptSheet): string {
  const { round, bid, panelist, points, note } = sheet
  return JSON.stringify(['liandong-sheet-1', tender, round, bid, panelist, [...points], note ?? null])
}

/** A keyed hash; the key is the installation's, so that whoever can change rows cannot make one. */
export type Keyed = (text: string) => string

export type Fault = { readonly what: AwardFault; readonly bid?: string; readonly panelist?: string }

const mac = (event: KeptEvent | undefined, name: string): string | undefined => {
  const value = event?.data[name]
  return typeof value === 'string' ? value : undefined
}

/** Bids against the events by which they came in. `uncovered`: those from before events carried a keyed hash. */
export function bidFaults(bids: readonly Bid[], events: readonly KeptEvent[], keyed: Keyed) {
  const entered = events.filter(({ name }) => name === 'procurement.enterBid' || name === 'procurement.openBid')
  const ofBid = (id: string) => entered.find(({ of }) => of.kind === 'bid' && of.id === id)
  const faults: Fault[] = []
  let uncovered = 0
  for (const bid of bids) {
    const event = ofBid(bid.id)
    const kept = mac(event, 'kept')
    if (event === undefined) faults.push({ what: 'bid-added', bid: bid.id })
    else if (kept === undefined) uncovered += 1
    else if (kept !== keyed(bidText(bid))) faults.push({ what: 'bid-changed', bid: bid.id })
  }
  return { faults, uncovered }
}

/** Bids that events of the tender name or count, and that are gone. */
export function missingBids(bids: readonly Bid[], events: readonly KeptEvent[]): Fault[] {
  const named = new Set(
    events.flatMap(({ name, data: { bid } }) =>
      (name === 'procurement.openBid' || name === 'procurement.scoreBid') && typeof bid === 'string' ? [bid] : [],
    ),
  )
  const gone = [...named].filter((id) => !bids.some((bid) => bid.id === id))
  if (gone.length > 0) return gone.map((bid) => ({ what: 'bid-missing', bid }))
  const counted = events.findLast(({ name }) => name === 'procurement.confirmOpening')?.data['bids']
  return typeof counted === 'number' && counted > bids.length ? [{ what: 'bid-missing' }] : []
}

/** Sheets of all rounds against the events by which they were handed in. */
export function sheetFaults(tender: Tender, sheets: readonly KeptSheet[], events: readonly KeptEvent[], keyed: Keyed) {
  const scored = events.filter(({ name }) => name === 'procurement.scoreBid')
  const of = (event: KeptEvent, sheet: KeptSheet) =>
    event.actor === sheet.panelist && event.data['bid'] === sheet.bid && (event.data['round'] ?? 1) === sheet.round
  const faults: Fault[] = []
  let uncovered = 0
  for (const sheet of sheets) {
    const { bid, panelist } = sheet
    const event = scored.find((each) => of(each, sheet))
    const kept = mac(event, 'kept')
    if (event === undefined) faults.push({ what: 'sheet-added', bid, panelist })
    else if (kept === undefined) uncovered += 1
    else if (kept !== keyed(sheetText(tender.id, sheet))) faults.push({ what: 'sheet-changed', bid, panelist })
  }
  for (const event of scored) {
    const bid = String(event.data['bid'])
    if (!sheets.some((sheet) => of(event, sheet))) faults.push({ what: 'sheet-missing', bid, panelist: event.actor })
  }
  return { faults, uncovered }
}

/** The draw of the panel, drawn once more, against the commitment of the publication and the event of the draw. */
export function drawFaults(tender: Tender, bids: readonly Bid[], events: readonly KeptEvent[], hash: Hash): Fault[] {
  const { draw } = tender
  const drawn = events.findLast(({ name }) => name === 'procurement.appointPanel')
  const published = events.findLast(({ name }) => name === 'procurement.publishTender')
  if (draw === undefined) return drawn === undefined ? [] : [{ what: 'draw-differs' }]
  const { secret, list, seed, size } = draw
  const order = drawOrder(list, seed, hash)
  const first = order.filter((person) => !tender.replaced.includes(person)).slice(0, size)
  const same =
    hash(secret) === tender.commitment &&
    (published?.data['commitment'] === undefined || published.data['commitment'] === tender.commitment) &&
    seed === seedOf({ secret, bidHashes: bids.map((bid) => bid.hash), list }, hash) &&
    drawn?.data['seed'] === seed &&
    drawn.data['listHash'] === listHash(list, hash) &&
    tender.panel.length === size &&
    tender.panel.every((person) => first.includes(person))
  return same ? [] : [{ what: 'draw-differs' }]
}

/** The awards of a divided tender, decided once more, against those kept and those of the event of their notice. */
function lotsDiffer(
  tender: Tender,
  bids: readonly Bid[],
  sheets: readonly KeptSheet[],
  notice: KeptEvent | undefined,
  hash: Hash,
): boolean {
  const at = awardsOf(tender)[0]?.at
  // A lot that failed after the notice went out had an award in it.
  const noticed = tender.lots?.map((lot) =>
    lot.failed !== undefined && at !== undefined && isAfter(lot.failed.at, at) ? { ...lot, failed: undefined } : lot,
  )
  const then = { ...tender, ...(noticed && beforeAwards({ ...tender, lots: noticed })) }
  const ranked = rankBids(then, bids, sheets, hash)
  const ofLot = (lot: number) =>
    ranked.filter(({ bid }) => bids.some((each) => each.id === bid && lotOfBid(each) === lot))
  const decided = awardLots(then, bids, ofLot, tender.createdAt)
  const told = decided.flatMap(({ number: lot, award }) =>
    award === undefined ? [] : [{ lot, bid: award.bid, price: award.price.toString(), score: award.score }],
  )
  const said = listOf(notice?.data['awards']).map(({ lot, bid, price, score }) => ({ lot, bid, price, score }))
  const stands = (tender.lots ?? []).every(({ number, award }) => {
    const own = decided.find((each) => each.number === number)?.award
    return (
      award === undefined ||
      (own !== undefined &&
        JSON.stringify([award.bid, award.organization, award.price.toString(), award.score, shown(award.ranking)]) ===
          JSON.stringify([own.bid, own.organization, own.price.toString(), own.score, shown(own.ranking)]))
    )
  })
  return !stands || JSON.stringify(told) !== JSON.stringify(said)
}

const listOf = (value: unknown): readonly Record<string, unknown>[] => (Array.isArray(value) ? value : [])
const shown = (list: readonly { bid: string; rank: number; score: number }[]) =>
  JSON.stringify(list.map(({ bid, rank, score }) => [bid, rank, score]))

/** The award against the scores as they stand now and the event of its notice. */
export function awardFaults(
  tender: Tender,
  bids: readonly Bid[],
  sheets: readonly KeptSheet[],
  events: readonly KeptEvent[],
  hash: Hash,
): Fault[] {
  const { award } = tender
  const notice = events.findLast(({ name }) => name === 'procurement.proposeAward')
  if (tender.lots !== undefined) {
    const round = sheets.filter((sheet) => sheet.round === tender.round)
    return lotsDiffer(tender, bids, round, notice, hash) ? [{ what: 'award-differs' }] : []
  }
  if (award === undefined) return [{ what: 'award-differs' }]
  const ranked = rankBids(
    tender,
    bids,
    sheets.filter(({ round }) => round === tender.round),
    hash,
  )
  const [first] = ranked
  const same =
    first !== undefined &&
    shown(ranked) === shown(award.ranking) &&
    first.bid === award.bid &&
    first.score === award.score &&
    first.price === award.price &&
    notice?.data['bid'] === award.bid &&
    notice.data['score'] === award.score &&
    notice.amount === award.price &&
    notice.organization === award.organization
  return same ? [] : [{ what: 'award-differs' }]
}
