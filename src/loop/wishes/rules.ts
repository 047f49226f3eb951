// Wishes: the record, the lifecycle table, and the decisions of all its verbs. Pure.
import { type Actor, type Judged, may, type Reach } from '../../kit/actor.ts'
import type { DivisionCode, Id } from '../../kit/id.ts'
import { type Instant, isAfter } from '../../kit/instant.ts'
import { type Lifecycle, nextState } from '../../kit/lifecycle.ts'
import { allow, forbid, refuse, type Refusal, type Ruling } from '../../kit/ruling.ts'
import type { CategoryCode } from '../needs/contract/taxonomy.ts'
import { boardStates, type GiverKind, type WishState } from './contract.ts'

export type WishId = Id<'wish'>

/** Who grants it now. `giver`: id of the person, organization or supporting body; `person`: who acts. */
export type Claim = {
  readonly kind: GiverKind
  readonly giver: string
  readonly person: Id<'person'>
  /** As shown to everybody; none for a resident who stays unnamed. */
  readonly name?: string
  /** Of the resident's own household: may help, is never counted. */
  readonly related: boolean
  readonly at: Instant
  readonly deliverUntil: Instant
}

export type Delivery = {
  readonly words: string
  readonly at: Instant
  readonly files: readonly { readonly id: string; readonly name: string; readonly type: string }[]
}

/** Why a wish is not on the board (any more). */
export const endReasons = [
  'turned-down',
  'refused',
  'taken-off',
  'withdrawn',
  'need-withdrawn',
  'need-elsewhere',
] as const
type EndReason = (typeof endReasons)[number]

export type Wish = {
  readonly id: WishId
  readonly number: { readonly year: number; readonly value: number }
  readonly division: DivisionCode
  readonly state: WishState
  readonly version: number
  readonly need: string
  readonly needPrivate: boolean
  readonly resident: Id<'person'>
  readonly category: CategoryCode
  readonly title: string
  readonly text: string
  /** The worker who put it up or offered to. */
  readonly putBy?: Id<'person'>
  readonly claim?: Claim
  readonly delivery?: Delivery
  readonly confirmUntil?: Instant
  readonly remark?: string
  readonly thanks?: string
  readonly thanksPublic: boolean
  readonly endReason?: EndReason
  readonly endWords?: string
  readonly createdAt: Instant
  readonly history: readonly { readonly state: WishState; readonly at: Instant }[]
}

/** States and the verbs that leave them. */
export const wishLifecycle = {
  asked: { admitWish: 'open', turnDownWish: 'declined', withdrawWish: 'withdrawn', followNeed: 'withdrawn' },
  offered: {
    agreeToWish: 'open',
    refuseWish: 'declined',
    takeOffWish: 'withdrawn',
    followNeed: 'withdrawn',
  },
  open: { claimWish: 'claimed', takeOffWish: 'withdrawn', withdrawWish: 'withdrawn' },
  claimed: {
    deliverWish: 'delivered',
    giveBackWish: 'open',
    takeClaimAway: 'open',
    fallBack: 'open',
    withdrawWish: 'withdrawn',
  },
  delivered: { confirmWish: 'confirmed', rejectDelivery: 'claimed', confirmSilently: 'unconfirmed' },
  confirmed: { thankGiver: 'confirmed' },
  unconfirmed: { thankGiver: 'unconfirmed' },
  declined: {},
  withdrawn: {},
} as const satisfies Lifecycle<WishState, string>

type VerbsOf<T> = T extends unknown ? keyof T : never
export type WishVerb = VerbsOf<(typeof wishLifecycle)[WishState]> & string
const lifecycle: Lifecycle<WishState, WishVerb> = wishLifecycle

/** The number as people read it: 愿2026-0007. */
export function shownNumber(wish: Pick<Wish, 'number'>): string {
  return `愿${wish.number.year}-${String(wish.number.value).padStart(4, '0')}`
}

export function isOnBoard(wish: Pick<Wish, 'state'>): boolean {
  return (boardStates as readonly string[]).includes(wish.state)
}

/** Whose record it is: the resident's and the giver's. Off the board it is hidden from all others. */
export function reachOf(wish: Wish): Reach {
  const { claim } = wish
  return {
    division: wish.division,
    persons: [wish.resident, ...(claim === undefined || claim.kind === 'organization' ? [] : [claim.person])],
    organizations: claim?.kind === 'organization' ? [claim.giver] : [],
    confidential: !isOnBoard(wish),
  }
}

/** The wish as the judge sees it. `side`: whose verb it is; any neighbour may try to claim, and the rule looks closer. */
export function judgedWish(wish: Wish, side: 'resident' | 'giver' | 'anyone' | 'desk'): Judged {
  const whole = reachOf(wish)
  const reach: Reach =
    side === 'resident'
      ? { ...whole, persons: [wish.resident], organizations: [] }
      : side === 'giver'
        ? {
            ...whole,
            persons: wish.claim === undefined || wish.claim.kind === 'organization' ? [] : [wish.claim.person],
          }
        : side === 'anyone'
          ? { ...whole, anyone: isOnBoard(wish) }
          : { ...whole, persons: [], organizations: [] }
  return { reach, version: wish.version, lineage: [{ kind: 'wish', id: wish.id }] }
}

/** Whose each verb is, and the permission that it needs. */
export const wishVerbs = {
  admitWish: { side: 'desk', permission: 'wishes.putUpWish' },
  turnDownWish: { side: 'desk', permission: 'wishes.putUpWish' },
  takeOffWish: { side: 'desk', permission: 'wishes.putUpWish' },
  agreeToWish: { side: 'resident', permission: 'wishes.askForWish' },
  refuseWish: { side: 'resident', permission: 'wishes.askForWish' },
  withdrawWish: { side: 'resident', permission: 'wishes.askForWish' },
  claimWish: { side: 'anyone', permission: 'wishes.claimWish' },
  deliverWish: { side: 'giver', permission: 'wishes.claimWish' },
  giveBackWish: { side: 'giver', permission: 'wishes.claimWish' },
  takeClaimAway: { side: 'desk', permission: 'wishes.takeClaimAway' },
  confirmWish: { side: 'resident', permission: 'wishes.confirmWish' },
  rejectDelivery: { side: 'resident', permission: 'wishes.confirmWish' },
  thankGiver: { side: 'resident', permission: 'wishes.confirmWish' },
} as const satisfies Partial<Record<WishVerb, { side: 'resident' | 'giver' | 'anyone' | 'desk'; permission: string }>>

export function isResident(wish: Wish, actor: Actor): boolean {
  return actor.kind === 'person' && actor.personId === wish.resident
}

export function isGiver(wish: Wish, actor: Actor): boolean {
  if (actor.kind !== 'person' || wish.claim === undefined) return false
  const { claim } = wish
  if (claim.kind !== 'organization') return actor.personId === claim.person
  // Whoever administers it now, not who did when it was claimed.
  return actor.grants.some((grant) => grant.organizationId === claim.giver)
}

/** Who reads delivery and remarks: the resident, the giver and the desk of the place. */
export function isConcerned(wish: Wish, actor: Actor): boolean {
  return (
    isResident(wish, actor) || isGiver(wish, actor) || may(actor, 'wishes.listDeskWishes', { division: wish.division })
  )
}

/** Whether the actor sees the wish at all. */
export function mayRead(wish: Wish, actor: Actor): boolean {
  return isOnBoard(wish) || isConcerned(wish, actor)
}

/** Whether the verb is open to this actor now, before its input is looked at. Permission at the place is judged apart. */
export function standing(wish: Wish, verb: WishVerb, actor: Actor): Ruling<WishState> {
  // Two reached for it at once: the second is told plainly.
  if (verb === 'claimWish' && wish.claim !== undefined) return refuse('already-claimed')
  const next = nextState(lifecycle, wish.state, verb)
  if (!next.ok) return next
  return condition(wish, verb, actor) ?? next
}

function condition(wish: Wish, verb: WishVerb, actor: Actor): Refusal | undefined {
  switch (verb) {
    case 'claimWish':
      // Nobody grants their own wish, whomever they act for.
      if (isResident(wish, actor)) return forbid('own-wish')
      return actor.kind === 'person' && !actor.verified && !actor.grants.some((grant) => grant.reach !== 'self')
        ? forbid('verified-only')
        : undefined
    case 'thankGiver':
      return wish.thanks === undefined ? undefined : refuse('thanked-already')
    default:
      return undefined
  }
}

/** Rule of all verbs: standing, then the changes. */
export function decide(
  wish: Wish,
  verb: WishVerb,
  actor: Actor,
  now: Instant,
  changes: Partial<Wish> = {},
): Ruling<Wish> {
  const state = standing(wish, verb, actor)
  if (!state.ok) return state
  const history = state.value === wish.state ? wish.history : [...wish.history, { state: state.value, at: now }]
  return allow({ ...wish, ...changes, state: state.value, history, version: wish.version + 1 })
}

const program = (verb: WishVerb): Actor => ({ kind: 'system', name: `wishes.${verb}`, grants: [] })

/** The claim ends and the wish is open for the next giver. */
export function openAgain(
  wish: Wish,
  verb: 'giveBackWish' | 'takeClaimAway',
  actor: Actor,
  now: Instant,
): Ruling<Wish> {
  return decide(wish, verb, actor, now, { claim: undefined, remark: undefined, delivery: undefined })
}

/** Not delivered in time. Refuses while the time runs. */
export function fallBack(wish: Wish, now: Instant): Ruling<Wish> {
  if (wish.claim !== undefined && !isAfter(now, wish.claim.deliverUntil)) return refuse('time-not-over')
  return decide(wish, 'fallBack', program('fallBack'), now, {
    claim: undefined,
    remark: undefined,
    delivery: undefined,
  })
}

/** The resident stayed silent: delivered, and counted apart from what was confirmed. Refuses while the time runs. */
export function confirmSilently(wish: Wish, now: Instant): Ruling<Wish> {
  if (wish.confirmUntil !== undefined && !isAfter(now, wish.confirmUntil)) return refuse('time-not-over')
  return decide(wish, 'confirmSilently', program('confirmSilently'), now, { confirmUntil: undefined })
}

/** The need of a wish that is not yet on the board was withdrawn or went another way. */
export function followNeed(wish: Wish, now: Instant, reason: 'need-withdrawn' | 'need-elsewhere'): Ruling<Wish> {
  return decide(wish, 'followNeed', program('followNeed'), now, { endReason: reason })
}
