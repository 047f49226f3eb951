// The private halves of signing keys: made in this browser, kept in it, never sent anywhere.
import Dexie, { type Table } from 'dexie'
import { hexOf, type SignatureKind, textBytes } from './signatures.ts'

/**
 * Ed25519: a key of the browser that cannot be taken out of it. SM2, which browsers do not know: the number itself, sealed under such a key and opened in
 * memory for each signature.
 */
type Secret =
  | { readonly kind: 'ed25519'; readonly key: CryptoKey }
  | {
      readonly kind: 'sm2'
      readonly key: CryptoKey
      readonly nonce: Uint8Array<ArrayBuffer>
      readonly sealed: ArrayBuffer
    }

/** A key whose public half is not on record yet. */
export type FreshKey = { readonly publicKey: string; readonly secret: Secret }

type KeptKey = FreshKey & { readonly id: string; readonly person: string }

class Kept extends Dexie {
  declare readonly keys: Table<KeptKey, string>
  constructor() {
    super('liandong-signing-keys')
    this.version(1).stores({ keys: 'id, person' })
  }
}

let opened: Kept | undefined
const kept = (): Kept => {
  opened ??= new Kept()
  return opened
}

/** Ids of the person's keys that this browser holds. */
export async function listKeptKeys(person: string): Promise<string[]> {
  return kept().keys.where('person').equals(person).primaryKeys()
}

export async function keepKey(fresh: FreshKey, id: string, person: string): Promise<void> {
  await kept().keys.put({ ...fresh, id, person })
}

/** Makes a key; throws where the browser cannot. */
export async function makeKey(kind: SignatureKind): Promise<FreshKey> {
  if (kind === 'ed25519') {
    const pair = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])
    if (!('privateKey' in pair)) throw new Error('no pair of keys')
    const publicKey = hexOf(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)))
    return { publicKey, secret: { kind, key: pair.privateKey } }
  }
  const { sm2 } = await import('sm-crypto-v2')
  await sm2.initRNGPool()
  const { privateKey, publicKey } = sm2.generateKeyPairHex()
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, key, textBytes(privateKey))
  return { publicKey, secret: { kind, key, nonce, sealed } }
}

/** Signs with a key that is at hand. */
export async function sign({ publicKey, secret }: FreshKey, message: string): Promise<string> {
  if (secret.kind === 'ed25519')
    return hexOf(new Uint8Array(await crypto.subtle.sign('Ed25519', secret.key, textBytes(message))))
  const { sm2 } = await import('sm-crypto-v2')
  await sm2.initRNGPool()
  const open = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: secret.nonce }, secret.key, secret.sealed)
  return sm2.doSignature(message, new TextDecoder().decode(open), { hash: true, publicKey })
}

/** Signs with a kept key; undefined where this browser does not have it (any more). */
export async function signWith(id: string, message: string): Promise<string | undefined> {
  const key = await kept().keys.get(id)
  return key === undefined ? undefined : sign(key, message)
}
