// Venture calls (公益创投): organizations propose their own projects. States, shapes, and the endpoints of a call; proposals, judging and access stand beside.
import { z } from 'zod'
import { endpoint } from '../../kit/endpoint.ts'
import { divisionCode, idOf } from '../../kit/id.ts'
import { instantWire } from '../../kit/instant.ts'
import { listQuery, pageOf } from '../../kit/listing.ts'
import { moneyInput, moneyWire } from '../../kit/money.ts'
import { plainDate } from '../../kit/plain-date.ts'
import { actionView, recordAnswer } from '../../kit/record-view.ts'
import { sources } from '../../registers/funds/contract.ts'
import { categoryCodes } from '../needs/contract/taxonomy.ts'
import { purchaseItemCode } from '../projects/contract.ts'

export const callStates = [
  'planning',
  'open',
  'screening',
  'voting',
  'panel',
  'announced',
  'closed',
  'cancelled',
] as const
export type CallState = (typeof callStates)[number]

/** States in which everybody reads the call: from its opening on. */
export const openCallStates = callStates.filter((state) => state !== 'planning')

export const proposalStates = [
  'draft',
  'submitted',
  'admitted',
  'turned-away',
  'withdrawn',
  'voted',
  'awarded',
  'not-awarded',
  'declined',
  'project-made',
  'lapsed',
] as const
export type ProposalState = (typeof proposalStates)[number]

export const callId = idOf('venture-call')
export const proposalId = idOf('venture-proposal')
export const text = (least: number, most: number) => z.string().trim().min(least).max(most)
export const reason = text(4, 500)

/** What the panel scores, each from 0 to 100 points; the weights add up to 100. */
export const criterion = z.object({ name: text(2, 40), weight: z.number().int().min(1).max(100) })

/** The call as the desk writes it. */
export const callContent = z.object({
  title: text(4, 60),
  theme: text(10, 2000),
  /** Where the projects may work, and whose residents vote: divisions of the call’s own place. */
  places: z.array(divisionCode).min(1).max(50),
  categories: z.array(z.enum(categoryCodes)).min(1).max(5),
  /** The most that one project may ask. */
  ceiling: moneyInput,
  /** What all awards together may take. */
  total: moneyInput,
  source: z.enum(sources),
  purchaseItem: purchaseItemCode,
  criteria: z.array(criterion).min(1).max(10),
  /** Percent of the public vote and of the panel in the result; together 100. */
  voteWeight: z.number().int().min(10).max(90),
  panelWeight: z.number().int().min(10).max(90),
  proposalsUntil: plainDate,
  voteUntil: plainDate,
  scoreUntil: plainDate,
})

export const callRow = z.object({
  id: z.string(),
  number: z.string(),
  title: z.string(),
  state: z.enum(callStates),
  division: z.string(),
  divisionName: z.string().optional(),
  ceiling: moneyWire,
  total: moneyWire,
  proposalsUntil: z.string(),
  voteUntil: z.string(),
  updatedAt: instantWire,
})

/** A proposal’s place in the result. Scores in points with at most two decimals. */
export const resultView = z.object({
  proposal: z.string(),
  number: z.string(),
  title: z.string(),
  organizationName: z.string(),
  state: z.enum(proposalStates),
  asked: moneyWire,
  rank: z.number().int(),
  votes: z.number().int(),
  voteScore: z.number(),
  panelScore: z.number(),
  score: z.number(),
  award: moneyWire.optional(),
})

export const callView = z.object({
  id: z.string(),
  version: z.number().int(),
  number: z.string(),
  state: z.enum(callStates),
  division: z.string(),
  divisionName: z.string().optional(),
  title: z.string(),
  theme: z.string(),
  places: z.array(z.object({ code: z.string(), name: z.string() })),
  categories: z.array(z.enum(categoryCodes)),
  ceiling: moneyWire,
  total: moneyWire,
  source: z.enum(sources),
  purchaseItem: z.string(),
  criteria: z.array(criterion),
  voteWeight: z.number().int(),
  panelWeight: z.number().int(),
  proposalsUntil: z.string(),
  voteUntil: z.string(),
  scoreUntil: z.string(),
  /** Policy values with which it was opened. */
  terms: z
    .object({
      votesEach: z.number().int(),
      panelSize: z.number().int(),
      leastScore: z.number(),
      proposalsEach: z.number().int(),
      coachingNotes: z.number().int(),
    })
    .optional(),
  /** Proposals that everybody may read; for the desk those that wait for its decision too. */
  admitted: z.number().int(),
  undecided: z.number().int().optional(),
  /** The proposals for which I voted. */
  myVotes: z.array(z.string()),
  /** The draw of the panel, so that anybody can repeat it: hash of the secret at the opening, the secret once the result stands. */
  draw: z
    .object({
      commitment: z.string(),
      listHash: z.string(),
      seed: z.string().optional(),
      secret: z.string().optional(),
    })
    .optional(),
  /** For a member of the panel: the own sheets, nobody else’s. */
  mySheets: z.array(z.object({ proposal: z.string(), points: z.array(z.number().int()), note: z.string().optional() })),
  onPanel: z.boolean(),
  /** For the desk: how many sheets are in, of how many; never what they say. */
  sheets: z.object({ done: z.number().int(), of: z.number().int() }).optional(),
  /** Only once it is announced; best first. */
  results: z.array(resultView),
  awarded: moneyWire.optional(),
  endReason: z.string().optional(),
  history: z.array(z.object({ state: z.enum(callStates), at: z.string() })),
  actions: z.array(actionView),
})

export const byCall = z.object({ id: callId })
const onCall = { params: byCall, output: recordAnswer } as const

export const planCall = endpoint({
  name: 'planCall',
  method: 'POST',
  path: '/venture-calls',
  access: 'venture.runCall',
  /** A county (6 digits) or a township (9 digits). */
  body: callContent.extend({ division: divisionCode }),
  output: recordAnswer,
  refusals: [],
  summary: 'A county or township plans a venture call.',
})

export const editCall = endpoint({
  ...onCall,
  name: 'editCall',
  method: 'PUT',
  path: '/venture-calls/:id',
  access: 'venture.runCall',
  body: callContent,
  refusals: [],
  summary: 'Changes the call while it is planned.',
})

export const openCall = endpoint({
  ...onCall,
  name: 'openCall',
  method: 'POST',
  path: '/venture-calls/:id/open',
  access: 'venture.runCall',
  refusals: ['open-too-short'],
  summary: 'Opens the call for proposals; its terms and the policy values of today stand from now on.',
})

export const startVote = endpoint({
  ...onCall,
  name: 'startVote',
  method: 'POST',
  path: '/venture-calls/:id/start-vote',
  access: 'venture.runCall',
  /** The last days of the vote and of scoring; not earlier than announced. */
  body: z.object({ voteUntil: plainDate, scoreUntil: plainDate }),
  refusals: ['proposals-undecided', 'nothing-admitted'],
  summary: 'Every proposal is decided: the residents of the places vote.',
})

export const appointPanel = endpoint({
  ...onCall,
  name: 'appointVenturePanel',
  method: 'POST',
  path: '/venture-calls/:id/panel',
  access: 'venture.runCall',
  refusals: ['panel-stands', 'too-few-panelists'],
  summary: 'Draws the panel from the county’s experts without those tied to a proposer or to the call.',
})

export const announceCall = endpoint({
  ...onCall,
  name: 'announceCall',
  method: 'POST',
  path: '/venture-calls/:id/announce',
  access: 'venture.runCall',
  refusals: ['sheets-missing'],
  summary: 'All sheets are in: ranks by the declared weights, awards within the money, and shows votes and scores.',
})

export const closeCall = endpoint({
  ...onCall,
  name: 'closeCall',
  method: 'POST',
  path: '/venture-calls/:id/close',
  access: 'venture.runCall',
  refusals: ['awards-open'],
  summary: 'Every award has become a project or was declined: the call is closed.',
})

export const cancelCall = endpoint({
  ...onCall,
  name: 'cancelCall',
  method: 'POST',
  path: '/venture-calls/:id/cancel',
  access: 'venture.runCall',
  body: z.object({ reason }),
  refusals: [],
  summary: 'Gives the call up before its result is announced; its proposals lapse and their organizations are told.',
})

/** Calls that were opened: of a place, or all of them. */
export const listCalls = endpoint({
  name: 'listCalls',
  method: 'GET',
  path: '/venture-calls',
  access: 'public',
  query: listQuery(['newest'], { division: divisionCode.optional(), state: z.enum(callStates).optional() }),
  output: pageOf(callRow),
  refusals: [],
  exportable: true,
  summary: 'Venture calls in which a place takes part, newest first.',
})

export const listDeskCalls = endpoint({
  name: 'listDeskCalls',
  method: 'GET',
  path: '/venture-calls/desk',
  access: 'venture.listDeskCalls',
  query: listQuery(['newest'], { division: divisionCode.optional(), state: z.enum(callStates).optional() }),
  output: pageOf(callRow),
  refusals: [],
  exportable: true,
  summary:
    'Venture calls of the places where I work and of those above them, planned ones of my own places among them.',
})

export const getCall = endpoint({
  name: 'getCall',
  method: 'GET',
  path: '/venture-calls/:id',
  access: 'public',
  params: byCall,
  output: callView,
  refusals: [],
  summary: 'A venture call with its terms, its result once it is announced, and what may be done with it.',
})
