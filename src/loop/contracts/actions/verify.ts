// Contracts: whoever holds a file asks whether it is a document of a contract, unchanged, and what holds of the record beside it.
import { buffer } from 'node:stream/consumers'
import { listPeople } from '../../../foundation/identity/public.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { allow } from '../../../kit/ruling.ts'
import { type Ask, question } from '../../../platform/action.ts'
import { checksumsOf, sha256Of, signatureHolds } from '../../../platform/crypto/signatures.ts'
import { listEventsOf } from '../../../platform/events.ts'
import { verifyContractDocument as endpoint } from '../contract/documents.ts'
import { canonicalOf, type ContractDocument, readMark } from '../rules/document.ts'
import { documentInForce, faultsOf, type Found, signatureFaultsOf } from '../rules/verification.ts'
import { type Contract, isOpen, mayReadAll } from '../rules.ts'
import { listAmendments } from '../store/changes.ts'
import * as store from '../store/documents.ts'
import { findContract } from '../store.ts'
import { documentView } from './documents.ts'

type Output = OutputOf<typeof endpoint>

/** The stored bytes' own hashes and mark; undefined where the bytes or their row are gone. */
async function fileFound(ask: Ask, id: string): Promise<Found['file']> {
  try {
    const bytes = await buffer(await ask.platform.files.read(id))
    return { ...checksumsOf(bytes), mark: readMark(bytes.toString('latin1')) }
  } catch {
    return undefined
  }
}

/** The whole check of one document: its file, its data, the contract's terms, its place in the row of documents, the sealed events, each signature. */
async function checked(
  ask: Ask,
  record: Contract,
  document: ContractDocument,
): Promise<{ sound: boolean; document: NonNullable<Output['document']> }> {
  const documents = await store.listDocuments(ask.tx, record.id)
  const amendments = await listAmendments(ask.tx, record.id)
  const signatures = await store.listSignatures(ask.tx, [document.id])
  const keys = await Promise.all(signatures.map((each) => store.findSigningKey(ask.tx, each.key)))
  const found: Found = {
    file: await fileFound(ask, document.file),
    dataSha256: sha256Of(canonicalOf(document.content)),
    events: await listEventsOf(ask.tx, [
      { kind: 'contract-document', id: document.id },
      ...signatures.map((each) => ({ kind: 'signing-key', id: each.key })),
    ]),
  }
  const names = mayReadAll(record, ask.actor)
    ? await listPeople(
        ask.tx,
        signatures.map((each) => each.person),
      )
    : undefined
  const faults = faultsOf({ contract: record, document, documents, amendments, signatures }, found)
  const view = documentView(record, document, amendments, signatures, names)
  const signed = view.signatures.map((shown, index) => {
    const signature = signatures[index]
    if (signature === undefined) return { ...shown, faults: [] }
    const holds = signatureHolds(shown.kind, shown.publicKey, shown.message, shown.signature)
    const hashes = { keySha256: sha256Of(shown.publicKey), signatureSha256: sha256Of(shown.signature) }
    return { ...shown, faults: signatureFaultsOf(signature, document, keys[index], { ...found, holds, ...hashes }) }
  })
  const { content } = document
  return {
    sound: faults.length === 0 && signed.every((each) => each.faults.length === 0),
    document: {
      ...view,
      contract: { id: record.id, number: content.number, title: content.title, open: isOpen(record) },
      purchaser: content.purchaser,
      undertaker: content.undertaker,
      value: content.terms.value,
      previous: document.previous,
      superseded:
        view.state === 'in-force' && documentInForce({ contract: record, documents, amendments })?.id !== document.id,
      faults,
      signatures: signed,
    },
  }
}

/** The sealed event of a document names the file that the caller holds, though the record beside it does not any more. */
async function wasIssuedAs(ask: Ask, document: string, sha256: string): Promise<boolean> {
  const events = await listEventsOf(ask.tx, [{ kind: 'contract-document', id: document }])
  return events.some((event) => event.name === 'contracts.issueDocument' && event.data['sha256'] === sha256)
}

/**
 * Who holds the file has its hash, and may know what it is of. A file that only claims to be a document learns that other bytes are on record, and of a contract that is not
 * public nothing at all.
 */
export const verifyContractDocument = question(endpoint, async (ask, { query }) => {
  const known = await store.findDocumentBySha256(ask.tx, query.sha256)
  if (known !== undefined) {
    const record = await findContract(ask.tx, known.contract)
    if (record !== undefined) return allow({ result: 'known' as const, ...(await checked(ask, record, known)) })
  }
  const unknown = allow({ result: 'unknown' as const, sound: false })
  if (query.document === undefined) return unknown
  const issued = await wasIssuedAs(ask, query.document, query.sha256)
  const claimed = await store.findDocument(ask.tx, query.document)
  const record = claimed === undefined ? undefined : await findContract(ask.tx, claimed.contract)
  if (claimed === undefined || record === undefined)
    return issued ? allow({ result: 'altered-record' as const, sound: false }) : unknown
  if (!issued && !isOpen(record) && !mayReadAll(record, ask.actor)) return unknown
  const { document } = await checked(ask, record, claimed)
  return allow({ result: issued ? ('altered-record' as const) : ('altered-file' as const), sound: false, document })
})
