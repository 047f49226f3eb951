// Contracts: the SQL of documents, signatures and signing keys. Documents and signatures are only ever inserted.
import { joinId, splitId } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { rowOf, rowsOf, type Tx } from '../../../platform/database.ts'
import type { Statement } from '../../../platform/together.ts'
import type { Party } from '../contract.ts'
import type { ContractDocument, DocumentContent, DocumentSignature } from '../rules/document.ts'
import type { SigningKey } from '../rules/signing.ts'

type DocumentRow = {
  jurisdiction: string
  id: string
  contract: string
  position: number
  kind: ContractDocument['kind']
  amendment: string | null
  round: Instant
  sha256: string
  sm3: string
  data_sha256: string
  previous: string | null
  content: DocumentContent
  file: string
  copy: string
}

const documentColumns =
  'd.jurisdiction, d.id, d.contract, d.position, d.kind, d.amendment, d.round, d.sha256, d.sm3, d.data_sha256, d.previous, d.content, d.file, d.copy'

function documentOf(row: DocumentRow): ContractDocument {
  return {
    id: joinId(row.jurisdiction, row.id),
    contract: joinId(row.jurisdiction, row.contract),
    position: row.position,
    kind: row.kind,
    amendment: row.amendment === null ? undefined : joinId(row.jurisdiction, row.amendment),
    round: row.round,
    sha256: row.sha256,
    sm3: row.sm3,
    dataSha256: row.data_sha256,
    previous: row.previous ?? undefined,
    content: row.content,
    file: row.file,
    copy: row.copy,
  }
}

/** Oldest first. A contract that was sent back over and over has its last 100. */
export async function listDocuments(tx: Tx, contract: string): Promise<ContractDocument[]> {
  const { jurisdiction, uuid } = splitId(contract)
  const rows = await rowsOf<DocumentRow>(
    tx,
    `SELECT ${documentColumns} FROM contracts.document d WHERE d.jurisdiction = $1 AND d.contract = $2 ORDER BY d.position DESC LIMIT 100`,
    [jurisdiction, uuid],
  )
  return rows.map(documentOf).toReversed()
}

export async function findDocument(tx: Tx, id: string): Promise<ContractDocument | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<DocumentRow>(
    tx,
    `SELECT ${documentColumns} FROM contracts.document d WHERE d.jurisdiction = $1 AND d.id = $2`,
    [jurisdiction, uuid],
  )
  return row === undefined ? undefined : documentOf(row)
}

/** By the hash alone: whoever holds a file knows no jurisdiction, so this asks every shard. */
export async function findDocumentBySha256(tx: Tx, sha256: string): Promise<ContractDocument | undefined> {
  const row = await rowOf<DocumentRow>(
    tx,
    `SELECT ${documentColumns} FROM contracts.document d WHERE d.sha256 = $1 ORDER BY d.id LIMIT 1`,
    [sha256],
  )
  return row === undefined ? undefined : documentOf(row)
}

export async function insertDocument(tx: Tx, document: ContractDocument, now: Instant): Promise<void> {
  const { jurisdiction, uuid } = splitId(document.id)
  await rowOf(
    tx,
    `INSERT INTO contracts.document (jurisdiction, id, contract, position, kind, amendment, round, sha256, sm3, data_sha256, previous, content, file, copy, made_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      jurisdiction,
      uuid,
      splitId(document.contract).uuid,
      document.position,
      document.kind,
      document.amendment === undefined ? null : splitId(document.amendment).uuid,
      document.round,
      document.sha256,
      document.sm3,
      document.dataSha256,
      document.previous ?? null,
      JSON.stringify(document.content),
      document.file,
      document.copy,
      now,
    ],
  )
}

type SignatureRow = {
  jurisdiction: string
  document: string
  party: Party
  person: string
  key: string
  kind: DocumentSignature['kind']
  public_key: string
  fingerprint: string
  signature: string
  at: Instant
}

/** Signatures of some documents of one contract: the purchaser's last, each document has two at most. */
export async function listSignatures(tx: Tx, documents: readonly string[]): Promise<DocumentSignature[]> {
  const [first] = documents
  if (first === undefined) return []
  const rows = await rowsOf<SignatureRow>(
    tx,
    `SELECT jurisdiction, document, party, person, key, kind, public_key, fingerprint, signature, at FROM contracts.signature
     WHERE jurisdiction = $1 AND document = ANY($2) ORDER BY document, party DESC`,
    [splitId(first).jurisdiction, documents.map((each) => splitId(each).uuid)],
  )
  return rows.map(({ jurisdiction, document, public_key, ...rest }) => ({
    ...rest,
    document: joinId(jurisdiction, document),
    publicKey: public_key,
  }))
}

/** How a party's signature is kept; the contract is locked, so each party signs once. */
export function signatureInserted(signature: DocumentSignature): Statement {
  const { jurisdiction, uuid } = splitId(signature.document)
  return {
    text: `INSERT INTO contracts.signature (jurisdiction, document, party, person, key, kind, public_key, fingerprint, signature, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    values: [
      jurisdiction,
      uuid,
      signature.party,
      signature.person,
      signature.key,
      signature.kind,
      signature.publicKey,
      signature.fingerprint,
      signature.signature,
      signature.at,
    ],
  }
}

type KeyRow = {
  jurisdiction: string
  id: string
  person: string
  kind: SigningKey['kind']
  public_key: string
  fingerprint: string
  label: string
  at: Instant
  retired_at: Instant | null
}

const keyNames = [
  'jurisdiction',
  'id',
  'person',
  'kind',
  'public_key',
  'fingerprint',
  'label',
  'at',
  'retired_at',
] as const
const keyColumns = keyNames.join(', ')

const selectKey = `SELECT ${keyColumns} FROM contracts.signing_key WHERE jurisdiction = $1`

function keyOf(row: KeyRow): SigningKey {
  return {
    id: joinId(row.jurisdiction, row.id),
    person: row.person,
    kind: row.kind,
    publicKey: row.public_key,
    fingerprint: row.fingerprint,
    label: row.label,
    at: row.at,
    retiredAt: row.retired_at ?? undefined,
  }
}

export async function findSigningKey(tx: Tx, id: string): Promise<SigningKey | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<KeyRow>(tx, `${selectKey} AND id = $2`, [jurisdiction, uuid])
  return row === undefined ? undefined : keyOf(row)
}

const documentsAndKey = `
SELECT d.*, ${keyNames.map((name) => `k.${name} AS key_${name}`).join(', ')} FROM (SELECT 1) AS one
LEFT JOIN (SELECT ${documentColumns} FROM contracts.document d WHERE d.jurisdiction = $1 AND d.contract = $2 ORDER BY d.position DESC LIMIT 100) AS d ON true
LEFT JOIN (SELECT ${keyColumns} FROM contracts.signing_key WHERE jurisdiction = $3 AND id = $4 LIMIT 1) AS k ON true
ORDER BY d.position`

/** What a signature needs, in one statement: the contract's documents as listDocuments has them, and the key. */
export async function listDocumentsAndKey(
  tx: Tx,
  contract: string,
  key: string,
): Promise<{ documents: ContractDocument[]; key: SigningKey | undefined }> {
  const [own, ofKey] = [splitId(contract), splitId(key)]
  const rows = await rowsOf<DocumentRow & { key_id: string | null }>(tx, documentsAndKey, [
    own.jurisdiction,
    own.uuid,
    ofKey.jurisdiction,
    ofKey.uuid,
  ])
  const [first] = rows
  const found = Object.fromEntries(
    keyNames.map((name) => [name, first === undefined ? null : Reflect.get(first, `key_${name}`)]),
  )
  return {
    documents: rows.flatMap((row) => (row.id === null ? [] : [documentOf(row)])),
    key: first === undefined || first.key_id === null ? undefined : keyOf(found as KeyRow),
  }
}

/** Locked: two tabs that retire one key. */
export async function findSigningKeyForUpdate(tx: Tx, id: string): Promise<SigningKey | undefined> {
  const { jurisdiction, uuid } = splitId(id)
  const row = await rowOf<KeyRow>(tx, `${selectKey} AND id = $2 FOR UPDATE`, [jurisdiction, uuid])
  return row === undefined ? undefined : keyOf(row)
}

/** Newest first, at most 100. */
export async function listSigningKeys(tx: Tx, person: string): Promise<SigningKey[]> {
  const rows = await rowsOf<KeyRow>(tx, `${selectKey} AND person = $2 ORDER BY id DESC LIMIT 100`, [
    splitId(person).jurisdiction,
    person,
  ])
  return rows.map(keyOf)
}

/** False when the key is on record already, whoever put it there. */
export async function insertSigningKey(tx: Tx, key: SigningKey): Promise<boolean> {
  const { jurisdiction, uuid } = splitId(key.id)
  const row = await rowOf<{ id: string }>(
    tx,
    `INSERT INTO contracts.signing_key (jurisdiction, id, person, kind, public_key, fingerprint, label, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT DO NOTHING RETURNING id`,
    [jurisdiction, uuid, key.person, key.kind, key.publicKey, key.fingerprint, key.label, key.at],
  )
  return row !== undefined
}

export async function saveSigningKey(tx: Tx, key: SigningKey): Promise<void> {
  const { jurisdiction, uuid } = splitId(key.id)
  await rowOf(tx, 'UPDATE contracts.signing_key SET retired_at = $3 WHERE jurisdiction = $1 AND id = $2', [
    jurisdiction,
    uuid,
    key.retiredAt ?? null,
  ])
}
