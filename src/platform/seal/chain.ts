// The arithmetic of the seals: leaf of an event, Merkle root of a batch, head of the chain, signature. Pure but for the keys.
import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'

/** Columns of platform.event in the order in which a leaf takes them, each as text; a test holds them beside the table. */
export const sealedColumns = [
  'jurisdiction',
  'id',
  'at',
  'recorded_at',
  'transaction',
  'name',
  'record_kind',
  'record_id',
  'division',
  'state_from',
  'state_to',
  'actor',
  'actor_role',
  'assignment',
  'delegated_from',
  'on_behalf_of',
  'organization',
  'amount',
  'data',
  'correlation',
] as const

/** An event with every column as text: times as microseconds since 1970, data as PostgreSQL writes jsonb. */
export type SealedEvent = Readonly<Record<(typeof sealedColumns)[number], string | null>>

/** What the select list of an event must be, so that the same row gives the same text on every server version and time zone. */
export const sealedSelect = sealedColumns
  .map((column) =>
    column === 'at' || column === 'recorded_at'
      ? `(extract(epoch FROM "${column}") * 1000000)::bigint::text AS "${column}"`
      : `"${column}"::text AS "${column}"`,
  )
  .join(', ')

const digestBytes = 32
const idBytes = 16
const entryBytes = idBytes + digestBytes

const sm3 = (...parts: (string | Buffer)[]): Buffer => {
  const hash = createHash('sm3')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

export type Leaf = { readonly id: string; readonly digest: Buffer }

/** The leaf of an event: SM3 of a zero byte and the JSON array of its columns. */
export function leafOf(event: SealedEvent): Leaf {
  return {
    id: event.id ?? '',
    digest: sm3(Buffer.of(0), JSON.stringify(['liandong-event-1', ...sealedColumns.map((column) => event[column])])),
  }
}

/** Leaves as they are kept beside the root: id and digest of each, so that a changed, missing or added event can be named. */
export function packLeaves(leaves: readonly Leaf[]): Buffer {
  return Buffer.concat(leaves.flatMap((leaf) => [Buffer.from(leaf.id.replaceAll('-', ''), 'hex'), leaf.digest]))
}

export function unpackLeaves(packed: Buffer): Leaf[] {
  const leaves: Leaf[] = []
  for (let at = 0; at + entryBytes <= packed.length; at += entryBytes) {
    const hex = packed.subarray(at, at + idBytes).toString('hex')
    const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
    leaves.push({ id, digest: packed.subarray(at + idBytes, at + entryBytes) })
  }
  return leaves
}

/** Merkle root in hex; nodes are SM3 of a one byte and both children, a lone last node rises as it is. */
export function rootOf(leaves: readonly Leaf[]): string {
  let level = leaves.map((leaf) => leaf.digest)
  while (level.length > 1) {
    const above: Buffer[] = []
    for (let at = 0; at < level.length; at += 2) {
      const [left, right] = [level[at], level[at + 1]]
      if (left !== undefined) above.push(right === undefined ? left : sm3(Buffer.of(1), left, right))
    }
    level = above
  }
  return (level[0] ?? Buffer.alloc(digestBytes)).toString('hex')
}

/** What stands before the first batch. */
export const noPrevious = '0'.repeat(digestBytes * 2)

export type SealBody = {
  readonly jurisdiction: string
  readonly number: bigint
  readonly from: string
  readonly upto: string
  readonly events: number
  readonly root: string
  readonly previous: string
}

/** Head in hex: SM3 over the JSON array of everything the batch says of itself, the head before it included. */
export function headOf(body: SealBody): string {
  const { jurisdiction, number, from, upto, events, root, previous } = body
  return sm3(
    JSON.stringify(['liandong-seal-1', jurisdiction, String(number), from, upto, events, root, previous]),
  ).toString('hex')
}

/** Public key in hex (32 bytes, Ed25519) of a signing key. */
export function publicKeyOf(key: KeyObject): string {
  return createPublicKey(key.export({ format: 'pem', type: 'pkcs8' }))
    .export({ format: 'der', type: 'spki' })
    .subarray(-32)
    .toString('hex')
}

/** Fixed head of an Ed25519 public key as SubjectPublicKeyInfo (RFC 8410). */
const spkiHead = Buffer.from('302a300506032b6570032100', 'hex')

const sealUse = 'liandong-seal-1'

/** Signs a text for one use, so that a signature of one kind never passes for another. Hex. */
export function signText(key: KeyObject, use: string, text: string): string {
  return sign(null, Buffer.from(`${use}:${text}`), key).toString('hex')
}

export function signHead(key: KeyObject, head: string): string {
  return signText(key, sealUse, head)
}

/** Whether `signature` over `head` was made by the key; false on anything malformed. */
export function isSignedBy(publicKey: string, head: string, signature: string): boolean {
  return isTextSignedBy(publicKey, sealUse, head, signature)
}

/** Whether `signature` over a text for this use was made by the key; false on anything malformed. */
export function isTextSignedBy(publicKey: string, use: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({
      key: Buffer.concat([spkiHead, Buffer.from(publicKey, 'hex')]),
      format: 'der',
      type: 'spki',
    })
    return verify(null, Buffer.from(`${use}:${text}`), key, Buffer.from(signature, 'hex'))
  } catch {
    return false
  }
}
