// Delivery: the lifecycle of a shift or an activity: offering, places, checking in and out, calling off. Pure.
import { type Actor, type Judged, may, type Reach } from '../../../kit/actor.ts'
import { findPersonalNumbers } from '../../../kit/chinese-ids.ts'
import type { DivisionCode, Id } from '../../../kit/id.ts'
import { addDays, addMinutes, type Instant, isAfter, isBefore } from '../../../kit/instant.ts'
import { type Lifecycle, nextState } from '../../../kit/lifecycle.ts'
import { today } from '../../../kit/plain-date.ts'
import { allow, type FieldFault, forbid, invalid, refuse, type Refusal, type Ruling } from '../../../kit/ruling.ts'
import type { OccasionKind, OccasionState, Outcome } from '../contract/occasions.ts'
import { minutesOf } from '../rules.ts'

export type OccasionId = Id<'occasion'>

export type Occasion = {
  readonly id: OccasionId
  readonly kind: OccasionKind
  readonly number: { readonly year: number; readonly value: number }
  readonly division: DivisionCode
  readonly state: OccasionState
  readonly version: number
  /** Contract, its activity and its undertaker stand together; without them the community offers it. */
  readonly contract?: string
  readonly activity?: string
  readonly organization?: string
  /** Who offers it. */
  readonly person: string
  readonly title: string
  readonly words: string
  readonly asks?: string
  readonly place: string
  readonly room?: string
  readonly from: Instant
  readonly until: Instant
  readonly capacity: number
  readonly taken: number
  readonly arrived: number
  readonly guests: number
  readonly openedAt?: Instant
  readonly summary?: string
  readonly serviceRecord?: string
  readonly createdAt: Instant
  readonly history: readonly { readonly state: OccasionState; readonly at: Instant }[]
}

export type SignUp = {
  readonly id: Id<'sign-up'>
  readonly occasion: OccasionId
  readonly person: string
  readonly takenAt: Instant
  readonly givenBackAt?: Instant
  readonly arrivedAt?: Instant
  readonly leftAt?: Instant
  /** Times noted by a worker where no code tells them. */
  readonly byWorker: boolean
  readonly minutes?: number
  readonly outcome?: Outcome
}

export type OccasionVerb =
  | 'takePlace'
  | 'giveBackPlace'
  | 'openCheckIn'
  | 'checkInToOccasion'
  | 'checkOutOfOccasion'
  | 'settleShift'
  | 'recordActivity'
  | 'cancelOccasion'

export const occasionLifecycle = {
  open: {
    takePlace: 'open',
    giveBackPlace: 'open',
    openCheckIn: 'open',
    checkInToOccasion: 'open',
    checkOutOfOccasion: 'open',
    settleShift: 'over',
    recordActivity: 'over',
    cancelOccasion: 'cancelled',
  },
  cancelled: {},
  over: {},
} as const satisfies Lifecycle<OccasionState, OccasionVerb>
const lifecycle: Lifecycle<OccasionState, OccasionVerb> = occasionLifecycle

/** 班2026-0003 of a shift, 活2026-0003 of an activity. */
export function shownOccasionNumber({ kind, number }: Pick<Occasion, 'kind' | 'number'>): string {
  return `${kind === 'shift' ? '班' : '活'}${number.year}-${String(number.value).padStart(4, '0')}`
}

export function reachOfOccasion(occasion: Pick<Occasion, 'division' | 'organization'>): Reach {
  return {
    division: occasion.division,
    organizations: occasion.organization === undefined ? [] : [occasion.organization],
  }
}

export function judgedOccasion(occasion: Occasion): Judged {
  return {
    reach: reachOfOccasion(occasion),
    version: occasion.version,
    lineage: [{ kind: 'occasion', id: occasion.id }],
  }
}

/** An organization's occasion is held by its own workers, the community's by its own: a place alone gives no hand in a contract's work. */
export function holds(occasion: Pick<Occasion, 'division' | 'organization'>, actor: Actor): boolean {
  if (actor.kind === 'system') return true
  const { organization } = occasion
  return organization === undefined
    ? may(actor, 'delivery.holdOccasion', { division: occasion.division })
    : actor.grants.some(
        (grant) => grant.organizationId === organization && grant.permissions.has('delivery.holdOccasion'),
      )
}

/** Policy values of occasions. */
export type OccasionTerms = {
  readonly longestMinutes: number
  /** How long before the beginning checking in may open, and after the end checking out is possible. */
  readonly leadMinutes: number
  readonly aheadDays: number
  readonly noShows: number
  readonly pauseDays: number
}

export function moved(
  occasion: Occasion,
  verb: OccasionVerb,
  now: Instant,
  part: Partial<Occasion> = {},
): Ruling<Occasion> {
  const state = nextState(lifecycle, occasion.state, verb)
  if (!state.ok) return state
  const history =
    state.value === occasion.state ? occasion.history : [...occasion.history, { state: state.value, at: now }]
  return allow({ ...occasion, ...part, state: state.value, version: occasion.version + 1, history })
}

export function standing(occasion: Occasion, verb: OccasionVerb): Refusal | undefined {
  const state = nextState(lifecycle, occasion.state, verb)
  return state.ok ? undefined : state
}

export function textFaults(texts: Readonly<Record<string, string | undefined>>): FieldFault[] {
  return Object.entries(texts).flatMap(([field, text]) => {
    const found = findPersonalNumbers(text ?? '')[0]
    return found === undefined
      ? []
      : [{ path: `body.${field}`, code: found.kind === 'phone' ? 'text-has-phone' : 'text-has-citizen-id' }]
  })
}

/** Times in order, within one stretch, not past and not too far ahead; no more people than the room may hold; words without numbers of persons. */
export function planOccasion(
  wish: Pick<Occasion, 'title' | 'words' | 'place' | 'from' | 'until' | 'capacity'> & { readonly asks?: string },
  room: { readonly capacity: number } | undefined,
  now: Instant,
  terms: OccasionTerms,
): Ruling<true> {
  const faults: FieldFault[] = []
  const minutes = minutesOf(wish.from, wish.until)
  if (minutes < 1) faults.push({ path: 'body.until', code: 'time-not-in-order' })
  else if (minutes > terms.longestMinutes)
    faults.push({
      path: 'body.until',
      code: 'too-long-at-once',
      params: { hours: Math.floor(terms.longestMinutes / 60) },
    })
  if (isBefore(wish.from, now)) faults.push({ path: 'body.from', code: 'session-passed' })
  else if (isAfter(wish.from, addDays(now, terms.aheadDays)))
    faults.push({ path: 'body.from', code: 'too-far-ahead', params: { days: terms.aheadDays } })
  if (room !== undefined && wish.capacity > room.capacity)
    faults.push({ path: 'body.capacity', code: 'over-room', params: { capacity: room.capacity } })
  const { title, words, asks, place } = wish
  faults.push(...textFaults({ title, words, asks, place }))
  return faults.length > 0 ? invalid(faults) : allow(true)
}

/** What taking a place looks at beside the occasion. */
export type Taker = {
  readonly person: string
  /** In the register and not withdrawn. */
  readonly volunteer: boolean
  readonly mine?: Pick<SignUp, 'givenBackAt'>
  /** Beginning of a place taken elsewhere at the same time. */
  readonly overlapping?: Instant
  /** Ends of the shifts to which they did not come, as far back as policy looks; the latest first. */
  readonly missed: readonly Instant[]
}

/** Until when a volunteer who often stayed away takes no shift; undefined when nothing stands in the way. */
export function pausedUntil(missed: readonly Instant[], now: Instant, terms: OccasionTerms): Instant | undefined {
  const [latest] = missed
  if (latest === undefined || missed.length < terms.noShows) return undefined
  const until = addDays(latest, terms.pauseDays)
  return isAfter(until, now) ? until : undefined
}

/** The occasion is locked: of two who want the last place one finds it taken. */
export function takePlace(occasion: Occasion, taker: Taker, now: Instant, terms: OccasionTerms): Ruling<Occasion> {
  const refused = standing(occasion, 'takePlace')
  if (refused) return refused
  if (occasion.person === taker.person) return forbid('own-occasion')
  if (taker.mine !== undefined && taker.mine.givenBackAt === undefined) return refuse('already-taken')
  // A shift is planned with its people; residents may still join an activity that has begun.
  if (isAfter(now, occasion.kind === 'shift' ? occasion.from : occasion.until)) return refuse('occasion-begun')
  if (occasion.kind === 'shift') {
    if (!taker.volunteer) return forbid('not-volunteer')
    const until = pausedUntil(taker.missed, now, terms)
    if (until !== undefined) return refuse('paused-for-no-shows', { count: taker.missed.length, until: today(until) })
  }
  if (occasion.taken >= occasion.capacity) return refuse('places-full', { capacity: occasion.capacity })
  if (taker.overlapping !== undefined) return refuse('times-overlap', { date: today(taker.overlapping) })
  return moved(occasion, 'takePlace', now, { taken: occasion.taken + 1 })
}

export function giveBackPlace(occasion: Occasion, mine: SignUp | undefined, now: Instant): Ruling<Occasion> {
  const refused = standing(occasion, 'giveBackPlace')
  if (refused) return refused
  if (mine === undefined || mine.givenBackAt !== undefined) return refuse('no-place')
  if (mine.arrivedAt !== undefined) return refuse('already-checked-in')
  if (isAfter(now, occasion.from)) return refuse('occasion-begun')
  return moved(occasion, 'giveBackPlace', now, { taken: Math.max(0, occasion.taken - 1) })
}

/** From when and until when codes hold. */
export function checkInTimes(occasion: Pick<Occasion, 'from' | 'until'>, terms: Pick<OccasionTerms, 'leadMinutes'>) {
  return { from: addMinutes(occasion.from, -terms.leadMinutes), until: addMinutes(occasion.until, terms.leadMinutes) }
}

export function openCheckIn(occasion: Occasion, now: Instant, terms: OccasionTerms): Ruling<Occasion> {
  const refused = standing(occasion, 'openCheckIn')
  if (refused) return refused
  const times = checkInTimes(occasion, terms)
  if (isBefore(now, times.from)) return refuse('check-in-not-yet', { minutes: terms.leadMinutes })
  if (isAfter(now, times.until)) return refuse('check-in-over')
  return moved(occasion, 'openCheckIn', now, { openedAt: occasion.openedAt ?? now })
}

export function checkInIsOpen(occasion: Occasion, now: Instant, terms: OccasionTerms): boolean {
  return (
    occasion.state === 'open' && occasion.openedAt !== undefined && !isAfter(now, checkInTimes(occasion, terms).until)
  )
}

export type Arrival = {
  readonly codeHolds: boolean
  readonly mine: SignUp | undefined
  readonly volunteer: boolean
  /** At a session of a group right now, by their own check-in; other places are kept apart by the table of presences. */
  readonly elsewhere: boolean
}

/**
 * Whoever shows the right code learns more, whoever does not learns nothing. Who has no place walks in to an activity as far as the room
 * holds, beside those who are still expected until it begins. `known`: had a place before.
 */
export function checkIn(
  occasion: Occasion,
  arrival: Arrival,
  now: Instant,
  terms: OccasionTerms,
): Ruling<{ readonly occasion: Occasion; readonly known: boolean }> {
  const refused = standing(occasion, 'checkInToOccasion')
  if (refused) return refused
  // After its end one leaves; one does not arrive.
  if (!checkInIsOpen(occasion, now, terms) || isAfter(now, occasion.until)) return refuse('check-in-closed')
  if (!arrival.codeHolds) return refuse('code-wrong')
  const known = arrival.mine !== undefined && arrival.mine.givenBackAt === undefined
  if (known && arrival.mine?.arrivedAt !== undefined) return refuse('already-checked-in')
  if (occasion.kind === 'shift') {
    if (!known) return forbid('no-place')
    if (!arrival.volunteer) return forbid('not-volunteer')
  }
  const expected = !known && isBefore(now, occasion.from) ? occasion.taken : occasion.arrived
  if (expected >= occasion.capacity) return refuse('room-full', { capacity: occasion.capacity })
  if (arrival.elsewhere) return refuse('elsewhere-now')
  const next = moved(occasion, 'checkInToOccasion', now, {
    arrived: occasion.arrived + 1,
    taken: known ? occasion.taken : occasion.taken + 1,
  })
  return next.ok ? allow({ occasion: next.value, known }) : next
}

export function checkOut(
  occasion: Occasion,
  arrival: Pick<Arrival, 'codeHolds' | 'mine'>,
  now: Instant,
  terms: OccasionTerms,
): Ruling<SignUp> {
  const refused = standing(occasion, 'checkOutOfOccasion')
  if (refused) return refused
  if (occasion.kind === 'activity') return refuse('no-check-out')
  if (!checkInIsOpen(occasion, now, terms)) return refuse('check-in-closed')
  if (!arrival.codeHolds) return refuse('code-wrong')
  const { mine } = arrival
  if (mine === undefined || mine.givenBackAt !== undefined) return forbid('no-place')
  if (mine.arrivedAt === undefined) return refuse('not-checked-in')
  return mine.leftAt === undefined ? allow({ ...mine, leftAt: now }) : refuse('already-checked-out')
}

/** Not while somebody is there: then it takes place, and is confirmed or recorded. */
export function cancelOccasion(occasion: Occasion, now: Instant, reason: string): Ruling<Occasion> {
  const refused = standing(occasion, 'cancelOccasion')
  if (refused) return refused
  if (occasion.arrived > 0) return refuse('somebody-here', { count: occasion.arrived })
  const faults = textFaults({ reason })
  return faults.length > 0
    ? invalid(faults)
    : moved(occasion, 'cancelOccasion', now, { summary: reason, openedAt: undefined })
}
