// Procurement, sealed bids: the three bodies that hold shares of a tender's key, the ceremony that makes it, and what everybody may see of it.
import { z } from 'zod'
import type { PermissionTable } from '../../../kit/actor.ts'
import { endpoint } from '../../../kit/endpoint.ts'
import { idOf } from '../../../kit/id.ts'
import { instantWire } from '../../../kit/instant.ts'
import type { PolicyParameter } from '../../../kit/parameter.ts'
import { recordAnswer } from '../../../kit/record-view.ts'

const tenderId = idOf('tender')
const one = { params: z.object({ id: tenderId }), output: recordAnswer }

/** The bodies that open together: township procurer, county overseer, the project's community. One seat each. */
export const keySeats = ['procurer', 'overseer', 'community'] as const
export type KeySeatName = (typeof keySeats)[number]

/** Bytes as base64url without padding; how many is checked by the rule. */
export const bytes = (most: number) =>
  z
    .string()
    .max(Math.ceil((most * 4) / 3))
    .regex(/^[\w-]+$/)

/** SHA-256 in hex. */
export const digest = z.string().regex(/^[0-9a-f]{64}$/)

/** States of an envelope. `lapsed`: the terms changed and its bidder did not uphold it; `void`: it could not be opened. */
export const envelopeStates = ['held', 'replaced', 'withdrawn', 'lapsed', 'opened', 'void'] as const
export type EnvelopeState = (typeof envelopeStates)[number]

/** Why an envelope is void: its bytes are not those of the receipt; the tender's key does not open it; what it holds is no bid. */
export const voidReasons = ['altered', 'key-does-not-fit', 'unreadable'] as const
export type VoidReason = (typeof voidReasons)[number]

/** The signed answer to a deposit. `seal`: newest head of the jurisdiction's event chain then, as a person keeps it. */
export const receipt = z.object({
  form: z.literal('liandong-bid-receipt-1'),
  tender: z.string(),
  number: z.string(),
  bid: z.string(),
  organization: z.string(),
  organizationName: z.string(),
  deposit: z.string(),
  round: z.number().int(),
  receivedAt: z.string(),
  size: z.number().int(),
  sha256: z.string(),
  sm3: z.string(),
  key: z.string(),
  seal: z.string(),
  publicKey: z.string(),
  signature: z.string(),
  /** Where the tender is divided. */
  lot: z.number().int().optional(),
})

const seatView = z.object({
  seat: z.enum(keySeats),
  /** Who registered; for desks. */
  name: z.string().optional(),
  openerKey: z.string().optional(),
  registeredAt: z.string().optional(),
  shareHash: z.string().optional(),
  confirmedAt: z.string().optional(),
  lostAt: z.string().optional(),
  handedAt: z.string().optional(),
  /** My own seat: only then the share sealed to my key. */
  mine: z.boolean(),
  sealedShare: z.string().optional(),
  /** Share sealed to the key of the session: for whoever leads the opening. */
  handedShare: z.string().optional(),
})

const envelopeView = z.object({
  id: z.string(),
  number: z.number().int(),
  /** Where the tender is divided. */
  lot: z.number().int().optional(),
  state: z.enum(envelopeStates),
  receivedAt: z.string(),
  size: z.number().int(),
  sha256: z.string(),
  sm3: z.string(),
  /** Whether the stored bytes still are those of the receipt, and the receipt ours. */
  intact: z.boolean(),
  voidReason: z.enum(voidReasons).optional(),
  settledAt: z.string().optional(),
  /** After its opening. */
  organizationName: z.string().optional(),
})

const ownEnvelope = z.object({
  state: z.enum(envelopeStates),
  receipt,
  terms: z.number().int(),
  outdated: z.boolean(),
})

export const getSealing = endpoint({
  name: 'getSealing',
  method: 'GET',
  path: '/tenders/:id/sealing',
  access: 'public',
  params: z.object({ id: tenderId }),
  output: z.object({
    tender: z.string(),
    number: z.string(),
    title: z.string(),
    state: z.string(),
    threshold: z.number().int(),
    publicKey: z.string().optional(),
    madeAt: z.string().optional(),
    confirmedAt: z.string().optional(),
    deadline: instantWire.optional(),
    seats: z.array(seatView),
    session: z
      .object({
        key: z.string(),
        seat: z.enum(keySeats),
        at: z.string(),
        mine: z.boolean(),
        name: z.string().optional(),
      })
      .optional(),
    /** From the closing on for those who run or oversee it, from the award on for everybody. */
    envelopes: z.array(envelopeView).optional(),
    /** What my organization handed in last, under which version of the terms; outdated: it lapses at the deadline unless replaced or confirmed. */
    mine: ownEnvelope.optional(),
    /** The same for each lot, where the tender is divided; then there is no `mine`. */
    mineByLot: z.array(ownEnvelope.extend({ lot: z.number().int() })).optional(),
    /** My seat, if I sit in one. */
    seat: z.enum(keySeats).optional(),
  }),
  refusals: ['not-sealed'],
  summary: 'The key of a tender with sealed bids: who holds shares, their hashes, and how far the opening is.',
})

export const registerOpenerKey = endpoint({
  ...one,
  name: 'registerOpenerKey',
  method: 'POST',
  path: '/tenders/:id/opener-key',
  access: 'procurement.holdKey',
  /** X25519 public key, 32 bytes; its private half stays in the opener's browser. */
  body: z.object({ key: bytes(32) }),
  refusals: ['not-sealed', 'no-seat', 'keys-confirmed', 'key-of-another', 'duties-separated'],
  summary:
    'One of the three bodies registers the key made in its own browser; a key of the tender made before is void.',
})

export const makeTenderKey = endpoint({
  ...one,
  name: 'makeTenderKey',
  method: 'POST',
  path: '/tenders/:id/key',
  access: 'procurement.holdKey',
  body: z.object({
    key: bytes(32),
    /** A share for each seat, sealed by HPKE to that opener's key; the hash is of the share in clear. */
    shares: z
      .array(z.object({ seat: z.enum(keySeats), openerKey: bytes(32), sealed: bytes(120), hash: digest }))
      .max(keySeats.length),
  }),
  refusals: ['not-sealed', 'no-seat', 'keys-confirmed', 'seats-missing', 'shares-wrong', 'seat-changed'],
  summary: 'The key pair made and split in one opener’s browser: public key, sealed shares and their hashes are kept.',
})

export const confirmTenderKey = endpoint({
  ...one,
  name: 'confirmTenderKey',
  method: 'POST',
  path: '/tenders/:id/key/confirm',
  access: 'procurement.holdKey',
  /** What the opener's browser found when it opened its share. */
  body: z.object({ key: bytes(32), hash: digest }),
  refusals: ['not-sealed', 'no-seat', 'seats-missing', 'seat-changed', 'share-differs', 'already-confirmed'],
  summary: 'An opener opened the own share, found its hash as published, and confirms the key.',
})

export const declareKeyLost = endpoint({
  ...one,
  name: 'declareKeyLost',
  method: 'POST',
  path: '/tenders/:id/key/lost',
  access: 'procurement.holdKey',
  body: z.object({}),
  refusals: ['not-sealed', 'no-seat', 'already-lost', 'already-handed'],
  summary: 'An opener declares the own share lost; handing it in later takes that back.',
})

export const sealingPermissions = {
  'procurement.holdKey': ['township-procurer', 'county-overseer', 'community-head'],
  'procurement.depositBid': ['organization-administrator'],
  'procurement.readEnvelope': ['organization-administrator', 'township-procurer', 'county-overseer', 'community-head'],
} as const satisfies PermissionTable

export const sealingParameters: readonly PolicyParameter[] = [
  { key: 'procurement.key-threshold', value: 2, unit: 'count', source: 'design/loop.md', minimum: 2, maximum: 3 },
]
