// Contracts: what a check of a document on record found, held against what the record, the file and the sealed events should say. Pure.
import type { Instant } from '../../../kit/instant.ts'
import type { documentFaults, signatureFaults } from '../contract/documents.ts'
import { type Party, parties } from '../contract.ts'
import { type Amendment, type Contract, signedByKey } from '../rules.ts'
import { type ContractDocument, documentState, type DocumentSignature } from './document.ts'
import { saysTheSame, type SigningKey } from './signing.ts'

export type DocumentFault = (typeof documentFaults)[number]
export type SignatureFault = (typeof signatureFaults)[number]

/** An event as it was written with the act; the chain of events is sealed and signed outside of this database. */
export type Sealed = {
  readonly name: string
  readonly of: { readonly kind: string; readonly id: string }
  readonly actor?: string
  readonly at: Instant
  readonly data: Readonly<Record<string, unknown>>
}

/** What was found beside the rows; hashes are computed anew. */
export type Found = {
  /** Of the stored bytes; undefined where they are gone. */
  readonly file: { readonly sha256: string; readonly sm3: string; readonly mark: Mark | undefined } | undefined
  /** Of the content as it is stored now. */
  readonly dataSha256: string
  readonly events: readonly Sealed[]
}
type Mark = { readonly document: string; readonly dataSha256: string }

type Records = {
  readonly contract: Contract
  readonly document: ContractDocument
  readonly documents: readonly ContractDocument[]
  readonly amendments: readonly Amendment[]
  readonly signatures: readonly DocumentSignature[]
}

/** The newest document in force; later ones that only wait do not replace it. */
export function documentInForce(records: Omit<Records, 'document' | 'signatures'>): ContractDocument | undefined {
  return records.documents.findLast((each) => documentState(records.contract, each, records.amendments) === 'in-force')
}

/** Terms are asked of the document that states them now. An amendment agreed on paper may have none: then nothing states them. */
function termsDiffer(records: Records): boolean {
  const { contract, document, amendments, documents } = records
  const state = documentState(contract, document, amendments)
  if (state === 'open') return document.kind === 'contract' && !saysTheSame(contract, document.content.terms)
  if (documentInForce(records)?.id !== document.id) return false
  const stated = amendments.every(
    (each) => each.state !== 'agreed' || documents.some((candidate) => candidate.amendment === each.id),
  )
  const exact = stated && (signedByKey(contract) || document.kind === 'contract')
  return exact && !saysTheSame(contract, document.content.terms)
}

function previousDiffers({ contract, document, documents, amendments }: Records): boolean {
  if (document.previous !== document.content.previous?.sha256) return true
  if (document.previous === undefined) return false
  const before = documents.findLast(
    (each) => each.position < document.position && documentState(contract, each, amendments) === 'in-force',
  )
  return before !== undefined && before.sha256 !== document.previous
}

/** Parties whose signature a sealed event tells of. */
function signedParties(found: Found): Party[] {
  return parties.filter((party) =>
    found.events.some((event) => event.name === 'contracts.placeSignature' && event.data['party'] === party),
  )
}

/** Everything that is wrong with a document on record, in the order of documentFaults. */
export function faultsOf(records: Records, found: Found): DocumentFault[] {
  const { contract, document, signatures, amendments } = records
  const issued = found.events.find((event) => event.name === 'contracts.issueDocument')
  const signed = signatures.map((each) => each.party)
  const inForce = documentState(contract, document, amendments) === 'in-force'
  const owed = inForce && signedByKey(contract) ? parties : signedParties(found)
  const faults: readonly (readonly [DocumentFault, boolean])[] = [
    ['file-lost', found.file === undefined],
    [
      'file-changed',
      found.file !== undefined && (found.file.sha256 !== document.sha256 || found.file.sm3 !== document.sm3),
    ],
    [
      'data-changed',
      found.dataSha256 !== document.dataSha256 ||
        (found.file !== undefined &&
          (found.file.mark?.document !== document.id || found.file.mark.dataSha256 !== found.dataSha256)),
    ],
    ['terms-differ', termsDiffer(records)],
    ['previous-differs', previousDiffers(records)],
    [
      'document-event-differs',
      issued === undefined ||
        issued.data['sha256'] !== document.sha256 ||
        issued.data['sm3'] !== document.sm3 ||
        issued.data['data'] !== document.dataSha256,
    ],
    ['signatures-missing', owed.some((party) => !signed.includes(party))],
  ]
  return faults.flatMap(([fault, is]) => (is ? [fault] : []))
}

/** What is wrong with one signature. `key`: as it is on record; `holds`: checked by its kind; `hashes`: of the key and the signature, computed anew. */
export function signatureFaultsOf(
  signature: DocumentSignature,
  document: ContractDocument,
  key: SigningKey | undefined,
  found: Found & { readonly holds: boolean; readonly keySha256: string; readonly signatureSha256: string },
): SignatureFault[] {
  const added = found.events.find((event) => event.name === 'contracts.addSigningKey' && event.of.id === signature.key)
  const placed = found.events.find(
    (event) => event.name === 'contracts.placeSignature' && event.data['party'] === signature.party,
  )
  const faults: readonly (readonly [SignatureFault, boolean])[] = [
    ['signature-wrong', !found.holds],
    [
      'key-unknown',
      key?.publicKey !== signature.publicKey ||
        key.person !== signature.person ||
        signature.fingerprint !== found.keySha256 ||
        added?.data['fingerprint'] !== found.keySha256 ||
        added.actor !== signature.person,
    ],
    [
      'signature-event-differs',
      placed?.data['signature'] !== found.signatureSha256 ||
        placed.data['key'] !== signature.key ||
        placed.data['sha256'] !== document.sha256 ||
        placed.at !== signature.at ||
        placed.actor !== signature.person,
    ],
  ]
  return faults.flatMap(([fault, is]) => (is ? [fault] : []))
}
