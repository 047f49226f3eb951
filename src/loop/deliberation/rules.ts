// Deliberation: the motion, its lifecycle table, and the decisions: admission, meeting, result, notice, objection. Pure.
import { type Actor, type Judged, may } from '../../kit/actor.ts'
import { findPersonalNumbers } from '../../kit/chinese-ids.ts'
import { type DivisionCode, type Id, levelOf, within } from '../../kit/id.ts'
import { type Instant, isAfter } from '../../kit/instant.ts'
import { type Lifecycle, nextState } from '../../kit/lifecycle.ts'
import { isBefore as dateIsBefore, type PlainDate, today } from '../../kit/plain-date.ts'
import { allow, type FieldFault, forbid, invalid, refuse, type Refusal, type Ruling } from '../../kit/ruling.ts'
import type { WorkingDayCalendar } from '../../kit/working-days.ts'
import type { motionOrigins, MotionResult, MotionState } from './contract.ts'

export type MotionId = Id<'motion'>

/** A meeting as called (first part) and as recorded (second part). Quorum and majority stay as they were when it was called. */
export type Meeting = {
  readonly on: PlainDate
  readonly place: string
  readonly form: 'residents' | 'households' | 'representatives'
  readonly eligible: number
  readonly quorumPercent: number
  readonly majorityPercent: number
  readonly attendance?: number
  readonly for?: number
  readonly against?: number
  readonly abstain?: number
  readonly minutes?: string
  readonly recordedBy?: Id<'person'>
  readonly confirmedBy?: Id<'person'>
  readonly confirmedAt?: Instant
  /** Why the second officer sent the record back. */
  readonly remark?: string
}

/** The present secret vote: its rules and dates as they stand, and its numbers once counted. */
export type MotionVote = {
  readonly id: string
  readonly form: 'residents' | 'households'
  readonly question: string
  readonly eligible: number
  readonly quorumPercent: number
  readonly majorityPercent: number
  readonly issueUntil: Instant
  readonly castUntil: Instant
  /** Casting is over, and the paper ballots that were handed out are not counted yet. */
  readonly paperAwaited?: boolean
  readonly tally?: {
    readonly issued: number
    readonly papers: number
    readonly cast: number
    readonly counted: number
    readonly for: number
    readonly against: number
    readonly abstain: number
  }
}

export type Objection = {
  readonly person: Id<'person'>
  readonly words: string
  readonly at: Instant
  readonly decidedBy?: Id<'person'>
  readonly decidedAt?: Instant
  readonly upheld?: boolean
  readonly decision?: string
}

export type Motion = {
  readonly id: MotionId
  readonly number: { readonly year: number; readonly value: number }
  readonly division: DivisionCode
  readonly state: MotionState
  readonly version: number
  readonly title: string
  readonly text: string
  readonly origin: (typeof motionOrigins)[number]
  readonly proposer: Id<'person'>
  readonly organization?: string
  readonly needs: readonly string[]
  readonly supports: number
  readonly verifiedSupports: number
  /** Verified supports that admit it without the committee, as they were when it was proposed. */
  readonly admitAt: number
  readonly createdAt: Instant
  readonly meeting?: Meeting
  readonly vote?: MotionVote
  readonly result?: MotionResult
  readonly decidedAt?: Instant
  readonly noticeUntil?: Instant
  /** Oldest first; only the last one may be open. */
  readonly objections: readonly Objection[]
  /** Confirmed meetings before the present one: without quorum, or overturned by an objection. */
  readonly pastMeetings: readonly Meeting[]
  readonly declined?: string
  readonly report?: string
  readonly files: readonly { readonly id: string; readonly name: string; readonly type: string }[]
  readonly history: readonly { readonly state: MotionState; readonly at: Instant }[]
}

export type MotionTerms = {
  readonly noticeDays: number
  readonly objectionDays: number
  readonly quorumPercent: number
  readonly majorityPercent: number
  readonly calendar: WorkingDayCalendar
}

/** States and the verbs that leave them. `confirmMeeting` leads on by the numbers: the two other outcomes have names of their own. */
export const motionLifecycle = {
  proposed: {
    supportMotion: 'proposed',
    admitMotion: 'admitted',
    declineMotion: 'declined',
    withdrawMotion: 'withdrawn',
  },
  admitted: {
    supportMotion: 'admitted',
    startDiscussion: 'discussing',
    setRollLine: 'admitted',
    removeRollLine: 'admitted',
    importRoll: 'admitted',
  },
  discussing: {
    setRollLine: 'discussing',
    removeRollLine: 'discussing',
    importRoll: 'discussing',
    supportMotion: 'discussing',
    addStatement: 'discussing',
    rateStatement: 'discussing',
    openMeeting: 'voting',
    openVote: 'voting',
  },
  voting: {
    openMeeting: 'voting',
    setAgenda: 'voting',
    openCheckIn: 'voting',
    closeCheckIn: 'voting',
    checkIn: 'voting',
    enterPaperCount: 'voting',
    recordMeeting: 'voting',
    sendBackMeeting: 'voting',
    confirmMeeting: 'adopted',
    rejectByMeeting: 'rejected',
    lackQuorum: 'no-quorum',
    changeVote: 'voting',
    setRollLine: 'voting',
    removeRollLine: 'voting',
    importRoll: 'voting',
    awaitPaper: 'voting',
    enterVotePaper: 'voting',
    cancelVote: 'discussing',
    countVote: 'adopted',
    rejectByVote: 'rejected',
    lackVoters: 'no-quorum',
  },
  adopted: { publishResolution: 'published' },
  rejected: { publishResolution: 'published' },
  'no-quorum': {
    publishResolution: 'published',
    openMeeting: 'voting',
    openVote: 'voting',
    setRollLine: 'no-quorum',
    removeRollLine: 'no-quorum',
    importRoll: 'no-quorum',
  },
  published: {
    objectToResolution: 'published',
    decideObjection: 'published',
    reopenDiscussion: 'discussing',
    executeMotion: 'executing',
    endWithoutResult: 'closed',
  },
  executing: { addProgress: 'executing', reportMotion: 'reported' },
  reported: { closeMotion: 'closed' },
  closed: {},
  declined: {},
  withdrawn: {},
} as const satisfies Lifecycle<MotionState, string>

type VerbsOf<T> = T extends unknown ? keyof T : never
export type MotionVerb = VerbsOf<(typeof motionLifecycle)[MotionState]> & string
const lifecycle: Lifecycle<MotionState, MotionVerb> = motionLifecycle

/** The number as people read it: 议2026-0012. */
export function shownNumber(motion: Pick<Motion, 'number'>): string {
  return `议${motion.number.year}-${String(motion.number.value).padStart(4, '0')}`
}

export function judgedMotion(motion: Motion, anyone = false): Judged {
  return {
    reach: {
      division: motion.division,
      persons: [motion.proposer],
      organizations: motion.organization === undefined ? [] : [motion.organization],
      ...(anyone ? { anyone } : {}),
    },
    version: motion.version,
    lineage: [{ kind: 'motion', id: motion.id }],
  }
}

/** A verified resident of the place: who speaks, supports with weight and objects. */
export function isVerifiedResident(actor: Actor, division: DivisionCode): boolean {
  return actor.kind === 'person' && actor.verified && actor.residence !== undefined && within(actor.residence, division)
}

/** Whether the verb is open to this actor now, before its input is looked at. Permission at the place is judged apart. */
export function standing(motion: Motion, verb: MotionVerb, actor: Actor, now: Instant): Ruling<MotionState> {
  const next = nextState(lifecycle, motion.state, verb)
  if (!next.ok) return next
  return condition(motion, verb, actor, now) ?? next
}

function condition(motion: Motion, verb: MotionVerb, actor: Actor, now: Instant): Refusal | undefined {
  const me = actor.kind === 'person' ? actor.personId : undefined
  switch (verb) {
    case 'withdrawMotion':
      return me === motion.proposer ? undefined : forbid('not-proposer')
    case 'addStatement':
    case 'rateStatement':
      return isVerifiedResident(actor, motion.division) ? undefined : forbid('verified-residents-only')
    case 'openMeeting':
      return onlyOneWay(motion, 'meeting')
    case 'changeVote':
    case 'cancelVote':
      return onlyOneWay(motion, 'vote')
    case 'recordMeeting':
      return (
        onlyOneWay(motion, 'meeting') ??
        (motion.meeting !== undefined && dateIsBefore(today(now), motion.meeting.on)
          ? refuse('meeting-not-held', { on: motion.meeting.on })
          : undefined)
      )
    case 'confirmMeeting':
    case 'sendBackMeeting':
      if (motion.meeting?.recordedBy === undefined) return refuse('nothing-recorded')
      // Two officers: nobody confirms their own record.
      return motion.meeting.recordedBy === me ? forbid('duties-separated', { duty: 'meeting' }) : undefined
    case 'objectToResolution':
      if (!isVerifiedResident(actor, motion.division)) return forbid('verified-residents-only')
      if (motion.noticeUntil !== undefined && isAfter(now, motion.noticeUntil)) return refuse('notice-over')
      return openObjection(motion) === undefined ? undefined : refuse('objection-open')
    case 'decideObjection':
      if (openObjection(motion) === undefined) return refuse('no-objection')
      return me !== undefined && [motion.meeting?.recordedBy, motion.meeting?.confirmedBy, motion.proposer].includes(me)
        ? forbid('duties-separated', { duty: 'objection' })
        : undefined
    default:
      return undefined
  }
}

/** While it is voted on, a motion has either a meeting or a secret vote. */
function onlyOneWay(motion: Motion, way: 'meeting' | 'vote'): Refusal | undefined {
  if (motion.state !== 'voting') return undefined
  if (way === 'meeting') return motion.vote === undefined ? undefined : refuse('secret-vote-running')
  return motion.vote === undefined ? refuse('no-secret-vote') : undefined
}

/** The objection that is not decided yet. */
export function openObjection(motion: Motion): Objection | undefined {
  const last = motion.objections[motion.objections.length - 1]
  return last !== undefined && last.decidedAt === undefined ? last : undefined
}

/** The verbs of the record page and the permission that each needs. */
export const motionVerbPermissions = {
  supportMotion: 'deliberation.supportMotion',
  admitMotion: 'deliberation.admitMotion',
  declineMotion: 'deliberation.admitMotion',
  withdrawMotion: 'deliberation.proposeMotion',
  startDiscussion: 'deliberation.runMotion',
  addStatement: 'deliberation.addStatement',
  openMeeting: 'deliberation.runMotion',
  recordMeeting: 'deliberation.recordMeeting',
  confirmMeeting: 'deliberation.confirmMeeting',
  sendBackMeeting: 'deliberation.confirmMeeting',
  openVote: 'deliberation.runMotion',
  changeVote: 'deliberation.runMotion',
  cancelVote: 'deliberation.admitMotion',
  publishResolution: 'deliberation.runMotion',
  objectToResolution: 'deliberation.addStatement',
  decideObjection: 'deliberation.decideObjection',
  addProgress: 'deliberation.runMotion',
  reportMotion: 'deliberation.runMotion',
  closeMotion: 'deliberation.admitMotion',
} as const satisfies Partial<Record<MotionVerb, string>>

function moved(motion: Motion, state: MotionState, now: Instant, changes: Partial<Motion>): Motion {
  const history = state === motion.state ? motion.history : [...motion.history, { state, at: now }]
  return { ...motion, ...changes, state, history, version: motion.version + 1 }
}

/** Rule of most verbs: standing, then the changes. */
export function decide(
  motion: Motion,
  verb: MotionVerb,
  actor: Actor,
  now: Instant,
  changes: () => Partial<Motion> = () => ({}),
): Ruling<Motion> {
  const state = standing(motion, verb, actor, now)
  return state.ok ? allow(moved(motion, state.value, now, changes())) : state
}

/** Verbs that only move the motion on. */
export function advance(
  motion: Motion,
  verb: 'admitMotion' | 'withdrawMotion' | 'startDiscussion' | 'closeMotion',
  actor: Actor,
  now: Instant,
): Ruling<Motion> {
  return decide(motion, verb, actor, now)
}

export function declineMotion(motion: Motion, actor: Actor, now: Instant, body: { words: string }): Ruling<Motion> {
  return decide(motion, 'declineMotion', actor, now, () => ({ declined: body.words }))
}

export function reportMotion(motion: Motion, actor: Actor, now: Instant, body: { words: string }): Ruling<Motion> {
  return decide(motion, 'reportMotion', actor, now, () => ({ report: body.words }))
}

type Proposal = {
  readonly title: string
  readonly text: string
  readonly division: DivisionCode
  readonly as: 'resident' | 'community' | 'organization'
  readonly organization?: string
  readonly needs: readonly string[]
}

/** In which capacity it is proposed must be one that the actor has there; residents are verified and of age; only the community attaches needs. */
export function proposeMotion(body: Proposal, actor: Actor): Ruling<{ readonly origin: Motion['origin'] }> {
  const faults: FieldFault[] = []
  if (levelOf(body.division) !== 'community') faults.push({ path: 'body.division', code: 'not-a-community' })
  if (body.as === 'organization' && body.organization === undefined)
    faults.push({ path: 'body.organization', code: 'organization-missing' })
  if (body.as !== 'community' && body.needs.length > 0) faults.push({ path: 'body.needs', code: 'needs-by-community' })
  for (const [field, text] of [
    ['title', body.title],
    ['text', body.text],
  ] as const)
    faults.push(...personalNumbers(`body.${field}`, text))
  if (faults.length > 0) return invalid(faults)
  const at = (reach: 'place' | 'organization') =>
    may({ ...actor, grants: actor.grants.filter((grant) => grant.reach === reach) }, 'deliberation.proposeMotion', {
      division: body.division,
      organizations: body.organization === undefined ? [] : [body.organization],
    })
  switch (body.as) {
    case 'resident':
      return isVerifiedResident(actor, body.division) && actor.kind === 'person' && actor.adult
        ? allow({ origin: 'residents' })
        : forbid('verified-residents-only')
    case 'community':
      return at('place') ? allow({ origin: body.needs.length > 0 ? 'needs' : 'community' }) : forbid('forbidden')
    case 'organization':
      return at('organization') ? allow({ origin: 'organization' }) : forbid('forbidden')
  }
}

/** Public words carry no phone or identity number. */
export function personalNumbers(path: string, text: string): FieldFault[] {
  const found = findPersonalNumbers(text)[0]
  return found === undefined ? [] : [{ path, code: found.kind === 'phone' ? 'text-has-phone' : 'text-has-citizen-id' }]
}

/** Enough verified supports admit a proposed motion without the committee: residents lead. */
export function admitsItself(motion: Motion): boolean {
  return motion.state === 'proposed' && motion.verifiedSupports >= motion.admitAt
}
