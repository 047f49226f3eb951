// Procurement: objections to the purchaser, complaints to county finance, and the clock that stands meanwhile. Pure.
import { type Actor, grantFor, type Judged } from '../../../kit/actor.ts'
import type { Id } from '../../../kit/id.ts'
import { type Instant, isAfter, max } from '../../../kit/instant.ts'
import { nextState } from '../../../kit/lifecycle.ts'
import { today } from '../../../kit/plain-date.ts'
import { allow, forbid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { dueAt, type WorkingDayCalendar, workingDaysBetween } from '../../../kit/working-days.ts'
import type { TenderState } from '../contract.ts'
import type { ObjectionTarget, Remedy } from '../contract/matters.ts'
import { moved, reachOf, standing, type Tender, tenderLifecycle } from '../rules.ts'
import { beforeAwards, dropLot, lotNamed, uncontracted } from './lots.ts'
import { leftAtEnd, type Pending, stops, without } from './pending.ts'

/** A file of evidence as it is kept with the claim. */
export type Evidence = { readonly id: string; readonly name: string; readonly type: string }

type Claim = {
  readonly person: string
  readonly argument: string
  readonly asked: string
  readonly files: readonly Evidence[]
  readonly at: Instant
  readonly due: Instant
  readonly state: 'open' | 'rejected' | 'upheld'
  readonly decision?: string
  readonly decidedBy?: string
  readonly decidedAt?: Instant
}

export type Complaint = Claim & { readonly id: Id<'complaint'>; readonly remedy?: Remedy }

export type Objection = Claim & {
  readonly id: Id<'objection'>
  readonly organization: string
  readonly organizationName: string
  readonly against: ObjectionTarget
  /** Of a divided tender; undefined: the tender as a whole. */
  readonly lot?: number
  readonly complaint?: Complaint
}

/** What can be objected to in which state. */
const objectable: Readonly<Partial<Record<TenderState, readonly ObjectionTarget[]>>> = {
  published: ['terms'],
  opened: ['qualification'],
  scoring: ['qualification'],
  'award-notice': ['qualification', 'award'],
  standstill: ['qualification', 'award'],
  cancelled: ['cancellation'],
  failed: ['cancellation'],
}

const endStates: readonly TenderState[] = ['cancelled', 'failed']

/** Whether there is a clock that can stand: before the contract, and while it goes on. */
function hasClock(tender: Tender): boolean {
  return tender.state !== 'contracted' && !endStates.includes(tender.state)
}

/** Terms, and an end before the bids were opened, may be objected to by any organization, everything else by those that bid. */
export function judgedObjection(tender: Tender, bidders: readonly string[]): Judged {
  const anyone = tender.state === 'published' || (endStates.includes(tender.state) && tender.openedAt === undefined)
  return { reach: { ...reachOf(tender, bidders), anyone } }
}

/** Whoever objected, and nobody else. */
export function judgedComplaint(tender: Tender, objection: Pick<Objection, 'organization'>): Judged {
  return { reach: reachOf(tender, [objection.organization]), version: tender.version }
}

/** An objection, and one against an end, comes within the days of the standstill. */
function isLate(tender: Tender, now: Instant, calendar: WorkingDayCalendar): boolean {
  if (tender.state === 'standstill')
    return (
      tender.stoppedAt === undefined && tender.standstillUntil !== undefined && isAfter(now, tender.standstillUntil)
    )
  const endedAt = tender.history.at(-1)?.at
  if (!endStates.includes(tender.state) || endedAt === undefined) return false
  return isAfter(now, dueAt(endedAt, tender.terms?.standstillDays ?? 0, calendar).at)
}

/** Whether the time for objections is still running: asked before somebody writes one, and again when it arrives. */
export function objectableNow(tender: Tender, now: Instant, calendar: WorkingDayCalendar): Ruling<undefined> {
  return isLate(tender, now, calendar) ? refuse('objection-late') : allow(undefined)
}

/** What a new claim is made with: its id, and by when it is decided. */
export type Made = { readonly id: string; readonly due: Instant }

const stopped = (tender: Tender, now: Instant) => ({
  stoppedAt: hasClock(tender) ? (tender.stoppedAt ?? now) : tender.stoppedAt,
})

/**
 * A bidder objects (to the terms: any organization), one open objection each and for each lot; the clock of the whole tender stands until it is decided. Of a
 * divided tender qualification and award are those of a lot, and whoever bid for that lot objects.
 */
export function objectToTender(
  tender: Tender,
  actor: Actor,
  now: Instant,
  body: { readonly against: ObjectionTarget; readonly lot?: number },
  made: Made,
  objections: readonly Objection[],
  bidders: readonly string[],
  calendar: WorkingDayCalendar,
  biddersOfLot: readonly string[] = bidders,
): Ruling<{ tender: Tender; organization: string }> {
  const state = standing(tender, 'objectToTender', actor, now)
  if (!state.ok) return state
  const { reach } = judgedObjection(tender, bidders)
  const organization = grantFor(actor, 'procurement.objectToTender', reach)?.organizationId
  if (organization === undefined) return forbid('forbidden')
  const time = objectableNow(tender, now, calendar)
  if (!time.ok) return time
  if (!objectable[tender.state]?.includes(body.against)) return refuse('not-now-objectable')
  const isOfLot = tender.lots !== undefined && (body.against === 'qualification' || body.against === 'award')
  const lot = isOfLot || body.lot !== undefined ? lotNamed(tender, body.lot) : undefined
  if (lot?.ok === false) return lot
  if (isOfLot && !biddersOfLot.includes(organization)) return refuse('lot-not-yours')
  const own = objections.filter((each) => each.organization === organization && each.lot === lot?.value)
  if (own.some(isOpen)) return refuse('already-objecting')
  const pending: Pending[] = [...tender.pending, { verb: 'decideObjection', of: made.id, due: made.due }]
  return allow({ organization, tender: moved(tender, state.value, now, { pending, ...stopped(tender, now) }) })
}

/** Neither answered nor given up for a complaint, or its complaint undecided. */
export function isOpen(objection: Objection): boolean {
  return objection.complaint === undefined ? objection.state === 'open' : objection.complaint.state === 'open'
}

export type Decision =
  | { readonly decision: 'rejected'; readonly words: string }
  | { readonly decision: 'upheld'; readonly words: string; readonly remedy: Remedy }

/** Rejected: the clock runs on once nothing else stops it. Upheld: what the remedy says. */
export function decideObjection(
  tender: Tender,
  actor: Actor,
  now: Instant,
  body: Decision,
  objection: Objection,
  calendar: WorkingDayCalendar,
): Ruling<Tender> {
  const state = standing(tender, 'decideObjection', actor, now)
  if (!state.ok) return state
  if (objection.complaint !== undefined) return refuse('complained')
  if (objection.state !== 'open') return refuse('objection-decided')
  return outcome(tender, now, body, objection, calendar)
}

function outcome(
  tender: Tender,
  now: Instant,
  body: Decision,
  { id, lot }: Objection,
  calendar: WorkingDayCalendar,
): Ruling<Tender> {
  const pending = without(tender.pending, id)
  const clock = runsOn(tender, now, pending, calendar)
  if (body.decision === 'rejected') return allow(moved(tender, tender.state, now, clock))
  switch (body.remedy) {
    case 'fail-lot': {
      const stays = nextState(tenderLifecycle, tender.state, 'failLot')
      if (!stays.ok || lot === undefined) return refuse('remedy-not-now')
      const lots = dropLot(tender, lot, now, { reason: 'objection-upheld', words: body.words })
      if (!lots.ok) return lots
      const done = stays.value === 'awarded' && uncontracted({ ...tender, lots: lots.value }).length === 0
      return allow(moved(tender, done ? 'contracted' : stays.value, now, { ...clock, lots: lots.value }))
    }
    case 'fail': {
      const failed = nextState(tenderLifecycle, tender.state, 'failTender')
      if (!failed.ok || tender.lots?.some((each) => each.contract !== undefined)) return refuse('remedy-not-now')
      const end = { ...leftAtEnd(pending), endReason: 'objection-upheld', endWords: body.words } as const
      return allow(moved(tender, failed.value, now, end))
    }
    case 'score-again': {
      const again = nextState(tenderLifecycle, tender.state, 'scoreAgain')
      if (!again.ok) return refuse('cannot-score-again')
      const anew = {
        round: tender.round + 1,
        ...beforeAwards(tender),
        noticeUntil: undefined,
        standstillUntil: undefined,
      }
      return allow(moved(tender, again.value, now, { ...clock, ...anew }))
    }
    case 'change-terms': {
      if (tender.state !== 'published') return refuse('remedy-not-now')
      const due = dueAt(now, tender.terms?.answerDays ?? 1, calendar).at
      return allow(moved(tender, tender.state, now, { pending: [...pending, { verb: 'changeTerms', of: id, due }] }))
    }
    case 'tender-anew':
      return endStates.includes(tender.state)
        ? allow(moved(tender, tender.state, now, { pending }))
        : refuse('remedy-not-now')
    case 'go-on':
      return allow(moved(tender, tender.state, now, clock))
  }
}

/** The tender when fewer things wait: its clock runs on unless one of them stops it. */
export function runsOn(
  tender: Tender,
  now: Instant,
  pending: readonly Pending[],
  calendar: WorkingDayCalendar,
): Partial<Tender> {
  return stops(pending) ? { pending } : { pending, stoppedAt: undefined, ...resumed(tender, now, calendar) }
}

/** Dates after a stop, with the working days that were left: never earlier than they were, and at least one day. */
function resumed(tender: Tender, now: Instant, calendar: WorkingDayCalendar): Partial<Tender> {
  const { stoppedAt } = tender
  if (stoppedAt === undefined) return {}
  const later = (until: Instant | undefined) => {
    if (until === undefined) return undefined
    const left = Math.max(1, workingDaysBetween(today(stoppedAt), today(until), calendar).days)
    return max(until, dueAt(now, left, calendar).at)
  }
  // Before the award the deadline of bids is what stood still; once the award is confirmed only the contract waited.
  if (tender.state === 'published') return { deadline: later(tender.deadline) }
  return tender.state === 'awarded' ? {} : { standstillUntil: later(tender.standstillUntil) }
}

/** Until when whoever objected may complain: from the answer on, or from the day when it stayed away. */
export function complainUntil(
  tender: Pick<Tender, 'terms'>,
  objection: Objection,
  calendar: WorkingDayCalendar,
): Instant {
  return dueAt(objection.decidedAt ?? objection.due, tender.terms?.complaintDays ?? 0, calendar).at
}

/** After a rejection, or when the answer stayed away; once; the clock stands again. */
export function complain(
  tender: Tender,
  actor: Actor,
  now: Instant,
  objection: Objection,
  made: Made,
  calendar: WorkingDayCalendar,
): Ruling<Tender> {
  const state = standing(tender, 'complain', actor, now)
  if (!state.ok) return state
  if (objection.complaint !== undefined) return refuse('complained')
  if (objection.state === 'upheld') return refuse('nothing-to-complain')
  if (objection.state === 'open' && !isAfter(now, objection.due))
    return refuse('answer-awaited', { until: today(objection.due) })
  const until = complainUntil(tender, objection, calendar)
  if (isAfter(now, until)) return refuse('complaint-late', { until: today(until) })
  const pending: Pending[] = [
    ...without(tender.pending, objection.id),
    { verb: 'decideComplaint', of: objection.id, due: made.due },
  ]
  return allow(moved(tender, state.value, now, { pending, ...stopped(tender, now) }))
}

/** By county finance, never by whoever answered the query. */
export function decideComplaint(
  tender: Tender,
  actor: Actor,
  now: Instant,
  body: Decision,
  objection: Objection,
  calendar: WorkingDayCalendar,
): Ruling<Tender> {
  const state = standing(tender, 'decideComplaint', actor, now)
  if (!state.ok) return state
  const { complaint } = objection
  if (complaint === undefined) return refuse('no-complaint')
  if (complaint.state !== 'open') return refuse('complaint-decided')
  if (actor.kind === 'person' && objection.decidedBy === actor.personId)
    return forbid('duties-separated', { duty: 'answer-then-complaint' })
  return outcome(tender, now, body, objection, calendar)
}
