// Delivery: what a shift counted for each volunteer, and what an activity's attendance may be. Pure.
import type { Actor } from '../../../kit/actor.ts'
import { type Instant, isAfter, isBefore, max, millisecondsBetween, min } from '../../../kit/instant.ts'
import { allow, type FieldFault, forbid, invalid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { moved, type Occasion, type SignUp, standing, textFaults } from './occasions.ts'

/** What the worker says of a volunteer of whom the codes do not tell all. */
export type Told = { readonly id: string; readonly came: boolean; readonly from?: Instant; readonly until?: Instant }

type Settled = { readonly occasion: Occasion; readonly people: readonly SignUp[] }

/** Minutes within the shift, from arrival to leaving. */
function counted(occasion: Occasion, signUp: SignUp, from: Instant, until: Instant, byWorker: boolean): SignUp {
  const begins = max(from, occasion.from)
  const ends = min(until, occasion.until)
  // To the nearest minute: nobody loses one for the seconds at the door.
  const minutes = Math.max(0, Math.round(millisecondsBetween(begins, ends) / 60_000))
  return {
    ...signUp,
    arrivedAt: from,
    leftAt: until,
    byWorker,
    minutes,
    outcome: minutes > 0 ? 'counted' : 'too-short',
  }
}

function timeFaults(occasion: Occasion, from: Instant, until: Instant, path: string, arrived: boolean): FieldFault[] {
  if (!isBefore(from, until)) return [{ path: `${path}.until`, code: 'time-not-in-order' }]
  return [
    ...(!arrived && (isBefore(from, occasion.from) || !isBefore(from, occasion.until))
      ? [{ path: `${path}.from`, code: 'outside-shift' }]
      : []),
    ...(isAfter(until, occasion.until) ? [{ path: `${path}.until`, code: 'outside-shift' }] : []),
  ]
}

/** One volunteer: the codes first; a worker's word fills only what they leave open, within the shift. */
function settleOne(occasion: Occasion, signUp: SignUp, told: Told | undefined, path: string): SignUp | FieldFault[] {
  const { arrivedAt, leftAt } = signUp
  if (arrivedAt !== undefined && told?.came === false) return [{ path: `${path}.came`, code: 'checked-in-by-code' }]
  if (arrivedAt !== undefined && told?.from !== undefined) return [{ path: `${path}.from`, code: 'times-by-code' }]
  if (leftAt !== undefined && told?.until !== undefined) return [{ path: `${path}.until`, code: 'times-by-code' }]
  if (arrivedAt !== undefined && leftAt !== undefined) return counted(occasion, signUp, arrivedAt, leftAt, false)
  if (arrivedAt === undefined && told?.came !== true) return { ...signUp, minutes: 0, outcome: 'no-show' }
  // Checked in, not out, and not spoken of.
  if (told === undefined) return [{ path: 'body.people', code: 'end-needed' }]
  const from = arrivedAt ?? told.from
  const faults: FieldFault[] = []
  if (from === undefined) faults.push({ path: `${path}.from`, code: 'beginning-needed' })
  if (told.until === undefined) faults.push({ path: `${path}.until`, code: 'end-needed' })
  if (from === undefined || told.until === undefined) return faults
  const wrong = timeFaults(occasion, from, told.until, path, arrivedAt !== undefined)
  return wrong.length > 0 ? wrong : counted(occasion, signUp, from, told.until, true)
}

/** `people`: every place that was not given back. Nobody confirms their own hours; every faulty row at once. */
export function settleShift(
  occasion: Occasion,
  people: readonly SignUp[],
  told: readonly Told[],
  actor: Actor,
  now: Instant,
): Ruling<Settled> {
  if (occasion.kind !== 'shift') return refuse('not-a-shift')
  const refused = standing(occasion, 'settleShift')
  if (refused) return refused
  if (isBefore(now, occasion.until)) return refuse('not-over-yet', { until: occasion.until })
  if (actor.kind === 'person' && people.some((each) => each.person === actor.personId)) return forbid('own-hours')
  const known = new Set<string>(people.map((each) => each.id))
  const faults: FieldFault[] = told.flatMap((each, index) =>
    known.has(each.id) ? [] : [{ path: `body.people.${index}.id`, code: 'sign-up-unknown' }],
  )
  const settled: SignUp[] = []
  for (const signUp of people) {
    const index = told.findIndex((each) => each.id === signUp.id)
    const one = settleOne(occasion, signUp, told[index], `body.people.${index}`)
    if (Array.isArray(one)) faults.push(...one)
    else settled.push(one as SignUp)
  }
  if (faults.length > 0) return invalid(faults)
  const next = moved(occasion, 'settleShift', now, { openedAt: undefined })
  return next.ok ? allow({ occasion: next.value, people: settled }) : next
}

/** Nobody confirmed in time: whole pairs of codes count, nothing else does. */
export function settleByCodes(occasion: Occasion, people: readonly SignUp[], now: Instant): Ruling<Settled> {
  const refused = standing(occasion, occasion.kind === 'shift' ? 'settleShift' : 'recordActivity')
  if (refused) return refused
  const settled = people.map((signUp): SignUp => {
    const { arrivedAt, leftAt } = signUp
    if (arrivedAt === undefined) return { ...signUp, minutes: 0, outcome: 'no-show' }
    if (occasion.kind === 'activity') return { ...signUp, outcome: 'attended' }
    return leftAt === undefined
      ? { ...signUp, minutes: 0, outcome: 'no-check-out' }
      : counted(occasion, signUp, arrivedAt, leftAt, false)
  })
  const next = moved(occasion, occasion.kind === 'shift' ? 'settleShift' : 'recordActivity', now, {
    openedAt: undefined,
  })
  return next.ok ? allow({ occasion: next.value, people: settled }) : next
}

export type Held = {
  readonly from: Instant
  readonly until: Instant
  readonly guests: number
  readonly newcomers: number
  readonly words: string
}

/** What an activity counted: those who checked in, and those whom the worker counted beside them; never more than the room holds. */
export function recordActivity(
  occasion: Occasion,
  held: Held,
  now: Instant,
): Ruling<{ readonly occasion: Occasion; readonly attendance: number }> {
  if (occasion.kind !== 'activity') return refuse('not-an-activity')
  const refused = standing(occasion, 'recordActivity')
  if (refused) return refused
  if (isBefore(now, occasion.from)) return refuse('not-over-yet', { until: occasion.until })
  const attendance = occasion.arrived + held.guests
  const faults: FieldFault[] = []
  if (!isBefore(held.from, held.until)) faults.push({ path: 'body.until', code: 'time-not-in-order' })
  else if (isAfter(held.from, occasion.until) || isBefore(held.until, occasion.from))
    faults.push({ path: 'body.from', code: 'outside-activity' })
  if (isAfter(held.until, now)) faults.push({ path: 'body.until', code: 'time-in-future' })
  if (attendance < 1) faults.push({ path: 'body.guests', code: 'nobody-present' })
  else if (attendance > occasion.capacity)
    faults.push({ path: 'body.guests', code: 'room-full', params: { capacity: occasion.capacity } })
  if (held.newcomers > attendance) faults.push({ path: 'body.newcomers', code: 'newcomers-exceed' })
  faults.push(...textFaults({ words: held.words }))
  if (faults.length > 0) return invalid(faults)
  const next = moved(occasion, 'recordActivity', now, {
    openedAt: undefined,
    guests: held.guests,
    summary: held.words,
  })
  return next.ok ? allow({ occasion: next.value, attendance }) : next
}
