// Wishes: in which capacity somebody claims, supporting bodies, and who counts how often in the ranking. Pure.
import { type Actor, type Judged, may } from '../../../kit/actor.ts'
import { isUscc } from '../../../kit/chinese-ids.ts'
import { ancestorAt, type DivisionCode, type Id, jurisdictionOf, levelOf } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { type Lifecycle, nextState } from '../../../kit/lifecycle.ts'
import { today } from '../../../kit/plain-date.ts'
import { allow, type FieldFault, forbid, invalid, refuse, type Ruling } from '../../../kit/ruling.ts'
import type { GiverKind } from '../contract.ts'
import type { bodyKinds, BodyState } from '../contract/givers.ts'
import type { Claim, Wish } from '../rules.ts'
import { wordFaults } from './wording.ts'

export type Body = {
  readonly id: Id<'supporting-body'>
  readonly division: DivisionCode
  readonly state: BodyState
  readonly version: number
  readonly kind: (typeof bodyKinds)[number]
  readonly name: string
  readonly uscc?: string
  readonly words?: string
  readonly person: Id<'person'>
  readonly personMasked: string
  readonly endWords?: string
  readonly createdAt: Instant
  readonly history: readonly { readonly state: BodyState; readonly at: Instant }[]
}

export const bodyLifecycle = {
  applied: { confirmBody: 'confirmed', declineBody: 'declined', endBody: 'ended' },
  confirmed: { endBody: 'ended' },
  declined: {},
  ended: {},
} as const satisfies Lifecycle<BodyState, string>
type VerbsOf<T> = T extends unknown ? keyof T : never
export type BodyVerb = VerbsOf<(typeof bodyLifecycle)[BodyState]> & string
const lifecycle: Lifecycle<BodyState, BodyVerb> = bodyLifecycle

export const bodyVerbPermissions = {
  confirmBody: 'wishes.decideBody',
  declineBody: 'wishes.decideBody',
  endBody: 'wishes.endBody',
} as const satisfies Record<BodyVerb, string>

export function judgedBody(body: Body): Judged {
  return {
    reach: { division: body.division, persons: [body.person], confidential: true },
    version: body.version,
    lineage: [{ kind: 'supporting-body', id: body.id }],
  }
}

export function standingOfBody(body: Body, verb: BodyVerb): Ruling<BodyState> {
  return nextState(lifecycle, body.state, verb)
}

/** Moves a body on; `words`: why it was declined or ended. */
export function decideBody(body: Body, verb: BodyVerb, now: Instant, words?: string): Ruling<Body> {
  const state = standingOfBody(body, verb)
  if (!state.ok) return state
  return allow({
    ...body,
    state: state.value,
    version: body.version + 1,
    endWords: words,
    history: [...body.history, { state: state.value, at: now }],
  })
}

/** A community confirms it; an enterprise has a credit code; its words hold no numbers of persons. */
export function applyAsBody(
  body: { kind: Body['kind']; name: string; uscc?: string; division: DivisionCode; words?: string },
  actor: Actor,
): Ruling<true> {
  const faults: FieldFault[] = []
  if (levelOf(body.division) !== 'community') faults.push({ path: 'body.division', code: 'not-a-community' })
  if (body.kind === 'enterprise' && body.uscc === undefined) faults.push({ path: 'body.uscc', code: 'uscc-missing' })
  else if (body.uscc !== undefined && !isUscc(body.uscc)) faults.push({ path: 'body.uscc', code: 'uscc-wrong' })
  faults.push(...wordFaults('body.name', body.name), ...wordFaults('body.words', body.words))
  if (faults.length > 0) return invalid(faults)
  return actor.kind === 'person' && actor.verified && actor.adult ? allow(true) : forbid('verified-only')
}

type ClaimBody = {
  readonly as: GiverKind
  readonly organization?: string
  readonly body?: string
  readonly shownName?: string
}

/** What the registers say of the giver that was named; undefined: there is no such one. */
export type KnownGiver = {
  readonly name: string
  readonly inForce: boolean
  /** Who acts for a supporting body. */
  readonly person?: string
  readonly division: DivisionCode
}

/**
 * As whom the actor claims: a verified resident under a name of their own choice or none; an organization in force by its administrator; a
 * supporting body confirmed in the same county by its person.
 */
export function giverOf(
  wish: Wish,
  actor: Actor,
  body: ClaimBody,
  known: KnownGiver | undefined,
): Ruling<Pick<Claim, 'kind' | 'giver' | 'name' | 'person'>> {
  if (actor.kind !== 'person') return forbid('forbidden')
  const person = actor.personId
  switch (body.as) {
    case 'resident': {
      if (!actor.verified) return forbid('verified-only')
      const faults = wordFaults('body.shownName', body.shownName)
      return faults.length > 0 ? invalid(faults) : allow({ kind: body.as, giver: person, name: body.shownName, person })
    }
    case 'organization': {
      if (body.organization === undefined) return invalid([{ path: 'body.organization', code: 'organization-missing' }])
      const acts = { ...actor, grants: actor.grants.filter((grant) => grant.reach === 'organization') }
      if (!may(acts, 'wishes.claimWish', { division: wish.division, organizations: [body.organization] }))
        return forbid('forbidden')
      if (known?.inForce !== true) return refuse('giver-not-in-force')
      return allow({ kind: body.as, giver: body.organization, name: known.name, person })
    }
    case 'supporting-body': {
      if (body.body === undefined) return invalid([{ path: 'body.body', code: 'body-missing' }])
      if (known?.person !== person) return forbid('forbidden')
      if (!known.inForce || jurisdictionOf(known.division) !== jurisdictionOf(wish.division))
        return refuse('giver-not-in-force')
      return allow({ kind: body.as, giver: body.body, name: known.name, person })
    }
  }
}

/** One cell of the ranking: a giver helped a resident at a place in a year. However often, it is one. */
export type Help = {
  readonly place: DivisionCode
  readonly year: number
  readonly giver: string
  readonly resident: string
}

/**
 * What a confirmed wish adds to the ranking: nothing within one's own household, else one cell at the community, its township and county.
 * Cells are counted, not wishes: splitting a wish makes the same cells again and raises nothing.
 */
export function helpOf(wish: Pick<Wish, 'division' | 'resident' | 'claim'>, at: Instant): Help[] {
  const { claim, resident } = wish
  if (claim === undefined || claim.related || claim.person === resident || claim.giver === resident) return []
  const year = Number(today(at).slice(0, 4))
  return (['county', 'township', 'community'] as const).flatMap((level) => {
    const place = ancestorAt(wish.division, level)
    return place === undefined ? [] : [{ place, year, giver: claim.giver, resident }]
  })
}
