// Decisions on social workers: registration, its validity and renewal against hours, employer. Pure.
import { type Actor, type Judged, may, type Reach } from '../../kit/actor.ts'
import type { DivisionCode } from '../../kit/id.ts'
import { type Instant, isAfter } from '../../kit/instant.ts'
import { type Lifecycle, nextState } from '../../kit/lifecycle.ts'
import { addDays, addYears, isAfter as isLater, type PlainDate, today } from '../../kit/plain-date.ts'
import { allow, type FieldFault, forbid, invalid, refuse, type Ruling } from '../../kit/ruling.ts'
import { endOfDay } from '../../kit/working-days.ts'
import { type Post, type WorkerId, type WorkerLevel, workerNumberPrefix, type WorkerState } from './contract.ts'

export type Worker = {
  readonly id: WorkerId
  readonly division: DivisionCode
  readonly state: WorkerState
  readonly version: number
  readonly number: { readonly year: number; readonly value: number }
  readonly person: string
  readonly certificate: string
  readonly level: WorkerLevel
  readonly post: Post
  /** Organization; a community employs where there is none. */
  readonly employer?: string
  readonly passedOn: PlainDate
  readonly registeredOn: PlainDate
  /** The last day of the registration. */
  readonly validUntil: PlainDate
  readonly hours: number
  readonly history: readonly { readonly state: WorkerState; readonly at: Instant }[]
}

export type WorkerVerb = 'renewWorker' | 'changeEmployer' | 'lapseWorker'

export const workerLifecycle = {
  registered: { renewWorker: 'registered', changeEmployer: 'registered', lapseWorker: 'lapsed' },
  lapsed: { renewWorker: 'registered' },
} as const satisfies Lifecycle<WorkerState, WorkerVerb>

const lifecycle: Lifecycle<WorkerState, WorkerVerb> = workerLifecycle

/** The numbers of policy that a worker's registration lives by. */
export type WorkerPolicy = {
  readonly years: number
  readonly hoursAssistant: number
  readonly hoursOthers: number
  /** Days before the end from which it may be renewed. */
  readonly windowDays: number
}

export function reachOf(worker: Pick<Worker, 'division' | 'employer' | 'person'>): Reach {
  return {
    division: worker.division,
    organizations: worker.employer === undefined ? [] : [worker.employer],
    persons: [worker.person],
  }
}

export function judgedWorker(worker: Worker): Judged {
  return { reach: reachOf(worker), version: worker.version, lineage: [{ kind: 'worker', id: worker.id }] }
}

export function numberOfWorker(worker: Worker): string {
  return `${workerNumberPrefix}${worker.number.year}-${String(worker.number.value).padStart(4, '0')}`
}

/** The rule's answer for the record page: without the permission at its reach it is not even asked. */
export function permitted<T>(actor: Actor, permission: string, worker: Worker, rule: () => Ruling<T>): Ruling<T> {
  return may(actor, permission, reachOf(worker)) ? rule() : forbid('forbidden')
}

/** Nobody decides on their own registration. */
function isOwn(actor: Actor, person: string): boolean {
  return actor.kind === 'person' && actor.personId === person
}

/** An employer must be in the register; `active` is undefined where a community employs. */
function employs(active: boolean | undefined): boolean {
  return active !== false
}

/** The validity of a new registration: so many years from its day, less one day. Refused for oneself and for an employer that is not active. */
export function registerWorker(
  wish: { readonly person: string; readonly passedOn: PlainDate; readonly registeredOn?: PlainDate },
  actor: Actor,
  now: Instant,
  employerActive: boolean | undefined,
  policy: WorkerPolicy,
): Ruling<{ state: WorkerState; registeredOn: PlainDate; validUntil: PlainDate }> {
  const registeredOn = wish.registeredOn ?? today(now)
  const faults: FieldFault[] = []
  if (isLater(wish.passedOn, today(now))) faults.push({ path: 'body.passedOn', code: 'in-future' })
  if (isLater(registeredOn, today(now))) faults.push({ path: 'body.registeredOn', code: 'in-future' })
  else if (isLater(wish.passedOn, registeredOn)) faults.push({ path: 'body.registeredOn', code: 'before-passing' })
  if (faults.length > 0) return invalid(faults)
  if (isOwn(actor, wish.person)) return forbid('duties-separated')
  if (!employs(employerActive)) return refuse('employer-inactive')
  const validUntil = addDays(addYears(registeredOn, policy.years), -1)
  // An old registration may be entered that has ended since: it starts lapsed.
  return allow({ state: isLater(today(now), validUntil) ? 'lapsed' : 'registered', registeredOn, validUntil })
}

/** Hours of continuing education that a period asks for (standards.md, second-hand: hence policy). */
export function hoursNeeded(level: WorkerLevel, policy: WorkerPolicy): number {
  return level === 'assistant' ? policy.hoursAssistant : policy.hoursOthers
}

/** Renewed in the window before its end it goes on from there; restored after a lapse it starts anew today. */
export function renewWorker(
  worker: Worker,
  actor: Actor,
  now: Instant,
  hours: number,
  policy: WorkerPolicy,
): Ruling<Worker> {
  const state = nextState(lifecycle, worker.state, 'renewWorker')
  if (!state.ok) return state
  if (isOwn(actor, worker.person)) return forbid('duties-separated')
  const opens = addDays(worker.validUntil, -policy.windowDays)
  if (worker.state === 'registered' && isLater(opens, today(now))) return refuse('renewal-too-early', { from: opens })
  const needed = hoursNeeded(worker.level, policy)
  if (hours < needed) return refuse('hours-short', { hours, needed })
  const start = worker.state === 'lapsed' ? addDays(today(now), -1) : worker.validUntil
  return allow(moved({ ...worker, hours, validUntil: addYears(start, policy.years) }, state.value, now))
}

export function changeEmployer(
  worker: Worker,
  actor: Actor,
  now: Instant,
  wish: { readonly employer?: string; readonly division: DivisionCode; readonly post: Post },
  employerActive: boolean | undefined,
): Ruling<Worker> {
  const state = nextState(lifecycle, worker.state, 'changeEmployer')
  if (!state.ok) return state
  if (isOwn(actor, worker.person)) return forbid('duties-separated')
  if (!employs(employerActive)) return refuse('employer-inactive')
  return allow(
    moved({ ...worker, employer: wish.employer, division: wish.division, post: wish.post }, state.value, now),
  )
}

/** The registration ends with its last day; undefined when it is not that far, or has ended already. */
export function lapseWorker(worker: Worker, now: Instant): Worker | undefined {
  const state = nextState(lifecycle, worker.state, 'lapseWorker')
  if (!state.ok || isAfter(endOfDay(worker.validUntil), now)) return undefined
  return moved(worker, state.value, now)
}

function moved(worker: Worker, state: WorkerState, now: Instant): Worker {
  const history = state === worker.state ? worker.history : [...worker.history, { state, at: now }]
  return { ...worker, state, history }
}
