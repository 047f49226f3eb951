// Deliberation: the meeting's day: agenda, checking in, two independent counts of the paper ballots. Pure.
import type { Actor } from '../../../kit/actor.ts'
import type { Instant } from '../../../kit/instant.ts'
import { isBefore as dateIsBefore, type PlainDate, today } from '../../../kit/plain-date.ts'
import { allow, type FieldFault, invalid, refuse, type Refusal, type Ruling } from '../../../kit/ruling.ts'
import { isVerifiedResident, type Meeting, type Motion, type MotionVerb, personalNumbers, standing } from '../rules.ts'

export type AgendaItem = { readonly title: string; readonly minutes?: string }
export type PaperCount = {
  readonly for: number
  readonly against: number
  readonly abstain: number
  readonly invalid: number
}

/** Which of a motion's meetings: how many were confirmed before it, and its day. */
export type MeetingKey = { readonly round: number; readonly heldOn: PlainDate }

export type MeetingDay = MeetingKey & {
  /** Counts the changes of agenda and minutes: what two officers could overwrite. */
  readonly version: number
  readonly agenda: readonly AgendaItem[]
  readonly checkIn: boolean
  /** Number of the attempt to count the paper ballots. */
  readonly attempt: number
  /** What two officers counted alike. */
  readonly counted?: PaperCount
}

/** The key of the meeting that is called now. */
export function keyOf(motion: Motion, meeting: Meeting): MeetingKey {
  return { round: motion.pastMeetings.length, heldOn: meeting.on }
}

/** A meeting's day as it begins. An agenda written for an earlier day of the same motion goes along. */
export function newDay(key: MeetingKey, agenda: readonly AgendaItem[]): MeetingDay {
  return { ...key, version: 1, agenda: agenda.map(({ title }) => ({ title })), checkIn: false, attempt: 1 }
}

/** The state allows the verb, and no officer has put the result on record. */
function beforeRecord(motion: Motion, verb: MotionVerb, actor: Actor, now: Instant): Refusal | undefined {
  const open = standing(motion, verb, actor, now)
  if (!open.ok) return open
  return motion.meeting?.recordedBy === undefined ? undefined : refuse('meeting-recorded')
}

export function setAgenda(
  motion: Motion,
  day: MeetingDay,
  actor: Actor,
  now: Instant,
  items: readonly AgendaItem[],
): Ruling<MeetingDay> {
  const closed = beforeRecord(motion, 'setAgenda', actor, now)
  if (closed !== undefined) return closed
  const faults = items.flatMap((item, index) => [
    ...personalNumbers(`body.items.${index}.title`, item.title),
    ...personalNumbers(`body.items.${index}.minutes`, item.minutes ?? ''),
  ])
  if (faults.length > 0) return invalid(faults)
  return allow({
    ...day,
    version: day.version + 1,
    agenda: items.map(({ title, minutes }) => (minutes ? { title, minutes } : { title })),
  })
}

export function openCheckIn(motion: Motion, day: MeetingDay, actor: Actor, now: Instant): Ruling<MeetingDay> {
  const closed = beforeRecord(motion, 'openCheckIn', actor, now)
  if (closed !== undefined) return closed
  if (today(now) !== day.heldOn) return refuse('not-meeting-day', { on: day.heldOn })
  return day.checkIn ? refuse('check-in-open') : allow({ ...day, checkIn: true })
}

export function closeCheckIn(motion: Motion, day: MeetingDay, actor: Actor, now: Instant): Ruling<MeetingDay> {
  const open = standing(motion, 'closeCheckIn', actor, now)
  if (!open.ok) return open
  return day.checkIn ? allow({ ...day, checkIn: false }) : refuse('check-in-closed')
}

/** Whether people can check in now: opened, today, and nothing on record. */
export function checksIn(motion: Motion, day: MeetingDay, now: Instant): boolean {
  return (
    motion.state === 'voting' && day.checkIn && motion.meeting?.recordedBy === undefined && today(now) === day.heldOn
  )
}

/** Whoever holds the code of the moment is there; verified adult residents of the place count. */
export function checkIn(
  motion: Motion,
  day: MeetingDay | undefined,
  actor: Actor,
  now: Instant,
  codeHolds: boolean,
): Ruling<{ readonly counted: boolean }> {
  if (day === undefined || !checksIn(motion, day, now)) return refuse('check-in-closed')
  if (!codeHolds) return refuse('code-wrong')
  return allow({ counted: isVerifiedResident(actor, motion.division) && actor.kind === 'person' && actor.adult })
}

export type CountOutcome = 'first' | 'equal' | 'unequal'

export const sameCount = (one: PaperCount, other: PaperCount) =>
  one.for === other.for &&
  one.against === other.against &&
  one.abstain === other.abstain &&
  one.invalid === other.invalid

/**
 * An officer's own count. The first of an attempt waits for the other's; equal ones are the result, unequal ones end the attempt and both
 * count again. Neither sees the other's numbers.
 */
export function enterPaperCount(
  motion: Motion,
  day: MeetingDay,
  entries: readonly (PaperCount & { readonly person: string })[],
  actor: Actor,
  now: Instant,
  body: PaperCount,
): Ruling<{ readonly day: MeetingDay; readonly outcome: CountOutcome }> {
  const closed = beforeRecord(motion, 'enterPaperCount', actor, now)
  if (closed !== undefined) return closed
  if (dateIsBefore(today(now), day.heldOn)) return refuse('meeting-not-held', { on: day.heldOn })
  if (day.counted !== undefined) return refuse('count-accepted')
  const me = actor.kind === 'person' ? actor.personId : undefined
  if (entries.some((entry) => entry.person === me)) return refuse('counted-already')
  const eligible = motion.meeting?.eligible ?? 0
  if (body.for + body.against + body.abstain + body.invalid > eligible)
    return invalid([{ path: 'body.for', code: 'more-ballots-than-eligible', params: { eligible } }])
  const [other] = entries
  if (other === undefined) return allow({ day, outcome: 'first' })
  if (!sameCount(other, body)) return allow({ day: { ...day, attempt: day.attempt + 1 }, outcome: 'unequal' })
  const counted = { for: body.for, against: body.against, abstain: body.abstain, invalid: body.invalid }
  return allow({ day: { ...day, counted }, outcome: 'equal' })
}

/** What the day itself knows of a meeting that is put on record. */
export type HeldDay = MeetingKey & { readonly checkedIn: number; readonly counted?: PaperCount }

/** The record may not fall behind who checked in, and must bear the numbers that two officers counted alike. */
export function recordFaults(
  motion: Motion,
  held: HeldDay | undefined,
  body: { readonly attendance: number; readonly for: number; readonly against: number },
): FieldFault[] {
  const { meeting } = motion
  if (meeting === undefined || held === undefined) return []
  const key = keyOf(motion, meeting)
  if (held.round !== key.round || held.heldOn !== key.heldOn) return []
  const faults: FieldFault[] = []
  if (body.attendance < held.checkedIn)
    faults.push({ path: 'body.attendance', code: 'fewer-than-checked-in', params: { count: held.checkedIn } })
  for (const side of ['for', 'against'] as const)
    if (held.counted !== undefined && body[side] !== held.counted[side])
      faults.push({ path: `body.${side}`, code: 'not-as-counted', params: { count: held.counted[side] } })
  return faults
}

/** Smallest number of people present that is more than the quorum's share of those entitled. */
export function quorumOf(meeting: Pick<Meeting, 'eligible' | 'quorumPercent'>): number {
  return Math.floor((meeting.eligible * meeting.quorumPercent) / 100) + 1
}
