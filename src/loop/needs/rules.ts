// Needs: the record, the lifecycle table, and who may do what in which state. Pure.
import { type Actor, type Judged, may, type Reach } from '../../kit/actor.ts'
import { type DivisionCode, type Id, type RecordRef, within } from '../../kit/id.ts'
import { type Instant, isAfter } from '../../kit/instant.ts'
import type { PlainDate } from '../../kit/plain-date.ts'
import { type Lifecycle, nextState } from '../../kit/lifecycle.ts'
import type { Point } from '../../kit/point.ts'
import { absent, allow, forbid, refuse, type Refusal, type Ruling } from '../../kit/ruling.ts'
import type { WorkingDayCalendar } from '../../kit/working-days.ts'
import type {
  declineReasons,
  forWhoms,
  needSources,
  NeedRoute,
  NeedState,
  urgencies,
  verdicts,
  visibilities,
} from './contract.ts'
import { ownStation } from './contract.ts'
import type { QuestionCode } from './contract/questions.ts'
import type { CategoryCode } from './contract/taxonomy.ts'

export type NeedId = Id<'need'>

/** What is written about a need by people: sealed as a whole when the need is private. */
export type NeedTexts = {
  readonly title: string
  readonly text: string
  readonly place?: string
  readonly point?: Point
  readonly answers?: readonly { readonly question: QuestionCode; readonly answer: string }[]
  readonly talk?: readonly { readonly by: 'worker' | 'resident'; readonly at: Instant; readonly words: string }[]
  readonly decline?: string
  readonly appeal?: string
  readonly refused?: string
  readonly answer?: string
  readonly verdict?: string
}

export type Need = {
  readonly id: NeedId
  readonly division: DivisionCode
  readonly grid?: DivisionCode
  readonly state: NeedState
  readonly version: number
  readonly number?: { readonly year: number; readonly value: number }
  readonly resident: Id<'person'>
  readonly residentMasked: string
  readonly residentVerified: boolean
  readonly submittedBy?: Id<'person'>
  readonly visibility: (typeof visibilities)[number]
  readonly category: CategoryCode
  readonly forWhom: (typeof forWhoms)[number]
  readonly urgency: (typeof urgencies)[number]
  readonly source: (typeof needSources)[number]
  /** Undefined when the resident's key was destroyed. */
  readonly texts?: NeedTexts
  readonly files: readonly { readonly id: string; readonly name: string; readonly type: string }[]
  readonly supports: number
  readonly verifiedSupports: number
  readonly holder?: { readonly id: Id<'person'>; readonly name: string }
  readonly route?: NeedRoute
  readonly routeHint?: NeedRoute
  readonly routeBy?: RecordRef
  readonly department?: string
  /** When an imported need was first raised elsewhere. The clocks run from the import: nobody could have answered before it was here. */
  readonly firstRaised?: PlainDate
  readonly createdAt: Instant
  readonly submittedAt?: Instant
  /** When the present step must be done; kept while the clock stands. */
  readonly dueAt?: Instant
  /** Since when the resident's reply is awaited. */
  readonly pausedAt?: Instant
  readonly respondedAt?: Instant
  readonly declineReason?: (typeof declineReasons)[number]
  readonly declinedBy?: Id<'person'>
  readonly appealUntil?: Instant
  readonly appealedAt?: Instant
  readonly mergedInto?: NeedId
  /** The need under which this one is counted: itself unless merged. */
  readonly root: NeedId
  readonly endReason?: string
  readonly answeredAt?: Instant
  readonly answeredBy?: Id<'person'>
  readonly verdict?: (typeof verdicts)[number] | 'unconfirmed'
  readonly rating?: number
  readonly verdictVerified: boolean
  readonly verdictUntil?: Instant
  readonly reopenedAt?: Instant
  /** Raised to the township: the resident said "not met" once. */
  readonly raised: boolean
  /** The present due has passed and the leader was told. */
  readonly escalated: boolean
  readonly history: readonly { readonly state: NeedState; readonly at: Instant }[]
}

/** Policy values and the calendar that decisions about one need use. Days are working days. */
export type NeedTerms = {
  readonly respondDays: number
  readonly appealDays: number
  readonly resolveDays: number
  readonly planDays: number
  readonly verdictDays: number
  readonly calendar: WorkingDayCalendar
}

/** States and the verbs that leave them. A verb that stays in its state changes something else of the need. */
export const needLifecycle = {
  draft: { changeDraft: 'draft', submitDraft: 'submitted', withdrawNeed: 'withdrawn' },
  submitted: {
    acceptNeed: 'accepted',
    declineNeed: 'declined',
    mergeNeed: 'merged',
    withdrawNeed: 'withdrawn',
    supportNeed: 'submitted',
    retractSupport: 'submitted',
    askResident: 'submitted',
    replyToQuestion: 'submitted',
    holdNeed: 'submitted',
    handOverNeed: 'submitted',
    takeOverNeed: 'submitted',
    assignNeed: 'submitted',
    raiseOverdue: 'submitted',
  },
  accepted: {
    referNeed: 'responding',
    takeRoute: 'responding',
    withdrawNeed: 'withdrawn',
    supportNeed: 'accepted',
    retractSupport: 'accepted',
    askResident: 'accepted',
    replyToQuestion: 'accepted',
    holdNeed: 'accepted',
    handOverNeed: 'accepted',
    takeOverNeed: 'accepted',
    assignNeed: 'accepted',
    raiseOverdue: 'accepted',
  },
  responding: {
    answerNeed: 'answered',
    endRoute: 'accepted',
    refuseReferral: 'accepted',
    takeRoute: 'responding',
    supportNeed: 'responding',
    retractSupport: 'responding',
    askResident: 'responding',
    replyToQuestion: 'responding',
    holdNeed: 'responding',
    handOverNeed: 'responding',
    takeOverNeed: 'responding',
    assignNeed: 'responding',
    raiseOverdue: 'responding',
  },
  declined: { appealNeed: 'submitted', finalizeDecline: 'declined' },
  merged: { unmergeNeed: 'submitted' },
  answered: { giveVerdict: 'closed', reopenNeed: 'responding', closeUnconfirmed: 'closed' },
  withdrawn: {},
  closed: {},
} as const satisfies Lifecycle<NeedState, string>

type VerbsOf<T> = T extends unknown ? keyof T : never
export type NeedVerb = VerbsOf<(typeof needLifecycle)[NeedState]> & string
const lifecycle: Lifecycle<NeedState, NeedVerb> = needLifecycle

/** The number as people read it: 需2026-0087. A draft has none. */
export function shownNumber(need: Pick<Need, 'number'>): string | undefined {
  if (need.number === undefined) return undefined
  const value = String(need.number.value)
  // A list asks for it in every row: four digits and more need no filling.
  return `需${need.number.year}-${value.length < 4 ? value.padStart(4, '0') : value}`
}

/** Where a need stands for access; a private one hides even that it exists. */
export function reachOf(
  need: Pick<Need, 'division' | 'resident' | 'route' | 'department' | 'visibility' | 'state'>,
): Reach {
  return {
    division: need.division,
    persons: [need.resident],
    departments: need.route === 'department' && need.department !== undefined ? [need.department] : [],
    confidential: need.visibility === 'private' || need.state === 'draft',
  }
}

/** The need as the judge sees it: place, version, and its own history for separation of duties. */
export function judgedNeed(need: Need): Judged {
  return { reach: reachOf(need), version: need.version, lineage: [{ kind: 'need', id: need.id }] }
}

/** Whether the actor may read what the need says: open needs everybody, drafts the resident, private ones those whom they concern. */
export function mayRead(need: Need, actor: Actor): boolean {
  if (need.state === 'draft') return isResident(need, actor)
  if (need.visibility === 'public' && need.state !== 'withdrawn') return true
  return isResident(need, actor) || mayReadPrivate(need, actor)
}

function mayReadPrivate(need: Need, actor: Actor): boolean {
  if (need.visibility === 'public') return may(actor, 'needs.listDeskNeeds', reachOf(need))
  return (
    may(actor, 'needs.readPrivate', reachOf(need)) || (need.raised && may(actor, 'needs.readRaised', reachOf(need)))
  )
}

/** Whether the actor works on needs of this place: sees holder's remarks, masked name and questions. */
export function mayWorkOn(need: Need, actor: Actor): boolean {
  return may(actor, 'needs.listDeskNeeds', reachOf(need)) && mayRead(need, actor)
}

export function isResident(need: Need, actor: Actor): boolean {
  return actor.kind === 'person' && actor.personId === need.resident
}

/** Declined for good: decided after an appeal, or the time to appeal has passed (the program then takes the date away). */
export function declineIsFinal(need: Need, now: Instant): boolean {
  return (
    need.state === 'declined' &&
    (need.appealedAt !== undefined || need.appealUntil === undefined || isAfter(now, need.appealUntil))
  )
}

/** Overdue: the present step's time has passed and no reply of the resident is awaited. */
export function isOverdue(need: Need, now: Instant): boolean {
  const open = need.state === 'submitted' || need.state === 'accepted' || need.state === 'responding'
  return open && need.pausedAt === undefined && need.dueAt !== undefined && isAfter(now, need.dueAt)
}

/** Whether the verb is open to this actor now, before its input is looked at. Permission at the place is judged apart. */
export function standing(need: Need, verb: NeedVerb, actor: Actor, now: Instant): Ruling<NeedState> {
  const next = nextState(lifecycle, need.state, verb)
  if (!next.ok) return next
  return condition(need, verb, actor, now) ?? next
}

function condition(need: Need, verb: NeedVerb, actor: Actor, now: Instant): Refusal | undefined {
  const me = actor.kind === 'person' ? actor.personId : undefined
  switch (verb) {
    case 'supportNeed':
      if (need.visibility === 'private' && !mayRead(need, actor)) return absent()
      return isResident(need, actor) ? refuse('own-need') : undefined
    case 'appealNeed':
      if (need.appealedAt !== undefined) return refuse('appeal-used')
      return declineIsFinal(need, now) ? refuse('appeal-over') : undefined
    case 'acceptNeed':
    case 'declineNeed':
      // The appeal goes to somebody else: residents lead, not the desk that said no.
      return need.appealedAt !== undefined && me === need.declinedBy
        ? forbid('duties-separated', { duty: 'appeal' })
        : undefined
    case 'replyToQuestion':
      return need.pausedAt === undefined ? refuse('nothing-asked') : undefined
    case 'askResident':
      if (need.pausedAt !== undefined) return refuse('already-asked')
      return (need.texts?.talk?.length ?? 0) >= 40 ? refuse('talk-full') : undefined
    case 'holdNeed':
      if (need.holder === undefined) return undefined
      return need.holder.id === me ? refuse('already-holding') : refuse('held-by-other')
    case 'handOverNeed':
      return need.holder?.id === me ? undefined : forbid('not-holder')
    case 'takeOverNeed':
      if (need.holder === undefined) return refuse('nobody-holds')
      return need.holder.id === me ? refuse('already-holding') : undefined
    case 'answerNeed':
      return mayAnswer(need, actor)
    case 'refuseReferral':
      if (need.raised) return refuse('raised-not-refused')
      return mayAnswer(need, actor)
    default:
      return undefined
  }
}

/**
 * A referral is answered by its department (the community's own station: its workers); deliberation and project answer through their own
 * ends; once raised, the community and the township may answer whatever the route was.
 */
function mayAnswer(need: Need, actor: Actor): Refusal | undefined {
  if (actor.kind === 'system') return undefined
  const ofDepartment = actor.grants.some(
    (grant) => grant.departmentId !== undefined && grant.departmentId === need.department,
  )
  const ofPlace = actor.grants.some(
    (grant) => grant.reach === 'place' && grant.departmentId === undefined && within(need.division, grant.division),
  )
  if (need.raised && ofPlace) return undefined
  if (need.route !== 'department') return refuse('route-answers')
  if (need.department === ownStation) return ofPlace ? undefined : forbid('department-answers')
  return ofDepartment ? undefined : forbid('department-answers')
}

/** The verbs of the record page and the permission that each needs. */
export const needVerbPermissions = {
  submitDraft: 'needs.submitNeed',
  changeDraft: 'needs.submitNeed',
  supportNeed: 'needs.supportNeed',
  retractSupport: 'needs.supportNeed',
  withdrawNeed: 'needs.withdrawNeed',
  appealNeed: 'needs.appealNeed',
  replyToQuestion: 'needs.replyToQuestion',
  giveVerdict: 'needs.giveVerdict',
  acceptNeed: 'needs.acceptNeed',
  declineNeed: 'needs.declineNeed',
  mergeNeed: 'needs.mergeNeed',
  unmergeNeed: 'needs.mergeNeed',
  askResident: 'needs.askResident',
  holdNeed: 'needs.holdNeed',
  handOverNeed: 'needs.holdNeed',
  takeOverNeed: 'needs.holdNeed',
  assignNeed: 'needs.assignNeed',
  referNeed: 'needs.referNeed',
  refuseReferral: 'needs.refuseReferral',
  answerNeed: 'needs.answerNeed',
} as const satisfies Partial<Record<NeedVerb, string>>

/** The need after a verb: new state with its date in the history, and the verb's own changes. */
export function moved(need: Need, state: NeedState, now: Instant, changes: Partial<Need> = {}): Need {
  const history = state === need.state ? need.history : [...need.history, { state, at: now }]
  return { ...need, ...changes, state, history, version: need.version + 1 }
}

/** Rule of most verbs: standing, then the changes. */
export function decide(
  need: Need,
  verb: NeedVerb,
  actor: Actor,
  now: Instant,
  changes: () => Partial<Need>,
): Ruling<Need> {
  const state = standing(need, verb, actor, now)
  return state.ok ? allow(moved(need, state.value, now, changes())) : state
}

/** The texts with one more remark; a need whose key was destroyed keeps none. */
export function withTexts(need: Need, more: Partial<NeedTexts>): Pick<Need, 'texts'> {
  return need.texts === undefined ? {} : { texts: { ...need.texts, ...more } }
}
