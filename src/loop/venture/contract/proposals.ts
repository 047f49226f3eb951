// Venture calls: the proposals of organizations, from the draft to the project, with screening and coaching.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { divisionCode, idOf } from '../../../kit/id.ts'
import { listQuery, pageOf } from '../../../kit/listing.ts'
import { moneyInput, moneyWire } from '../../../kit/money.ts'
import { actionView, recordAnswer } from '../../../kit/record-view.ts'
import { projectContent } from '../../projects/contract.ts'
import { byCall, callStates, proposalId, proposalStates, reason, text } from '../contract.ts'

const { title, targetGroup, goals, activities, results, start, end, budgetLines, partners } = projectContent.shape

/** The project as its organization proposes it; the amount asked is what the lines add up to. */
export const proposalContent = z.object({
  title,
  /** A community or township among the call’s places. */
  division: divisionCode,
  targetGroup,
  goals,
  /** Open public needs of that place that it answers. */
  needs: z.array(idOf('need')).max(20),
  activities,
  results,
  start,
  end,
  budgetLines,
  asked: moneyInput,
  /** What the organization brings itself, beside the amount asked. */
  own: moneyInput.optional(),
  partners,
  /** Why this organization can do it. */
  strengths: text(4, 1000),
})

export const proposalRow = z.object({
  id: z.string(),
  number: z.string(),
  title: z.string(),
  state: z.enum(proposalStates),
  call: z.string(),
  callTitle: z.string().optional(),
  callState: z.enum(callStates).optional(),
  division: z.string(),
  divisionName: z.string().optional(),
  organization: z.string(),
  organizationName: z.string(),
  asked: moneyWire,
})

export const proposalView = z.object({
  id: z.string(),
  version: z.number().int(),
  number: z.string(),
  state: z.enum(proposalStates),
  call: z.object({
    id: z.string(),
    number: z.string(),
    title: z.string(),
    state: z.enum(callStates),
    ceiling: moneyWire,
  }),
  organization: z.string(),
  organizationName: z.string(),
  title: z.string(),
  division: z.string(),
  divisionName: z.string().optional(),
  targetGroup: z.string(),
  goals: z.string(),
  needs: z.array(z.object({ id: z.string(), number: z.string().optional(), title: z.string().optional() })),
  activities,
  results,
  start: z.string(),
  end: z.string(),
  budgetLines: z.array(
    z.object({
      item: z.string(),
      purpose: z.string(),
      quantity: z.number().int(),
      unit: z.string(),
      unitPrice: moneyWire,
      amount: moneyWire,
    }),
  ),
  asked: moneyWire,
  own: moneyWire.optional(),
  partners,
  strengths: z.string(),
  /** Why it was turned away or the award declined; for its organization and the desk. */
  reason: z.string().optional(),
  /** Votes and scores, once the call is announced. */
  result: z
    .object({
      rank: z.number().int(),
      votes: z.number().int(),
      voteScore: z.number(),
      panelScore: z.number(),
      score: z.number(),
    })
    .optional(),
  award: moneyWire.optional(),
  project: z.string().optional(),
  voted: z.boolean(),
  /** For its organization and the desk, newest first. */
  coaching: z.array(z.object({ words: z.string(), at: z.string(), by: z.string().optional() })),
  history: z.array(z.object({ state: z.enum(proposalStates), at: z.string() })),
  actions: z.array(actionView),
})

const byProposal = z.object({ id: proposalId })
const onProposal = { params: byProposal, output: recordAnswer } as const
const eligibility = ['not-active', 'abnormal', 'illegal', 'barred'] as const

export const draftProposal = endpoint({
  name: 'draftProposal',
  method: 'POST',
  path: '/venture-calls/:id/proposals',
  access: 'venture.propose',
  params: byCall,
  body: proposalContent.extend({ organization: idOf('organization') }),
  output: recordAnswer,
  refusals: ['call-not-open', 'too-many-proposals', ...eligibility],
  summary: 'An organization drafts its own project for an open call.',
})

export const editProposal = endpoint({
  ...onProposal,
  name: 'editProposal',
  method: 'PUT',
  path: '/venture-proposals/:id',
  access: 'venture.propose',
  body: proposalContent,
  refusals: ['call-not-open'],
  summary: 'The organization changes its draft, or improves an awarded proposal within the award.',
})

export const submitProposal = endpoint({
  ...onProposal,
  name: 'submitProposal',
  method: 'POST',
  path: '/venture-proposals/:id/submit',
  access: 'venture.propose',
  refusals: ['call-not-open', 'call-full', 'need-missing', 'need-elsewhere', 'need-not-public', ...eligibility],
  summary: 'Hands the proposal in; it answers at least one open need.',
})

export const takeBackProposal = endpoint({
  ...onProposal,
  name: 'takeBackProposal',
  method: 'POST',
  path: '/venture-proposals/:id/take-back',
  access: 'venture.propose',
  refusals: ['call-not-open'],
  summary: 'Takes a submitted proposal back to change it, while the call is open.',
})

export const withdrawProposal = endpoint({
  ...onProposal,
  name: 'withdrawProposal',
  method: 'POST',
  path: '/venture-proposals/:id/withdraw',
  access: 'venture.propose',
  refusals: [],
  summary: 'Gives the proposal up before the vote.',
})

export const admitProposal = endpoint({
  ...onProposal,
  name: 'admitProposal',
  method: 'POST',
  path: '/venture-proposals/:id/admit',
  access: 'venture.runCall',
  refusals: ['not-screening'],
  summary: 'The proposal meets the terms: it goes to the vote.',
})

export const turnAwayProposal = endpoint({
  ...onProposal,
  name: 'turnAwayProposal',
  method: 'POST',
  path: '/venture-proposals/:id/turn-away',
  access: 'venture.runCall',
  body: z.object({ reason }),
  refusals: ['not-screening'],
  summary: 'The proposal does not meet the terms; its organization reads why.',
})

export const coachProposal = endpoint({
  ...onProposal,
  name: 'coachProposal',
  method: 'POST',
  path: '/venture-proposals/:id/coach',
  access: 'venture.coach',
  body: z.object({ words: text(4, 1000) }),
  refusals: [],
  summary: 'A coach’s note to the awarded organization, before its proposal becomes a project.',
})

export const declineAward = endpoint({
  ...onProposal,
  name: 'declineAward',
  method: 'POST',
  path: '/venture-proposals/:id/decline',
  access: 'venture.propose',
  body: z.object({ reason }),
  refusals: [],
  summary: 'The organization does not take the award.',
})

export const makeVentureProject = endpoint({
  ...onProposal,
  name: 'makeVentureProject',
  method: 'POST',
  path: '/venture-proposals/:id/make-project',
  access: 'venture.runCall',
  /** The needs that go onto the project’s route: those of the proposal that are still free. */
  body: z.object({ needs: z.array(idOf('need')).min(1).max(20) }),
  refusals: ['coaching-missing', 'need-unknown', 'need-on-other-route', 'need-not-of-proposal'],
  summary:
    'The awarded proposal becomes a project with its organization as undertaker; residents and township still review it.',
})

export const listProposals = endpoint({
  name: 'listProposals',
  method: 'GET',
  path: '/venture-calls/:id/proposals',
  access: 'public',
  params: byCall,
  query: listQuery(['newest'], { state: z.enum(proposalStates).optional() }),
  output: pageOf(proposalRow),
  refusals: [],
  exportable: true,
  summary: 'The admitted proposals of a call; for its desk the submitted ones too.',
})

export const listMyProposals = endpoint({
  name: 'listMyProposals',
  method: 'GET',
  path: '/venture-proposals/mine',
  access: 'venture.propose',
  query: listQuery(['newest'], { state: z.enum(proposalStates).optional() }),
  output: pageOf(proposalRow),
  refusals: [],
  exportable: true,
  summary: 'The proposals of my organization.',
})

export const getProposal = endpoint({
  name: 'getProposal',
  method: 'GET',
  path: '/venture-proposals/:id',
  access: 'public',
  params: byProposal,
  output: proposalView,
  refusals: [],
  summary: 'A proposal: for everybody once it is admitted, before that for its organization and the desk.',
})
