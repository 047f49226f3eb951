// Decisions on volunteers: consent, withdrawal, stars, proofs of hours. Pure.
import type { Actor, Judged } from '../../kit/actor.ts'
import type { DivisionCode, Id } from '../../kit/id.ts'
import type { Instant } from '../../kit/instant.ts'
import { type Lifecycle, nextState } from '../../kit/lifecycle.ts'
import { allow, forbid, refuse, type Ruling } from '../../kit/ruling.ts'
import type { Skill, VolunteerState } from './contract.ts'

export type Volunteer = {
  readonly id: Id<'volunteer'>
  readonly person: string
  /** The community where they lived when they said what they can do. */
  readonly division: DivisionCode
  readonly state: VolunteerState
  readonly version: number
  readonly skills: readonly Skill[]
  /** Sums of the confirmed hours. */
  readonly minutes: number
  readonly shifts: number
  readonly consentedAt: Instant
  readonly createdAt: Instant
  readonly history: readonly { readonly state: VolunteerState; readonly at: Instant }[]
}

export type VolunteerVerb = 'becomeVolunteer' | 'changeSkills' | 'withdrawVolunteer'

export const volunteerLifecycle = {
  active: { changeSkills: 'active', withdrawVolunteer: 'withdrawn' },
  withdrawn: { becomeVolunteer: 'active' },
} as const satisfies Lifecycle<VolunteerState, VolunteerVerb>
const lifecycle: Lifecycle<VolunteerState, VolunteerVerb> = volunteerLifecycle

export function judgedVolunteer(volunteer: Pick<Volunteer, 'division' | 'person'>): Judged {
  return { reach: { division: volunteer.division, persons: [volunteer.person] } }
}

/** Verified, adult, at home somewhere: answers the community. Minors need a guardian beside them, which the register does not know yet. */
export function mayServe(actor: Actor): Ruling<DivisionCode> {
  if (actor.kind !== 'person' || !actor.verified) return forbid('not-verified')
  if (!actor.adult) return forbid('too-young')
  return actor.residence === undefined ? forbid('no-residence') : allow(actor.residence)
}

type Entry = { readonly id: Volunteer['id']; readonly person: string; readonly skills: readonly Skill[] }

/** A new entry, or the former one again with a new consent; its hours are there still. */
export function becomeVolunteer(
  before: Volunteer | undefined,
  fresh: Entry,
  actor: Actor,
  now: Instant,
): Ruling<Volunteer> {
  const place = mayServe(actor)
  if (!place.ok) return place
  const step = { state: 'active' as const, at: now }
  const part = { division: place.value, state: step.state, skills: fresh.skills, consentedAt: now }
  if (before === undefined)
    return allow({ ...fresh, ...part, version: 1, minutes: 0, shifts: 0, createdAt: now, history: [step] })
  if (before.state === 'active') return refuse('already-volunteer')
  return allow({ ...before, ...part, version: before.version + 1, history: [...before.history, step] })
}

export function changeSkills(volunteer: Volunteer, actor: Actor, chosen: readonly Skill[]): Ruling<Volunteer> {
  if (volunteer.state !== 'active') return refuse('not-volunteer')
  const division = (actor.kind === 'person' ? actor.residence : undefined) ?? volunteer.division
  return allow({ ...volunteer, division, skills: chosen, version: volunteer.version + 1 })
}

export function withdrawVolunteer(volunteer: Volunteer, now: Instant): Ruling<Volunteer> {
  const state = nextState(lifecycle, volunteer.state, 'withdrawVolunteer')
  if (!state.ok) return refuse('not-volunteer')
  const history = [...volunteer.history, { state: state.value, at: now }]
  // Without consent nothing of what was offered stays; the hours are the person's own.
  return allow({ ...volunteer, state: state.value, skills: [], version: volunteer.version + 1, history })
}

/** How many stars the hours give, and the minutes of the next one. `hours`: of each star, rising. */
export function starsOf(minutes: number, hours: readonly number[]): { stars: number; nextStar?: number } {
  const stars = hours.filter((needed) => minutes >= needed * 60).length
  const next = hours[stars]
  return { stars, nextStar: next === undefined ? undefined : next * 60 }
}

export type HoursProof = {
  readonly id: Id<'hours-proof'>
  readonly division: DivisionCode
  readonly number: { readonly year: number; readonly value: number }
  readonly person: string
  readonly maskedName: string
  /** Government, then twelve signs: it alone finds the proof. */
  readonly code: string
  readonly minutes: number
  readonly shifts: number
  /** Beginning of the first and end of the last hour. */
  readonly firstAt: Instant
  readonly lastAt: Instant
  readonly issuedAt: Instant
}

/** 证2026-0003. */
export function shownProofNumber(proof: Pick<HoursProof, 'number'>): string {
  return `证${proof.number.year}-${String(proof.number.value).padStart(4, '0')}`
}

/** A proof needs hours, and hours that the last one does not tell of already. */
export function issueHoursProof(
  volunteer: Volunteer,
  last: Pick<HoursProof, 'minutes' | 'shifts'> | undefined,
): Ruling<true> {
  if (volunteer.minutes === 0) return refuse('no-hours')
  return last?.minutes === volunteer.minutes && last.shifts === volunteer.shifts
    ? refuse('proof-is-current')
    : allow(true)
}

/** Signs that nobody mistakes for one another on paper. */
export const codeSigns = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const codePattern = /^(\d{6})-?([2-9A-HJ-NP-Z]{4})-?([2-9A-HJ-NP-Z]{4})-?([2-9A-HJ-NP-Z]{4})$/

/** "320505-7K2M-…" as it is kept, from what a person typed; undefined when it can be none. */
export function readCode(typed: string): { readonly jurisdiction: string; readonly code: string } | undefined {
  const [, jurisdiction, ...parts] = codePattern.exec(typed.replaceAll(/\s/g, '')) ?? []
  return jurisdiction === undefined ? undefined : { jurisdiction, code: [jurisdiction, ...parts].join('-') }
}
