// HPKE (RFC 9180) in base mode: X25519, HKDF-SHA256, AES-256-GCM. Keys travel as 32 bytes in base64url.
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core'
import { type Bytes, fromText, joined, toText, utf8 } from './bytes.ts'

const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
})

/** Bytes of the encapsulated key that stands before what was sealed. */
export const encBytes = 32

const algorithm = { name: 'X25519' }
/** The fixed head of a PKCS #8 document that holds an X25519 private key (RFC 8410). */
const pkcs8Head = new Uint8Array([48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 110, 4, 34, 4, 32])

/** A fresh pair. `lasting` keys cannot be taken out of the browser; the others can, once, to be split or put into a backup. */
export async function makePair(lasting: boolean): Promise<CryptoKeyPair> {
  const made = await crypto.subtle.generateKey(algorithm, !lasting, ['deriveBits'])
  if (!('privateKey' in made)) throw new Error('no pair was made')
  return made
}

export async function publicText(pair: CryptoKeyPair): Promise<string> {
  return toText(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)))
}

/** The 32 bytes of a private key that may be taken out. */
export async function privateBytes(pair: CryptoKeyPair): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey)).slice(-32)
}

/** A pair from its private bytes; afterwards the private half stays where it is. Throws on anything but 32 bytes. */
export async function pairOf(bytes: Uint8Array): Promise<CryptoKeyPair> {
  const document = joined(pkcs8Head, bytes)
  const readable = await crypto.subtle.importKey('pkcs8', document, algorithm, true, ['deriveBits'])
  const { x } = await crypto.subtle.exportKey('jwk', readable)
  if (x === undefined) throw new Error('not an X25519 key')
  const privateKey = await crypto.subtle.importKey('pkcs8', document, algorithm, false, ['deriveBits'])
  document.fill(0)
  return { privateKey, publicKey: await importPublic(x) }
}

function importPublic(text: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', fromText(text), algorithm, true, [])
}

/** Seals to a public key; the encapsulated key stands before the cipher text. */
export async function seal(to: string, info: string, aad: string, bytes: Bytes): Promise<Bytes> {
  const sender = await suite.createSenderContext({
    recipientPublicKey: await importPublic(to),
    info: utf8(info).buffer,
  })
  const sealed = new Uint8Array(await sender.seal(bytes.buffer, utf8(aad).buffer))
  return joined(new Uint8Array(sender.enc), sealed)
}

/** Opens what was sealed to the pair; throws when key, info, associated data or a byte differ. */
export async function open(pair: CryptoKeyPair, info: string, aad: string, sealed: Bytes): Promise<Bytes> {
  const recipient = await suite.createRecipientContext({
    recipientKey: pair,
    enc: sealed.slice(0, encBytes).buffer,
    info: utf8(info).buffer,
  })
  return new Uint8Array(await recipient.open(sealed.slice(encBytes).buffer, utf8(aad).buffer))
}
