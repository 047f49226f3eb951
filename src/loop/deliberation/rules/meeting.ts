// Deliberation: the recorded meeting, its result, the notice and objections. Pure.
import type { Actor } from '../../../kit/actor.ts'
import { type Instant, isAfter, max } from '../../../kit/instant.ts'
import { isBefore as dateIsBefore, type PlainDate, today } from '../../../kit/plain-date.ts'
import { type FieldFault, invalid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { dueAt } from '../../../kit/working-days.ts'
import type { MotionResult } from '../contract.ts'
import {
  decide,
  type Meeting,
  type Motion,
  type MotionTerms,
  openObjection,
  personalNumbers,
  standing,
} from '../rules.ts'
import { type HeldDay, recordFaults } from './meeting-day.ts'

/** Calls the meeting, or calls it anew (another day; again after too few came). */
export function openMeeting(
  motion: Motion,
  actor: Actor,
  now: Instant,
  body: Pick<Meeting, 'place' | 'eligible' | 'form'> & { date: PlainDate },
  terms: MotionTerms,
): Ruling<Motion> {
  if (dateIsBefore(body.date, today(now))) return invalid([{ path: 'body.date', code: 'date-passed' }])
  return decide(motion, 'openMeeting', actor, now, () => ({
    result: undefined,
    decidedAt: undefined,
    pastMeetings: withPast(motion),
    vote: undefined,
    meeting: {
      on: body.date,
      place: body.place,
      form: body.form,
      eligible: body.eligible,
      quorumPercent: terms.quorumPercent,
      majorityPercent: terms.majorityPercent,
    },
  }))
}

/** Meetings that were confirmed and now give way to another vote. */
export function withPast(motion: Motion): readonly Meeting[] {
  return motion.meeting?.confirmedAt === undefined ? motion.pastMeetings : [...motion.pastMeetings, motion.meeting]
}

type Numbers = {
  readonly attendance: number
  readonly for: number
  readonly against: number
  readonly abstain: number
  readonly minutes: string
}

/** The votes are those of the people present, who are not more than those entitled. `held`: who checked in, what two officers counted. */
export function recordMeeting(
  motion: Motion,
  actor: Actor,
  now: Instant,
  body: Numbers,
  held?: HeldDay,
): Ruling<Motion> {
  const { meeting } = motion
  const ruling = decide(motion, 'recordMeeting', actor, now, () => ({
    meeting:
      meeting === undefined
        ? undefined
        : {
            ...meeting,
            attendance: body.attendance,
            for: body.for,
            against: body.against,
            abstain: body.abstain,
            minutes: body.minutes,
            recordedBy: actor.kind === 'person' ? actor.personId : undefined,
            remark: undefined,
          },
  }))
  if (!ruling.ok || meeting === undefined) return ruling
  const faults: FieldFault[] = []
  if (body.attendance > meeting.eligible)
    faults.push({ path: 'body.attendance', code: 'more-than-eligible', params: { eligible: meeting.eligible } })
  if (body.for + body.against + body.abstain !== body.attendance)
    faults.push({ path: 'body.abstain', code: 'votes-not-attendance', params: { attendance: body.attendance } })
  faults.push(...recordFaults(motion, held, body))
  faults.push(...personalNumbers('body.minutes', body.minutes))
  return faults.length > 0 ? invalid(faults) : ruling
}

export function sendBackMeeting(motion: Motion, actor: Actor, now: Instant, body: { words: string }): Ruling<Motion> {
  return decide(motion, 'sendBackMeeting', actor, now, () => ({
    meeting:
      motion.meeting === undefined ? undefined : { ...motion.meeting, recordedBy: undefined, remark: body.words },
  }))
}

/** More than the quorum's share of those entitled must be present, and more than the majority's share of those present be for it. */
export function resultOf(
  meeting: Partial<Meeting> & Pick<Meeting, 'eligible' | 'quorumPercent' | 'majorityPercent'>,
): MotionResult {
  const present = meeting.attendance ?? 0
  if (present * 100 <= meeting.eligible * meeting.quorumPercent) return 'no-quorum'
  return (meeting.for ?? 0) * 100 > present * meeting.majorityPercent ? 'adopted' : 'rejected'
}

const outcomeVerbs = { adopted: 'confirmMeeting', rejected: 'rejectByMeeting', 'no-quorum': 'lackQuorum' } as const

export function confirmMeeting(motion: Motion, actor: Actor, now: Instant): Ruling<Motion> {
  const open = standing(motion, 'confirmMeeting', actor, now)
  if (!open.ok) return open
  if (motion.meeting === undefined) return refuse('nothing-recorded')
  const result = resultOf(motion.meeting)
  const meeting = {
    ...motion.meeting,
    confirmedBy: actor.kind === 'person' ? actor.personId : undefined,
    confirmedAt: now,
  }
  return decide(motion, outcomeVerbs[result], actor, now, () => ({ meeting, result, decidedAt: now }))
}

export function publishResolution(motion: Motion, actor: Actor, now: Instant, terms: MotionTerms): Ruling<Motion> {
  return decide(motion, 'publishResolution', actor, now, () => ({
    noticeUntil: dueAt(now, terms.noticeDays, terms.calendar).at,
  }))
}

export function objectToResolution(
  motion: Motion,
  actor: Actor,
  now: Instant,
  body: { words: string },
): Ruling<Motion> {
  const faults = personalNumbers('body.words', body.words)
  if (faults.length > 0) return invalid(faults)
  return decide(motion, 'objectToResolution', actor, now, () => ({
    objections:
      actor.kind === 'person'
        ? [...motion.objections, { person: actor.personId, words: body.words, at: now }]
        : motion.objections,
  }))
}

/** Upheld: the neighbours discuss and decide anew. Dismissed: the notice runs to its end. */
export function decideObjection(
  motion: Motion,
  actor: Actor,
  now: Instant,
  body: { upheld: boolean; words: string },
): Ruling<Motion> {
  const open = standing(motion, 'decideObjection', actor, now)
  if (!open.ok) return open
  return decide(motion, body.upheld ? 'reopenDiscussion' : 'decideObjection', actor, now, () => ({
    objections: motion.objections.map((objection) =>
      objection.decidedAt !== undefined
        ? objection
        : {
            ...objection,
            decidedBy: actor.kind === 'person' ? actor.personId : undefined,
            decidedAt: now,
            upheld: body.upheld,
            decision: body.words,
          },
    ),
    ...(body.upheld
      ? {
          result: undefined,
          decidedAt: undefined,
          meeting: undefined,
          vote: undefined,
          noticeUntil: undefined,
          pastMeetings: withPast(motion),
        }
      : {}),
  }))
}

/** The notice is over and nobody's objection is open: an adopted motion is carried out, any other ends. */
export function endNotice(motion: Motion, now: Instant): Ruling<Motion> {
  if (motion.state === 'published' && openObjection(motion) !== undefined) return refuse('objection-open')
  if (motion.state === 'published' && motion.noticeUntil !== undefined && !isAfter(now, motion.noticeUntil))
    return refuse('notice-running')
  return decide(
    motion,
    motion.result === 'adopted' ? 'executeMotion' : 'endWithoutResult',
    { kind: 'system', name: 'deliberation.executeMotion', grants: [] },
    now,
  )
}

/** When the program looks again whether the notice is over. */
export function noticeEndsAt(motion: Motion, now: Instant): Instant | undefined {
  return motion.state === 'published' && motion.noticeUntil !== undefined && openObjection(motion) === undefined
    ? max(motion.noticeUntil, now)
    : undefined
}
