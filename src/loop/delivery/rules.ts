// Delivery: the service record, its lifecycle, and what may be filed: by whom, when, once. Pure.
import type { Actor, Judged, Reach } from '../../kit/actor.ts'
import type { DivisionCode, Id } from '../../kit/id.ts'
import { addDays, type Instant, isAfter, isBefore, millisecondsBetween } from '../../kit/instant.ts'
import { type Lifecycle, nextState } from '../../kit/lifecycle.ts'
import { isBefore as dateIsBefore, type PlainDate, today } from '../../kit/plain-date.ts'
import { findPersonalNumbers } from '../../kit/chinese-ids.ts'
import { allow, type FieldFault, forbid, invalid, refuse, type Refusal, type Ruling } from '../../kit/ruling.ts'
import type { ServiceKind, serviceDoubts, ServiceRecordState } from './contract.ts'

export type ServiceRecordId = Id<'service-record'>

export type Photo = { readonly id: string; readonly name: string; readonly sha256: string }

/** What whoever reads a record should look at twice. */
export type Doubt = (typeof serviceDoubts)[number]

export type ServiceRecord = {
  readonly id: ServiceRecordId
  readonly number: { readonly year: number; readonly value: number }
  readonly division: DivisionCode
  readonly state: ServiceRecordState
  readonly version: number
  readonly contract: string
  readonly milestone: string
  readonly activity: string
  readonly organization: string
  readonly worker: string
  readonly person: string
  readonly kind: ServiceKind
  readonly from: Instant
  readonly until: Instant
  readonly minutes: number
  readonly place: string
  readonly attendance: number
  readonly newcomers: number
  readonly words: string
  readonly photos: readonly Photo[]
  /** Hashes that other records carried before. */
  readonly reusedPhotos: readonly string[]
  readonly doubts: readonly Doubt[]
  /** The activity that it records, and the volunteers' shift that helped. */
  readonly occasion?: string
  readonly shift?: string
  readonly room?: string
  readonly voidReason?: string
  readonly voidedBy?: string
  readonly createdAt: Instant
  readonly history: readonly { readonly state: ServiceRecordState; readonly at: Instant }[]
}

export type Activity = {
  readonly id: Id<'activity'>
  readonly position: number
  readonly name: string
  readonly kind: ServiceKind
  readonly planned: number
}

export type Plan = {
  readonly contract: string
  readonly division: DivisionCode
  readonly project: string
  readonly organization: string
  readonly words: string
  readonly startedBy: string
  readonly startedAt: Instant
  readonly activities: readonly Activity[]
}

export const serviceRecordLifecycle = {
  filed: { voidServiceRecord: 'void' },
  void: {},
} as const satisfies Lifecycle<ServiceRecordState, string>
const lifecycle: Lifecycle<ServiceRecordState, 'voidServiceRecord'> = serviceRecordLifecycle

/** 服2026-0412. */
export function shownNumber(record: Pick<ServiceRecord, 'number'>): string {
  return `服${record.number.year}-${String(record.number.value).padStart(4, '0')}`
}

export function reachOf(record: Pick<ServiceRecord, 'division' | 'organization'>): Reach {
  return { division: record.division, organizations: [record.organization] }
}

export function judgedServiceRecord(record: ServiceRecord): Judged {
  return { reach: reachOf(record), version: record.version, lineage: [{ kind: 'service-record', id: record.id }] }
}

/** A photo of another record, or doubts about its attendance. */
export function isFlagged(record: Pick<ServiceRecord, 'reusedPhotos' | 'doubts'>): boolean {
  return record.reusedPhotos.length > 0 || record.doubts.length > 0
}

/** Policy values that filing uses. */
export type FilingTerms = { readonly longestMinutes: number; readonly fileDays: number }

export type Filing = {
  readonly from: Instant
  readonly until: Instant
  readonly attendance: number
  readonly newcomers: number
  readonly activity: string
  readonly place: string
  readonly words: string
}

/** What the contract says of the one who files. */
export type Filer = {
  readonly team: readonly { readonly worker: string }[]
  readonly worker?: { readonly id: string; readonly active: boolean; readonly certificateValidUntil: PlainDate }
}

/** Whole minutes between two moments. */
export function minutesOf(from: Instant, until: Instant): number {
  return Math.floor(millisecondsBetween(from, until) / 60_000)
}

/**
 * Only staff on the contract's team, with a certificate that was valid on the day of the service. Times lie after the delivery's start and
 * before now, in order, within one stretch, and not longer ago than may be filed.
 */
export function fileServiceRecord(
  filing: Filing,
  filer: Filer,
  plan: Pick<Plan, 'startedAt' | 'activities'>,
  now: Instant,
  terms: FilingTerms,
): Ruling<Activity> {
  const { worker } = filer
  if (worker === undefined || !filer.team.some((member) => member.worker === worker.id)) return forbid('not-on-team')
  if (!worker.active || dateIsBefore(worker.certificateValidUntil, today(filing.from)))
    return forbid('certificate-over')
  const faults: FieldFault[] = []
  const minutes = minutesOf(filing.from, filing.until)
  if (minutes < 1) faults.push({ path: 'body.until', code: 'time-not-in-order' })
  else if (minutes > terms.longestMinutes)
    faults.push({
      path: 'body.until',
      code: 'too-long-at-once',
      params: { hours: Math.floor(terms.longestMinutes / 60) },
    })
  if (isAfter(filing.until, now)) faults.push({ path: 'body.until', code: 'time-in-future' })
  if (isBefore(filing.from, plan.startedAt)) faults.push({ path: 'body.from', code: 'before-delivery' })
  else if (isAfter(now, addDays(filing.until, terms.fileDays)))
    faults.push({ path: 'body.from', code: 'too-late-to-file', params: { days: terms.fileDays } })
  if (filing.newcomers > filing.attendance) faults.push({ path: 'body.newcomers', code: 'newcomers-exceed' })
  const activity = plan.activities.find((each) => each.id === filing.activity)
  if (activity === undefined) faults.push({ path: 'body.activity', code: 'activity-unknown' })
  for (const [field, text] of [
    ['words', filing.words],
    ['place', filing.place],
  ] as const) {
    const found = findPersonalNumbers(text)[0]
    if (found !== undefined)
      faults.push({ path: `body.${field}`, code: found.kind === 'phone' ? 'text-has-phone' : 'text-has-citizen-id' })
  }
  return faults.length > 0 || activity === undefined ? invalid(faults) : allow(activity)
}

/** An hour that the worker claimed already. */
export type Claim = {
  readonly organization: string
  readonly contract: string
  readonly from: Instant
  readonly until: Instant
}

/** The other record's contract is named only inside the same organization. `number`: of that contract. */
export function refuseOverlap(claim: Claim, organization: string, number: string | undefined): Refusal {
  const hours = { date: today(claim.from) }
  return claim.organization === organization && number !== undefined
    ? refuse('hours-overlap', { contract: number, ...hours })
    : refuse('hours-overlap-elsewhere', hours)
}

/** By whoever filed it, or the undertaker's supervisor or administrator. */
export function voidServiceRecord(
  record: ServiceRecord,
  actor: Actor,
  now: Instant,
  reason: string,
): Ruling<ServiceRecord> {
  const state = nextState(lifecycle, record.state, 'voidServiceRecord')
  if (!state.ok) return state
  const me = actor.kind === 'person' ? actor.personId : undefined
  const leads = actor.grants.some(
    (grant) => grant.role !== 'social-worker' && grant.permissions.has('delivery.voidServiceRecord'),
  )
  if (record.person !== me && !leads) return forbid('not-own-record')
  return allow({
    ...record,
    state: state.value,
    version: record.version + 1,
    voidReason: reason,
    voidedBy: me,
    history: [...record.history, { state: state.value, at: now }],
  })
}

export type Counted = {
  readonly serviceRecords: number
  readonly minutes: number
  readonly attendance: number
  readonly newcomers: number
}
export type CountedActivity = Activity & { readonly done: number }
