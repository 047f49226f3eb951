// Procurement: how tenders and bids are read from outside this domain.
import { asDivision } from '../../kit/id.ts'
import type { RecordKind } from '../../platform/declarations.ts'
import { reachOf, shownNumber } from './rules.ts'
import { listBidCards, listFoundTenders, listTendersById } from './store/lists.ts'
import { listClaimCards } from './store/objections.ts'

/** Evidence of a claim: for whoever brought it, and who runs, oversees or decides it. */
const claims = (kind: 'objection' | 'complaint'): RecordKind => ({
  kind,
  permission: 'procurement.readObjection',
  cards: async (tx, ids) =>
    (await listClaimCards(tx, kind, ids)).map(({ id, title, state, division, organization }) => ({
      ref: { kind, id },
      title,
      state,
      division: asDivision(division),
      reach: { division: asDivision(division), organizations: [organization], confidential: true },
      open: false,
    })),
})

export const procurementRecords: readonly RecordKind[] = [
  {
    kind: 'tender',
    permission: 'procurement.listDeskTenders',
    find: listFoundTenders,
    page: '/tenders',
    cards: async (tx, ids) =>
      (await listTendersById(tx, ids)).map((tender) => ({
        ref: { kind: 'tender', id: tender.id },
        number: shownNumber(tender),
        title: tender.title,
        state: tender.state,
        division: tender.division,
        reach: reachOf(tender),
        open: tender.publishedAt !== undefined,
      })),
  },
  {
    // Never open: prices and scores of an award stand in the tender's public view; a loser's papers stay those of who run, oversee or score it.
    kind: 'bid',
    permission: 'procurement.readBid',
    cards: async (tx, ids) =>
      (await listBidCards(tx, ids)).map(({ bid, division, panel, title }) => ({
        ref: { kind: 'bid', id: bid.id },
        title,
        state: bid.faults.length === 0 ? 'valid' : 'not-qualified',
        division: asDivision(division),
        reach: {
          division: asDivision(division),
          organizations: [bid.organization],
          persons: panel,
          confidential: true,
        },
        open: false,
      })),
  },
  claims('objection'),
  claims('complaint'),
]
