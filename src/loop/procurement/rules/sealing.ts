// Procurement, sealed bids: who may make, confirm and use a tender's key, and what an envelope must be. Pure.
import type { Actor } from '../../../kit/actor.ts'
import { grantFor, grantReaches } from '../../../kit/actor.ts'
import type { Instant } from '../../../kit/instant.ts'
import { allow, type FieldFault, forbid, invalid, refuse, type Ruling } from '../../../kit/ruling.ts'
import type { z } from 'zod'
import type { envelopeHeader } from '../contract/sealed-bids.ts'
import { type EnvelopeState, type KeySeatName, keySeats } from '../contract/sealing.ts'
import { moved, reachOf, type Sealing, standing, type Tender, type TenderVerb } from '../rules.ts'
import { answersTo } from './changing.ts'
import { bytesIn } from './envelope.ts'
import { lotGoesOn, lotNamed, settleShort } from './lots.ts'

/** A seat with its opener; every share in it is sealed. */
export type KeySeat = {
  readonly seat: KeySeatName
  readonly person: string
  readonly openerKey: string
  readonly registeredAt: Instant
  readonly sealedShare?: string
  readonly shareHash?: string
  readonly confirmedAt?: Instant
  readonly lostAt?: Instant
  readonly handedShare?: string
  readonly handedAt?: Instant
}

const seatOfRole: Readonly<Record<string, KeySeatName>> = {
  'township-procurer': 'procurer',
  'county-overseer': 'overseer',
  'community-head': 'community',
}

/** The seat in which the actor sits for this tender, by the role in which they act now. */
export function seatOf(tender: Tender, actor: Actor): KeySeatName | undefined {
  const grant = grantFor(actor, 'procurement.holdKey', reachOf(tender))
  return grant === undefined ? undefined : seatOfRole[grant.role]
}

/** The organization for which the actor bids. */
export function biddingFor(actor: Actor): string | undefined {
  return actor.grants.find(
    (grant) => grant.permissions.has('procurement.depositBid') && grant.organizationId !== undefined,
  )?.organizationId
}

const publicKeyBytes = 32
/** Shamir share of a 32-byte key: one byte more. */
const shareBytes = 33
/** HPKE: encapsulated key before, tag behind. */
const sealedShareBytes = 32 + shareBytes + 16

const me = (actor: Actor) => (actor.kind === 'person' ? actor.personId : undefined)

type Begun = { readonly sealing: Sealing; readonly seat: KeySeatName; readonly person: string }

/** What every act of an opener needs: the state, sealed bids, a seat of the own. */
function begun(tender: Tender, verb: TenderVerb, actor: Actor, now: Instant): Ruling<Begun> {
  if (tender.sealing === undefined) return refuse('not-sealed')
  const state = standing(tender, verb, actor, now)
  if (!state.ok) return state
  const seat = seatOf(tender, actor)
  const person = me(actor)
  return seat === undefined || person === undefined
    ? forbid('no-seat')
    : allow({ sealing: tender.sealing, seat, person })
}

function faultsOfSize(given: Readonly<Record<string, readonly [text: string, size: number]>>): FieldFault[] {
  return Object.entries(given).flatMap(([path, [text, size]]) =>
    bytesIn(text) === size ? [] : [{ path, code: 'malformed' }],
  )
}

/** A key made before is void: its shares were sealed to other keys. Nobody sits in two seats, no key in two. */
export function registerOpenerKey(
  tender: Tender,
  actor: Actor,
  now: Instant,
  key: string,
  seats: readonly KeySeat[],
): Ruling<{ tender: Tender; seat: KeySeat }> {
  const start = begun(tender, 'registerOpenerKey', actor, now)
  if (!start.ok) return start
  const { sealing, seat, person } = start.value
  const faults = faultsOfSize({ 'body.key': [key, publicKeyBytes] })
  if (faults.length > 0) return invalid(faults)
  if (sealing.confirmedAt !== undefined) return refuse('keys-confirmed')
  const others = seats.filter((each) => each.seat !== seat)
  if (others.some((each) => each.person === person)) return forbid('duties-separated', { duty: 'one-seat-each' })
  if (others.some((each) => each.openerKey === key)) return invalid([{ path: 'body.key', code: 'key-of-another' }])
  return allow({
    tender: moved(tender, tender.state, now, { sealing: { threshold: sealing.threshold } }),
    seat: { seat, person, openerKey: key, registeredAt: now },
  })
}

export type GivenShare = {
  readonly seat: KeySeatName
  readonly openerKey: string
  readonly sealed: string
  readonly hash: string
}

/** One share for each seat, sealed to the key that stands there now. */
export function makeTenderKey(
  tender: Tender,
  actor: Actor,
  now: Instant,
  body: { readonly key: string; readonly shares: readonly GivenShare[] },
  seats: readonly KeySeat[],
): Ruling<Tender> {
  const start = begun(tender, 'makeTenderKey', actor, now)
  if (!start.ok) return start
  const { sealing, person } = start.value
  if (sealing.confirmedAt !== undefined) return refuse('keys-confirmed')
  if (seats.length < keySeats.length) return refuse('seats-missing', { have: seats.length, needed: keySeats.length })
  const faults = faultsOfSize({ 'body.key': [body.key, publicKeyBytes] })
  const named = new Set(body.shares.map((share) => share.seat))
  const hashes = new Set(body.shares.map((share) => share.hash))
  if (
    named.size !== keySeats.length ||
    hashes.size !== keySeats.length ||
    body.shares.some((share) => bytesIn(share.sealed) !== sealedShareBytes)
  )
    faults.push({ path: 'body.shares', code: 'shares-wrong', params: { needed: keySeats.length } })
  if (faults.length > 0) return invalid(faults)
  if (body.shares.some((share) => seats.find((each) => each.seat === share.seat)?.openerKey !== share.openerKey))
    return refuse('seat-changed')
  return allow(
    moved(tender, tender.state, now, {
      sealing: { threshold: sealing.threshold, publicKey: body.key, madeAt: now, madeBy: person },
    }),
  )
}

/** The opener in person: the share was sealed to the key of that browser. With the last of them the key stands. */
export function confirmTenderKey(
  tender: Tender,
  actor: Actor,
  now: Instant,
  body: { readonly key: string; readonly hash: string },
  seats: readonly KeySeat[],
): Ruling<{ tender: Tender; seat: KeySeat }> {
  const start = begun(tender, 'confirmTenderKey', actor, now)
  if (!start.ok) return start
  const { sealing, seat: name, person } = start.value
  const seat = seats.find((each) => each.seat === name)
  if (seat?.shareHash === undefined) return refuse('seats-missing', { have: seats.length, needed: keySeats.length })
  if (seat.person !== person || sealing.publicKey !== body.key) return refuse('seat-changed')
  if (seat.shareHash !== body.hash) return refuse('share-differs')
  if (seat.confirmedAt !== undefined) return refuse('already-confirmed')
  const last = seats.every((each) => each.seat === name || each.confirmedAt !== undefined)
  return allow({
    tender: moved(tender, tender.state, now, { sealing: { ...sealing, ...(last ? { confirmedAt: now } : {}) } }),
    seat: { ...seat, confirmedAt: now },
  })
}

/** Seats whose share can still be handed in. */
export function keysLeft(seats: readonly KeySeat[]): number {
  return seats.filter((each) => each.lostAt === undefined).length
}

export function declareKeyLost(tender: Tender, actor: Actor, now: Instant, seats: readonly KeySeat[]): Ruling<KeySeat> {
  const start = begun(tender, 'declareKeyLost', actor, now)
  if (!start.ok) return start
  const seat = seats.find((each) => each.seat === start.value.seat)
  if (seat === undefined) return forbid('no-seat')
  if (seat.lostAt !== undefined) return refuse('already-lost')
  if (seat.handedAt !== undefined) return refuse('already-handed')
  return allow({ ...seat, lostAt: now })
}

type Header = z.output<typeof envelopeHeader>

/** In time, of this organization, for this tender and its key, and of the right sizes. What is inside nobody knows. */
export function depositBid(
  tender: Tender,
  actor: Actor,
  now: Instant,
  header: Header,
  organization: string | undefined,
  terms: number,
): Ruling<{ readonly organization: string; readonly key: string; readonly lot: number }> {
  if (tender.sealing === undefined) return refuse('not-sealed')
  const state = standing(tender, 'depositBid', actor, now)
  if (!state.ok) return state
  const key = tender.sealing.publicKey
  if (organization === undefined || key === undefined) return forbid('forbidden')
  if (!answersTo(tender, terms)) return refuse('terms-changed')
  const lot = lotNamed(tender, header.lot, 'body.header.lot')
  if (!lot.ok) return lot
  const faults: FieldFault[] = []
  if (header.tender !== tender.id) faults.push({ path: 'body.header.tender', code: 'bid-for-another-tender' })
  if (header.key !== key) faults.push({ path: 'body.header.key', code: 'bid-for-another-key' })
  if (header.organization !== organization) faults.push({ path: 'body.header.organization', code: 'bid-of-another' })
  faults.push(
    ...faultsOfSize({
      'body.header.deposit': [header.deposit, 16],
      'body.header.enc': [header.enc, publicKeyBytes],
      'body.header.wrapped': [header.wrapped, 48],
      'body.header.iv': [header.iv, 12],
    }),
  )
  return faults.length > 0 ? invalid(faults) : allow({ organization, key, lot: lot.value })
}

export function withdrawBid(tender: Tender, actor: Actor, now: Instant, held: boolean): Ruling<true> {
  if (tender.sealing === undefined) return refuse('not-sealed')
  const state = standing(tender, 'withdrawBid', actor, now)
  if (!state.ok) return state
  return held ? allow(true) : refuse('no-bid-held')
}

type Counted = { readonly all: number; readonly settled: number }

/** How many envelopes were held at the deadline, and how many of them are opened or void; `byLot`: in each lot, where there are several. */
export type Envelopes = Counted & { readonly byLot?: readonly (Counted & { readonly lot: number })[] }

/** Lots with too few envelopes fail and theirs stay sealed. Begun anew, what was handed in to the earlier session is void; envelopes that are settled stay settled. */
export function startOpening(
  tender: Tender,
  actor: Actor,
  now: Instant,
  key: string,
  envelopes: Envelopes,
): Ruling<Tender> {
  const start = begun(tender, 'startOpening', actor, now)
  if (!start.ok) return start
  const { sealing, seat, person } = start.value
  const faults = faultsOfSize({ 'body.key': [key, publicKeyBytes] })
  if (faults.length > 0) return invalid(faults)
  const needed = tender.terms?.minimumBids ?? 1
  const counted = envelopes.byLot ?? [{ ...envelopes, lot: 1 }]
  const { lots, most, enough } = settleShort(tender, new Map(counted.map(({ lot, all }) => [lot, all])), now)
  if (!enough) return refuse('too-few-envelopes', { have: most, needed })
  const opened = counted.filter(({ lot }) => lotGoesOn({ ...tender, lots }, lot))
  const count = (what: 'all' | 'settled') => opened.reduce((total, each) => total + each[what], 0)
  const [all, settled] = [count('all'), count('settled')]
  if (settled >= all) return refuse('all-settled')
  return allow(
    moved(tender, tender.state, now, {
      lots,
      sealing: {
        ...sealing,
        envelopes: all,
        settled,
        session: { key, seat, person, at: now },
      },
    }),
  )
}

/** Whoever sits in the seat now and has its key. */
export function contributeShare(
  tender: Tender,
  actor: Actor,
  now: Instant,
  body: { readonly session: string; readonly share: string },
  seats: readonly KeySeat[],
): Ruling<KeySeat> {
  const start = begun(tender, 'contributeShare', actor, now)
  if (!start.ok) return start
  const { session } = start.value.sealing
  const seat = seats.find((each) => each.seat === start.value.seat)
  if (seat === undefined) return forbid('no-seat')
  if (session === undefined) return refuse('no-session')
  if (session.key !== body.session) return refuse('session-changed')
  const faults = faultsOfSize({ 'body.share': [body.share, sealedShareBytes] })
  if (faults.length > 0) return invalid(faults)
  return allow({ ...seat, lostAt: undefined, handedShare: body.share, handedAt: now })
}

/** Opening or voiding an envelope: whoever leads the session, with enough shares handed in. */
export function settleEnvelope(
  tender: Tender,
  verb: 'openBid' | 'voidBid',
  actor: Actor,
  now: Instant,
  seats: readonly KeySeat[],
  state: EnvelopeState,
  lot = 1,
): Ruling<Tender> {
  const start = begun(tender, verb, actor, now)
  if (!start.ok) return start
  const { sealing, person } = start.value
  if (sealing.session === undefined) return refuse('no-session')
  if (sealing.session.person !== person) return forbid('not-the-officer')
  const have = seats.filter((each) => each.handedAt !== undefined).length
  if (have < sealing.threshold) return refuse('shares-missing', { have, needed: sealing.threshold })
  if (!lotGoesOn(tender, lot)) return refuse('lot-failed')
  if (state !== 'held') return refuse('envelope-settled')
  return allow(moved(tender, tender.state, now, { sealing: { ...sealing, settled: (sealing.settled ?? 0) + 1 } }))
}

/** Whether the actor sees envelopes and openers by name: who runs, opens or oversees it. */
export function oversees(tender: Tender, actor: Actor): boolean {
  return actor.grants.some((grant) => grantReaches(grant, actor, 'procurement.holdKey', reachOf(tender)))
}
