// Decisions on organizations: the way from application to the register, rating, warning lists, staff. Pure.
import { type Actor, type Judged, may, type Reach } from '../../kit/actor.ts'
import { isUscc, parseUscc, plainIdentifier, type Uscc } from '../../kit/chinese-ids.ts'
import { ancestorAt, type DivisionCode } from '../../kit/id.ts'
import { type Instant, isAfter } from '../../kit/instant.ts'
import { type Lifecycle, nextState } from '../../kit/lifecycle.ts'
import { addYears, isAfter as isLater, isBefore as isEarlier, type PlainDate, today } from '../../kit/plain-date.ts'
import { allow, type FieldFault, forbid, invalid, refuse, type Ruling } from '../../kit/ruling.ts'
import { endOfDay } from '../../kit/working-days.ts'
import {
  type CommunityClass,
  type OrganizationId,
  type OrganizationKind,
  organizationNumberPrefix,
  type OrganizationState,
  openStates,
  type Rating,
  type Registration,
  type RegistrationLevel,
  type StaffDuty,
  type WarningList,
} from './contract.ts'

export type Organization = {
  readonly id: OrganizationId
  /** Where it has its seat. */
  readonly division: DivisionCode
  /** The government that registers or files it. */
  readonly authority: DivisionCode
  readonly state: OrganizationState
  readonly version: number
  readonly number: { readonly year: number; readonly value: number }
  readonly name: string
  readonly kind: OrganizationKind
  readonly registration: Registration
  readonly level?: RegistrationLevel
  readonly agency: boolean
  readonly communityClass?: CommunityClass
  readonly uscc?: Uscc
  readonly categories: readonly string[]
  readonly address?: string
  readonly charter: string
  readonly opinion?: string
  readonly reason?: string
  readonly registeredOn?: PlainDate
  readonly rating?: Rating
  readonly ratingUntil?: PlainDate
  readonly abnormal: boolean
  readonly illegal: boolean
  /** Social workers with a registration in force that it employs; written by social-workers. */
  readonly certificates: number
  /** The last day on which it takes on nothing new; written by evaluation. */
  readonly ineligibleUntil?: PlainDate
  readonly applicant: string
  readonly due?: Instant
  readonly history: readonly { readonly state: OrganizationState; readonly at: Instant }[]
}

export type Staff = {
  readonly id: string
  readonly person: string
  readonly duty: StaffDuty
  readonly from: PlainDate
  readonly until?: PlainDate
}

export type OrganizationVerb =
  | 'acceptOrganization'
  | 'reviewOrganization'
  | 'registerOrganization'
  | 'fileOrganization'
  | 'refuseOrganization'
  | 'cancelOrganization'
  | 'editOrganization'
  | 'setRating'
  | 'enterAbnormal'
  | 'leaveAbnormal'
  | 'addStaff'
  | 'endStaff'

export const organizationLifecycle = {
  applied: {
    acceptOrganization: 'accepted',
    fileOrganization: 'filed',
    refuseOrganization: 'refused',
    editOrganization: 'applied',
  },
  accepted: { reviewOrganization: 'reviewed', refuseOrganization: 'refused' },
  reviewed: { registerOrganization: 'registered', refuseOrganization: 'refused' },
  registered: {
    cancelOrganization: 'cancelled',
    editOrganization: 'registered',
    setRating: 'registered',
    enterAbnormal: 'registered',
    leaveAbnormal: 'registered',
    addStaff: 'registered',
    endStaff: 'registered',
  },
  filed: {
    cancelOrganization: 'cancelled',
    editOrganization: 'filed',
    enterAbnormal: 'filed',
    leaveAbnormal: 'filed',
    addStaff: 'filed',
    endStaff: 'filed',
  },
  refused: {},
  cancelled: {},
} as const satisfies Lifecycle<OrganizationState, OrganizationVerb>

const lifecycle: Lifecycle<OrganizationState, OrganizationVerb> = organizationLifecycle

/** Decisions reach through the registering authority; the organization's own staff and the applicant reach it as such. */
export function reachOf(organization: Organization): Reach {
  return {
    division: organization.authority,
    organizations: [organization.id],
    persons: [organization.applicant],
    confidential: !openStates.includes(organization.state),
  }
}

export function judgedOrganization(organization: Organization): Judged {
  return {
    reach: reachOf(organization),
    version: organization.version,
    lineage: [{ kind: 'organization', id: organization.id }],
  }
}

export function numberOfOrganization(organization: Organization): string {
  return `${organizationNumberPrefix}${organization.number.year}-${String(organization.number.value).padStart(4, '0')}`
}

/** The rule's answer for the record page: without the permission at its reach it is not even asked. */
export function permitted<T>(
  actor: Actor,
  permission: string,
  organization: Organization,
  rule: () => Ruling<T>,
): Ruling<T> {
  return may(actor, permission, reachOf(organization)) ? rule() : forbid('forbidden')
}

/** Whether the state allows a verb whose rule needs more than the record. */
export function inState(organization: Organization, verb: OrganizationVerb): Ruling<OrganizationState> {
  return nextState(lifecycle, organization.state, verb)
}

export type Application = {
  readonly kind: OrganizationKind
  readonly registration: Registration
  readonly level: RegistrationLevel
  readonly agency: boolean
  readonly communityClass?: CommunityClass
  readonly division: DivisionCode
}

/** Whether the application fits together; answers the government that decides on it. */
export function applyForOrganization(application: Application): Ruling<DivisionCode> {
  const faults: FieldFault[] = []
  const community = application.kind === 'community-organization'
  if (!community && application.registration === 'filed')
    faults.push({ path: 'body.registration', code: 'must-register' })
  if (community && application.communityClass === undefined)
    faults.push({ path: 'body.communityClass', code: 'class-needed' })
  if (application.agency && application.kind !== 'service-institution')
    faults.push({ path: 'body.agency', code: 'agency-kind' })
  const authority = ancestorAt(
    application.division,
    application.registration === 'filed' ? 'township' : application.level,
  )
  if (authority === undefined) faults.push({ path: 'body.division', code: 'seat-too-high' })
  return authority === undefined || faults.length > 0 ? invalid(faults) : allow(authority)
}

/** The record after `verb`, with its history where the state changed. */
function moved(
  organization: Organization,
  verb: OrganizationVerb,
  now: Instant,
  change: Partial<Organization> = {},
): Ruling<Organization> {
  const state = nextState(lifecycle, organization.state, verb)
  if (!state.ok) return state
  const history =
    state.value === organization.state
      ? organization.history
      : [...organization.history, { state: state.value, at: now }]
  return allow({ ...organization, ...change, state: state.value, history })
}

export function acceptOrganization(organization: Organization, now: Instant): Ruling<Organization> {
  const next = moved(organization, 'acceptOrganization', now)
  return next.ok && organization.registration === 'filed'
    ? refuse('other-route', { possible: 'fileOrganization' })
    : next
}

export function reviewOrganization(organization: Organization, now: Instant, opinion: string): Ruling<Organization> {
  return moved(organization, 'reviewOrganization', now, { opinion })
}

/** Class letters of credit codes given by civil affairs (GB 32100-2015): 1 association, 2 service institution, 3 foundation. */
const classOfKind: Readonly<Record<OrganizationKind, string>> = {
  association: '1',
  'service-institution': '2',
  foundation: '3',
  'community-organization': '1239',
}

/** Into the register under its credit code, whose check character and class must be right. */
export function registerOrganization(
  organization: Organization,
  now: Instant,
  wish: { readonly uscc: string; readonly registeredOn?: PlainDate },
): Ruling<Organization> {
  const code = plainIdentifier(wish.uscc)
  const registeredOn = wish.registeredOn ?? today(now)
  const next = moved(organization, 'registerOrganization', now, { registeredOn })
  if (!next.ok) return next
  const faults: FieldFault[] = []
  const parts = parseUscc(code)
  if (parts === undefined) faults.push({ path: 'body.uscc', code: 'uscc-wrong' })
  else if (parts.authority !== '5' || !classOfKind[organization.kind].includes(parts.category))
    faults.push({ path: 'body.uscc', code: 'uscc-kind' })
  if (isLater(registeredOn, today(now))) faults.push({ path: 'body.registeredOn', code: 'in-future' })
  if (!isUscc(code) || faults.length > 0) return invalid(faults)
  return allow({ ...next.value, uscc: code })
}

export function fileOrganization(organization: Organization, now: Instant): Ruling<Organization> {
  const next = moved(organization, 'fileOrganization', now, { registeredOn: today(now) })
  return next.ok && organization.registration === 'registered'
    ? refuse('other-route', { possible: 'acceptOrganization' })
    : next
}

export function refuseOrganization(organization: Organization, now: Instant, reason: string): Ruling<Organization> {
  return moved(organization, 'refuseOrganization', now, { reason })
}

export function cancelOrganization(organization: Organization, now: Instant, reason: string): Ruling<Organization> {
  return moved(organization, 'cancelOrganization', now, { reason, rating: undefined, ratingUntil: undefined })
}

export function editOrganization(
  organization: Organization,
  now: Instant,
  change: { readonly categories?: readonly string[]; readonly address?: string; readonly charter?: string },
): Ruling<Organization> {
  const {
    categories = organization.categories,
    address = organization.address,
    charter = organization.charter,
  } = change
  return moved(organization, 'editOrganization', now, { categories, address, charter })
}

/** Rated after so many full years in the register, for so many years; nobody on a warning list (standards.md, second-hand: hence policy). */
export function setRating(
  organization: Organization,
  now: Instant,
  wish: { readonly rating: Rating; readonly ratedOn?: PlainDate },
  policy: { readonly afterYears: number; readonly years: number },
): Ruling<Organization> {
  const ratedOn = wish.ratedOn ?? today(now)
  const ratingUntil = addYears(ratedOn, policy.years)
  const next = moved(organization, 'setRating', now, { rating: wish.rating, ratingUntil })
  if (!next.ok) return next
  if (isLater(ratedOn, today(now))) return invalid([{ path: 'body.ratedOn', code: 'in-future' }])
  if (!isLater(ratingUntil, today(now))) return invalid([{ path: 'body.ratedOn', code: 'rating-over' }])
  if (organization.abnormal || organization.illegal) return refuse('on-warning-list')
  const since = organization.registeredOn
  if (since === undefined || isLater(addYears(since, policy.afterYears), ratedOn))
    return refuse('rating-too-early', { years: policy.afterYears })
  return next
}

/** The rating ends with its last day; undefined when there is nothing to end yet. */
export function lapseRating(organization: Organization, now: Instant): Organization | undefined {
  if (organization.ratingUntil === undefined || isAfter(endOfDay(organization.ratingUntil), now)) return undefined
  return { ...organization, rating: undefined, ratingUntil: undefined }
}

export function enterAbnormal(organization: Organization, now: Instant, list: WarningList): Ruling<Organization> {
  const next = moved(organization, 'enterAbnormal', now, { [list]: true })
  return next.ok && organization[list] ? refuse('already-listed') : next
}

export function leaveAbnormal(organization: Organization, now: Instant, list: WarningList): Ruling<Organization> {
  const next = moved(organization, 'leaveAbnormal', now, { [list]: false })
  return next.ok && !organization[list] ? refuse('not-listed') : next
}

export function addStaff(organization: Organization, now: Instant): Ruling<Organization> {
  return moved(organization, 'addStaff', now)
}

export function endStaff(
  organization: Organization,
  now: Instant,
  staff: Staff,
  until: PlainDate,
): Ruling<Organization> {
  const next = moved(organization, 'endStaff', now)
  if (!next.ok) return next
  if (staff.until !== undefined) return refuse('staff-ended')
  return isEarlier(until, staff.from) ? invalid([{ path: 'body.until', code: 'before-start' }]) : next
}
