// Procurement: holding the rows of a tender against its sealed events, for whoever doubts an award.
import { absent, allow } from '../../../kit/ruling.ts'
import { question } from '../../../platform/action.ts'
import type { Platform } from '../../../platform/platform.ts'
import { verifyAward as endpoint } from '../contract/verification.ts'
import { awardIsPublic, type Bid } from '../rules.ts'
import * as rules from '../rules/verification.ts'
import * as store from '../store.ts'
import { listBids } from '../store/bids.ts'
import * as kept from '../store/verification.ts'
import { sm3 } from './recording.ts'

/** What the event of a bid keeps of it. */
export function keptOfBid(platform: Pick<Platform, 'cipher'>, bid: Bid): string {
  return platform.cipher.blind('procurement.bid', rules.bidText(bid))
}

/** What the event of a score keeps of it: keyed, since a few hundred guesses would find points behind a plain hash. */
export function keptOfSheet(platform: Pick<Platform, 'cipher'>, tender: string, sheet: rules.KeptSheet): string {
  return platform.cipher.blind('procurement.sheet', rules.sheetText(tender, sheet))
}

export const verifyAward = question(endpoint, async ({ tx, platform }, { params }) => {
  const tender = await store.findTender(tx, params.id)
  if (tender === undefined || !awardIsPublic(tender)) return absent()
  const bids = await listBids(tx, tender.id)
  const sheets = await kept.listKeptSheets(tx, tender.id)
  const events = await kept.listKeptEvents(
    tx,
    tender.id,
    bids.map(({ id }) => id),
  )
  const keyed = (purpose: string) => (text: string) => platform.cipher.blind(purpose, text)
  const ofBids = rules.bidFaults(bids, events, keyed('procurement.bid'))
  const ofSheets = rules.sheetFaults(tender, sheets, events, keyed('procurement.sheet'))
  const faults = [
    ...ofBids.faults,
    ...rules.missingBids(bids, events),
    ...ofSheets.faults,
    ...rules.drawFaults(tender, bids, events, sm3),
    ...rules.awardFaults(tender, bids, sheets, events, sm3),
  ]
  return allow({
    sound: faults.length === 0,
    bids: bids.length,
    sheets: sheets.length,
    uncovered: ofBids.uncovered + ofSheets.uncovered,
    faults: faults.map(({ what, bid, panelist }) => {
      const seat = panelist === undefined ? 0 : tender.panel.indexOf(panelist) + 1
      return { what, bid, seat: seat > 0 ? seat : undefined }
    }),
  })
})
