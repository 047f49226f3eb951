// Venture calls: the residents’ vote and the panel’s scores.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { pageOf, listQuery } from '../../../kit/listing.ts'
import { recordAnswer } from '../../../kit/record-view.ts'
import { byCall, callRow, proposalId } from '../contract.ts'

const byProposal = z.object({ id: proposalId })

export const castVentureVote = endpoint({
  name: 'castVentureVote',
  method: 'POST',
  path: '/venture-proposals/:id/vote',
  access: 'venture.vote',
  params: byProposal,
  /** How many of the voter’s votes are left. */
  output: z.object({ id: z.string(), left: z.number().int() }),
  refusals: ['not-verified', 'not-of-this-place', 'vote-not-open', 'voted-before', 'votes-used'],
  summary:
    'A verified resident of the call’s places votes for a proposal, once each and for at most as many as the policy allows.',
})

export const scoreProposal = endpoint({
  name: 'scoreProposal',
  method: 'POST',
  path: '/venture-proposals/:id/score',
  access: 'venture.scoreProposal',
  params: byProposal,
  /** Points from 0 to 100, in the order of the call’s criteria. */
  body: z.object({
    points: z.array(z.number().int().min(0).max(100)).min(1).max(10),
    note: z.string().trim().max(500).optional(),
  }),
  output: recordAnswer,
  refusals: ['not-on-panel', 'tied-to-proposer', 'scored-before'],
  summary: 'A panelist scores a proposal, once, without seeing anybody else’s points or the votes.',
})

export const leaveVenturePanel = endpoint({
  name: 'leaveVenturePanel',
  method: 'POST',
  path: '/venture-calls/:id/leave-panel',
  access: 'venture.scoreProposal',
  params: byCall,
  output: recordAnswer,
  refusals: ['not-on-panel', 'scored-before', 'nobody-stands-by'],
  summary: 'A panelist who is tied to a proposer steps down before scoring; the next of the draw takes the seat.',
})

export const listMyVenturePanels = endpoint({
  name: 'listMyVenturePanels',
  method: 'GET',
  path: '/venture-panels',
  access: 'venture.scoreProposal',
  query: listQuery(['newest'], {}),
  output: pageOf(callRow),
  refusals: [],
  summary: 'Calls on whose panel I sit.',
})
