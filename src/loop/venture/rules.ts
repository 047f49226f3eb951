// Venture calls: the records, their lifecycle tables, and who may do what in which state. Decisions stand in rules/. Pure.
import { type Actor, type Judged, may, type Reach, scopesOf } from '../../kit/actor.ts'
import { ancestorAt, type DivisionCode, type Id, within } from '../../kit/id.ts'
import { type Instant, isAfter } from '../../kit/instant.ts'
import { type Lifecycle, nextState } from '../../kit/lifecycle.ts'
import type { Fen } from '../../kit/money.ts'
import type { PlainDate } from '../../kit/plain-date.ts'
import { allow, forbid, refuse, type Refusal, type Ruling } from '../../kit/ruling.ts'
import { endOfDay } from '../../kit/working-days.ts'
import type { Source } from '../../registers/funds/contract.ts'
import type { CategoryCode } from '../needs/contract/taxonomy.ts'
import type { ProjectDesign } from '../projects/rules.ts'
import type { CallState, ProposalState } from './contract.ts'

export type CallId = Id<'venture-call'>
export type ProposalId = Id<'venture-proposal'>

export type Criterion = { readonly name: string; readonly weight: number }

/** The call, as the desk writes it. */
export type CallContent = {
  readonly title: string
  readonly theme: string
  readonly places: readonly DivisionCode[]
  readonly categories: readonly CategoryCode[]
  readonly ceiling: Fen
  readonly total: Fen
  readonly source: Source
  readonly purchaseItem: string
  readonly criteria: readonly Criterion[]
  /** Percent; with the panel's 100. */
  readonly voteWeight: number
  readonly panelWeight: number
  readonly proposalsUntil: PlainDate
  readonly voteUntil: PlainDate
  readonly scoreUntil: PlainDate
}

/** Policy values with which a call was opened: a later change applies to new calls only. */
export type CallTerms = {
  readonly votesEach: number
  readonly proposalsEach: number
  readonly mostProposals: number
  readonly panelSize: number
  /** Points of 100 that the panel must give for an award. */
  readonly leastScore: number
  readonly coachingNotes: number
}

export type Draw = { readonly order: readonly string[]; readonly listHash: string; readonly seed: string }

export type Call = CallContent & {
  readonly id: CallId
  readonly number: { readonly year: number; readonly value: number }
  readonly division: DivisionCode
  readonly state: CallState
  readonly version: number
  readonly terms?: CallTerms
  /** Made at the opening; its hash is published then, the secret itself with the result. */
  readonly secret?: string
  readonly commitment?: string
  readonly screenUntil?: Instant
  readonly draw?: Draw
  readonly panel: readonly string[]
  /** Drawn, but stepped down because of a tie. */
  readonly replaced: readonly string[]
  readonly awarded?: Fen
  readonly createdAt: Instant
  readonly openedAt?: Instant
  readonly endReason?: string
  readonly history: readonly { readonly state: CallState; readonly at: Instant }[]
}

export type ProposalContent = Pick<
  ProjectDesign,
  'title' | 'targetGroup' | 'goals' | 'needs' | 'activities' | 'results' | 'start' | 'end' | 'budgetLines' | 'partners'
> & {
  readonly division: DivisionCode
  readonly asked: Fen
  readonly own?: Fen
  readonly strengths: string
}

/** Scores in hundredths of a point. */
export type Result = {
  readonly rank: number
  readonly votes: number
  readonly voteScore: number
  readonly panelScore: number
  readonly score: number
}

export type Proposal = ProposalContent & {
  readonly id: ProposalId
  readonly call: CallId
  readonly number: { readonly year: number; readonly value: number }
  readonly state: ProposalState
  readonly version: number
  readonly organization: string
  readonly organizationName: string
  /** Who wrote it: told what becomes of it, and never on its panel. */
  readonly authors: readonly string[]
  /** SM3 of what was handed in: part of the draw's seed. */
  readonly hash?: string
  readonly reason?: string
  readonly admittedAt?: Instant
  /** Counted when the vote closes; shown when the call is announced. */
  readonly votes?: number
  readonly result?: Result
  readonly award?: Fen
  readonly coachings: number
  readonly project?: string
  readonly createdAt: Instant
  readonly history: readonly { readonly state: ProposalState; readonly at: Instant }[]
}

export const callLifecycle = {
  planning: { editCall: 'planning', openCall: 'open', cancelCall: 'cancelled' },
  open: { startScreening: 'screening', cancelCall: 'cancelled' },
  screening: { startVote: 'voting', cancelCall: 'cancelled' },
  voting: { closeVote: 'panel', cancelCall: 'cancelled' },
  panel: {
    appointVenturePanel: 'panel',
    leaveVenturePanel: 'panel',
    announceCall: 'announced',
    cancelCall: 'cancelled',
  },
  announced: { closeCall: 'closed' },
  closed: {},
  cancelled: {},
} as const satisfies Lifecycle<CallState, string>

export const proposalLifecycle = {
  draft: { editProposal: 'draft', submitProposal: 'submitted', withdrawProposal: 'withdrawn', lapse: 'lapsed' },
  submitted: {
    takeBackProposal: 'draft',
    withdrawProposal: 'withdrawn',
    admitProposal: 'admitted',
    turnAwayProposal: 'turned-away',
    lapse: 'lapsed',
  },
  admitted: { castVentureVote: 'admitted', closeVote: 'voted', lapse: 'lapsed' },
  voted: { scoreProposal: 'voted', awardProposal: 'awarded', passOverProposal: 'not-awarded', lapse: 'lapsed' },
  awarded: {
    editProposal: 'awarded',
    coachProposal: 'awarded',
    declineAward: 'declined',
    makeVentureProject: 'project-made',
  },
  'turned-away': {},
  withdrawn: {},
  'not-awarded': {},
  declined: {},
  'project-made': {},
  lapsed: {},
} as const satisfies Lifecycle<ProposalState, string>

type VerbsOf<T> = T extends unknown ? keyof T : never
export type CallVerb = VerbsOf<(typeof callLifecycle)[CallState]> & string
export type ProposalVerb = VerbsOf<(typeof proposalLifecycle)[ProposalState]> & string
const callTable: Lifecycle<CallState, CallVerb> = callLifecycle
const proposalTable: Lifecycle<ProposalState, ProposalVerb> = proposalLifecycle

/** The verbs of the call's page and the permission that each needs. */
export const callVerbPermissions = {
  editCall: 'venture.runCall',
  openCall: 'venture.runCall',
  startVote: 'venture.runCall',
  appointVenturePanel: 'venture.runCall',
  announceCall: 'venture.runCall',
  closeCall: 'venture.runCall',
  cancelCall: 'venture.runCall',
  leaveVenturePanel: 'venture.scoreProposal',
} as const satisfies Partial<Record<CallVerb, string>>

/** The verbs of the proposal's page and the permission that each needs. */
export const proposalVerbPermissions = {
  editProposal: 'venture.propose',
  submitProposal: 'venture.propose',
  takeBackProposal: 'venture.propose',
  withdrawProposal: 'venture.propose',
  declineAward: 'venture.propose',
  admitProposal: 'venture.runCall',
  turnAwayProposal: 'venture.runCall',
  makeVentureProject: 'venture.runCall',
  coachProposal: 'venture.coach',
  castVentureVote: 'venture.vote',
  scoreProposal: 'venture.scoreProposal',
} as const satisfies Partial<Record<ProposalVerb, string>>

/** A panelist reaches the call on whose panel they sit, whatever their place. */
export function reachOfCall(call: Call): Reach {
  return { division: call.division, persons: call.panel, confidential: call.openedAt === undefined }
}

export function judgedCall(call: Call): Judged {
  return { reach: reachOfCall(call), version: call.version, lineage: [{ kind: 'venture-call', id: call.id }] }
}

/** Run by the office that keeps the call: its place counts, not the proposal's. */
export function reachOfProposal(proposal: Proposal, call: Call): Reach {
  return {
    division: call.division,
    organizations: [proposal.organization],
    persons: call.panel,
    confidential: !isPublic(proposal),
  }
}

export function judgedProposal(proposal: Proposal, call: Call): Judged {
  return {
    reach: reachOfProposal(proposal, call),
    version: proposal.version,
    lineage: [
      { kind: 'venture-proposal', id: proposal.id },
      { kind: 'venture-call', id: call.id },
    ],
  }
}

/** A coach may belong to the community where the project will work. */
export function judgedCoaching(proposal: Proposal, call: Call, actor: Actor): Judged {
  const judged = judgedProposal(proposal, call)
  const local = { ...judged.reach, division: proposal.division }
  return may(actor, 'venture.coach', local) ? { ...judged, reach: local } : judged
}

/** A vote comes from any resident; the rule looks at where they live. */
export function judgedVote(proposal: Proposal, call: Call): Judged {
  return { reach: { ...reachOfProposal(proposal, call), anyone: true } }
}

/** Everybody reads what was admitted, and what became of it. */
export function isPublic(proposal: Pick<Proposal, 'admittedAt'>): boolean {
  return proposal.admittedAt !== undefined
}

/** The desks of the call's place, and of the place where it would work. */
export function isDesk(proposal: Proposal, call: Call, actor: Actor): boolean {
  return (
    may(actor, 'venture.runCall', { division: call.division }) ||
    may(actor, 'venture.readProposal', { division: call.division }) ||
    may(actor, 'venture.readProposal', { division: proposal.division })
  )
}

/** Its own organization reads it in every state; the desks from the moment it was handed in. */
export function mayReadProposal(proposal: Proposal, call: Call, actor: Actor): boolean {
  return isPublic(proposal) || isOwn(proposal, actor) || (proposal.hash !== undefined && isDesk(proposal, call, actor))
}

export function isOwn(proposal: Pick<Proposal, 'organization' | 'division'>, actor: Actor): boolean {
  return scopesOf(actor, 'venture.readProposal').organizations.includes(proposal.organization)
}

/** Opened calls are public; a planned one is read by the desks of its place. */
export function mayReadCall(call: Call, actor: Actor): boolean {
  return call.openedAt !== undefined || may(actor, 'venture.listDeskCalls', { division: call.division })
}

/** The county and township whose calls concern a place, itself among them. */
export function keepersFor(division: DivisionCode): DivisionCode[] {
  return [ancestorAt(division, 'county'), ancestorAt(division, 'township')].filter((place) => place !== undefined)
}

/** Whether a place takes part in the call. */
export function takesPart(call: Pick<Call, 'places'>, division: DivisionCode): boolean {
  return call.places.some((place) => within(division, place))
}

/** Votes, scores and ranks are shown from the announcement on, and to nobody before. */
export function isAnnounced(call: Pick<Call, 'state'>): boolean {
  return call.state === 'announced' || call.state === 'closed'
}

export function takesProposals(call: Call, now: Instant): boolean {
  return call.state === 'open' && !isAfter(now, endOfDay(call.proposalsUntil))
}

export function takesVotes(call: Call, now: Instant): boolean {
  return call.state === 'voting' && !isAfter(now, endOfDay(call.voteUntil))
}

/** Whether a verb of the call is open to this actor, before its input is looked at. Permission at the place is judged apart. */
export function callStanding(call: Call, verb: CallVerb, actor: Actor): Ruling<CallState> {
  const next = nextState(callTable, call.state, verb)
  if (!next.ok) return next
  if (verb === 'leaveVenturePanel' && !isPanelist(call, actor)) return forbid('not-on-panel')
  if (verb === 'appointVenturePanel' && call.panel.length > 0) return refuse('panel-stands')
  return next
}

export function isPanelist(call: Pick<Call, 'panel'>, actor: Actor): boolean {
  return actor.kind === 'person' && call.panel.includes(actor.personId)
}

/** Whether a verb of the proposal is open to this actor now. */
export function proposalStanding(
  proposal: Proposal,
  call: Call,
  verb: ProposalVerb,
  actor: Actor,
  now: Instant,
): Ruling<ProposalState> {
  const next = nextState(proposalTable, proposal.state, verb)
  return next.ok ? (condition(proposal, call, verb, actor, now) ?? next) : next
}

function condition(
  proposal: Proposal,
  call: Call,
  verb: ProposalVerb,
  actor: Actor,
  now: Instant,
): Refusal | undefined {
  switch (verb) {
    case 'editProposal':
      return proposal.state === 'awarded' || takesProposals(call, now) ? undefined : refuse('call-not-open')
    case 'submitProposal':
    case 'takeBackProposal':
      return takesProposals(call, now) ? undefined : refuse('call-not-open')
    case 'admitProposal':
    case 'turnAwayProposal':
      return call.state === 'screening' ? undefined : refuse('not-screening')
    case 'castVentureVote': {
      if (actor.kind !== 'person' || !actor.verified) return forbid('not-verified')
      if (actor.residence === undefined || !takesPart(call, actor.residence)) return forbid('not-of-this-place')
      return takesVotes(call, now) ? undefined : refuse('vote-not-open')
    }
    case 'scoreProposal':
      return isPanelist(call, actor) ? undefined : forbid('not-on-panel')
    default:
      return undefined
  }
}

/** The call after a verb. */
export function movedCall(call: Call, state: CallState, now: Instant, changes: Partial<Call> = {}): Call {
  const history = state === call.state ? call.history : [...call.history, { state, at: now }]
  return { ...call, ...changes, state, history, version: call.version + 1 }
}

/** The proposal after a verb. */
export function movedProposal(
  proposal: Proposal,
  state: ProposalState,
  now: Instant,
  changes: Partial<Proposal> = {},
): Proposal {
  const history = state === proposal.state ? proposal.history : [...proposal.history, { state, at: now }]
  return { ...proposal, ...changes, state, history, version: proposal.version + 1 }
}

/** Rule of most verbs of a proposal: standing, then the changes. */
export function decideProposal(
  proposal: Proposal,
  call: Call,
  verb: ProposalVerb,
  actor: Actor,
  now: Instant,
  changes: Partial<Proposal> = {},
): Ruling<Proposal> {
  const state = proposalStanding(proposal, call, verb, actor, now)
  return state.ok ? allow(movedProposal(proposal, state.value, now, changes)) : state
}

/** 创2026-0003; calls and proposals count together. */
export function shownNumber(record: Pick<Call, 'number'>): string {
  return `创${record.number.year}-${String(record.number.value).padStart(4, '0')}`
}
