// Deliberation: the endpoints of a secret vote's paper ballots: handing out by name, and two officers' independent counts.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { idOf } from '../../../kit/id.ts'
import { actionView } from '../../../kit/record-view.ts'
import { voteId } from './ballots.ts'

const byId = z.object({ id: voteId })
const count = z.number().int().min(0).max(100_000)

export const handOutPaper = endpoint({
  name: 'handOutPaper',
  method: 'POST',
  path: '/votes/:id/paper',
  access: 'deliberation.recordMeeting',
  params: byId,
  body: z.object({ voter: idOf('person') }),
  output: z.object({ id: z.string() }),
  refusals: [
    'vote-over',
    'issue-over',
    'paper-given',
    'token-given',
    'not-on-roll',
    'adults-only',
    'voter-not-verified',
    'verified-residents-only',
    'voter-unknown',
  ],
  summary: 'Hands a paper ballot to a voter: marks the same line of the roll as a token would, by name.',
})

export const enterVotePaper = endpoint({
  name: 'enterVotePaper',
  method: 'POST',
  path: '/votes/:id/paper/count',
  access: 'deliberation.recordMeeting',
  params: byId,
  body: z.object({ for: count, against: count, abstain: count, invalid: count }),
  output: z.object({ id: z.string(), outcome: z.enum(['first', 'equal', 'unequal']) }),
  refusals: ['vote-over', 'paper-too-early', 'no-paper', 'count-accepted', 'counted-already'],
  summary:
    'An officer enters the own count of the paper ballots after casting has ended; two equal ones are accepted and the vote is counted.',
})

export const getVotePaper = endpoint({
  name: 'getVotePaper',
  method: 'GET',
  path: '/votes/:id/paper',
  access: 'deliberation.recordMeeting',
  params: byId,
  output: z.object({
    id: z.string(),
    motion: z.string(),
    papers: z.number().int(),
    attempt: z.number().int(),
    /** How many of the two have counted in this attempt. */
    entered: z.number().int(),
    mine: z.boolean(),
    castUntil: z.string(),
    actions: z.array(actionView),
  }),
  refusals: [],
  summary: 'How many paper ballots were handed out, and how far their counting is; no number of either officer.',
})
