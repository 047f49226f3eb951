// Procurement: the tender and its bids, the lifecycle table, and who may do what in which state. Decisions stand in rules/. Pure.
import type { Actor, Judged, Reach } from '../../kit/actor.ts'
import type { DivisionCode, Id, RecordRef } from '../../kit/id.ts'
import { type Instant, isAfter, isBefore } from '../../kit/instant.ts'
import { type Lifecycle, nextState } from '../../kit/lifecycle.ts'
import type { Fen } from '../../kit/money.ts'
import { today } from '../../kit/plain-date.ts'
import { allow, forbid, refuse, type Refusal, type Ruling } from '../../kit/ruling.ts'
import type { WorkingDayCalendar } from '../../kit/working-days.ts'
import type { ProjectMode } from '../projects/contract.ts'
import { awardStates, type BidFault, type TenderState } from './contract.ts'
import type { Procedure, endReasons } from './contract/terms.ts'
import type { Lot } from './rules/lots.ts'
import type { Draw } from './rules/draw.ts'
import type { Criterion, Requirements } from './rules/scoring.ts'
import type { Pending } from './rules/pending.ts'
import type { FoundSplit } from './rules/split.ts'

export type TenderId = Id<'tender'>
export type BidId = Id<'bid'>

/** Policy values as they were when the tender was published. */
export type TenderTerms = {
  readonly noticeDays: number
  readonly panelSize: number
  readonly minimumBids: number
  readonly standstillDays: number
  readonly objectionDays: number
  readonly outlierPercent: number
  /** Working days before the deadline in which no question is taken any more. */
  readonly questionDays: number
  readonly answerDays: number
  /** Working days that remain at least after a change of the terms. */
  readonly changeDays: number
  readonly complaintDays: number
  readonly complaintDecisionDays: number
}

export type Award = {
  readonly bid: BidId
  readonly organization: string
  readonly price: Fen
  readonly score: number
  readonly ranking: readonly { readonly bid: string; readonly rank: number; readonly score: number }[]
  readonly at: Instant
}

/** Sealed bids: the public half of the tender's key and how far the opening is. No secret. */
export type Sealing = {
  /** Shares that open the bids, of three (policy when it was planned). */
  readonly threshold: number
  /** X25519, base64url. */
  readonly publicKey?: string
  readonly madeAt?: Instant
  readonly madeBy?: string
  /** When the last opener confirmed; bidding cannot open before. */
  readonly confirmedAt?: Instant
  /** Who leads the opening, and the one-time key to which shares are handed in. */
  readonly session?: { readonly key: string; readonly seat: string; readonly person: string; readonly at: Instant }
  /** Envelopes held at the deadline, and those of them opened or void. */
  readonly envelopes?: number
  readonly settled?: number
}

export type Tender = {
  readonly id: TenderId
  readonly number: { readonly year: number; readonly value: number }
  readonly division: DivisionCode
  readonly state: TenderState
  readonly version: number
  readonly project: string
  readonly projectNumber: string
  readonly title: string
  /** Code of the purchase catalogue. */
  readonly item: string
  readonly mode: ProjectMode
  readonly categories: readonly string[]
  /** The ceiling of every bid. */
  readonly budget: Fen
  readonly procedure: Procedure
  readonly description: string
  readonly criteria: readonly Criterion[]
  readonly requirements: Requirements
  readonly noticeDays?: number
  /** Undefined: bids on paper, entered after the deadline. */
  readonly sealing?: Sealing
  /** Who ran any step of it. */
  readonly procurers: readonly string[]
  readonly designers: readonly string[]
  readonly terms?: TenderTerms
  /** Versions of the terms since publication: the present one, and the last that changed what bids answer to. */
  readonly termsNumber: number
  readonly bindingNumber: number
  readonly bindingAt?: Instant
  /** Looks like one purchase in several: what was found at publication, and why the procurer buys apart. */
  readonly split?: { readonly reason?: string; readonly found?: FoundSplit }
  readonly pending: readonly Pending[]
  readonly secret?: string
  readonly commitment?: string
  readonly createdAt: Instant
  readonly publishedAt?: Instant
  readonly deadline?: Instant
  readonly closedAt?: Instant
  readonly openedAt?: Instant
  readonly openedBy?: string
  readonly draw?: Draw
  readonly panel: readonly string[]
  /** Drawn, but stepped down because of a tie. */
  readonly replaced: readonly string[]
  /** Scoring starts anew when an objection says so; sheets of earlier rounds stay on record. */
  readonly round: number
  readonly award?: Award
  /** Undefined: undivided; each lot holds its own award and contract. */
  readonly lots?: readonly Lot[]
  readonly lotLimit?: number
  readonly noticeUntil?: Instant
  readonly standstillUntil?: Instant
  /** Since when an objection stops the clock. */
  readonly stoppedAt?: Instant
  readonly contract?: string
  readonly endReason?: (typeof endReasons)[number]
  readonly endWords?: string
  readonly history: readonly { readonly state: TenderState; readonly at: Instant }[]
}

export type Bid = {
  readonly id: BidId
  readonly tender: TenderId
  /** Left out or 1 where the tender is undivided. */
  readonly lot?: number
  readonly organization: string
  readonly organizationName: string
  readonly price: Fen
  readonly proposal: string
  readonly receivedAt: Instant
  readonly enteredAt: Instant
  readonly enteredBy: string
  readonly faults: readonly BidFault[]
  /** SM3 of what was entered: part of the draw's seed. */
  readonly hash: string
}

/** Policy in force at the place, before it is frozen by publishing. */
export type PolicyTerms = Omit<TenderTerms, 'noticeDays'> & {
  readonly noticeDays: Readonly<Record<Procedure, number>>
  readonly calendar: WorkingDayCalendar
}

/** What goes on about objections in whatever state they are met; what an upheld one leads to is its own verb. */
const complaints = <S extends TenderState>(state: S) => ({
  decideObjection: state,
  complain: state,
  decideComplaint: state,
})

/** States and the verbs that leave them. */
const table = {
  planning: {
    editTender: 'planning',
    registerOpenerKey: 'planning',
    makeTenderKey: 'planning',
    confirmTenderKey: 'planning',
    publishTender: 'published',
    cancelTender: 'cancelled',
  },
  published: {
    depositBid: 'published',
    withdrawBid: 'published',
    confirmBid: 'published',
    declareKeyLost: 'published',
    askQuestion: 'published',
    answerQuestion: 'published',
    changeTerms: 'published',
    closeTender: 'closed',
    objectToTender: 'published',
    ...complaints('published'),
    failTender: 'failed',
    cancelTender: 'cancelled',
  },
  closed: {
    enterBid: 'closed',
    declareKeyLost: 'closed',
    startOpening: 'closed',
    contributeShare: 'closed',
    openBid: 'closed',
    voidBid: 'closed',
    confirmOpening: 'opened',
    ...complaints('closed'),
    failTender: 'failed',
    cancelTender: 'cancelled',
  },
  opened: {
    appointPanel: 'scoring',
    objectToTender: 'opened',
    ...complaints('opened'),
    failTender: 'failed',
    cancelTender: 'cancelled',
  },
  scoring: {
    scoreBid: 'scoring',
    leavePanel: 'scoring',
    proposeAward: 'award-notice',
    objectToTender: 'scoring',
    ...complaints('scoring'),
    failTender: 'failed',
    cancelTender: 'cancelled',
  },
  'award-notice': {
    beginStandstill: 'standstill',
    objectToTender: 'award-notice',
    ...complaints('award-notice'),
    failLot: 'award-notice',
    scoreAgain: 'scoring',
    failTender: 'failed',
    cancelTender: 'cancelled',
  },
  standstill: {
    confirmAward: 'awarded',
    objectToTender: 'standstill',
    ...complaints('standstill'),
    failLot: 'standstill',
    scoreAgain: 'scoring',
    failTender: 'failed',
    cancelTender: 'cancelled',
  },
  awarded: { tenderContracted: 'contracted', failLot: 'awarded', ...complaints('awarded'), failTender: 'failed' },
  contracted: { ...complaints('contracted') },
  cancelled: { objectToTender: 'cancelled', ...complaints('cancelled') },
  failed: { objectToTender: 'failed', ...complaints('failed') },
} as const satisfies Lifecycle<TenderState, string>

type VerbsOf<T> = T extends unknown ? keyof T : never
export type TenderVerb = VerbsOf<(typeof table)[TenderState]> & string
export const tenderLifecycle: Lifecycle<TenderState, TenderVerb> = table

/** The verbs of the record page and the permission that each needs. */
export const tenderVerbPermissions = {
  editTender: 'procurement.runTender',
  publishTender: 'procurement.runTender',
  closeTender: 'procurement.runTender',
  enterBid: 'procurement.runTender',
  confirmOpening: 'procurement.confirmOpening',
  appointPanel: 'procurement.runTender',
  scoreBid: 'procurement.scoreBid',
  leavePanel: 'procurement.scoreBid',
  proposeAward: 'procurement.runTender',
  askQuestion: 'procurement.askQuestion',
  answerQuestion: 'procurement.runTender',
  changeTerms: 'procurement.runTender',
  objectToTender: 'procurement.objectToTender',
  decideObjection: 'procurement.decideObjection',
  decideComplaint: 'procurement.decideComplaint',
  confirmAward: 'procurement.runTender',
  failLot: 'procurement.runTender',
  failTender: 'procurement.runTender',
  cancelTender: 'procurement.runTender',
} as const satisfies Partial<Record<TenderVerb, string>>

/** Panelists reach it in person, bidders by their organization. */
export function reachOf(tender: Tender, bidders: readonly string[] = []): Reach {
  return {
    division: tender.division,
    persons: tender.panel,
    organizations: bidders,
    confidential: tender.publishedAt === undefined,
  }
}

/** The tender as the judge sees it: its own history, its project's and its bids' count for separation of duties. */
export function judgedTender(tender: Tender, bids: readonly Pick<Bid, 'id'>[] = []): Judged {
  const refs: RecordRef[] = bids.map((bid) => ({ kind: 'bid', id: bid.id }))
  return {
    reach: reachOf(tender),
    version: tender.version,
    lineage: [{ kind: 'tender', id: tender.id }, { kind: 'project', id: tender.project }, ...refs],
  }
}

export function validBids(bids: readonly Bid[]): Bid[] {
  return bids.filter((bid) => bid.faults.length === 0)
}

/** Verbs of the opening of sealed bids. */
const openingVerbs: readonly string[] = ['startOpening', 'contributeShare', 'openBid', 'voidBid']

/** Verbs that end with the deadline. */
const bidVerbs: readonly string[] = ['depositBid', 'withdrawBid', 'confirmBid', 'changeTerms']

/** Past the deadline, though the clock may not have closed it yet; while an objection is open the deadline stands still. */
function isOver(tender: Tender, now: Instant): boolean {
  const { deadline } = tender
  return deadline !== undefined && tender.stoppedAt === undefined && isAfter(now, deadline)
}

/** Whether the verb is open to this actor now, before its input is looked at. Permission at the place is judged apart. */
export function standing(tender: Tender, verb: TenderVerb, actor: Actor, now: Instant): Ruling<TenderState> {
  const me = actor.kind === 'person' ? actor.personId : undefined
  // Asked too early is told as that, with the date, rather than as a wrong state.
  if (
    (verb === 'closeTender' || verb === 'enterBid' || openingVerbs.includes(verb)) &&
    tender.state === 'published' &&
    tender.deadline !== undefined &&
    isBefore(now, tender.deadline)
  ) {
    return refuse('before-deadline', { until: today(tender.deadline) })
  }
  if (bidVerbs.includes(verb) && isOver(tender, now))
    return refuse('bid-late', tender.deadline === undefined ? {} : { deadline: today(tender.deadline) })
  if (verb === 'confirmAward' && tender.state === 'award-notice')
    return refuse('standstill-runs', standstillEnd(tender))
  const next = nextState(tenderLifecycle, tender.state, verb)
  return next.ok ? (condition(tender, verb, me, now) ?? next) : next
}

function standstillEnd(tender: Tender): Record<string, string> {
  return tender.standstillUntil === undefined ? {} : { until: today(tender.standstillUntil) }
}

function condition(tender: Tender, verb: TenderVerb, me: string | undefined, now: Instant): Refusal | undefined {
  const { sealing } = tender
  switch (verb) {
    case 'publishTender':
      return sealing !== undefined && sealing.confirmedAt === undefined ? refuse('keys-not-confirmed') : undefined
    case 'enterBid':
      return sealing === undefined ? undefined : refuse('bids-are-sealed')
    case 'confirmOpening': {
      if (me !== undefined && (tender.procurers.includes(me) || sealing?.session?.person === me))
        return forbid('duties-separated', { duty: 'procurer-opens' })
      const left = sealing === undefined ? 0 : (sealing.envelopes ?? 1) - (sealing.settled ?? 0)
      return left > 0 ? refuse('envelopes-left') : undefined
    }
    case 'scoreBid':
    case 'leavePanel':
      if (me === undefined || !tender.panel.includes(me)) return forbid('not-on-panel')
      return tender.designers.includes(me) ? forbid('duties-separated', { duty: 'designer-scores' }) : undefined
    case 'decideObjection':
    case 'decideComplaint':
      return me !== undefined && tender.procurers.includes(me)
        ? forbid('duties-separated', { duty: 'procurer-decides' })
        : undefined
    case 'failTender':
      return tender.lots?.some((lot) => lot.contract !== undefined) ? refuse('lot-contracted') : undefined
    case 'tenderContracted':
    case 'closeTender':
    case 'proposeAward':
      return tender.stoppedAt === undefined ? undefined : refuse('objection-open')
    case 'confirmAward':
      if (tender.stoppedAt !== undefined) return refuse('objection-open')
      return tender.standstillUntil !== undefined && !isAfter(now, tender.standstillUntil)
        ? refuse('standstill-runs', standstillEnd(tender))
        : undefined
    default:
      return undefined
  }
}

/** The tender after a verb; whoever ran a step stays on the list of procurers. */
export function moved(tender: Tender, state: TenderState, now: Instant, changes: Partial<Tender> = {}): Tender {
  const history = state === tender.state ? tender.history : [...tender.history, { state, at: now }]
  return { ...tender, ...changes, state, history, version: tender.version + 1 }
}

/** Who acts joins those who ran it. */
export function run(tender: Tender, actor: Actor): Pick<Tender, 'procurers'> {
  return { procurers: actor.kind === 'person' ? [...new Set([...tender.procurers, actor.personId])] : tender.procurers }
}

/** Rule of simple verbs: standing, then the changes. */
export function decide(
  tender: Tender,
  verb: TenderVerb,
  actor: Actor,
  now: Instant,
  changes: () => Partial<Tender>,
): Ruling<Tender> {
  const state = standing(tender, verb, actor, now)
  return state.ok ? allow(moved(tender, state.value, now, changes())) : state
}

/** On paper or sealed. */
export function bidFormOf(tender: Pick<Tender, 'sealing'>): 'paper' | 'sealed' {
  return tender.sealing === undefined ? 'paper' : 'sealed'
}

/** Whether the award is public: prices, scores and ranking with it. */
export function awardIsPublic(tender: Tender): boolean {
  return awardStates.includes(tender.state)
}

/** The number that people see: 采2026-0009. */
export function shownNumber(tender: Pick<Tender, 'number'>, prefix = '采'): string {
  return `${prefix}${tender.number.year}-${String(tender.number.value).padStart(4, '0')}`
}
