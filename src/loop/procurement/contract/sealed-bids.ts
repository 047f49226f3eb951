// Procurement, sealed bids: handing in, replacing, withdrawing and opening what the bidder's browser encrypted.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { idOf } from '../../../kit/id.ts'
import { listQuery, pageOf } from '../../../kit/listing.ts'
import { moneyWire } from '../../../kit/money.ts'
import { recordAnswer } from '../../../kit/record-view.ts'
import { tenderRow } from '../contract.ts'
import { lotNumber, lotOfBody, lotOfRow } from './lots.ts'
import { bytes, digest, envelopeStates, receipt } from './sealing.ts'
import { text } from './terms.ts'

const tenderId = idOf('tender')
const sealedBidId = idOf('bid')
const one = { params: z.object({ id: tenderId }), output: recordAnswer }

/** All attachments of a bid together, in bytes. */
export const mostAttached = 8 * 1024 * 1024
export const mostAttachments = 9
/** Bytes of a sealed bid: attachments, words, and what encryption adds. */
export const mostContent = mostAttached + 128 * 1024

/** What a bid says, in clear only in the bidder's browser before the opening. Attachments follow it as bytes. */
export const bidPaper = z.object({
  price: moneyWire,
  proposal: text(10, 5000),
  /** Posts, never names: persons are named in the contract. */
  team: z
    .array(
      z.object({
        post: text(2, 60),
        people: z.number().int().min(1).max(200),
        certificate: z.string().trim().max(100).optional(),
      }),
    )
    .min(1)
    .max(30),
  files: z
    .array(
      z.object({
        name: z.string().min(1).max(120),
        type: z.string().max(100),
        size: z.number().int().min(1).max(mostAttached),
      }),
    )
    .max(mostAttachments),
})

/** Everything of an envelope but its content; what it is for and whose it is stands under the encryption's seal. */
export const envelopeHeader = z.object({
  tender: tenderId,
  /** The tender's public key. */
  key: bytes(32),
  organization: idOf('organization'),
  /** Where the tender is divided. */
  lot: lotNumber.optional(),
  /** 16 random bytes: no envelope is taken twice. */
  deposit: bytes(16),
  /** SHA-256 (hex) of the content key: the opening can put no other key in its place. */
  commitment: digest,
  /** HPKE: encapsulated key, and the content key sealed. */
  enc: bytes(32),
  wrapped: bytes(48),
  /** AES-256-GCM of the content under the content key. */
  iv: bytes(12),
})

export const depositBid = endpoint({
  name: 'depositBid',
  method: 'POST',
  path: '/tenders/:id/envelopes',
  access: 'procurement.depositBid',
  params: z.object({ id: tenderId }),
  body: z.object({
    header: envelopeHeader,
    content: bytes(mostContent),
    /** The version of the terms that the bidder answers to. */
    terms: z.number().int().min(1).default(1),
  }),
  mostBytes: Math.ceil((mostContent * 4) / 3) + 16 * 1024,
  output: z.object({ id: z.string(), receipt }),
  refusals: [
    'not-sealed',
    'bid-late',
    'terms-changed',
    'lot-unknown',
    'bid-for-another-tender',
    'bid-for-another-key',
    'bid-of-another',
    'bid-replayed',
    'malformed',
  ],
  summary: 'An organization hands in its sealed bid and gets a signed receipt; an earlier one is replaced.',
})

export const withdrawBid = endpoint({
  ...one,
  name: 'withdrawBid',
  method: 'POST',
  path: '/tenders/:id/envelopes/withdraw',
  access: 'procurement.depositBid',
  body: z.object(lotOfBody),
  refusals: ['not-sealed', 'bid-late', 'no-bid-held', 'lot-unknown'],
  summary: 'An organization withdraws its sealed bid before the deadline; the cipher text is destroyed.',
})

export const getEnvelope = endpoint({
  name: 'getEnvelope',
  method: 'GET',
  path: '/tenders/:id/envelopes/:bid',
  access: 'procurement.readEnvelope',
  params: z.object({ id: tenderId, bid: sealedBidId }),
  output: z.object({ id: z.string(), header: envelopeHeader, content: z.string(), sha256: z.string() }),
  refusals: [],
  summary: 'The cipher text: for its bidder, and at the opening for whoever leads it.',
})

export const startOpening = endpoint({
  ...one,
  name: 'startOpening',
  method: 'POST',
  path: '/tenders/:id/opening',
  access: 'procurement.holdKey',
  /** One-time X25519 public key of the session, made in the browser of whoever leads the opening. */
  body: z.object({ key: bytes(32) }),
  refusals: ['not-sealed', 'no-seat', 'before-deadline', 'too-few-envelopes', 'all-settled'],
  summary: 'After the deadline one opener begins the opening; shares are handed in to the key of this session.',
})

export const contributeShare = endpoint({
  ...one,
  name: 'contributeShare',
  method: 'POST',
  path: '/tenders/:id/opening/shares',
  access: 'procurement.holdKey',
  body: z.object({ session: bytes(32), share: bytes(120) }),
  refusals: ['not-sealed', 'no-seat', 'before-deadline', 'no-session', 'session-changed'],
  summary: 'An opener hands in the own share, sealed anew to the key of the session.',
})

export const openBid = endpoint({
  ...one,
  name: 'openBid',
  method: 'POST',
  path: '/tenders/:id/opening/bids',
  access: 'procurement.holdKey',
  /** The content key of this one bid; the server opens it itself and checks it against the commitment of the receipt. */
  body: z.object({ bid: sealedBidId, contentKey: bytes(32) }),
  refusals: [
    'not-sealed',
    'no-seat',
    'before-deadline',
    'no-session',
    'not-the-officer',
    'shares-missing',
    'lot-failed',
    'envelope-settled',
    'envelope-altered',
    'key-not-of-envelope',
  ],
  summary: 'Opens one bid with its content key; the server decrypts, checks and enters it.',
})

export const voidBid = endpoint({
  ...one,
  name: 'voidBid',
  method: 'POST',
  path: '/tenders/:id/opening/void',
  access: 'procurement.holdKey',
  body: z.object({ bid: sealedBidId }),
  refusals: [
    'not-sealed',
    'no-seat',
    'before-deadline',
    'no-session',
    'not-the-officer',
    'shares-missing',
    'lot-failed',
    'envelope-settled',
  ],
  summary:
    'Declares void an envelope whose bytes changed or that the tender’s key does not open; a second person confirms the opening.',
})

export const checkReceipt = endpoint({
  name: 'checkReceipt',
  method: 'GET',
  path: '/bid-receipts/:deposit',
  access: 'public',
  params: z.object({ deposit: bytes(16) }),
  query: z.object({ tender: tenderId }),
  output: z.object({
    state: z.enum(envelopeStates),
    sha256: z.string(),
    sm3: z.string(),
    size: z.number().int(),
    receivedAt: z.string(),
    /** The stored bytes give the hash; gone after replacement or withdrawal. */
    intact: z.boolean().optional(),
    publicKey: z.string(),
  }),
  refusals: [],
  summary: 'What became of the envelope of a receipt: for whoever holds the receipt.',
})

export const listMyEnvelopes = endpoint({
  name: 'listMyEnvelopes',
  method: 'GET',
  path: '/bids/sealed',
  access: 'procurement.readBid',
  query: listQuery(['newest'], {}),
  output: pageOf(
    z.object({ id: z.string(), tender: tenderRow, lot: lotOfRow, state: z.enum(envelopeStates), receipt }),
  ),
  refusals: [],
  summary: 'Sealed bids of my organization with their receipts, replaced and withdrawn ones among them.',
})

export const getBidPaper = endpoint({
  name: 'getBidPaper',
  method: 'GET',
  path: '/bids/:id/paper',
  access: 'procurement.readBid',
  params: z.object({ id: sealedBidId }),
  output: bidPaper,
  refusals: [],
  summary: 'What an opened sealed bid says, for those who run, oversee or score it and its bidder.',
})

export const getBidFile = endpoint({
  name: 'getBidFile',
  method: 'GET',
  path: '/bids/:id/paper/files/:index',
  access: 'procurement.readBid',
  params: z.object({ id: sealedBidId, index: z.coerce.number().int().min(0).max(mostAttachments) }),
  output: z.object({ name: z.string(), type: z.string(), content: z.string() }),
  refusals: [],
  summary: 'An attachment of an opened sealed bid, base64url.',
})
