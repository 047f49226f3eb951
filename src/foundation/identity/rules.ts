// Decisions of identity: who may give which role where, delegation, residence, verification, proxies. Pure.
import type { Actor, Grant, Judged } from '../../kit/actor.ts'
import { type DivisionCode, type DivisionLevel, type Id, levelOf, within } from '../../kit/id.ts'
import { addDays as addInstantDays, type Instant } from '../../kit/instant.ts'
import { ageOn, daysBetween, type PlainDate, today } from '../../kit/plain-date.ts'
import { administratorRoles, type Role, roles } from '../../kit/roles.ts'
import { allow, forbid, refuse, type Ruling } from '../../kit/ruling.ts'
import type { AssignmentState, PersonState } from './contract.ts'

/** Attempts that are answered within a window; the next one is told to wait. */
export const attemptLimits = {
  password: { max: 5, windowMs: 15 * 60_000 },
  'second-factor': { max: 5, windowMs: 15 * 60_000 },
  'phone-code': { max: 5, windowMs: 60 * 60_000 },
} as const
export type AttemptScope = keyof typeof attemptLimits

/** Tries on one phone code. */
export const phoneCodeTries = 5
/** Between the two factors of a sign-in, and for a WebAuthn challenge. */
export const ticketMs = 10 * 60_000
/** A one-time code for a new or reset staff account. */
export const enrolmentMs = 3 * 86_400_000
/** A mobile session is kept awake by at most one write in this time. */
export const touchMs = 60_000
export const proxiesAtMost = 5
export const adultAge = 18

/** The part of an assignment that the rules look at. */
export type HeldRole = {
  readonly id: Id<'assignment'>
  readonly person: Id<'person'>
  readonly role: Role
  readonly division: DivisionCode
  readonly organization?: Id<'organization'>
  readonly from: PlainDate
  readonly until?: PlainDate
  readonly state: AssignmentState
  readonly version?: number
  readonly delegatedFrom?: Id<'assignment'>
  readonly delegatedPerson?: Id<'person'>
}

export type RoleGift = {
  readonly person: Id<'person'>
  readonly role: Role
  readonly division: DivisionCode
  readonly organization?: Id<'organization'>
  readonly department?: string
  readonly from: PlainDate
  readonly until?: PlainDate
}

const grassRoots: readonly Role[] = ['community-worker', 'community-head', 'grid-worker', 'grid-leader']
const ofOrganizations: readonly Role[] = ['organization-member', 'social-worker', 'social-work-supervisor']
/** Held at the county or above, as the government has them (design/access.md). */
const countyAndAbove: readonly DivisionLevel[] = ['county', 'city', 'province']
const variable: readonly Role[] = [
  ...administratorRoles,
  'department-officer',
  'organization-administrator',
  ...ofOrganizations,
  'panelist',
  'evaluator',
  'volunteer',
]

/** Reach, version and history of an assignment for the judge. */
export function judgedAssignment(held: HeldRole): Judged {
  return {
    reach: { division: held.division, organizations: held.organization === undefined ? [] : [held.organization] },
    version: held.version,
    lineage: [{ kind: 'assignment', id: held.id }],
  }
}

/** Whether an assignment holds on a day by its own dates. */
export function inForceOn(held: Pick<HeldRole, 'state' | 'from' | 'until'>, day: PlainDate): boolean {
  return held.state === 'given' && held.from <= day && (held.until === undefined || held.until >= day)
}

/** A role stands at its level; administrators, departments and organizations at the county, city or province. */
export function levelFits(role: Role, division: DivisionCode): boolean {
  const level = levelOf(division)
  return variable.includes(role) ? countyAndAbove.includes(level) : roles[role].level === level
}

/** Which roles a giver may give: security administrators all, a township's staff officer the grass roots, an organization its own. */
export function mayGive(grant: Grant, gift: Pick<RoleGift, 'role' | 'division' | 'organization'>): boolean {
  switch (grant.role) {
    case 'security-administrator':
      return within(gift.division, grant.division)
    case 'township-staff-officer':
      return grassRoots.includes(gift.role) && within(gift.division, grant.division)
    case 'organization-administrator':
      return (
        ofOrganizations.includes(gift.role) &&
        gift.organization !== undefined &&
        gift.organization === grant.organizationId
      )
    default:
      return false
  }
}

/** Administrators hold no business role beside their own, and the three are three persons. */
export function staysApart(role: Role, held: readonly Role[]): boolean {
  const others = held.filter((other) => other !== role)
  if (administratorRoles.includes(role)) return others.length === 0
  return !others.some((other) => administratorRoles.includes(other))
}

/** What must hold of any gift, whoever gives it: level, organization, department, term, administrators apart. */
export function soundGift(gift: RoleGift, held: readonly Role[]): Ruling<RoleGift> {
  if (!levelFits(gift.role, gift.division)) return refuse('wrong-level', { role: gift.role })
  if (roles[gift.role].reach === 'organization' && gift.organization === undefined)
    return refuse('organization-missing')
  if (gift.role === 'department-officer' && gift.department === undefined) return refuse('department-missing')
  if (gift.until !== undefined && gift.until < gift.from) return refuse('until-before-from')
  if (!staysApart(gift.role, held)) return refuse('administrators-apart')
  return allow(gift)
}

/**
 * Gives a role. Nobody gives one to themselves, nor to whose delegate they act as (design/access.md: administrators cannot give a role
 * to themselves); `held`: the receiver's roles that are not over.
 */
export function giveAssignment(gift: RoleGift, held: readonly Role[], actor: Actor): Ruling<RoleGift> {
  if (actor.kind === 'person') {
    const givers = actor.grants.filter((grant) => grant.permissions.has('identity.assign') && mayGive(grant, gift))
    if (gift.person === actor.personId) return forbid('to-oneself')
    if (givers.length === 0) return forbid('not-yours-to-give', { role: gift.role })
    if (givers.every((grant) => grant.delegatedFrom === gift.person)) return forbid('to-oneself')
  }
  return soundGift(gift, held)
}

/** Ends a role by whoever could give it. One's own may not be ended by oneself: the last security administrator would lock the door. */
export function endAssignment(held: HeldRole, actor: Actor): Ruling<'ended'> {
  if (held.state === 'ended')
    return refuse('not-in-this-state', { state: held.state, verb: 'endAssignment' }, { possible: [] })
  if (actor.kind === 'person') {
    if (held.person === actor.personId) return forbid('to-oneself')
    if (!actor.grants.some((grant) => grant.permissions.has('identity.assign') && mayGive(grant, held))) {
      return forbid('not-yours-to-give', { role: held.role })
    }
  }
  return allow('ended')
}

export type Delegation = { readonly person: Id<'person'>; readonly from: PlainDate; readonly until: PlainDate }

/**
 * Copies one's own role to a colleague for at most `maxDays`. A delegation is not passed on. `day`: today; `heldByReceiver`: their roles;
 * `colleague`: whether they hold a role at the same place or organization.
 */
export function delegateAssignment(
  held: HeldRole,
  delegation: Delegation,
  facts: { actorId: string; day: PlainDate; heldByReceiver: readonly Role[]; colleague: boolean; maxDays: number },
): Ruling<Delegation> {
  if (held.person !== facts.actorId) return forbid('forbidden')
  if (delegation.person === facts.actorId) return forbid('to-oneself')
  if (held.delegatedFrom !== undefined) return refuse('no-further-delegation')
  if (!inForceOn(held, facts.day)) return refuse('not-in-force')
  if (delegation.until < delegation.from || delegation.until < facts.day) return refuse('until-before-from')
  if (daysBetween(delegation.from, delegation.until) + 1 > facts.maxDays)
    return refuse('delegation-too-long', { days: facts.maxDays })
  if (!facts.colleague) return refuse('not-a-colleague')
  if (!staysApart(held.role, facts.heldByReceiver)) return refuse('administrators-apart')
  return allow(delegation)
}

/** A delegation ends by who gave it or who received it. */
export function revokeDelegation(held: HeldRole, actorId: string): Ruling<'ended'> {
  if (held.delegatedFrom === undefined || (held.delegatedPerson !== actorId && held.person !== actorId))
    return forbid('forbidden')
  if (held.state === 'ended')
    return refuse('not-in-this-state', { state: held.state, verb: 'revokeDelegation' }, { possible: [] })
  return allow('ended')
}

/** The part of a person that the rules look at. */
export type Subject = {
  readonly id: Id<'person'>
  readonly state: PersonState
  readonly version: number
  readonly residence?: DivisionCode
  readonly verifiedUntil?: Instant
}

/** Reach of a person's record: the community of residence, and the person. Outside of it even existence is confidential. */
export function judgedPerson(
  person: Subject,
  division: DivisionCode = person.residence ?? provinceOf(person.id),
): Judged {
  return {
    reach: { division, persons: [person.id], confidential: true },
    version: person.version,
    lineage: [{ kind: 'person', id: person.id }],
  }
}

/** The province that a person's record belongs to. */
export function provinceOf(person: string): DivisionCode {
  return person.slice(0, 2) as DivisionCode
}

/** People live in a community. */
export function liveIn(division: DivisionCode): Ruling<DivisionCode> {
  return levelOf(division) === 'community' ? allow(division) : refuse('not-a-community')
}

/** Moves oneself; a verification was for the former community and ends with it. */
export function setResidence(
  person: Subject,
  division: DivisionCode,
): Ruling<{ division: DivisionCode; state: PersonState }> {
  const place = liveIn(division)
  if (!place.ok) return place
  if (person.residence === division) return refuse('same-residence')
  return allow({ division, state: 'unverified' })
}

/** The name that an identity card confirmed changes only at the counter. */
export function setName(person: Subject): Ruling<'unverified'> {
  return person.state === 'verified' ? refuse('verified-name') : allow('unverified')
}

/** Confirms a resident: not oneself; the card's birth date decides whether adult. `days`: how long it holds. */
export function verifyResident(
  person: Subject,
  card: { birth: PlainDate; division?: DivisionCode },
  actor: Actor,
  now: Instant,
  days: number,
): Ruling<{ division: DivisionCode; adult: boolean; until: Instant }> {
  if (actor.kind === 'person' && actor.personId === person.id) return forbid('not-oneself')
  const division = card.division ?? person.residence
  if (division === undefined) return refuse('no-residence')
  const place = liveIn(division)
  if (!place.ok) return place
  const day = today(now)
  if (card.birth > day) return refuse('birth-in-the-future')
  return allow({ division, adult: ageOn(card.birth, day) >= adultAge, until: addInstantDays(now, days) })
}

/** Takes a confirmation back. */
export function withdrawVerification(person: Subject, actor: Actor): Ruling<'unverified'> {
  if (actor.kind === 'person' && actor.personId === person.id) return forbid('not-oneself')
  if (person.state !== 'verified')
    return refuse(
      'not-in-this-state',
      { state: person.state, verb: 'withdrawVerification' },
      { possible: ['verifyResident'] },
    )
  return allow('unverified')
}

/** Whether the confirmation holds now. */
export function isVerified(person: Pick<Subject, 'state' | 'verifiedUntil'>, now: Instant): boolean {
  return person.state === 'verified' && (person.verifiedUntil === undefined || person.verifiedUntil > now)
}

/** Another person stands in for a resident (family, worker); few, and not oneself. */
export function giveProxy(facts: { own: boolean; standing: number; until?: PlainDate; day: PlainDate }): Ruling<true> {
  if (facts.own) return refuse('proxy-for-oneself')
  if (facts.standing >= proxiesAtMost) return refuse('proxies-full', { most: proxiesAtMost })
  if (facts.until !== undefined && facts.until < facts.day) return refuse('until-in-the-past')
  return allow(true)
}

const commonPasswords: readonly string[] = [
  'password',
  '12345678',
  '87654321',
  'qwertyui',
  'admin123',
  'liandong',
  'abcdefgh',
  '11111111',
  '88888888',
]

/** At least 10 characters of at least four kinds of character, not a common one, not the account (ASVS 2.1: length before composition). */
export function soundPassword(password: string, account: string): Ruling<true> {
  const lower = password.toLowerCase()
  const weak =
    [...password].length < 10 ||
    new Set(password).size < 4 ||
    lower.includes(account.toLowerCase()) ||
    commonPasswords.some((common) => lower.startsWith(common) && lower.length < common.length + 5)
  return weak ? refuse('password-weak') : allow(true)
}

/** Beyond the limit: the seconds to wait until the window ends. */
export function withinAttempts(
  scope: AttemptScope,
  counted: { count: number; startedAt: number },
  real: number,
): Ruling<true> {
  const { max, windowMs } = attemptLimits[scope]
  if (counted.count <= max) return allow(true)
  const seconds = Math.max(1, Math.ceil((counted.startedAt + windowMs - real) / 1000))
  return refuse('too-many-attempts', { seconds, minutes: Math.ceil(seconds / 60) }, { kind: 'limited' })
}

/** Whether the second factor was confirmed within `minutes` of real time. */
export function hasFreshFactor(secondFactorAt: number | undefined, real: number, minutes: number): Ruling<true> {
  if (secondFactorAt !== undefined && real - secondFactorAt <= minutes * 60_000) return allow(true)
  return forbid('second-factor-needed')
}
