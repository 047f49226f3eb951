// Contracts: the documents generated from them, the keys that people sign with, and checking a file that one holds.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { idOf } from '../../../kit/id.ts'
import { instantWire } from '../../../kit/instant.ts'
import { recordAnswer } from '../../../kit/record-view.ts'
import { amendmentId, contractId, parties, text } from '../contract.ts'

export const documentKinds = ['contract', 'amendment'] as const
/** open: waits for signatures; in-force: both parties agreed; lapsed: taken back or declined before that. */
export const documentStates = ['open', 'in-force', 'lapsed'] as const
export type DocumentState = (typeof documentStates)[number]

export const signatureKinds = ['ed25519', 'sm2'] as const

export const documentId = idOf('contract-document')
export const signingKeyId = idOf('signing-key')
/** SHA-256 in lower-case hex. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const signatureHex = z.string().regex(/^[0-9a-f]{128}$/)
/** Ed25519: 32 bytes; SM2: 04 and both coordinates. Lower-case hex. */
const publicKeyHex = z.string().regex(/^(?:[0-9a-f]{64}|04[0-9a-f]{128})$/)

/** What can be wrong with a signature on record: it does not fit its text and key; the key is not its signer's; the sealed event says otherwise. */
export const signatureFaults = ['signature-wrong', 'key-unknown', 'signature-event-differs'] as const
/**
 * What can be wrong with a document on record: its stored bytes are gone or changed, the data beside it changed, the contract's terms are no longer those that
 * were agreed, it does not follow on the document before it, the sealed event says otherwise.
 */
export const documentFaults = [
  'file-lost',
  'file-changed',
  'data-changed',
  'terms-differ',
  'previous-differs',
  'document-event-differs',
  'signatures-missing',
] as const

const signatureView = z.object({
  party: z.enum(parties),
  kind: z.enum(signatureKinds),
  /** Time on record: this platform's clock. */
  at: z.string(),
  publicKey: z.string(),
  fingerprint: z.string(),
  signature: z.string(),
  /** The exact text that was signed, UTF-8: anybody checks it with tools of their own. */
  message: z.string(),
  /** Only for the parties and their supervisors. */
  by: z.string().optional(),
})

const documentView = z.object({
  id: z.string(),
  kind: z.enum(documentKinds),
  position: z.number().int(),
  state: z.enum(documentStates),
  /** Both parties signed it by key; else by the uploaded paper. */
  signedByKey: z.boolean(),
  amendment: z.string().optional(),
  date: z.string(),
  sha256: z.string(),
  sm3: z.string(),
  /** Only for the parties and their supervisors: the signed text and its editable copy. */
  file: z.string().optional(),
  copy: z.string().optional(),
  signatures: z.array(signatureView),
})

export const listContractDocuments = endpoint({
  name: 'listContractDocuments',
  method: 'GET',
  path: '/contracts/:id/documents',
  access: 'public',
  params: z.object({ id: contractId }),
  output: z.object({
    documents: z.array(documentView),
    /** The side that I may sign for. */
    party: z.enum(parties).optional(),
  }),
  refusals: [],
  summary: 'The documents generated from a contract, oldest first, with their checksums and signatures.',
})

export const verifyContractDocument = endpoint({
  name: 'verifyContractDocument',
  method: 'GET',
  path: '/contracts/verification',
  access: 'public',
  query: z.object({
    sha256,
    /** What the file says of itself, where it says anything: which document it claims to be. */
    document: documentId.optional(),
  }),
  output: z.object({
    /**
     * known: this very file is on record; altered-file: the file claims to be a public document of which other bytes are on record; altered-record: the sealed
     * event names this file, but the record beside it was changed; unknown: neither.
     */
    result: z.enum(['known', 'altered-file', 'altered-record', 'unknown']),
    /** Every check passed: file, data, terms, sequence, seal, signatures. Never true unless the result is known. */
    sound: z.boolean(),
    document: documentView
      .extend({
        contract: z.object({
          id: z.string(),
          number: z.string(),
          title: z.string(),
          /** Whether everybody may open its page. */
          open: z.boolean(),
        }),
        purchaser: z.object({ name: z.string(), uscc: z.string().optional() }),
        undertaker: z.object({ name: z.string(), uscc: z.string().optional() }),
        value: z.string(),
        previous: z.string().optional(),
        /** A later document of the contract is in force. */
        superseded: z.boolean(),
        faults: z.array(z.enum(documentFaults)),
        signatures: z.array(signatureView.extend({ faults: z.array(z.enum(signatureFaults)) })),
      })
      .optional(),
  }),
  refusals: [],
  limit: { max: 300, seconds: 3600 },
  summary:
    'Tells whoever holds a file whether it is a document of a contract, unchanged, and which signatures hold; only its hash is sent.',
})

export const signingKeyView = z.object({
  id: z.string(),
  kind: z.enum(signatureKinds),
  publicKey: z.string(),
  fingerprint: z.string(),
  label: z.string(),
  at: instantWire,
  retiredAt: instantWire.optional(),
})

export const listSigningKeys = endpoint({
  name: 'listSigningKeys',
  method: 'GET',
  path: '/signing-keys',
  access: 'signed-in',
  output: z.object({ person: z.string(), keys: z.array(signingKeyView) }),
  refusals: [],
  summary: 'My keys for signing, retired ones included.',
})

export const addSigningKey = endpoint({
  name: 'addSigningKey',
  method: 'POST',
  path: '/signing-keys',
  access: 'signed-in',
  secondFactor: true,
  body: z.object({
    kind: z.enum(signatureKinds),
    publicKey: publicKeyHex,
    /** The browser or device that keeps the private key, in the person's words. */
    label: text(1, 60),
    /** Over the text of keyMessage: who adds a key holds its private half. */
    proof: signatureHex,
  }),
  output: recordAnswer,
  refusals: ['second-factor-needed', 'no-signer', 'key-proof-wrong', 'key-exists', 'too-many-keys'],
  summary: 'Puts the public half of a key on record that my browser made; the private half stays there.',
})

export const retireSigningKey = endpoint({
  name: 'retireSigningKey',
  method: 'POST',
  path: '/signing-keys/:id/retire',
  access: 'signed-in',
  params: z.object({ id: signingKeyId }),
  output: recordAnswer,
  refusals: ['key-retired'],
  summary: 'My key signs nothing more; what it signed stays signed.',
})

const signing = z.object({
  document: documentId,
  /** Of the document that was read: what the signature is over. */
  sha256,
  signingKey: signingKeyId,
  signature: signatureHex,
})
const signingRefusals = [
  'second-factor-needed',
  'document-missing',
  'document-outdated',
  'paper-differs',
  'key-unknown',
  'key-retired',
  'signature-wrong',
  'already-signed',
  'one-person-two-parties',
  'funds-short',
  'objection-open',
  'not-a-party',
] as const

export const signContract = endpoint({
  name: 'signContract',
  method: 'POST',
  path: '/contracts/:id/signature',
  access: 'contracts.signContract',
  secondFactor: true,
  params: z.object({ id: contractId }),
  body: signing,
  output: recordAnswer,
  refusals: [...signingRefusals, 'signed-on-paper'],
  summary: 'A party signs the hash of the contract document with its own key; when both have, the contract is active.',
})

export const signAmendment = endpoint({
  name: 'signAmendment',
  method: 'POST',
  path: '/contracts/:id/amendments/:amendment/signature',
  access: 'contracts.amendContract',
  secondFactor: true,
  params: z.object({ id: contractId, amendment: amendmentId }),
  body: signing,
  output: recordAnswer,
  refusals: [
    ...signingRefusals,
    'signed-on-paper',
    'proposer-signs-first',
    'amendment-decided',
    'growth-too-large',
    'last-milestone-closed',
  ],
  summary:
    'A party signs the hash of an amendment’s document; first who proposed it, then the other, and it is in force.',
})
