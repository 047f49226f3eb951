// Delivery: the lifecycle of a case and what each verb needs. Pure.
import type { Actor } from '../../../kit/actor.ts'
import type { DivisionCode, Id } from '../../../kit/id.ts'
import { type Instant, isAfter } from '../../../kit/instant.ts'
import { type Lifecycle, nextState, possibleVerbs } from '../../../kit/lifecycle.ts'
import { isAfter as isLater, isBefore as isEarlier, type PlainDate, today } from '../../../kit/plain-date.ts'
import { allow, type FieldFault, invalid, refuse, type Refusal, type Ruling } from '../../../kit/ruling.ts'
import type {
  CaseState,
  CaseTopic,
  caseSources,
  ClosingReason,
  consentForms,
  consentGivers,
  emergencyReasons,
  Retention,
} from '../contract/cases.ts'

export type CaseId = Id<'case'>

/** Bytes under the key of a case. */
export type Sealed = Uint8Array

export type Consent = {
  readonly form: (typeof consentForms)[number]
  readonly givenBy: (typeof consentGivers)[number]
  readonly givenOn: PlainDate
  readonly recordedBy: string
  readonly recordedAt: Instant
  readonly withdrawnOn?: PlainDate
  readonly withdrawnBy?: string
}

/** What of a case stands in clear: ids, states, codes, dates. Whatever tells of the person is sealed under the case's own key. */
export type Case = {
  readonly id: CaseId
  readonly number: { readonly year: number; readonly value: number }
  readonly division: DivisionCode
  readonly state: CaseState
  readonly version: number
  readonly contract: string
  readonly organization: string
  /** The worker's id in the register, and the person. */
  readonly worker: string
  readonly workerPerson: string
  readonly supervisor: string
  readonly topic: CaseTopic
  readonly source: (typeof caseSources)[number]
  readonly underFourteen: boolean
  /** Sealed: id of the account, or name and phone. */
  readonly beneficiary: Sealed
  readonly consent?: Consent
  /** Sealed: the goals of the plan. */
  readonly goals?: Sealed
  readonly goalCount: number
  readonly awaiting: boolean
  readonly sessions: number
  readonly retention: Retention
  readonly reason?: ClosingReason
  readonly nextAt?: Instant
  readonly destroyedAt?: Instant
  readonly createdAt: Instant
  readonly history: readonly { readonly state: CaseState; readonly at: Instant }[]
}

export type Opening = {
  readonly id: string
  readonly case: CaseId
  readonly person: string
  readonly reason: (typeof emergencyReasons)[number]
  readonly words: Sealed
  readonly at: Instant
  readonly until: Instant
}

export type CaseVerb =
  | 'recordConsent'
  | 'withdrawConsent'
  | 'acceptCase'
  | 'assessCase'
  | 'planCase'
  | 'approveCase'
  | 'returnCase'
  | 'adviseCase'
  | 'recordCaseSession'
  | 'beginCaseEvaluation'
  | 'evaluateCase'
  | 'closeCase'
  | 'transferCase'
  | 'handOverCase'
  | 'handOverSupervision'
  | 'setCaseRetention'

/** What may be done in every open state without leaving it, and what ends a case from any of them. */
function open<const State extends CaseState>(state: State) {
  return {
    recordConsent: state,
    withdrawConsent: 'closed',
    adviseCase: state,
    closeCase: 'closed',
    transferCase: 'transferred',
    handOverCase: state,
    handOverSupervision: state,
    setCaseRetention: state,
  } as const
}

/** Ended: consent may still be withdrawn, and a duty to keep the notes put on record or lifted. */
function ended<const State extends CaseState>(state: State) {
  return { withdrawConsent: state, setCaseRetention: state, handOverSupervision: state } as const
}

/** approveCase leads from the plan to intervention, and from the evaluation to the end. */
export const caseLifecycle = {
  intake: { ...open('intake'), acceptCase: 'assessment' },
  assessment: { ...open('assessment'), assessCase: 'plan' },
  plan: { ...open('plan'), planCase: 'plan', approveCase: 'intervention', returnCase: 'plan' },
  intervention: { ...open('intervention'), recordCaseSession: 'intervention', beginCaseEvaluation: 'evaluation' },
  evaluation: { ...open('evaluation'), evaluateCase: 'evaluation', approveCase: 'closed', returnCase: 'evaluation' },
  closed: ended('closed'),
  transferred: ended('transferred'),
} as const satisfies Lifecycle<CaseState, CaseVerb>
const lifecycle: Lifecycle<CaseState, CaseVerb> = caseLifecycle

/** Verbs that a case in this state knows. */
export const verbsOfCase = (state: CaseState): CaseVerb[] => possibleVerbs(lifecycle, state)

/** 案2026-0003. */
export function shownCaseNumber(file: Pick<Case, 'number'>): string {
  return `案${file.number.year}-${String(file.number.value).padStart(4, '0')}`
}

export type Relation = 'worker' | 'supervisor'

/**
 * How an actor stands to a case by itself: as its worker or supervisor, in the organization and role that they hold now. A delegate of either is
 * neither: confidence was given to a person, not to a desk. Undefined for everybody else; to them the case does not exist.
 */
export function relationOf(
  file: Pick<Case, 'organization' | 'workerPerson' | 'supervisor'>,
  actor: Actor,
): Relation | undefined {
  if (actor.kind !== 'person') return undefined
  const holds = (role: string) =>
    actor.grants.some(
      (grant) => grant.role === role && grant.organizationId === file.organization && grant.delegatedFrom === undefined,
    )
  if (file.workerPerson === actor.personId && holds('social-worker')) return 'worker'
  if (file.supervisor === actor.personId && holds('social-work-supervisor')) return 'supervisor'
  return undefined
}

export function reachOfCase(file: Pick<Case, 'division' | 'organization'>) {
  return { division: file.division, organizations: [file.organization], confidential: true } as const
}

/** Undefined once consent was withdrawn or before it was given. */
export function consented(file: Case): boolean {
  return file.consent !== undefined && file.consent.withdrawnOn === undefined
}

function moved(file: Case, verb: CaseVerb, now: Instant, part: Partial<Case> = {}): Ruling<Case> {
  const state = nextState(lifecycle, file.state, verb)
  if (!state.ok) return state
  const history = state.value === file.state ? file.history : [...file.history, { state: state.value, at: now }]
  return allow({ ...file, ...part, state: state.value, version: file.version + 1, history })
}

function unless(file: Case, verb: CaseVerb, refusal: Refusal | undefined): Refusal | undefined {
  const state = nextState(lifecycle, file.state, verb)
  return state.ok ? refusal : state
}

const needsConsent = (file: Case) => (consented(file) ? undefined : refuse('consent-missing'))

export type GivenConsent = {
  readonly form: Consent['form']
  readonly givenBy: Consent['givenBy']
  readonly guardian?: string
  readonly givenOn: PlainDate
}

/** For children under 14 the guardian consents (PIPL 31, from memory; 28 [seen] makes their data sensitive). */
export function recordConsent(file: Case, actor: Actor, now: Instant, given: GivenConsent): Ruling<Case> {
  const refused = unless(file, 'recordConsent', file.consent === undefined ? undefined : refuse('consent-given'))
  if (refused) return refused
  const faults: FieldFault[] = []
  if (isLater(given.givenOn, today(now))) faults.push({ path: 'body.givenOn', code: 'date-in-future' })
  if (file.underFourteen && given.givenBy !== 'guardian') faults.push({ path: 'body.givenBy', code: 'guardian-needed' })
  if (given.givenBy === 'guardian' && given.guardian === undefined)
    faults.push({ path: 'body.guardian', code: 'guardian-name-needed' })
  if (faults.length > 0) return invalid(faults)
  const { form, givenBy, givenOn } = given
  return moved(file, 'recordConsent', now, {
    consent: { form, givenBy, givenOn, recordedBy: idOf(actor), recordedAt: now },
  })
}

const idOf = (actor: Actor) => (actor.kind === 'person' ? actor.personId : 'system')

/** Work without consent ends at once, in whatever stage; what was written goes unless a duty keeps it. */
export function withdrawConsent(
  file: Case,
  actor: Actor,
  now: Instant,
  withdrawnOn: PlainDate,
): Ruling<{ file: Case; destroy: boolean }> {
  const { consent } = file
  if (consent === undefined) return refuse('consent-missing')
  if (consent.withdrawnOn !== undefined) return refuse('consent-withdrawn')
  if (isLater(withdrawnOn, today(now))) return invalid([{ path: 'body.withdrawnOn', code: 'date-in-future' }])
  if (isEarlier(withdrawnOn, consent.givenOn)) return invalid([{ path: 'body.withdrawnOn', code: 'before-consent' }])
  const destroy = file.retention === 'none'
  const next = moved(file, 'withdrawConsent', now, {
    consent: { ...consent, withdrawnOn, withdrawnBy: idOf(actor) },
    reason: file.reason ?? (file.state === 'transferred' ? undefined : 'consent-withdrawn'),
    awaiting: false,
    nextAt: undefined,
    ...(destroy ? { destroyedAt: now } : {}),
  })
  return next.ok ? allow({ file: next.value, destroy }) : next
}

/** A duty may be put on record and lifted; lifted where consent is gone, the notes go. */
export function setCaseRetention(
  file: Case,
  now: Instant,
  retention: Retention,
): Ruling<{ file: Case; destroy: boolean }> {
  if (file.destroyedAt !== undefined) return refuse('key-destroyed')
  if (file.retention === retention) return refuse('same-retention')
  const destroy = retention === 'none' && file.consent?.withdrawnOn !== undefined
  const next = moved(file, 'setCaseRetention', now, { retention, ...(destroy ? { destroyedAt: now } : {}) })
  return next.ok ? allow({ file: next.value, destroy }) : next
}

/** acceptCase and assessCase: consent first, then the note that the verb writes. */
export function stepWithConsent(verb: 'acceptCase' | 'assessCase', file: Case, now: Instant): Ruling<Case> {
  return unless(file, verb, needsConsent(file)) ?? moved(file, verb, now)
}

export function planCase(
  file: Case,
  now: Instant,
  goals: { readonly count: number; readonly sealed: Sealed },
): Ruling<Case> {
  return (
    unless(file, 'planCase', needsConsent(file)) ??
    moved(file, 'planCase', now, { goals: goals.sealed, goalCount: goals.count, awaiting: true })
  )
}

/** A plan begins the intervention; an evaluation ends the case. Consent must still be there to go on. */
export function approveCase(file: Case, now: Instant): Ruling<Case> {
  const refusal = file.awaiting ? needsConsent(file) : refuse('nothing-to-approve')
  return (
    unless(file, 'approveCase', refusal) ??
    moved(file, 'approveCase', now, {
      awaiting: false,
      ...(file.state === 'evaluation' ? { reason: 'completed' as const, nextAt: undefined } : {}),
    })
  )
}

export function returnCase(file: Case, now: Instant): Ruling<Case> {
  return (
    unless(file, 'returnCase', file.awaiting ? undefined : refuse('nothing-to-approve')) ??
    moved(file, 'returnCase', now, { awaiting: false })
  )
}

/** What the filing of its hours does not know: a session lies in the case, the next one after it. */
export function recordCaseSession(
  file: Case,
  now: Instant,
  session: { readonly from: Instant; readonly until: Instant; readonly nextAt?: Instant },
): Ruling<Case> {
  const refused = unless(file, 'recordCaseSession', needsConsent(file))
  if (refused) return refused
  const faults: FieldFault[] = []
  if (isAfter(file.createdAt, session.from)) faults.push({ path: 'body.from', code: 'before-case' })
  if (session.nextAt !== undefined && !isAfter(session.nextAt, session.until))
    faults.push({ path: 'body.nextAt', code: 'next-not-later' })
  if (faults.length > 0) return invalid(faults)
  return moved(file, 'recordCaseSession', now, { sessions: file.sessions + 1, nextAt: session.nextAt })
}

export function beginCaseEvaluation(file: Case, now: Instant, least: number): Ruling<Case> {
  const few = file.sessions < least ? refuse('sessions-missing', { least, now: file.sessions }) : undefined
  return unless(file, 'beginCaseEvaluation', few) ?? moved(file, 'beginCaseEvaluation', now, { nextAt: undefined })
}

export function evaluateCase(file: Case, now: Instant, results: number): Ruling<Case> {
  const refused = unless(file, 'evaluateCase', needsConsent(file))
  if (refused) return refused
  if (results !== file.goalCount)
    return invalid([{ path: 'body.results', code: 'results-not-goals', params: { count: file.goalCount } }])
  return moved(file, 'evaluateCase', now, { awaiting: true })
}

export function closeCase(file: Case, now: Instant, reason: ClosingReason): Ruling<Case> {
  return moved(file, 'closeCase', now, { reason, awaiting: false, nextAt: undefined })
}

export function transferCase(file: Case, now: Instant): Ruling<Case> {
  return (
    unless(file, 'transferCase', needsConsent(file)) ??
    moved(file, 'transferCase', now, { awaiting: false, nextAt: undefined })
  )
}

export function adviseCase(file: Case, now: Instant): Ruling<Case> {
  return moved(file, 'adviseCase', now)
}

/** Somebody who takes a case over, as register and contract know them; undefined: not on the contract's team. */
export type Successor = { readonly worker: string; readonly person: string; readonly valid: boolean } | undefined

/** To another one of the team with a valid certificate, who is not the supervisor. The appointment goes along, access does not stay behind. */
export function handOverCase(file: Case, now: Instant, to: Successor): Ruling<Case> {
  const next = moved(file, 'handOverCase', now)
  if (!next.ok) return next
  if (to === undefined) return invalid([{ path: 'body.worker', code: 'worker-not-on-team' }])
  if (to.worker === file.worker) return invalid([{ path: 'body.worker', code: 'same-worker' }])
  if (to.person === file.supervisor) return invalid([{ path: 'body.worker', code: 'supervisor-is-worker' }])
  if (!to.valid) return invalid([{ path: 'body.worker', code: 'worker-certificate-over' }])
  return allow({ ...next.value, worker: to.worker, workerPerson: to.person })
}

/** `supervisors`: who holds the office in the organization today. A worker who could choose another supervisor would have none. */
export function handOverSupervision(
  file: Case,
  relation: Relation,
  now: Instant,
  to: string,
  supervisors: readonly string[],
): Ruling<Case> {
  const next = moved(file, 'handOverSupervision', now)
  if (!next.ok) return next
  if (relation === 'worker' && supervisors.includes(file.supervisor)) return refuse('supervisor-in-office')
  if (to === file.supervisor) return invalid([{ path: 'body.supervisor', code: 'same-supervisor' }])
  const fault = supervisorFault(to, file.workerPerson, supervisors)
  return fault === undefined ? allow({ ...next.value, supervisor: to }) : invalid([fault])
}

/** A supervisor of the organization, and not the worker. */
export function supervisorFault(
  supervisor: string,
  worker: string,
  supervisors: readonly string[],
): FieldFault | undefined {
  if (supervisor === worker) return { path: 'body.supervisor', code: 'supervisor-is-worker' }
  return supervisors.includes(supervisor) ? undefined : { path: 'body.supervisor', code: 'supervisor-unknown' }
}

/** Either an account, or a name: not both, not neither. */
export function beneficiaryFaults(wish: {
  readonly person?: string
  readonly fullName?: string
  readonly phone?: string
}): FieldFault[] {
  if (wish.person === undefined && wish.fullName === undefined)
    return [{ path: 'body.fullName', code: 'beneficiary-needed' }]
  if (wish.person !== undefined && (wish.fullName !== undefined || wish.phone !== undefined))
    return [{ path: 'body.fullName', code: 'one-beneficiary' }]
  return []
}

/** What an emergency opening gives: the case until that moment. Refuses one that is open already, and what nobody can read any more. */
export function openCaseInEmergency(
  file: Case,
  openings: readonly Opening[],
  person: string,
  now: Instant,
): Ruling<Case> {
  if (file.destroyedAt !== undefined) return refuse('key-destroyed')
  if (openings.some((opening) => opening.person === person && isAfter(opening.until, now)))
    return refuse('already-open')
  return allow(file)
}

/** Whether an opening of this person is still in force. */
export function openedFor(openings: readonly Opening[], actor: Actor, now: Instant): boolean {
  return (
    actor.kind === 'person' &&
    openings.some((opening) => opening.person === actor.personId && isAfter(opening.until, now))
  )
}
