// Procurement: endpoints beside the straight path: changes, objections, ends, and the lists of desks, bidders and panelists.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { divisionCode } from '../../../kit/id.ts'
import { listQuery, pageOf } from '../../../kit/listing.ts'
import { moneyWire } from '../../../kit/money.ts'
import { bidFaults, one, tenderRow, tenderStates } from '../contract.ts'
import { givenLotEnds, lotOfRow, lotParams } from './lots.ts'
import { bidForms, endReasons, tenderTerms, text } from './terms.ts'

const ended = z.object({ reason: z.enum(endReasons), words: text(4, 500) })

export const editTender = endpoint({
  ...one,
  name: 'editTender',
  method: 'PUT',
  path: '/tenders/:id',
  access: 'procurement.runTender',
  /** Left out, bids are made as before: a key that stands is never dropped by the way. */
  body: tenderTerms.extend({ bidForm: z.enum(bidForms).optional() }),
  refusals: ['ceilings-not-budget', 'file-unknown'],
  summary: 'Changes a tender while it is planned.',
})

export const closeTender = endpoint({
  ...one,
  name: 'closeTender',
  method: 'POST',
  path: '/tenders/:id/close',
  access: 'procurement.runTender',
  refusals: ['before-deadline', 'objection-open'],
  summary: 'Closes the tender after the deadline; the clock does it too.',
})

export const leavePanel = endpoint({
  ...one,
  name: 'leavePanel',
  method: 'POST',
  path: '/tenders/:id/leave-panel',
  access: 'procurement.scoreBid',
  body: z.object({ reason: text(2, 200) }),
  refusals: ['not-on-panel', 'already-scored', 'too-few-panelists'],
  summary: 'A panelist declares a tie to a bidder; the next one drawn steps in.',
})

export const failLot = endpoint({
  ...one,
  name: 'failLot',
  method: 'POST',
  path: '/tenders/:id/lots/:lot/fail',
  access: 'procurement.runTender',
  params: lotParams,
  body: z.object({ reason: z.enum(givenLotEnds), words: text(4, 500) }),
  refusals: ['not-divided', 'lot-not-awarded', 'lot-contracted', 'last-lot'],
  summary: 'The award of one lot is taken back, since its winner is gone; the other lots go on.',
})

export const failTender = endpoint({
  ...one,
  name: 'failTender',
  method: 'POST',
  path: '/tenders/:id/fail',
  access: 'procurement.runTender',
  body: ended,
  refusals: ['enough-bids', 'lot-contracted'],
  summary: 'The tender fails; the project may be tendered anew.',
})

export const cancelTender = endpoint({
  ...one,
  name: 'cancelTender',
  method: 'POST',
  path: '/tenders/:id/cancel',
  access: 'procurement.runTender',
  body: ended,
  refusals: [],
  summary: 'Cancels the tender with its reason, before the award stands.',
})

export const listDeskTenders = endpoint({
  name: 'listDeskTenders',
  method: 'GET',
  path: '/tenders/desk',
  access: 'procurement.listDeskTenders',
  query: listQuery(['newest'], {
    division: divisionCode.optional(),
    state: z.enum(tenderStates).optional(),
    /** Only those that look like one purchase split in several. */
    split: z.literal('found').optional(),
  }),
  output: pageOf(tenderRow),
  refusals: [],
  exportable: true,
  summary: 'Tenders of the places where I work, planned ones among them.',
})

export const listMyBids = endpoint({
  name: 'listMyBids',
  method: 'GET',
  path: '/bids/mine',
  access: 'procurement.readBid',
  query: listQuery(['newest'], {}),
  output: pageOf(
    z.object({
      id: z.string(),
      tender: tenderRow,
      lot: lotOfRow,
      price: moneyWire,
      receivedAt: z.string(),
      valid: z.boolean(),
      faults: z.array(z.enum(bidFaults)),
      won: z.boolean().optional(),
    }),
  ),
  refusals: [],
  exportable: true,
  summary: 'Bids of my organization.',
})

export const listMyPanels = endpoint({
  name: 'listMyPanels',
  method: 'GET',
  path: '/tenders/panels',
  access: 'procurement.scoreBid',
  query: listQuery(['newest'], {}),
  output: pageOf(tenderRow),
  refusals: [],
  summary: 'Tenders that I was drawn to score.',
})
