// Procurement: how tenders and bids are read from outside this domain.
import { asDivision } from '../../kit/id.ts'
import type { RecordKind } from '../../platform/declarations.ts'
import { awardStates } from './contract.ts'
import { reachOf, shownNumber } from './rules.ts'
import { listBidCards, listTendersById } from './store/lists.ts'

export const procurementRecords: readonly RecordKind[] = [
  {
    kind: 'tender', permission: 'procurement.listDeskTenders',
    cards: async (tx, ids) =>
      (await listTendersById(tx, ids)).map((tender) => ({
        ref: { kind: 'tender', id: tender.id }, number: shownNumber(tender), title: tender.title, state: tender.state,
        division: tender.division, reach: reachOf(tender), open: tender.publishedAt !== undefined,
      })),
  },
  {
    // Until the award is public, a bid is its own organization's and that of those who run or oversee the tender.
    kind: 'bid', permission: 'procurement.readBid',
    cards: async (tx, ids) =>
      (await listBidCards(tx, ids)).map(({ bid, division, state, title }) => ({
        ref: { kind: 'bid', id: bid.id }, title, state: bid.faults.length === 0 ? 'valid' : 'not-qualified', division: asDivision(division),
        reach: { division: asDivision(division), organizations: [bid.organization], confidential: true }, open: awardStates.includes(state),
      })),
  },
]
